"""Runs the rules' own examples: a rule that does not do what its author shows does not load.

Examples are short and many, so those of a file are read together, as the documents of one article.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from factcheck.diagnostic import Diagnostic, Label
from factcheck.judge.hits import Hit, Hits
from factcheck.judge.match import Matcher
from factcheck.judge.reference import Exhausted
from factcheck.judge.resolve import Resolver
from factcheck.judge.why import Example, quoted, why_silent
from factcheck.language.lower import HINTS
from factcheck.language.program import MARKED, Program, can_hold
from factcheck.language.rule import Amendment, Rule, RuleFile
from factcheck.language.syntax import Atom
from factcheck.text.article import Article, read_all

MAX_EXAMPLE = 1_000  # characters
_STEPS = 500_000  # steps of the reader that any file may take for its examples
_STEPS_PER_CHARACTER = 5  # and those it may take for each of its characters
_TOGETHER = 1_000  # examples that are read together


class Trial(NamedTuple):
    """An example, the rules it is about, and where it stands: running text, or what a format marks."""

    owner: Rule | Amendment
    example: Atom
    targets: frozenset[int]
    must_fire: bool
    place: str


class Tried(NamedTuple):
    """Examples that were read together, as the documents of one article, and what the rules find in them."""

    resolver: Resolver
    trials: Sequence[Trial]
    article: Article
    hits: Hits
    findings: Hits


Witness = Callable[[Tried], None]
"""Is told what became of examples."""


def _nobody(_tried: Tried) -> None:
    """A witness who has no use for it."""


def prove_rules(
    files: Sequence[RuleFile],
    written: Matcher,
    problems: list[Diagnostic],
    proven: Container[str] = (),
    witness: Witness = _nobody,
) -> None:
    """Runs the examples of all rules on the rules as written, before amendments; but for files that are `proven`."""
    targets = _targets(written.program)
    for file in files:
        if file.source.name in proven:
            continue
        prover = _Prover(written, file, problems, witness)
        # A pass example may rest on a longer rule: where one is missing for its own faults, passes say nothing.
        whole = all(r.id in targets for r in file.rules)
        owners = [(rule, targets[rule.id]) for rule in file.rules if rule.id in targets]
        prover.run([trial for rule, aims in owners for trial in prover.trials(rule, aims, passes=whole)])


def prove_amendments(
    files: Sequence[RuleFile], matcher: Matcher, problems: list[Diagnostic], witness: Witness = _nobody
) -> None:
    """Runs the amendments' own examples, after all amendments."""
    targets = _targets(matcher.program)
    for file in files:
        prover = _Prover(matcher, file, problems, witness)
        # A target that is not loaded or switched off is a warning; there is nothing to try then.
        owners = [(one, targets[one.target]) for one in file.amendments if one.target in targets]
        prover.run([trial for one, aims in owners for trial in prover.trials(one, aims, passes=True)])


def by_example(tried: Tried, hits: Hits) -> list[list[Hit]]:
    """The hits in each of the examples."""
    found: list[list[Hit]] = [[] for _ in tried.trials]
    document = tried.article.sentences.document.tolist()
    for hit in hits.rows():
        found[document[hit.sentence]].append(hit)
    return found


def _targets(program: Program) -> dict[str, frozenset[int]]:
    """The numbers of the rules that `pack/rule`, `pack` and `*` mean."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(program.rules):
        for name in (rule.id, rule.pack, "*"):
            found.setdefault(name, []).append(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


class _Prover:
    """Runs the examples of one file on one program."""

    def __init__(self, matcher: Matcher, file: RuleFile, problems: list[Diagnostic], witness: Witness) -> None:
        self.matcher, self.program, self.witness = matcher, matcher.program, witness
        self.resolver = Resolver(matcher.program, matcher.symbols.lexicon)
        self.file, self.problems = file, problems
        self.steps: int | None = _STEPS + _STEPS_PER_CHARACTER * len(file.source.text)

    def trials(self, owner: Rule | Amendment, targets: frozenset[int], *, passes: bool) -> Iterator[Trial]:
        """One of the targets must fire on each `flag`, and none on any `pass`."""
        place = self._place(targets) if owner.flag else ""
        for example in owner.flag:
            yield Trial(owner, example, targets, must_fire=True, place=place)
        for example in owner.quiet if passes else ():
            yield Trial(owner, example, targets, must_fire=False, place="")

    def run(self, trials: Sequence[Trial]) -> None:
        """Reports each example that does not do what it should."""
        sound = [trial for trial in trials if self._sound(trial.example)]
        for first in range(0, len(sound), _TOGETHER):
            self._check(sound[first : first + _TOGETHER])

    def _check(self, trials: Sequence[Trial]) -> None:
        if self.steps is None:
            return
        article = self._read(trials)
        try:
            hits, steps = self.matcher.counted_hits(article, self.steps)
        except Exhausted:
            self._part(trials)
            return
        self.steps = steps
        tried = Tried(self.resolver, trials, article, hits, self.resolver.findings(article, hits))
        self.witness(tried)
        for trial, found in zip(trials, by_example(tried, tried.findings), strict=True):
            fired = [finding for finding in found if finding.rule in trial.targets]
            if trial.must_fire and not fired:
                self._silent(trial)
            elif fired and not trial.must_fire:
                remedy = f"it matches {quoted(article, fired[0])}: add an `except`, or narrow the pattern"
                self._report("FC061", f"{self._name(trial.targets)} fires on this", trial.example, remedy)

    def _part(self, trials: Sequence[Trial]) -> None:
        """Checks as many of the examples as the steps suffice for, and reports the first that they do not."""
        if len(trials) > 1:
            middle = len(trials) // 2
            self._check(trials[:middle])
            self._check(trials[middle:])
            return
        message = "the examples of this file cost too much from here on"
        self._report("FC063", message, trials[0].example, "make the patterns or the examples shorter")
        self.steps = None

    def _read(self, trials: Sequence[Trial]) -> Article:
        article = read_all([trial.example.text for trial in trials], lexicon=self.matcher.symbols.lexicon)
        sentences = article.sentences
        flags = {
            place: getattr(sentences, place) | np.array([one.place == place for one in trials]).take(sentences.document)
            for place in MARKED
        }
        return replace(article, sentences=replace(sentences, **flags))

    def _silent(self, trial: Trial) -> None:
        reason = "mend the problems above; a check after that says why"
        if len(self.problems) < HINTS and self.steps is not None:
            article = self._read([trial])
            with suppress(Exhausted):
                hits, self.steps = self.matcher.counted_hits(article, self.steps)
                tried = Example(self.resolver, article, hits, self.resolver.findings(article, hits), trial.targets)
                reason = why_silent(tried, trial.owner)
        self._report("FC060", f"{self._name(trial.targets)} does not fire on this", trial.example, reason)

    def _sound(self, example: Atom) -> bool:
        if len(example.text) > MAX_EXAMPLE:
            self._report(
                "FC062",
                f"this example has {len(example.text):,} characters",
                example,
                f"at most {MAX_EXAMPLE:,}: one sentence is enough",
            )
        elif not any(c.isalnum() for c in example.text):
            self._report("FC062", "this example holds no word", example, "write a sentence")
        else:
            return True
        return False

    def _place(self, targets: frozenset[int]) -> str:
        """Where a format marks the only places that the targets fire in, which of them; else empty."""
        conditions = [self.program.rules[n].when for n in targets]
        for place in MARKED:
            if not any(can_hold(when, {("in", place): False}) for when in conditions):
                return place
        return ""

    def _name(self, targets: frozenset[int]) -> str:
        return f"rule `{self.program.rules[min(targets)].id}`" if len(targets) == 1 else "an amended rule"

    def _report(self, code: str, message: str, example: Atom, remedy: str) -> None:
        self.problems.append(Diagnostic(code, message, self.file.source, (Label(example.span),), remedy))
