"""A scan against a baseline: what to say of it, and what is silent."""

import os
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from factcheck_cli.baseline.entry import RANKS
from factcheck_cli.baseline.file import Baseline, BaselineError, called, folder_of, read
from factcheck_cli.baseline.gather import gathered, is_gone, readable_again
from factcheck_cli.baseline.known import Known
from factcheck_cli.baseline.match import matched
from factcheck_cli.baseline.places import Places
from factcheck_cli.baseline.rules import are_others
from factcheck_cli.config.problem import ConfigError
from factcheck_cli.config.resolve import Configs, typed_layer
from factcheck_cli.gates import Gates
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.terminal.console import counted, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from factcheck_cli.baseline.gather import Gathered
    from factcheck_cli.baseline.match import Matching
    from factcheck_cli.config.given import Given
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.log import Log
    from factcheck_cli.options import Level
    from factcheck_cli.tally import Tally
    from factcheck_cli.work.presses import Presses
    from factcheck_cli.work.settings import Settings

    Read = Callable[[Sequence[str]], tuple[Presses, list[Part]] | None]

_ELSEWHERE: Final = 20  # files that are read beside those of a scan


@dataclass(frozen=True, slots=True)
class Against:
    """A baseline, and where it is."""

    path: Path
    baseline: Baseline

    @property
    def at_most(self) -> "Level":
        """The highest level of which it knows sentences."""
        return cast("Level", self.baseline.head.at_most)

    def is_of(self, presses: "Presses", parts: "Iterable[Part]", log: "Log", configs: Configs) -> bool:
        """Whether it was made with the rules of a scan, which is noted where it was not."""
        if not are_others(self.baseline, folder_of(self.path), presses, parts, configs):
            return True
        made = f"it was made with other rules, by factcheck {self.baseline.head.version}"
        said = "what the rules of this scan find and those did not is new here"
        remedy = "look at it, then `factcheck baseline update --add` takes it in"
        log.note(str(self.path), f"{made}: {said}; {remedy}")
        return False

    def check(self, log: "Log", configs: Configs, parts: "Iterable[Part]") -> None:
        """Notes where more is asked for of any file than it can know, and by which line of a configuration."""
        highest = max(_limits(configs, parts), key=lambda one: RANKS[one.value], default=None)
        if not highest or RANKS[highest.value] <= RANKS[self.at_most]:
            return
        made = f"it holds sentences up to {self.at_most}, so all between that and {highest.value} are new"
        by = f", by {highest.where}" if highest.where.line else ""
        remedy = f"`factcheck baseline create PATH --at-most {highest.value} --force` takes them in"
        log.note(str(self.path), f"{made}{by}; {remedy}")

    def is_whole(self, paths: "Sequence[str]") -> bool:
        """Whether all that it was made of, as far as it is there, is among these paths and below."""
        folder = folder_of(self.path)
        there = [path for path in self.baseline.head.paths if not is_gone(path, folder)]
        return bool(there) and all(map(Places.of(paths, folder).holds, there))

    def quiet(  # noqa: PLR0913 - all that a scan is made of
        self, presses: "Presses", parts: "Iterable[Part]", jobs: int, log: "Log", read: "Read", *, whole: bool
    ) -> "tuple[Presses, list[Part]]":
        """Presses in which what is known is silent, and the parts for them; `read` makes both of other paths.

        Only a scan of the `whole` that it was made of, by its rules, can tell what no sentence would be found for.
        """
        again = readable_again(parts)
        folder = folder_of(self.path)
        seen = gathered(presses, again, self.at_most, log, jobs=jobs, folder=folder)
        matching = matched(self.baseline.entries, seen.found, seen.is_read)
        elsewhere = self._elsewhere(matching, seen)
        if elsewhere and (there := read(elsewhere)):
            others = gathered(*there, self.at_most, log, jobs=1, folder=folder)
            matching = matched(
                self.baseline.entries,
                [*seen.found, *others.found],
                lambda path: seen.is_read(path) or others.is_read(path),
            )
        named = frozenset(self.baseline.head.paths)  # tables in a folder, too, which an update looks at
        left = (self.baseline.entries[number].path for number in matching.left()) if whole else ()
        if stale := sum(seen.is_read(path) or (seen.is_left_out(path) and path not in named) for path in left):
            dropped = f"`factcheck baseline update` drops {'it' if stale == 1 else 'them'}"
            log.note(str(self.path), f"{counted(stale, 'entry', 'entries')} stale: {dropped}")
        here = (number for number in matching.known if number < len(seen.found))
        known = Known.these(str(self.path), (seen.found[number] for number in here))

        def limited(settings: "Settings") -> "Settings":
            at_most = settings.at_most or self.at_most
            style = replace(settings.style, at_most=at_most)
            return replace(settings, at_most=at_most, style=style, quiet=(*settings.quiet, known))

        def counting(settings: "Settings") -> "Settings":
            gates = settings.gates or Gates()
            return replace(settings, gates=gates._replace(new=settings.at_most))

        presses, parts = presses.changed(limited, again)
        return (presses, parts) if len(_printed(presses)) == 1 else presses.changed(counting, parts)

    def _elsewhere(self, matching: "Matching", seen: "Gathered") -> list[str]:
        """Files that are not scanned, and that sentences may have come from which are new where they are.

        A paragraph that has moved is known in its new file also when only that is scanned, before the baseline is
        brought up to date. Without the files it could be a copy.
        """
        new = {matching.found[number].entry.words for number in matching.new()}
        left = (self.baseline.entries[number] for number in matching.left())
        paths = dict.fromkeys(one.path for one in left if one.words in new and not seen.is_read(one.path))
        there = (called(path, seen.folder) for path in paths if path not in seen.files and path != STDIN)
        return list(islice(filter(os.path.isfile, there), _ELSEWHERE))  # pipes and devices may keep one waiting

    def summed(self, tally: "Tally", presses: "Presses") -> str:
        """How many sentences are known, and how many are not of those that are printed."""
        known, limits = tally.quiet.silent["known"] if tally.quiet else 0, _printed(presses)
        if len(limits) == 1:
            limit = limits.pop()
            new = sum(number for level, number in tally.reported.items() if RANKS.get(level, 99) <= RANKS[limit])
        else:
            limit = self.at_most
            new = sum(met.count for gate, met in tally.met.items() if gate.kind == "new")
        upto = "" if limit == self.at_most else f" at or below {limit}"
        return f"{self.path}: {known:,} known, {new:,} new{upto}"


def _printed(presses: "Presses") -> "set[Level]":
    """The levels up to which sentences are printed."""
    return {press.settings.at_most for press in presses if press.settings.at_most}


def _limits(configs: Configs, parts: "Iterable[Part]") -> "Iterator[Given]":
    """What sentences are printed and held to in any of the parts, by options and configurations."""
    typed = typed_layer(configs.typed)
    for path in {id(part.settings): part.path for part in parts}.values():  # one of each kind tells
        try:
            resolved = configs.of(path)
        except ConfigError:
            continue
        layer = resolved.layer if resolved else typed
        yield from (layer[key] for key in ("at-most", "fail-at") if key in layer)


def against(path: Path) -> Against:
    """The baseline in the file, or the end of the program."""
    try:
        return Against(path, read(path))
    except BaselineError as error:
        fail(str(error))
