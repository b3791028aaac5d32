"""A scan against a baseline: what to say of it, and what is silent."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from factcheck_cli.baseline.entry import RANKS
from factcheck_cli.baseline.file import Baseline, BaselineError, called, folder_of, read
from factcheck_cli.baseline.gather import gathered, readable_again, rules_hash
from factcheck_cli.baseline.known import Known
from factcheck_cli.baseline.match import matched
from factcheck_cli.console import counted, fail
from factcheck_cli.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from factcheck_cli.baseline.gather import Gathered
    from factcheck_cli.baseline.match import Matching
    from factcheck_cli.log import Log
    from factcheck_cli.options import Level
    from factcheck_cli.presses import Presses
    from factcheck_cli.reading import Part
    from factcheck_cli.settings import Settings
    from factcheck_cli.tally import Tally

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

    def check(self, log: "Log", *limits: "Level | None") -> None:
        """Notes where more is asked for than it can know."""
        if beyond := next((one for one in limits if one and RANKS[one] > RANKS[self.at_most]), None):
            made = f"it holds sentences up to {self.at_most}, so all between that and {beyond} are new"
            log.note(str(self.path), f"{made}; `factcheck baseline create --at-most {beyond} --force` takes them in")

    def quiet(
        self, presses: "Presses", parts: "Iterable[Part]", jobs: int, log: "Log", read: "Read"
    ) -> "tuple[Presses, list[Part]]":
        """Presses in which what is known is silent, and the parts for them; `read` makes both of other paths."""
        again = readable_again(parts)
        # A scan of some files may go by fewer rule sets than there are for all of them.
        if not set(rules_hash(presses).split("+")) <= set(self.baseline.head.rules.split("+")):
            made = f"it was made with other rules, by factcheck {self.baseline.head.version}"
            log.note(
                str(self.path), f"{made}: what these find elsewhere is new; `factcheck baseline update` notes them"
            )
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
        stale = sum(seen.is_read(self.baseline.entries[number].path) for number in matching.left())
        if stale:
            log.note(
                str(self.path), f"{counted(stale, 'entry', 'entries')} stale: `factcheck baseline update` drops them"
            )
        here = (number for number in matching.known if number < len(seen.found))
        known = Known.these(str(self.path), (seen.found[number] for number in here))

        def change(settings: "Settings") -> "Settings":
            at_most = settings.at_most or self.at_most
            style = replace(settings.style, at_most=at_most)
            return replace(settings, at_most=at_most, style=style, quiet=(*settings.quiet, known))

        return presses.changed(change, again)

    def _elsewhere(self, matching: "Matching", seen: "Gathered") -> list[str]:
        """Files that are not scanned, and that sentences may have come from which are new where they are.

        A paragraph that has moved is known in its new file also when only that is scanned, before the baseline is
        brought up to date. Without the files it could be a copy.
        """
        new = {matching.found[number].entry.words for number in matching.new()}
        left = (self.baseline.entries[number] for number in matching.left())
        paths = dict.fromkeys(one.path for one in left if one.words in new and not seen.is_read(one.path))
        return [called(path, seen.folder) for path in paths if path not in seen.files and path != STDIN][:_ELSEWHERE]

    def summed(self, tally: "Tally") -> str:
        """How many sentences are known, and how many are not."""
        new = sum(number for level, number in tally.reported.items() if RANKS.get(level, 99) <= RANKS[self.at_most])
        return f"{tally.quiet.silent['known'] if tally.quiet else 0:,} known, {new:,} new"


def against(path: Path) -> Against:
    """The baseline in the file, or the end of the program."""
    try:
        return Against(path, read(path))
    except BaselineError as error:
        fail(str(error))
