"""Baselines made and brought up to date: what becomes of each entry, and the file that appears whole or not at all."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

from factcheck.version import __version__
from factcheck_cli.baseline import sparse
from factcheck_cli.baseline.entry import Entry
from factcheck_cli.baseline.file import Baseline, Head, beside, called, folder_of, read
from factcheck_cli.baseline.gather import Gathered, gathered, is_gone
from factcheck_cli.baseline.match import Matching, matched
from factcheck_cli.baseline.places import Places
from factcheck_cli.baseline.rules import rules_hash
from factcheck_cli.config.resolve import Configs
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.log import Log
from factcheck_cli.options import Color
from factcheck_cli.output.lock import locked
from factcheck_cli.output.sink import beginning, destination, reason
from factcheck_cli.quiet.asked import asked
from factcheck_cli.terminal.console import UNREAD, WRONG, fail, say
from factcheck_cli.work.plan import Plan
from factcheck_cli.work.settings import Settings

if TYPE_CHECKING:
    from factcheck_cli.options import Level

_OURS: Final = (b'{"factcheck":"baseline"', b"<<<<<<<")
"""What a baseline begins with, a damaged one, too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that stands in some files and folders, and a hash of the rules that it was found by.

    It is `listed` where all that is to be read is known, whether or not it could be read.
    """

    gathered: Gathered
    rules: str
    listed: bool = True
    status: int = 0
    """The exit status of what could not be read or used."""

    def leaves_out(self, path: str) -> bool:
        """Whether the file is there, and known not to be among what is to be read."""
        return self.listed and self.gathered.is_left_out(path)


@dataclass(frozen=True, slots=True)
class Gathering:
    """How texts are scanned, by which configurations and how many processes, and what is said meanwhile."""

    settings: "Settings"
    configs: "Configs"
    jobs: int | None
    quiet: bool
    no_progress: bool
    color: Color

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> Self:
        """That of the options, by the parameters of the commands."""
        settings = Settings.of(typed, to_file=True, quiet=asked(None, (), suppressions=True))
        configs = Configs(typed["config"], typed["no_config"], typed)
        return cls(settings, configs, *(typed[name] for name in ("jobs", "quiet", "no_progress", "color")))

    def seen(self, paths: Sequence[str], at_most: "Level", folder: str) -> Seen:
        """All that stands in the files and folders; what there is to tell of them is told."""
        plan = Plan(self.settings, self.configs, self.color, quiet=self.quiet)
        plan.begin(paths)
        jobs = plan.workers(self.jobs)
        log = Log(self.quiet, progress=sys.stderr.isatty() and not (self.no_progress or self.quiet))
        presses, parts = plan.work(paths, log)
        listed = not (log.failures or plan.is_broken)
        found = gathered(presses, parts, at_most, log, jobs=jobs, folder=folder)
        log.tell(found.told)
        if not self.quiet:
            plan.tell()
        status = UNREAD if log.failures else WRONG * plan.is_broken
        return Seen(found, rules_hash(presses), listed, status)


@dataclass(frozen=True, slots=True)
class Change:
    """A baseline brought up to date: what was dropped, added, and is new and was not; how many moved or were edited.

    Of files that are there and no longer scanned entries are `left_out`: they are dropped where all was looked through,
    and kept otherwise; those of files that a sparse checkout leaves out are `absent` and kept. `status` is the exit
    status of what could not be read or used.
    """

    baseline: Baseline
    dropped: Sequence[Entry]
    added: Sequence[Entry]
    new: Sequence[Entry]
    moved: int
    left_out: Sequence[Entry]
    absent: Sequence[Entry]
    status: int


def create(gathering: Gathering, paths: Sequence[str], place: Path, head: Head) -> tuple[Baseline, int]:
    """The baseline of all that stands there now, and the exit status of what could not be read or used."""
    folder = folder_of(place)
    seen = gathering.seen(paths, cast("Level", head.at_most), folder)
    if seen.status and not seen.gathered.documents:
        fail(f"nothing could be scanned; no {place} is made", seen.status)
    head = replace(head, rules=seen.rules, paths=_named(paths, folder))
    return Baseline(head, [_as_kept(one.entry, head) for one in seen.gathered.found]), seen.status


def update(gathering: Gathering, paths: Sequence[str], place: Path, *, add: bool) -> Change:
    """The baseline without what is gone, and with what is new where that is wanted. Raises BaselineError."""
    old, folder = read(place), folder_of(place)
    head = old.head
    # A file that is gone has no sentences, which is no failure of reading it.
    there = dict.fromkeys(path for path in head.paths if not is_gone(path, folder))
    places = Places.of(paths, folder)
    partly = bool(paths) and not all(map(places.holds, there))
    named, paths = bool(paths), paths or list(_called(there, folder))
    if not paths:
        said = f"none of the paths that it was made of is there, from its folder ({', '.join(head.paths)})"
        fail(f"{place}: {said}; name others")
    to_read = _to_read(paths, old.entries, folder)
    level = cast("Level", head.at_most)
    looked = gathering.seen(to_read, level, folder) if to_read else Seen(Gathered.nothing(folder), head.rules)
    seen, matching, status = _mended(looked, old.entries)
    left = [old.entries[number] for number in matching.left()]
    # A folder does not hold all that was named beside it once, such as tables.
    looked_for = [one for one in left if not named or (one.path not in there and places.holds(one.path))]
    left_out = [one for one in looked_for if looked.leaves_out(one.path)]
    # Where only some paths are read a file elsewhere that is gone may have another name, and nobody has looked.
    gone = [one for one in left if seen.is_read(one.path) and (not partly or places.holds(one.path))]
    gone += [] if partly else left_out
    kept = list((Counter(left) - Counter(gone)).elements())
    now = [(old.entries[entry], seen.found[number].entry) for number, entry in matching.known.items()]
    new = [_as_kept(seen.found[number].entry, head) for number in matching.new()]
    every = tuple(dict.fromkeys([*(head.paths if there else ()), *(_named(paths, folder) if add or not there else ())]))
    rules = looked.rules
    if partly or kept or not looked.listed:  # what is not read now was made with the rules of before
        rules = "+".join(sorted({*head.rules.split("+"), *rules.split("+")}))
    head = replace(head, rules=rules, paths=every, version=__version__)
    entries = [*(_as_kept(one, head) for one in (*kept, *(one for _, one in now))), *(new if add else ())]
    return Change(
        Baseline(head, entries),
        dropped=sorted(gone),
        added=sorted(new) if add else [],
        new=[] if add else sorted(new),
        moved=sum(_is_other(one, other) for one, other in now),
        left_out=sorted(left_out),
        absent=sorted(one for one in kept if is_gone(one.path, folder) and one.path in sparse.left_out(folder)),
        status=status,
    )


def _mended(looked: Seen, entries: Sequence[Entry]) -> tuple[Gathered, Matching, int]:
    """What stands for what, and the exit status; of files that are in the middle of a merge nothing is taken.

    Their sentences are those of neither side. To find them only those are looked into of which something has changed.
    """
    seen = looked.gathered
    matching = matched(entries, seen.found, seen.is_read)
    changed = {entries[number].path for number in matching.left()}
    changed |= {seen.found[number].entry.path for number in matching.new()}
    pairs = ((entries[entry], seen.found[number].entry) for number, entry in matching.known.items())
    changed |= {path for one, other in pairs if _is_other(one, other) for path in (one.path, other.path)}
    unmerged = sorted(path for path in changed & seen.files.keys() if _is_unmerged(path, seen.folder))
    if not unmerged:
        return seen, matching, looked.status
    for path in unmerged:
        said = "a merge has left its marks here, so what is known of it is kept; mend it, and update again"
        say(f"{seen.files[path]}: {said}")
    seen = seen.without(unmerged)
    return seen, matched(entries, seen.found, seen.is_read), UNREAD


def _to_read(paths: Sequence[str], entries: Iterable[Entry], folder: str) -> list[str]:
    """The paths without those that are gone, of which or below which the baseline holds something."""
    gone = {path for path in paths if is_gone(path, "")}
    held = Places.above((entry.path for entry in entries) if gone else (), folder)
    return [path for path in paths if not (path in gone and held.has(path))]


def _is_other(one: Entry, other: Entry) -> bool:
    return (one.path, one.words) != (other.path, other.words)


def _is_unmerged(path: str, folder: str) -> bool:
    """Whether there are marks of a merge in the file."""
    if path == STDIN:
        return False
    try:
        data = Path(folder, path).read_bytes()
    except OSError:
        return False
    return all(re.search(rb"^%c{7} " % mark, data, re.MULTILINE) for mark in b"<>")


def _as_kept(entry: Entry, head: Head) -> Entry:
    return entry if head.text else replace(entry, text="")


def _named(paths: Iterable[str], folder: str) -> tuple[str, ...]:
    return tuple(beside(path, folder) for path in paths)


def _called(paths: Iterable[str], folder: str) -> Iterator[str]:
    """What paths of a baseline are called from here."""
    return (path if path == STDIN else called(path, folder) for path in paths)


@contextmanager
def alone(place: Path, *, quiet: bool) -> Iterator[None]:
    """The folder of a baseline for oneself: of two programs the second builds on what the first has made of it."""

    def waits() -> None:
        if not quiet:
            say(f"{place}: another factcheck is at work on it; this one waits")

    folder = Path(folder_of(place))
    if not os.path.isdir(folder):
        fail(f"{place}: there is no folder {place.parent} to write to; make it first")
    try:
        with locked(folder, waits):
            yield
    except OSError as error:
        fail(f"{place}: this cannot be written: {reason(error)}")


def check_free(place: Path, *, force: bool) -> None:
    """The end of the program where a file is in the way that is not to be replaced."""
    if not os.path.exists(place):
        return
    if (
        os.path.isfile(place)
        and (begins := beginning(place))
        and not begins.removeprefix(b"\xef\xbb\xbf").startswith(_OURS)
    ):
        fail(f"{place}: this is no baseline, and would be replaced; give -o another name")
    if not force:
        remedy = "`factcheck baseline update` brings it up to date, --force makes it anew"
        fail(f"{place}: there is a baseline already; {remedy}")


def write(baseline: Baseline, place: Path) -> bool:
    """Puts it in its place, unless it is there as it is; whether it did."""
    old = place.read_bytes() if os.path.isfile(place) else b""
    data = baseline.data(old)
    if data == old:
        return False
    with destination(place) as out:
        out.write(data)
    return True
