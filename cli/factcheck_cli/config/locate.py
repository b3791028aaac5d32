"""The lines of keys in a TOML file, of which the library that reads it tells nothing.

Only files that it has read come here, so nothing is checked.
"""

import re
import tomllib
from collections import Counter
from typing import Final

Path = tuple[str | int, ...]
"""The keys that lead to a value, and numbers in arrays."""

_TOKEN: Final = re.compile(
    r"""
    [ \t\r]+ | \#[^\n]*
    | (?P<line>\n)
    | (?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
    | (?P<mark>[][{}=,.])
    | (?P<bare>[^][{}=,.\#"'\s]+)
    """,
    re.VERBOSE | re.DOTALL,
)


def lines(text: str) -> dict[Path, int]:
    """The line, counted from 1, of each key, table and entry of an array."""
    walk = _Walk(text)
    walk.document()
    return walk.found


class _Walk:
    """Goes through the tokens of a file from its beginning."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        line = 1
        for token in _TOKEN.finditer(text):
            if token.lastgroup:
                self._tokens.append((token.lastgroup, token[0], line))
            line += token[0].count("\n")
        self._tokens.append(("end", "", line))
        self._at = 0
        self._arrays = Counter[Path]()
        self.found: dict[Path, int] = {}

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _token(self) -> str:
        return self._tokens[self._at][1]

    def _is_mark(self, mark: str) -> bool:
        return self._tokens[self._at][1] == mark

    def _take(self, token: str) -> bool:
        """Steps over the token, if it is the next one."""
        taken = self._token == token
        self._at += taken
        return taken

    def document(self) -> None:
        """All of the file."""
        table: Path = ()
        while self._kind != "end":
            if self._kind == "line":
                self._at += 1
            elif self._take("["):
                table = self._head()
            else:
                self._pair(table)

    def _head(self) -> Path:
        """A table's head behind its first bracket: the path of what stands below it."""
        many = self._take("[")
        start = self._at
        keys = self._keys()
        for number in range(1, len(keys)):
            self._note(self._entered(keys[:number]), start)
        path = (*self._entered(keys[:-1]), keys[-1])
        if many:
            self._note(path, start)
            path = (*path, self._arrays[path])
            self._arrays[path[:-1]] += 1
        else:
            path = self._entered(keys)
        self._note(path, start)
        while self._take("]"):
            pass
        return path

    def _entered(self, keys: list[str]) -> Path:
        """The path of the keys; of an array of tables its last one is meant."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if number := self._arrays[path]:
                path = (*path, number - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, start)
        self._take("=")
        self._value(path)

    def _keys(self) -> list[str]:
        """A key, or several with dots between them."""
        keys = []
        while self._kind in {"bare", "text"}:
            keys.append(tomllib.loads(f"key = {self._token}")["key"] if self._kind == "text" else self._token)
            self._at += 1
            self._take(".")
        return keys

    def _value(self, path: Path) -> None:
        if self._take("["):
            number = 0
            while not self._take("]"):
                if self._kind == "line" or self._is_mark(","):
                    self._at += 1
                    continue
                self._note((*path, number), self._at)
                self._value((*path, number))
                number += 1
        elif self._take("{"):
            while not self._take("}"):
                if self._kind == "line" or self._is_mark(","):
                    self._at += 1
                    continue
                self._pair(path)
        else:
            while self._kind in {"bare", "text"} or self._is_mark("."):
                self._at += 1

    def _note(self, path: Path, at: int) -> None:
        self.found.setdefault(path, self._tokens[at][2])
