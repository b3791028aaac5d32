"""Paths to parts of the input: files, folders, standard input, and ranges of rows, each about as much as the others."""

import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, NamedTuple, cast

from factcheck_cli.inputs.folder import plain, text_files
from factcheck_cli.inputs.readers.types import TYPES, is_code, named
from factcheck_cli.inputs.reading import texts, wide
from factcheck_cli.inputs.text import EVERY_ROW, STDIN, How, Part, Text
from factcheck_cli.log import Log
from factcheck_cli.options import RULES
from factcheck_cli.quiet.suppressed import SIDECAR, article_of
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from factcheck_cli.work.plan import Plan
    from factcheck_cli.work.settings import Settings

MUCH = 1 << 20
"""Bytes that are worth a share of the work: of rows a part has about as many."""

_PATIENCE = 0.01  # seconds that a writer who writes on may take
_FILES = 500  # of a share
_ADDRESS = re.compile(r"[a-z][a-z\d+.-]*://", re.IGNORECASE)
_TO_THE_END = sys.maxsize

Share = tuple[Part, ...]
"""Parts that are worked on together."""


class File(NamedTuple):
    """A file, or a stream, to be read: how, and by which settings it is scanned, where it has its own."""

    path: str
    how: How
    settings: "Settings | None"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where texts come from: the paths, and how they are read.

    Where a field of rows is named, standard input holds rows, too: it has no name that could say so.
    """

    paths: tuple[str, ...]
    how: How
    plan: "Plan | None" = None

    def files(self, log: Log) -> Iterator[File]:
        """The files in the order of the paths; one is read once, however its path is written."""
        named = frozenset(map(plain, [*self.paths, *(self.plan.kept if self.plan else ())]))
        for path in _once([file for given in self.paths for file in files(given, log, self.plan, named)]):
            if path.endswith(SIDECAR):
                if what := self._sidecar(path):
                    log.skip(shown(path), what, is_article=False)
                continue
            settings, how = None, self.how
            if self.plan:
                if not self.plan.takes(path):
                    continue
                settings = self.plan.settings(path)
                how = (settings or self.plan.presses.first.settings).how
            if (
                self.plan
                and path.lower().endswith(RULES)
                and _is_used(path, settings or self.plan.presses.first.settings)
            ):
                log.skip(shown(path), "this is a rule file that texts are scanned by, and no article", is_article=False)
                continue
            if path.lower().endswith(RULES):
                log.note(shown(path), f"this is a rule file, read here as a text; --rules {shown(path)} loads it")
            elif is_code(path) and not how.type:
                log.note(shown(path), "this is program code, as its name says, read here as prose; --type text says so")
            yield File(path, how, settings)

    def _sidecar(self, path: str) -> str:
        """What there is to say of a sidecar that is named; nothing where others are named too, as hooks do."""
        article = article_of(path)
        if not os.path.lexists(article):
            return f"there is no {shown(article)} that this belongs to; remove this, or bring that back"
        if all(one.endswith(SIDECAR) for one in self.paths):
            return f"this is no article, but says what is suppressed in {shown(article)}; scan that"
        return ""

    def parts(self, log: Log) -> Iterator[Part]:
        """The parts of these files."""
        return parts(self.files(log))

    def texts(self, log: Log, wanted: range = EVERY_ROW) -> Iterator[Text]:
        """Their texts; of rows those that are wanted."""
        for part in self.parts(log):
            yield from texts(part, self.how, log, wanted)


def _is_used(path: str, settings: "Settings") -> bool:
    """Whether it is a file of the rules that these settings name, or in a folder of them."""
    here = Path(path).resolve()
    return any({here, *here.parents} & {Path(rules).resolve()} for rules in settings.rules)


def parts(files: Iterable[File]) -> Iterator[Part]:
    """The parts of the files, with the settings of each."""
    for path, how, settings in files:
        found = _parts(path, how)
        yield from (replace(part, settings=settings) for part in found) if settings else found


def _parts(path: str, how: How) -> Iterator[Part]:
    """The parts of what the path leads to."""
    if _is_lines(path, how):
        yield from _ranges(path) if _is_file(path) else _blocks(path)
    else:
        yield Part(path, shown(path), _size(path), stream=not _is_file(path))


def _is_lines(path: str, how: How) -> bool:
    """Whether the path leads to JSON lines, which are read in parts."""
    if how.type:
        return how.type == "jsonl"
    if path == STDIN:
        return how.has_fields
    return named(path) == "jsonl" and not (_is_file(path) and _is_other(path))


def shares(parts: Iterable[Part]) -> Iterator[Share]:
    """The parts in lists that are worth a piece of work, all of a list with the same settings.

    What comes as a stream does not wait for more.
    """
    share: list[Part] = []
    for part in parts:
        if share and (
            part.stream
            or part.settings != share[0].settings
            or sum(one.size for one in share) + part.size > MUCH
            or len(share) == _FILES
        ):
            yield tuple(share)
            share = []
        share.append(part)
        if part.stream:
            yield tuple(share)
            share = []
    if share:
        yield tuple(share)


def _ranges(path: str) -> Iterator[Part]:
    """The rows of a file, cut between lines. Lines are counted here, for a row may be named by the number of its."""
    name = shown(path)
    start = end = 0
    row = 1
    try:
        with Path(path).open("rb", buffering=0) as file:
            block = bytearray(MUCH)
            while size := file.readinto(block):
                if not end and wide(block):
                    break
                after = block.rfind(b"\n", 0, size) + 1
                if after:
                    yield Part(path, name, end + after - start, start, row)
                    start, row = end + after, row + block.count(b"\n", 0, after)
                end += size
            else:
                if end > start:
                    yield Part(path, name, end - start, start, row)
                return
    except OSError as error:
        yield Part(path, name, error=error)  # told when its turn comes
        return
    yield Part(path, name, _TO_THE_END, start, row)  # told by whoever reads its first row


def _blocks(path: str) -> Iterator[Part]:
    """The rows that come out of a pipe, as many at a time as are there."""
    name = shown(path)
    try:
        with _opened(path) as pipe:
            rest, row = bytearray(), 1
            while data := _at_hand(pipe):
                after = data.rfind(b"\n") + 1
                if after:
                    rest += data[:after]
                    yield Part(path, name, len(rest), row=row, stream=True, data=bytes(rest))
                    row += rest.count(b"\n")
                    rest = bytearray(data[after:])
                else:
                    rest += data
            if rest:
                yield Part(path, name, len(rest), row=row, stream=True, data=bytes(rest))
    except OSError as error:
        yield Part(path, name, error=error)  # told when its turn comes


def _at_hand(pipe: BufferedReader) -> bytes:
    """What there is to read, and what follows at once, as far as it is not too much; waits until there is some."""
    blocks = [pipe.read1(MUCH)]
    size = len(blocks[0])
    while blocks[-1] and size < MUCH and _has_more(pipe):
        blocks.append(pipe.read1(MUCH - size))
        size += len(blocks[-1])
    return b"".join(blocks)


def _has_more(pipe: BufferedReader) -> bool:
    """Whether reading from the pipe goes on without waiting; where that cannot be told, it is taken not to."""
    try:
        return bool(select([pipe], [], [], _PATIENCE)[0])
    except (OSError, ValueError):  # Windows asks sockets only
        return False


@contextmanager
def _opened(path: str) -> Iterator[BufferedReader]:
    if path == STDIN:
        yield cast("BufferedReader", sys.stdin.buffer)
    else:
        with Path(path).open("rb") as file:
            yield file


_OTHERS = (b"PK\x03\x04", b"%PDF-", b"\x1f\x8b", b"PAR1", b"WARC/1.")
"""What no JSON begins with, and other files do."""


def _is_other(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(8).startswith(_OTHERS)
    except OSError:
        return False


def _size(path: str) -> int:
    try:
        return 0 if path == STDIN else Path(path).stat().st_size
    except OSError:
        return 0


def _is_file(path: str) -> bool:
    """Whether it is a file that can be read from any place on; one that is not there is taken for one."""
    try:
        return path != STDIN and stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:
        return path != STDIN


def _once(paths: Iterable[str]) -> Iterator[str]:
    """Each path where it comes first; `a.txt` and `./a.txt` are one, a link is a document of its own."""
    seen = set()
    for path in paths:
        key = path if path == STDIN else plain(path)
        if key not in seen:
            seen.add(key)
            yield path


def holds_rows(path: str) -> bool:
    """Whether the file has many documents, each with a number."""
    kind = named(path)
    return bool(kind) and TYPES[kind].many


def files(path: str, log: Log, plan: "Plan | None" = None, named: Collection[str] = ()) -> list[str]:
    """The path itself, or the text files of the folder, also those of a plan; others are `named` beside it."""
    if _ADDRESS.match(path):
        log.failure(shown(path), "addresses are not fetched; save the page, and scan the file")
        return []
    if path == STDIN or not os.path.isdir(path):
        return [path]
    return text_files(path, log, plan.includes if plan else None, named)
