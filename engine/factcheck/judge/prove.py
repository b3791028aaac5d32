"""Runs the rules' own examples: a rule that does not do what its author shows does not load."""

from collections.abc import Iterable, Sequence

from factcheck.diagnostic import Diagnostic, Label
from factcheck.judge.hits import Hits
from factcheck.judge.match import Matcher
from factcheck.judge.reference import Exhausted
from factcheck.judge.resolve import Places, not_excepted, resolve
from factcheck.language.program import Program, holds
from factcheck.language.rule import Amendment, Rule, RuleFile
from factcheck.language.syntax import Atom
from factcheck.text.article import Article, read

MAX_EXAMPLE = 1_000  # characters
_STEPS = 1_000_000  # steps of the reader that any file may take for its examples
_STEPS_PER_CHARACTER = 15  # and those it may take for each of its characters


def prove_rules(files: Sequence[RuleFile], written: Program, problems: list[Diagnostic]) -> None:
    """Runs the examples of all rules on the rules as written, before amendments."""
    known = {r.id for r in written.rules}
    for file in files:
        prover = _Prover(written, file, problems)
        # A pass example may rest on a longer rule: where one is missing for its own faults, passes say nothing.
        whole = all(r.id in known for r in file.rules)
        for rule in file.rules:
            if rule.id in known:
                prover.run(rule, frozenset({rule.id}), passes=whole)


def prove_amendments(files: Sequence[RuleFile], program: Program, problems: list[Diagnostic]) -> None:
    """Runs the amendments' own examples, after all amendments."""
    ids = [r.id for r in program.rules]
    for file in files:
        prover = _Prover(program, file, problems)
        for amendment in file.amendments:
            if amendment.flag or amendment.quiet:
                target = amendment.target
                prover.run(amendment, frozenset(i for i in ids if target in ("*", i, i.split("/")[0])), passes=True)


class _Prover:
    """Runs the examples of one file on one program."""

    def __init__(self, program: Program, file: RuleFile, problems: list[Diagnostic]) -> None:
        self.program, self.file, self.problems = program, file, problems
        self.matcher = Matcher(program)
        self.steps: int | None = _STEPS + _STEPS_PER_CHARACTER * len(file.source.text)

    def run(self, owner: Rule | Amendment, targets: frozenset[str], *, passes: bool) -> None:
        """Checks that one of the targets fires on each `flag` and none on any `pass`."""
        for example in owner.flag:
            self._check(example, targets, must_fire=True)
        for example in owner.quiet if passes else ():
            self._check(example, targets, must_fire=False)

    def _check(self, example: Atom, targets: frozenset[str], *, must_fire: bool) -> None:
        if self.steps is None or not self._sound(example):
            return
        article = read(example.text)
        try:
            hits, self.steps = self.matcher.counted_hits(article, self.steps)
        except Exhausted:
            self._report("FC063", "the examples of this file cost too much from here on", example, "make the patterns or the examples shorter")
            self.steps = None
            return
        findings = resolve(self.program, article, hits)
        fired = [i for i, n in enumerate(findings.rule.tolist()) if self.program.rules[n].id in targets]
        name = self._name(targets)
        if must_fire and not fired:
            self._report("FC060", f"{name} does not fire on this", example, self._why(article, hits, findings, targets))
        elif fired and not must_fire:
            first, end = findings.first[fired[0]], findings.end[fired[0]]
            words = article.tokens.text[article.tokens.start[first] : article.tokens.end[end - 1]]
            self._report("FC061", f"{name} fires on this", example, f"it matches “{words}”: add an `except`, or narrow the pattern")

    def _sound(self, example: Atom) -> bool:
        if len(example.text) > MAX_EXAMPLE:
            self._report("FC062", f"this example has {len(example.text):,} characters", example, f"at most {MAX_EXAMPLE:,}: one sentence is enough")
        elif not any(c.isalnum() for c in example.text):
            self._report("FC062", "this example holds no word", example, "write a sentence")
        else:
            return True
        return False

    @staticmethod
    def _name(targets: Iterable[str]) -> str:
        found = sorted(targets)
        return f"rule `{found[0]}`" if len(found) == 1 else "none of the amended rules" if not found else "an amended rule"

    def _why(self, article: Article, hits: Hits, findings: Hits, targets: frozenset[str]) -> str:
        """The first step at which the rule's hits went."""
        rules = self.program.rules
        rows = [h for h in hits.rows() if rules[h.rule].id in targets]
        matched = [h for h in rows if h.role == 0]
        if not matched:
            return "none of its `match` lines matches this sentence"
        kept = [h for s in {h.sentence for h in rows} for h in not_excepted([r for r in rows if r.sentence == s])]
        if not kept:
            return "it matches, but its own `except` or `unless` silences it"
        places = Places(self.program, article)
        packs = {rules[n].pack for n in findings.rule.tolist()}
        met = [h for h in kept if holds(rules[h.rule].when, places.truth(h, packs))]
        if not met:
            return "it matches, but its `when` does not hold there"
        pack = rules[met[0].rule].pack
        longer = [n for n in findings.rule.tolist() if rules[n].pack == pack]
        return f"it matches, but the longer or later rule `{rules[longer[0]].id}` overrides it" if longer else "its `when` depends on other packs"

    def _report(self, code: str, message: str, example: Atom, remedy: str) -> None:
        self.problems.append(Diagnostic(code, message, self.file.source, (Label(example.span),), remedy))
