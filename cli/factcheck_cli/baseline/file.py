"""The file of a baseline: a line that says what it is, and one for each known sentence, sorted to be compared."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import orjson

from factcheck.version import __version__
from factcheck_cli.baseline.entry import RANKS, Entry
from factcheck_cli.inputs.folder import why
from factcheck_cli.terminal.paths import shown

FORMAT: Final = 1
"""Of files that a later factcheck writes in another way nothing is guessed."""
_MARKS: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_BOM: Final = b"\xef\xbb\xbf"
_ANEW: Final = "`factcheck baseline create --force` makes it anew"


class BaselineError(Exception):
    """A file that is no baseline, or a damaged one: the place, and what to do."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a baseline says of itself.

    With which rules it was made (a hash of them), of sentences at which level or below, whether entries tell how they
    begin, and of which paths it is, relative to its folder.
    """

    rules: str
    at_most: str
    text: bool = True
    paths: tuple[str, ...] = ()
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known sentences, and what is said of them all."""

    head: Head
    entries: Sequence[Entry]

    def lines(self) -> Iterator[bytes]:
        """As the file has them."""
        yield orjson.dumps({"factcheck": "baseline", "format": FORMAT, **asdict(self.head)}) + b"\n"
        for entry in sorted(self.entries):
            record = {name: value for name in _FIELDS if (value := getattr(entry, name)) or name in _NEEDED}
            yield orjson.dumps(record) + b"\n"

    def data(self, old: bytes = b"") -> bytes:
        """The file, with the line ends of the old one, which a checkout on Windows may have changed."""
        data = b"".join(self.lines())
        return data.replace(b"\n", b"\r\n") if old.partition(b"\n")[0].endswith(b"\r") else data


_FIELDS: Final = tuple(one.name for one in fields(Entry))
_NEEDED: Final = ("path", "words", "level", "rules")


def read(path: Path) -> Baseline:
    """The baseline in the file. Raises BaselineError."""
    if os.path.isdir(path):
        raise BaselineError(f"{path}: this is a folder; name the file in it")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BaselineError(f"{path}: there is no such baseline; `factcheck baseline create PATH` makes one") from None
    except OSError as error:
        raise BaselineError(f"{path}: {why(error)}") from None
    lines = data.removeprefix(_BOM).splitlines()
    heads = [_head(path, 1, lines[0] if lines else b"")]
    entries = list(_entries(path, lines, heads))
    return Baseline(_merged(heads), entries)


def _merged(heads: Sequence[Head]) -> Head:
    """What both sides of a merge say: all paths and rules; text only where both have it, so that none comes back."""
    first, *others = heads
    if not others:
        return first
    paths = dict.fromkeys(path for head in heads for path in head.paths)
    rules = "+".join(sorted({rule for head in heads for rule in head.rules.split("+")}))
    at_most = max((head.at_most for head in heads), key=lambda level: RANKS[level])
    return replace(first, rules=rules, at_most=at_most, text=all(head.text for head in heads), paths=tuple(paths))


def _head(path: Path, number: int, line: bytes) -> Head:
    record = _object(path, number, line) if line.startswith((b"{", *_MARKS)) else {}
    if record.get("factcheck") != "baseline":
        raise BaselineError(f"{path}:{number}: this is no baseline, which would begin by saying so; name another file")
    version = record.get("format")
    if not isinstance(version, int) or version > FORMAT:
        said = f"this baseline is in format {version}, of a later factcheck than this one ({__version__})"
        raise BaselineError(f"{path}:{number}: {said}; install that one, or {_ANEW}")
    paths, at_most = record.get("paths", []), record.get("at_most")
    texts = [record.get("rules"), at_most, record.get("version")]
    if not (_are_texts(texts) and at_most in RANKS and isinstance(paths, list) and _are_paths(paths)):
        raise BaselineError(f"{path}:{number}: the first line of this baseline is damaged; bring it back, or {_ANEW}")
    return Head(record["rules"], str(at_most), record.get("text") is not False, tuple(paths), str(record["version"]))


def _entries(path: Path, lines: Sequence[bytes], heads: list[Head]) -> Iterator[Entry]:
    known: dict[str, str] = {}  # of thousands of entries each word of a kind is kept once

    def kept(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(known.setdefault(value, value) for value in values)

    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        record = _object(path, number, line)
        if "factcheck" in record:  # of the other side of a merge
            heads.append(_head(path, number, line))
            continue
        given = [record.get(name) for name in ("path", "words", "level")]
        lists = [record.get("rules"), record.get("also", [])]
        text = record.get("text", "")
        if not (
            _are_texts([*given, text])
            and _are_paths(given[:1])
            and given[2] in RANKS
            and all(isinstance(o, list) and _are_texts(o) for o in lists)
        ):
            raise BaselineError(f"{path}:{number}: this is no entry of a baseline; remove the line, or {_ANEW}")
        words = str(given[1])
        (name, level), rules, also = kept([str(given[0]), str(given[2])]), kept(lists[0] or ()), kept(lists[1] or ())
        yield Entry(name, words, level, rules, also, str(text))


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    if line.startswith(_MARKS):
        remedy = "keep the lines of both sides without the marks, and run `factcheck baseline update`"
        raise BaselineError(f"{path}:{number}: a merge has left its marks here; {remedy}")
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        said = f"this line is not JSON ({error.msg}, character {error.colno})"
        raise BaselineError(f"{path}:{number}: {said}; remove the line, or {_ANEW}") from None
    return record if isinstance(record, dict) else {}


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_paths(values: Iterable[object]) -> bool:
    """Whether they may be paths, which hold any character but one."""
    return all(isinstance(value, str) and "\0" not in value for value in values)


def folder_of(path: Path) -> str:
    """The folder that the paths in it start from, behind any link."""
    return str(path.resolve().parent)


def beside(name: str, folder: str) -> str:
    """The path as it is called from the folder, as text with slashes; standard input has none."""
    return name if name == "-" else shown(_relative(name, folder))


def called(path: str, folder: str) -> str:
    """What a path that is relative to the folder is called from here."""
    return _relative(os.path.join(folder, path), str(Path.cwd()))  # noqa: PTH118 - text


def _relative(name: str, folder: str) -> str:
    try:
        found = os.path.relpath(os.path.abspath(name), folder)  # noqa: PTH100 - links stay links
    except ValueError:  # on another drive
        found = os.path.abspath(name)  # noqa: PTH100 - the same
    return found.replace(os.sep, "/")
