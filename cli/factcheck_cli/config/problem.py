"""What is wrong with a configuration: the file, the line, and the remedy."""

from collections.abc import Sequence
from typing import NamedTuple

from factcheck_cli.config.given import Where


class Problem(NamedTuple):
    """What is wrong at a place, and what to do about it."""

    where: Where
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """The problems, a line each."""
        return "\n".join(map(str, self.problems))
