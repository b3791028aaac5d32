"""The parts of a file that an example can touch, and its patterns with a probe in each part that may be passed by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from factcheck.language import pattern as compiled
from factcheck.language import rule as models
from factcheck.language import syntax
from factcheck.language.lower import Lowering, Patterns
from factcheck.language.program import Condition
from factcheck.span import Source, Span


class Kind(StrEnum):
    """What a part is."""

    RULE = "rule"
    MATCH = "match"
    """One of several `match` lines of a rule, or one of an amendment."""
    ALTERNATIVE = "alternative"
    TAKEN = "optional part, taken"
    LEFT_OUT = "optional part, left out"
    ENTRY = "list entry"
    EXCEPT = "except"
    UNLESS = "unless"
    WHEN = "when"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a file: what it belongs to, where it stands, and the part that it stands in, if it does."""

    kind: Kind
    owner: str
    """The rule, the list, or `amend` with its target."""
    field: str
    """The field of the owner that it stands in; of a list `list`, of the rule itself `rule`."""
    source: Source
    span: Span
    within: "Part | None"

    @property
    def text(self) -> str:
        """How it is written."""
        return self.source.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Probe(compiled.Capture):
    """A part of a pattern that tells when a match is read through it."""

    part: Part


@dataclass(frozen=True, slots=True)
class Line:
    """A `match`, `except` or `unless` with probes, and the part that it is."""

    part: Part
    pattern: compiled.Pattern


@dataclass(frozen=True, slots=True)
class Probed:
    """A rule or an amendment with probes."""

    owner: models.Rule | models.Amendment
    lines: Mapping[str, tuple[Line, ...]]
    when: tuple[tuple[Part, Condition], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ProbedFile:
    """What a file defines, with probes, and all its parts in the order they are met: those of lists stand last."""

    file: models.RuleFile
    owners: tuple[Probed, ...]
    lists: Mapping[str, compiled.Pattern]
    parts: tuple[Part, ...]


def probed(file: models.RuleFile, lowering: Lowering) -> ProbedFile:
    """The file, which is sound, with probes; `lowering` is that of the file."""
    prober = _Prober(file.source, lowering)
    found: tuple[models.Rule | models.Amendment, ...] = (*file.rules, *file.amendments)
    owners = tuple(prober.owner(one) for one in found)
    lists = {one.key: prober.words(one) for one in file.lists if one.pattern}
    kept = {key: pattern for key, pattern in lists.items() if pattern is not None}
    return ProbedFile(file, owners, kept, tuple(prober.parts))


@dataclass(slots=True)
class _Prober:
    """Notes the parts of a file as it meets them."""

    source: Source
    lowering: Lowering
    parts: list[Part] = field(default_factory=list)

    def add(self, kind: Kind, owner: str, name: str, span: Span, within: Part | None = None) -> Part:
        self.parts.append(Part(kind, owner, name, self.source, span, within))
        return self.parts[-1]

    def owner(self, owner: models.Rule | models.Amendment) -> Probed:
        first, rule, name = len(self.parts), None, f"amend {owner.statement.name.text}"
        if isinstance(owner, models.Rule):
            name = owner.id
            rule = self.add(Kind.RULE, name, "rule", owner.statement.name.span)
        written = {Kind.MATCH: owner.match, Kind.EXCEPT: owner.excepts, Kind.UNLESS: owner.unless}
        lines = {kind.value: tuple(self._lines(name, kind, own, rule)) for kind, own in written.items()}
        found = ((one, self.lowering.condition(one)) for one in owner.when)
        when = [(self.add(Kind.WHEN, name, "when", _whole(one)), held) for one, held in found if held is not None]
        return Probed(owner, lines, tuple(when), tuple(self.parts[first:]))

    def _lines(self, owner: str, kind: Kind, lines: models.Patterns, rule: Part | None) -> Iterator[Line]:
        within = rule if kind is Kind.MATCH else None
        for one in lines:
            # A rule's only `match` is touched where the rule is.
            only = within if len(lines) == 1 else None
            part = only or self.add(kind, owner, kind.value, _whole(one), within)
            pattern = _Probing(self, one, part).lower(one.value)
            if pattern is not None:
                yield Line(part, pattern)

    def words(self, words: models.WordList) -> compiled.Pattern | None:
        """A list; each of its alternatives is an entry, or all of it where there is only one."""
        if not words.pattern:
            return None
        whole = Part(Kind.ENTRY, words.key, "list", self.source, words.statement.name.span, None)
        return _Probing(self, words.pattern, whole).entries(words.pattern.value)


class _Probing(Patterns):
    """Compiles one written pattern with its probes; `within` is the part that it is."""

    def __init__(self, prober: _Prober, written: syntax.Written[syntax.Pattern], within: Part) -> None:
        super().__init__(prober.lowering, written)
        self.prober, self.within = prober, within
        self.owner, self.field = within.owner, "match" if within.kind is Kind.RULE else within.field

    def entries(self, node: syntax.Pattern) -> compiled.Pattern | None:
        """The compiled list, or None when part of it is wrong."""
        options = node.options if isinstance(node, syntax.Choice) else (node,)
        return self._either([self._entry(one) for one in options])

    def lower(self, node: object) -> compiled.Pattern | None:
        """The compiled pattern, or None when part of it is wrong."""
        match node:
            case syntax.Choice():
                return self._either([self._probe(self._add(Kind.ALTERNATIVE, one), one) for one in node.options])
            case syntax.Maybe():
                taken = self._probe(self._add(Kind.TAKEN, node), node.item)
                left_out = Probe("", "", compiled.Seq(()), self._add(Kind.LEFT_OUT, node))
                return self._either([taken, left_out])
            case syntax.Capture():
                return self.lower(node.item)
        return super().lower(node)

    def _entry(self, node: syntax.Pattern) -> Probe | None:
        part = self.prober.add(Kind.ENTRY, self.owner, self.field, self.written.spelt(node))
        return self._probe(part, node)

    def _add(self, kind: Kind, node: syntax.Pattern) -> Part:
        return self.prober.add(kind, self.owner, self.field, self.written.spelt(node), self.within)

    def _probe(self, part: Part, node: syntax.Pattern) -> Probe | None:
        outer, self.within = self.within, part
        item = self.lower(node)
        self.within = outer
        return None if item is None else Probe("", "", item, part)

    def _either(self, options: list[Probe | None]) -> compiled.Pattern | None:
        kept = [one for one in options if one is not None]
        return compiled.Alt(tuple(kept)) if len(kept) == len(options) else None


def _whole(written: syntax.Written[object]) -> Span:
    return Span(written.at, written.at + len(written.text))
