"""Proposals tried by real scans, alone and beside one another: what does not help is dropped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from factcheck.diagnostic import Diagnostic, has_errors
from factcheck.evaluate.contexts import Share
from factcheck.evaluate.evidence import Evidence
from factcheck.evaluate.proposals import Proposal, proposed
from factcheck.evaluate.quality import log_loss
from factcheck.evaluate.weights import Weighing
from factcheck.language.compile import compile_files
from factcheck.language.program import Program
from factcheck.language.rule import RuleFile
from factcheck.load import parsed
from factcheck.scan import Scanner
from factcheck.span import Source

HELP: Final = 3.0
"""Nats by which a proposal must make the labels likelier: chance alone does so for one in seventy that are idle."""

Watch = Callable[[str], object]
"""Is told how far the work is."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A proposal and what it does alone."""

    proposal: Proposal
    gain: float
    """How much likelier it makes the labels, in nats."""
    silenced: Share
    """The hits of other rules that it takes away, and how many of them were right."""
    found: Share
    """The hits of its own rule."""
    among: Share | None = None
    """Of an exception for false alarms: all hits of the rule that it is for."""


class Attempts:
    """Tries proposals beside the rules of some files, whose weights are those that were learnt."""

    def __init__(self, files: Sequence[RuleFile], weighings: Sequence[Weighing], watch: Watch | None = None) -> None:
        self._files, self._weighings = files, weighings
        weights: dict[str, dict[str, float]] = {}
        for weighing in weighings:
            for one in weighing.learnt:
                weights.setdefault(one.rule.id, {})[one.signal] = one.after
        self._weights: Mapping[str, Mapping[str, float]] = weights
        self._plain = self.scanner(())
        self._watch = watch or (lambda _: None)

    def scanner(self, proposals: Iterable[Proposal]) -> Scanner:
        """What scans with the proposals."""
        problems: list[Diagnostic] = []
        text = proposed(proposals)
        mine = parsed([Source("proposed.fact", text)], problems) if text else []
        program = compile_files([*self._files, *mine], problems).program
        if has_errors(problems):
            raise ValueError(problems[0].message)
        return Scanner.of(_reweighed(program, self._weights))

    def chosen(self, proposals: Iterable[Proposal]) -> list[Attempt]:
        """Those that help, alone and beside all others that do, in their order; of rivals the one that helps most."""
        best: dict[str, Attempt] = {}
        proposals = list(proposals)
        for number, one in enumerate(proposals, 1):
            self._watch(f"proposal {number:,} of {len(proposals):,} …")
            alone = self._alone(one)
            if alone.gain >= max(HELP, best[one.about].gain if one.about in best else 0):
                best[one.about] = alone
        helping = list(best.values())
        together = self.scanner(one.proposal for one in helping)
        for attempt in sorted(helping, key=lambda attempt: attempt.gain):
            self._watch(f"{attempt.proposal.about}, beside all others …")
            others = [other for other in helping if other is not attempt]
            without = self.scanner(other.proposal for other in others)
            if self._gain(attempt.proposal, without, together) < HELP:
                helping, together = others, without
        return helping

    def _alone(self, one: Proposal) -> Attempt:
        """What the proposal does alone."""
        scanner = self.scanner([one])
        gain, silenced, found = 0.0, Share(0, 0), Share(0, 0)
        for weighing in self._weighings:
            corpus = weighing.evidence.corpus.holding(one.places)
            before, after = corpus.scanned(self._plain), corpus.scanned(scanner)
            gain += _likelihood(after) - _likelihood(before)
            if weighing.signal == one.signal:
                silenced, found = _effect(before, after)
        return Attempt(one, gain, silenced, found)

    def _gain(self, one: Proposal, without: Scanner, scanner: Scanner) -> float:
        """By how much it helps where others stand beside it."""
        corpora = [weighing.evidence.corpus.holding(one.places) for weighing in self._weighings]
        return sum(_likelihood(own.scanned(scanner)) - _likelihood(own.scanned(without)) for own in corpora)


def _likelihood(evidence: Evidence) -> float:
    """The logarithm of how likely the labels are by the signal."""
    rows = evidence.corpus.measured
    return -len(rows) * log_loss(evidence.probability.take(rows), evidence.corpus.labelled.take(rows))


def _reweighed(program: Program, weights: Mapping[str, Mapping[str, float]]) -> Program:
    """The program with these weights, by rule and signal."""
    rules = []
    for rule in program.rules:
        own = weights.get(rule.id, {})
        signals = tuple((name, own.get(name, weight)) for name, weight in rule.signals)
        rules.append(replace(rule, weight=own.get(rule.pack, rule.weight), signals=signals))
    return replace(program, rules=tuple(rules))


def _effect(before: Evidence, after: Evidence) -> tuple[Share, Share]:
    """The hits that are gone, and those that are new, each with how many of them are right."""
    was, now = _places(before), _places(after)
    gone, new = was.keys() - now.keys(), now.keys() - was.keys()
    return _share(was[one] for one in gone), _share(now[one] for one in new)


def _places(evidence: Evidence) -> dict[tuple[str, int, int], bool]:
    hits, rules = evidence.hits, evidence.program.rules
    columns = zip(*(column.tolist() for column in (hits.rule, hits.first, hits.end, hits.right)), strict=True)
    return {(rules[rule].id, first, end): right for rule, first, end, right in columns}


def _share(right: Iterable[bool]) -> Share:
    found = list(right)
    return Share(sum(found), len(found))
