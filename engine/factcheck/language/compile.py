"""Rules to an immutable program: patterns compiled and measured, amendments and disablings applied.

Two programs come of it. `written` holds every rule as its author wrote it and is what the rules' own examples run on;
`program` is the one to scan with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from factcheck.diagnostic import Diagnostic, Label, did_you_mean
from factcheck.language import program as compiled
from factcheck.language import rule as models
from factcheck.language import syntax
from factcheck.language.allow import allowed
from factcheck.language.lists import Linked, amended, link, refs
from factcheck.language.lower import HINTS, Lowering
from factcheck.language.measure import MAX_FORMS
from factcheck.language.pattern import Pattern, Words, parts
from factcheck.language.program import SIGNALS, Condition, Program
from factcheck.language.syntax import Written
from factcheck.packs import file_of, how_to_load

Problems = list[Diagnostic]
_MOST_CHANGES = 200_000  # of a rule by an amendment; each is kept, so rules times amendments must have a bound
_NOTHING = Program((), (), {})


@dataclass(frozen=True, slots=True)
class Compiled:
    """Both programs, and the models they come from."""

    written: Program
    program: Program
    files: tuple[models.RuleFile, ...]


def compile_files(files: Sequence[models.RuleFile], problems: Problems, base: Program = _NOTHING) -> Compiled:
    """Compiles the files in order, behind a `base` that is sound and amends nothing.

    What is wrong is reported and left out, the rest is compiled.
    """
    packs = _packs(files, problems, base)
    keys = frozenset((*base.lists, *(x.key for f in files for x in f.lists)))
    lowering = {id(f): lowering_of(f, keys, packs, problems) for f in files}
    linked = link(((x, lowering[id(f)]) for f in files for x in f.lists), problems, base.lists)
    rules = [_Maker(lowering[id(f)], linked).rule(r) for f in files for r in f.rules]
    written = Program(packs, (*base.rules, *(r for r in rules if r)), linked.patterns)
    changed = amended(linked, [(a, lowering[id(f)]) for f in files for a in f.list_amendments], problems)
    changes: dict[str, list[_Change]] = {}
    reach = Counter(target for rule in written.rules for target in (rule.id, rule.pack, "*"))
    left = _MOST_CHANGES
    for number, (file, amendment) in enumerate((f, a) for f in files for a in f.amendments):
        left -= reach[amendment.target]
        if left < 0:
            problems.append(_without_measure(amendment))
            break
        change = _Maker(lowering[id(file)], changed).change(amendment, number)
        changes.setdefault(amendment.target, []).extend([change] if change else [])
    _check_targets(files, written, problems)
    off = {d.target for f in files for d in f.disablings}
    kept = tuple(_amended(r, changes) for r in written.rules if not off & {r.id, r.pack})
    program = Program(packs, kept, changed.patterns)
    _check_forms(program, files, problems)
    return Compiled(written, program, tuple(files))


def _without_measure(amendment: models.Amendment) -> Diagnostic:
    message = f"with this, the amendments change more than {_MOST_CHANGES:,} rules"
    place = (Label(amendment.statement.name.span),)
    return Diagnostic("FC072", message, amendment.source, place, "amend fewer rules, or join several amendments in one")


def _packs(files: Sequence[models.RuleFile], problems: Problems, base: Program) -> tuple[compiled.Pack, ...]:
    found = {pack.name: pack for pack in base.packs}
    first = {name: file_of(name) for name in found}
    for file in files:
        pack = file.pack
        if pack is None:
            continue
        if pack.name in found:
            message = f"pack `{pack.name}` is defined in {first[pack.name]} already"
            remedy = f"name this pack otherwise; to change the other, write `amend {pack.name}/RULE`"
            problems.append(Diagnostic("FC025", message, file.source, (Label(pack.statement.name.span),), remedy))
            continue
        first[pack.name] = file.source.name
        found[pack.name] = compiled.Pack(
            pack.name, pack.title or pack.name, pack.language, pack.version, pack.signal == "on"
        )
    return tuple(found.values())


def lowering_of(
    file: models.RuleFile, keys: frozenset[str], packs: tuple[compiled.Pack, ...], problems: Problems
) -> Lowering:
    """What compiles the patterns of the file, beside lists with these keys and these packs."""
    names = frozenset(p.name for p in packs)
    pack = file.pack
    return Lowering(file.source, pack.name if pack else "", pack.language if pack else "en", keys, names, problems)


class _Maker:
    """Makes the compiled rules and amendments of one file."""

    def __init__(self, lowering: Lowering, lists: Linked) -> None:
        self.lowering, self.lists = lowering, lists

    def rule(self, rule: models.Rule) -> compiled.Rule | None:
        """The compiled rule, or None when part of it is wrong."""
        signals = self.signals(rule)
        match = self.patterns(rule.match, anchored=True)
        excepts, unless = self.patterns(rule.excepts), self.patterns(rule.unless)
        when = self.conditions(rule.when)
        if match is None or excepts is None or unless is None or when is None or signals is None or not rule.sound:
            return None
        plain = rule.model_dump(
            include={
                "pack",
                "name",
                "level",
                "message",
                "weight",
                "severity",
                "polarity",
                "because",
                "suggest",
                "tags",
                "range",
            }
        )
        return compiled.Rule(**plain, signals=signals, match=match, excepts=excepts, unless=unless, when=_all(when))

    def change(self, amendment: models.Amendment, number: int) -> "_Change | None":
        """What an amendment adds and replaces, or None when part of it is wrong."""
        match = self.patterns(amendment.match, anchored=True)
        excepts, unless = self.patterns(amendment.excepts), self.patterns(amendment.unless)
        when = self.conditions(amendment.when)
        signals = self.signals(amendment)
        if match is None or excepts is None or unless is None or when is None or signals is None:
            return None
        if not amendment.sound:
            return None
        names = ("weight", "level", "message", "severity")
        replaced = {name: value for name in names if (value := getattr(amendment, name)) is not None}
        return _Change(number, match, excepts, unless, tuple(when), dict(signals), replaced)

    def signals(self, rule: models.Rule | models.Amendment) -> tuple[tuple[str, float], ...] | None:
        """The signals that a rule is to raise, if all of them exist."""
        known = {*SIGNALS, *self.lowering.packs}
        fields = [f for f in rule.statement.fields if f.name == "signal"]
        unknown = [i for i, (name, _) in enumerate(rule.signal) if name not in known]
        for i in unknown:
            name = rule.signal[i][0]
            remedy = how_to_load(name, known) or did_you_mean(name, known)
            span = value[0].span if isinstance(value := fields[i].value, tuple) else fields[i].span
            self.lowering.report("FC037", f"unknown signal `{name}`", span, remedy)
        return None if unknown else rule.signal

    def patterns(self, written: models.Patterns, *, anchored: bool = False) -> tuple[Pattern, ...] | None:
        """The compiled patterns, or None when one of them is wrong or names a list that is."""
        found = [self._checked(w, anchored=anchored) for w in written]
        kept = tuple(p for p in found if p is not None)
        return kept if len(kept) == len(found) else None

    def conditions(self, written: models.Conditions) -> list[Condition] | None:
        """The compiled conditions, or None when one of them is wrong."""
        found = [self.lowering.condition(w) for w in written]
        kept = [c for c in found if c is not None]
        return kept if len(kept) == len(found) else None

    def _checked(self, written: Written[syntax.Pattern], *, anchored: bool) -> Pattern | None:
        pattern = self.lowering.pattern(written)
        if pattern is None or not refs(pattern) <= self.lists.facts.keys():
            return None
        return pattern if allowed(pattern, written, self.lowering, self.lists.facts, anchored=anchored) else None


def _all(conditions: Iterable[Condition]) -> Condition | None:
    found = tuple(conditions)
    if len(found) > 1:
        return ("and", found)
    return found[0] if found else None


# ---- amendments ----


@dataclass(frozen=True, slots=True)
class _Change:
    """A compiled amendment; `number` is its place in the order they are loaded."""

    number: int
    match: tuple[Pattern, ...]
    excepts: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    when: tuple[Condition, ...]
    signals: Mapping[str, float]
    replaced: Mapping[str, Any]


def _amended(rule: compiled.Rule, changes: Mapping[str, list[_Change]]) -> compiled.Rule:
    """The rule after all amendments of it, of its pack and of `*`, in the order they are loaded."""
    found = [c for target in (rule.id, rule.pack, "*") for c in changes.get(target, ())]
    for change in sorted(found, key=lambda c: c.number):
        rule = replace(
            rule,
            **change.replaced,
            match=(*rule.match, *change.match),
            excepts=(*rule.excepts, *change.excepts),
            unless=(*rule.unless, *change.unless),
            signals=tuple({**dict(rule.signals), **change.signals}.items()) if change.signals else rule.signals,
            when=_all([*([rule.when] if rule.when else []), *change.when]),
        )
    return rule


def _check_targets(files: Sequence[models.RuleFile], program: Program, problems: Problems) -> None:
    """Warns of amendments and disablings whose rule or pack is not loaded."""
    packs = {p.name for p in program.packs}
    known = {r.id for f in files for r in f.rules} | {r.id for r in program.rules} | packs | {"*"}
    for file in files:
        targeted: tuple[models.Amendment | models.Disabling, ...] = (*file.amendments, *file.disablings)
        for change in targeted:
            if change.target not in known:
                message = f"there is no `{change.target}` to {change.statement.kind}"
                near = did_you_mean(change.target, known - {"*"}) if len(problems) < HINTS else ""
                near = how_to_load(change.target, packs) or near
                remedy = near or "it has no effect: take it away, or load that pack"
                problems.append(Diagnostic("FC101", message, file.source, (Label(change.statement.name.span),), remedy))


def _check_forms(program: Program, files: Sequence[models.RuleFile], problems: Problems) -> None:
    words = (part for part in parts(*program.patterns) if isinstance(part, Words))
    forms = frozenset[str]().union(*(form for one in words for form in (one.lower, one.written, one.exact)))
    if len(forms) > MAX_FORMS:
        message = f"the loaded packs hold {len(forms):,} word forms"
        remedy = f"at most {MAX_FORMS:,} over all packs: load fewer packs, or use `word*`"
        problems.append(Diagnostic("FC046", message, files[-1].source, (), remedy))
