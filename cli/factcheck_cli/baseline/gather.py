"""All sentences of a scan that a baseline may know, from whatever processes, before any of them is judged known.

Which sentence an entry stands for hangs on all others: a paragraph may have gone to a file that comes last. So a scan
against a baseline reads its texts twice, first for this.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

import orjson

from factcheck_cli.baseline.entry import Entry, Found
from factcheck_cli.baseline.file import beside
from factcheck_cli.baseline.places import Places
from factcheck_cli.baseline.sparse import left_out
from factcheck_cli.inputs.parts import holds_rows
from factcheck_cli.inputs.reading import streamed
from factcheck_cli.inputs.text import STDIN, Part
from factcheck_cli.log import Told
from factcheck_cli.output.sink import Out
from factcheck_cli.quiet.since import Since
from factcheck_cli.work.printing import LEFT, worked

if TYPE_CHECKING:
    from factcheck_cli.log import Log
    from factcheck_cli.options import Format, Level
    from factcheck_cli.work.presses import Presses
    from factcheck_cli.work.settings import Settings

_ROOT: Final = os.sep  # which all is below
_NO_TEXT: Final = "\ufffd"  # in names for bytes that are no text: which ones nobody has kept


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sentences in the order of the inputs, the files they are from, and what was told of these."""

    folder: str
    found: list[Found]
    files: dict[str, str]
    """All files, by what they are called from the baseline's folder."""
    told: list[Told]
    documents: int
    unread: frozenset[str]
    """Those of which something is not among the sentences."""
    failed: Places
    """What could not be read or looked into: nobody knows what is there, or below."""

    @classmethod
    def nothing(cls, folder: str) -> "Gathered":
        """Where no file is read."""
        return cls(folder, [], {}, [], 0, frozenset(), Places.of((), folder))

    def is_read(self, path: str) -> bool:
        """Whether all that is at the path now is among the sentences; of a file that is gone that is nothing."""
        if path in self.files:
            return path not in self.unread
        return is_deleted(path, self.folder) and not self.failed.holds(path)

    def is_left_out(self, path: str) -> bool:
        """Whether there is such a file, and it is none of those that were to be read."""
        if path == STDIN or path in self.files:
            return False
        return not (is_gone(path, self.folder) or self.failed.holds(path))

    def without(self, paths: Collection[str]) -> "Gathered":
        """The same as if these files had not been read."""
        found = [one for one in self.found if one.entry.path not in paths]
        return replace(self, found=found, unread=self.unread.union(paths))


def is_gone(path: str, folder: str) -> bool:
    """Whether there is no such file any more; what may not be looked for is not known to be gone."""
    if path == STDIN or _NO_TEXT in path:
        return False
    try:
        os.lstat(os.path.join(folder, path))  # noqa: PTH118 - text
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_deleted(path: str, folder: str) -> bool:
    """Whether it is gone, and not just left out of a sparse checkout."""
    return is_gone(path, folder) and path not in left_out(folder)


def gathered(  # noqa: PLR0913 - all that a scan is made of
    presses: "Presses", parts: Iterable[Part], at_most: "Level", log: "Log", *, jobs: int, folder: str
) -> Gathered:
    """All sentences that these presses would report, at this level or below, for a baseline in this folder."""

    def change(own: "Settings") -> "Settings":
        # What is unchanged is there all the same, and what it is known by stands for nothing else.
        quiet = tuple(one for one in own.quiet if not isinstance(one, Since))
        style = replace(own.style, suppressed=False)
        return replace(
            own, format=cast("Format", "baseline"), at_most=at_most, style=style, quiet=quiet, gates=None, db=""
        )

    presses, parts = presses.changed(change, parts)
    lines, told, documents = bytearray(), list[Told](), 0
    out = Out(lines.extend)
    for printed in worked(presses, parts, jobs, out, log):
        told += printed.told
        documents += printed.tally.documents
        if printed.output:
            out.put(printed.output)
    log.clear()
    files = {beside(part.name, folder): part.name for part in parts}
    failed = Places.of(_failed(log, told), folder)
    return Gathered(folder, list(_found(lines, folder)), files, told, documents, _unread(files, told), failed)


def _found(lines: bytes | bytearray, folder: str) -> Iterator[Found]:
    paths: dict[str, str] = {}
    for line in lines.splitlines():
        file, document, sentence, level, rules, also, words, text = orjson.loads(line)
        if file not in paths:
            paths[file] = beside(file, folder)
        yield Found(Entry(paths[file], words, level, tuple(rules), tuple(also), text), file, document, sentence)


def _failed(log: "Log", told: Iterable[Told]) -> Iterator[str]:
    """The paths that were told as failures, before anything was read and then."""
    yield from (one.name for one in (*log.failed, *told) if one.is_failure)
    if log.failures > len(log.failed):  # the names of the others nobody has kept
        yield _ROOT


def _unread(files: dict[str, str], told: Iterable[Told]) -> frozenset[str]:
    """The files of which something was not read; what cannot be told to be of one may be of any with many documents."""
    names = [one.name for one in told if one.is_failure or one.is_skip]
    if not names:
        return frozenset()
    if LEFT in names:
        return frozenset(files)
    own = {name: path for path, name in files.items()}
    unread = set[str]()
    for name in names:
        file = name if name in own else name.rpartition(":")[0]
        unread.update([own[file]] if file in own else [path for path, each in files.items() if holds_rows(each)])
    return frozenset(unread)


def readable_again(parts: Iterable[Part]) -> list[Part]:
    """The parts, with all in memory that can be read only once."""
    return [_kept(part) if part.stream and part.data is None and not part.error else part for part in parts]


def _kept(part: Part) -> Part:
    try:
        return replace(part, data=streamed(part))
    except OSError as error:
        return replace(part, error=error)
