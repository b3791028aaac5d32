"""Gates: what a scan fails for. What meets them is counted from columns, and the first places are kept to be named."""

from typing import TYPE_CHECKING, NamedTuple

from factcheck.language.program import LADDER
from factcheck_cli.options import SEVERITIES, Level, Severity
from factcheck_cli.tally import Gate, Met
from factcheck_cli.terminal.console import counted, fail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck_cli.config.given import Where
    from factcheck_cli.config.limit import Limit
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.form import Judged


class Gates(NamedTuple):
    """What sentences are held to; of those that are unverified the share is asked for where all are counted.

    What is `new` up to a level reaches no gate: it is counted beside them where files have limits of their own.
    """

    at: Level | None = None
    on: Severity | None = None
    unverified: bool = False
    new: Level | None = None

    @classmethod
    def of(cls, at: Level | None, on: Severity | None, most: str | None) -> "Gates | None":
        """Those that are asked for, if any is."""
        return cls(at, on, most is not None) if at or on or most is not None else None

    def watched(self, judged: "Judged", texts: "Sequence[Text]", style: "Style", found: dict[Gate, Met]) -> "Judged":
        """The same parts, which are those of these texts; what is reported and meets the gates in them is added."""
        from factcheck_cli.met import Reported, met  # most scans have no gates

        done = 0
        for part, hushed in judged:
            for gate, new in met(self, part, texts[done:], style, Reported.of(part, hushed)):
                found[gate] = found[gate] + new if gate in found else new
            yield part, hushed
            done += len(part)


class Most(NamedTuple):
    """How much may be unverified, and what says so: the option, or a line of a configuration."""

    limit: "Limit"
    where: "Where | None" = None

    @classmethod
    def of(cls, text: str, where: "Where | None" = None) -> "Most":
        """The limit as it is written; the end of the program where it is none."""
        from factcheck_cli.config.limit import Limit

        limit = Limit.of(text)
        if not limit:
            fail(f"--max-unverified {text}: write a share, such as 10%, or a number of sentences")
        return cls(limit, where if where and where.line else None)

    def __str__(self) -> str:
        return f"max-unverified {self.limit} ({self.where})" if self.where else f"--max-unverified {self.limit}"

    def is_exceeded(self, unverified: int, claims: int) -> bool:
        """Whether more of the claims than this are unverified."""
        return self.limit.is_exceeded(unverified, claims)


# What is told --------------------------------------------------------------------------------------------------------


def reached(tally: "Tally", most: Most | None) -> bool:
    """Whether the scan fails."""
    fails = any(met.count for gate, met in tally.met.items() if gate.fails)
    return fails or bool(most and most.is_exceeded(*_unverified(tally)))


def told(tally: "Tally", most: Most | None) -> "Iterator[str]":
    """What met the gates, and where the first of it stands; of unverified claims the share in any case."""
    for gate, met in tally.met.items():
        if not (gate.fails and met.count):
            continue
        one = met.count == 1
        # Files may be held to different gates.
        all_ = counted(met.held, "sentence") + (" held to it" if met.held < tally.sentences else "")
        if gate.kind == "at":
            yield f"{met.count:,} of {all_} {'is' if one else 'are'} at or below {gate.limit}"
        else:
            above = "" if gate.limit == SEVERITIES[-1] else " or above"
            yield f"{met.count:,} of {all_} {'has' if one else 'have'} a finding of severity {gate.limit}{above}"
        yield from _places(met)
    if most:
        unverified, claims = _unverified(tally)
        part = f" ({100 * unverified / claims:.1f}%)" if claims else ""
        over = most.is_exceeded(unverified, claims)
        said = f"{unverified:,} of {counted(claims, 'claim')} {'is' if unverified == 1 else 'are'} unverified{part}"
        yield f"{said}, {'more than' if over else 'within'} {most}"
        if over and Gate("most", "") in tally.met:
            yield from _places(tally.met[Gate("most", "")])


def _places(met: Met) -> "Iterator[str]":
    yield from met.first
    if met.count > len(met.first):
        yield f"… and {met.count - len(met.first):,} more"


def _unverified(tally: "Tally") -> tuple[int, int]:
    """How many claims are reported as unverified, and how many there are."""
    return tally.reported[LADDER[0]], sum(tally.levels[level] for level in LADDER)
