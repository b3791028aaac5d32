"""What is wrong with a configuration: the file, the line, and the remedy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from factcheck_cli.config.given import Where

if TYPE_CHECKING:
    from factcheck_cli.config.read import Config


class Problem(NamedTuple):
    """What is wrong at a place, and what to do about it."""

    where: Where
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used; `problems` says why, `config` is what is right in it, if that is known."""

    def __init__(self, problems: Sequence[Problem], config: "Config | None" = None) -> None:
        super().__init__(problems)
        self.problems, self.config = tuple(problems), config

    def __str__(self) -> str:
        """The problems, a line each."""
        return "\n".join(map(str, self.problems))
