"""Coverage: which parts of rule files their own examples touch.

A part of a `match` is touched where a `flag` fires through it, an `except`, an `unless` and their parts where they
silence a hit in a `pass`, a `when` where it does not hold for one. So of what is not touched no example shows that it
does what it should: most could be taken away, and all examples would still pass.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.hits import Hit, Role
from factcheck.judge.opening import Openings
from factcheck.judge.prove import Trial, Tried, by_example
from factcheck.judge.reference import Exhausted
from factcheck.judge.silence import takes_away
from factcheck.judge.trace import Tracer
from factcheck.language.pattern import Alt, Lists
from factcheck.language.probe import Kind, Part, Probed, ProbedFile
from factcheck.text.columns import Rows

_FIELDS: Final = {Role.MATCH: "match", Role.EXCEPT: "except", Role.UNLESS: "unless"}


class _Seen(NamedTuple):
    """What the rules that an example is about did in it: their hits, row by row, and those that are findings."""

    trial: Trial
    rows: Rows
    hits: list[Hit]
    findings: list[Hit]


class Coverage:
    """Gathers the parts that examples touch; it is a witness of the prover."""

    def __init__(self, files: Iterable[ProbedFile], steps: int) -> None:
        """It takes so many `steps` to tell through which parts hits go; past them it is no longer `complete`."""
        files = tuple(files)
        self._owners = {id(one.owner): one for file in files for one in file.owners}
        self._lists = {key: pattern for file in files for key, pattern in file.lists.items()}
        self._steps = steps
        self.touched: set[Part] = set()
        self.complete = True

    def __call__(self, tried: Tried) -> None:
        """Takes in what became of some examples."""
        if not self.complete:
            return
        lists = self._with_probes(tried.resolver.program.lists)
        reader = Tracer(tried.article, Openings(lists), lists, self._steps)
        example = _Example(tried, reader)
        try:
            for seen in _seen(tried):
                self.touched.update(example.touched(seen, self._owners[id(seen.trial.owner)]))
        except Exhausted:
            self.complete = False
        self._steps = max(0, reader.steps or 0)

    def _with_probes(self, lists: Lists) -> Lists:
        """The lists, those of the files with probes; where one is amended, what is added has none."""
        own = {key: Alt((pattern, lists[key])) for key, pattern in self._lists.items() if key in lists}
        return {**lists, **own}


def _seen(tried: Tried) -> Iterator[_Seen]:
    """The examples one by one."""
    hits, count = by_example(tried, tried.hits), 0
    for trial, own, found in zip(tried.trials, hits, by_example(tried, tried.findings), strict=True):
        kept = [number for number, hit in enumerate(own) if hit.rule in trial.targets]
        findings = [hit for hit in found if hit.rule in trial.targets]
        yield _Seen(trial, np.array(kept, np.intp) + count, [own[number] for number in kept], findings)
        count += len(own)  # hits stand in the order of the examples


class _Example:
    """Tells what examples that were read together touch."""

    def __init__(self, tried: Tried, reader: Tracer) -> None:
        self._tried, self._reader = tried, reader
        alone, _ = tried.resolver.unpaired(tried.article, tried.hits)
        self._present = tried.resolver.present(tried.article, tried.hits.matched, alone)

    def touched(self, seen: _Seen, owner: Probed) -> Iterator[Part]:
        """The parts of its rule, or amendment, and of lists that an example touches."""
        if seen.trial.must_fire:
            if seen.findings:
                yield from (part for part in owner.parts if part.kind is Kind.RULE)
            for finding in seen.findings:
                yield from self._through(finding, owner)
            return
        matches = [hit for hit in seen.hits if hit.role is Role.MATCH]
        for hit in seen.hits:
            if hit.role is not Role.MATCH and any(takes_away(hit, one) for one in _beside(hit, matches)):
                yield from self._through(hit, owner)
        rows = seen.rows[[hit.role is Role.MATCH for hit in seen.hits]]
        for part, condition in owner.when if len(rows) else ():
            tried = self._tried
            if not tried.resolver.holds(condition, tried.article, tried.hits, rows, self._present).all():
                yield part

    def _through(self, hit: Hit, owner: Probed) -> Iterator[Part]:
        """The parts of the owner, and of lists, that a hit goes through."""
        for line in owner.lines[_FIELDS[hit.role]]:
            found = self._reader.through(line.pattern, hit)
            if found is not None:
                yield line.part
                yield from found


def _beside(hit: Hit, matches: list[Hit]) -> Iterator[Hit]:
    return (one for one in matches if one.sentence == hit.sentence)
