"""A scan against a baseline: what to say of it, and what is silent."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from factcheck_cli.baseline.entry import RANKS
from factcheck_cli.baseline.file import Baseline, BaselineError, folder_of, read
from factcheck_cli.baseline.gather import gathered, readable_again, rules_hash
from factcheck_cli.baseline.known import Known
from factcheck_cli.baseline.match import matched
from factcheck_cli.console import counted, fail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck_cli.log import Log
    from factcheck_cli.options import Level
    from factcheck_cli.presses import Presses
    from factcheck_cli.reading import Part
    from factcheck_cli.tally import Tally
    from factcheck_cli.work import Settings


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

    def quiet(self, presses: "Presses", parts: "Iterable[Part]", jobs: int, log: "Log") -> "tuple[Presses, list[Part]]":
        """Presses in which what is known is silent, and the parts for them."""
        again = readable_again(parts)
        if self.baseline.head.rules != rules_hash(presses):
            made = f"it was made with other rules, by factcheck {self.baseline.head.version}"
            log.note(
                str(self.path), f"{made}: what these find elsewhere is new; `factcheck baseline update` notes them"
            )
        seen = gathered(presses, again, self.at_most, log, jobs=jobs, folder=folder_of(self.path))
        matching = matched(self.baseline.entries, seen.found, seen.is_read)
        stale = sum(seen.is_read(self.baseline.entries[number].path) for number in matching.left())
        if stale:
            log.note(
                str(self.path), f"{counted(stale, 'entry', 'entries')} stale: `factcheck baseline update` drops them"
            )
        known = Known.these(str(self.path), (seen.found[number] for number in matching.known))

        def change(settings: "Settings") -> "Settings":
            at_most = settings.at_most or self.at_most
            style = replace(settings.style, at_most=at_most)
            return replace(settings, at_most=at_most, style=style, quiet=(*settings.quiet, known))

        return presses.changed(change, again)

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
