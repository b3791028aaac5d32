"""A value of a configuration, and where it was given."""

import os
from pathlib import Path
from typing import Any, Final, NamedTuple


class Where(NamedTuple):
    """A place in a file; line 0 is all of it. Options and defaults have names and no lines."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


DEFAULT: Final = Where("default")
"""What is given nowhere."""


class Given(NamedTuple):
    """A value, and where it was given. Entries of a list and of a table are such values themselves."""

    value: Any
    where: Where

    @property
    def plain(self) -> Any:  # noqa: ANN401 - what a key takes
        """The value without its places."""
        if isinstance(self.value, dict):
            return {name: one.value for name, one in self.value.items()}
        return [one.value for one in self.value] if isinstance(self.value, list) else self.value


Layer = dict[str, Given]
"""Keys, and what they were given."""


def shown(path: Path) -> str:
    """A path as people are told it: from where they stand, unless the whole of it is shorter."""
    whole = str(path)
    try:
        near = os.path.relpath(whole)
    except ValueError:  # another drive of Windows
        return whole
    return min(near, os.path.abspath(whole), key=len)  # noqa: PTH100 - as text
