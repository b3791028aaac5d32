"""Runs the rules' own examples: a rule that does not do what its author shows does not load."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from factcheck.diagnostic import Diagnostic, Label
from factcheck.judge.match import Matcher
from factcheck.judge.reference import Exhausted
from factcheck.judge.resolve import resolve
from factcheck.judge.why import Example, quoted, why_silent
from factcheck.language.lower import HINTS
from factcheck.language.program import Program, can_hold
from factcheck.language.rule import Amendment, Rule, RuleFile
from factcheck.language.syntax import Atom
from factcheck.text.article import Article, read

MAX_EXAMPLE = 1_000  # characters
_STEPS = 500_000  # steps of the reader that any file may take for its examples
_STEPS_PER_CHARACTER = 5  # and those it may take for each of its characters


def prove_rules(files: Sequence[RuleFile], written: Program, problems: list[Diagnostic]) -> None:
    """Runs the examples of all rules on the rules as written, before amendments."""
    targets = _targets(written)
    matcher = Matcher(written)
    for file in files:
        prover = _Prover(matcher, file, problems)
        # A pass example may rest on a longer rule: where one is missing for its own faults, passes say nothing.
        whole = all(r.id in targets for r in file.rules)
        for rule in file.rules:
            if rule.id in targets:
                prover.run(rule, targets[rule.id], passes=whole)


def prove_amendments(files: Sequence[RuleFile], program: Program, problems: list[Diagnostic]) -> None:
    """Runs the amendments' own examples, after all amendments."""
    if not any(a.flag or a.quiet for file in files for a in file.amendments):
        return
    targets = _targets(program)
    matcher = Matcher(program)
    for file in files:
        prover = _Prover(matcher, file, problems)
        for amendment in file.amendments:
            # A target that is not loaded or switched off is a warning; there is nothing to try then.
            if amendment.target in targets:
                prover.run(amendment, targets[amendment.target], passes=True)


def _targets(program: Program) -> dict[str, frozenset[int]]:
    """The numbers of the rules that `pack/rule`, `pack` and `*` mean."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(program.rules):
        for name in (rule.id, rule.pack, "*"):
            found.setdefault(name, []).append(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _read_in(text: str, place: str) -> Article:
    """The text as running text, or all of it as a heading or a caption."""
    article = read(text)
    if not place:
        return article
    sentences, everywhere = article.sentences, np.ones(len(article.sentences), np.bool_)
    if place == "heading":
        return replace(article, sentences=replace(sentences, heading=everywhere))
    return replace(article, sentences=replace(sentences, caption=everywhere))


class _Prover:
    """Runs the examples of one file on one program."""

    def __init__(self, matcher: Matcher, file: RuleFile, problems: list[Diagnostic]) -> None:
        self.matcher, self.program = matcher, matcher.program
        self.file, self.problems = file, problems
        self.steps: int | None = _STEPS + _STEPS_PER_CHARACTER * len(file.source.text)

    def run(self, owner: Rule | Amendment, targets: frozenset[int], *, passes: bool) -> None:
        """Checks that one of the targets fires on each `flag` and none on any `pass`."""
        for example in owner.flag:
            self._check(owner, example, targets, must_fire=True)
        for example in owner.quiet if passes else ():
            self._check(owner, example, targets, must_fire=False)

    def _check(self, owner: Rule | Amendment, example: Atom, targets: frozenset[int], *, must_fire: bool) -> None:
        if self.steps is None or not self._sound(example):
            return
        article = _read_in(example.text, self._place(targets) if must_fire else "")
        try:
            # Most rules are silent on their passes: to see that, no other rule need be asked.
            hits, self.steps = self.matcher.counted_hits(article, self.steps, targets)
            if len(hits):
                hits, self.steps = self.matcher.counted_hits(article, self.steps)
        except Exhausted:
            self._report(
                "FC063",
                "the examples of this file cost too much from here on",
                example,
                "make the patterns or the examples shorter",
            )
            self.steps = None
            return
        findings = resolve(self.program, article, hits)
        fired = [i for i, n in enumerate(findings.rule.tolist()) if n in targets]
        name = self._name(targets)
        if must_fire and not fired:
            tried = Example(self.program, article, hits, findings, targets)
            many = "mend the problems above; a check after that says why"
            reason = why_silent(tried, owner) if len(self.problems) < HINTS else many
            self._report("FC060", f"{name} does not fire on this", example, reason)
        elif fired and not must_fire:
            words = quoted(article, findings.rows()[fired[0]])
            remedy = f"it matches {words}: add an `except`, or narrow the pattern"
            self._report("FC061", f"{name} fires on this", example, remedy)

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
        """Heading or caption, where the targets fire nowhere else; empty where they do."""
        conditions = [self.program.rules[n].when for n in targets]
        for place in ("heading", "caption"):
            if not any(can_hold(when, {("in", place): False}) for when in conditions):
                return place
        return ""

    def _name(self, targets: frozenset[int]) -> str:
        return f"rule `{self.program.rules[min(targets)].id}`" if len(targets) == 1 else "an amended rule"

    def _report(self, code: str, message: str, example: Atom, remedy: str) -> None:
        self.problems.append(Diagnostic(code, message, self.file.source, (Label(example.span),), remedy))
