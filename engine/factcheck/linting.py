"""Lint: what is odd about rules that only a comparison of all their patterns can tell.

What a glance at each rule tells is among the warnings of every load; see `language.lint`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from factcheck.diagnostic import Diagnostic, Label
from factcheck.judge.opening import Opening, Openings
from factcheck.judge.subsume import Comparison, Net, TooLong
from factcheck.language import rule as models
from factcheck.language import syntax
from factcheck.language.compile import lowering_of
from factcheck.language.pattern import Alt, Capture, Lists, Mark, Pattern, Ref, Words, parts
from factcheck.language.program import Program, Rule
from factcheck.span import Source, Span

_LONGEST: Final = 40  # characters of a pattern that a message repeats
_STEPS: Final = 10_000_000
"""Steps that comparing the patterns of any file may take."""
_STEPS_PER_CHARACTER: Final = 20
"""And those it may take for each of its characters."""
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True, eq=False)
class _Option:
    """One of the alternatives of a line, or all of a line that has none."""

    line: int
    """Which line of the field it stands in."""
    span: Span
    pattern: Pattern


class _Ruled(NamedTuple):
    """A rule as written, its `match` in alternatives, and compiled."""

    model: models.Rule
    options: Sequence[_Option]
    rule: Rule


def compared(
    files: Sequence[models.RuleFile], program: Program, known: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[Source]]:
    """What comparing the patterns of the files tells beside what is `known`, and the files that are too much for it.

    All of them are sound, `program` has their rules as written.
    """
    found: list[Diagnostic] = []
    unfinished: list[Source] = []
    told = {(one.code, one.source.name, label.span) for one in known for label in one.labels[:1]}
    for file in files:
        try:
            new = _Linter(file, program).found()
            found += (one for one in new if (one.code, one.source.name, one.labels[0].span) not in told)
        except TooLong:
            unfinished.append(file.source)
    return found, unfinished


class _Linter:
    """Compares the patterns of one file."""

    def __init__(self, file: models.RuleFile, program: Program) -> None:
        self._file, self._lists = file, program.lists
        self._lowering = lowering_of(file, frozenset(program.lists), program.packs, [])
        self._budget = Comparison(_STEPS + _STEPS_PER_CHARACTER * len(file.source.text))
        self._openings = Openings(program.lists)
        self._nets: dict[_Option, Net] = {}
        self._wholes: dict[str, Net] = {}
        rules = {rule.id: rule for rule in program.rules}
        found = ((model, self._options(model.match), rules.get(model.id)) for model in file.rules)
        self._rules = [_Ruled(model, options, rule) for model, options, rule in found if rule]

    def found(self) -> Iterator[Diagnostic]:
        """All that there is to tell, statement by statement."""
        for words in self._file.lists:
            entries = self._options((words.pattern,) if words.pattern else ())
            yield from self._dead(entries, "entry")
            yield from self._redundant(entries)
        later = _Near[Rule](self._openings, self._lists)
        for one in reversed(self._rules):
            others = (self._options(lines) for lines in (one.model.excepts, one.model.unless))
            for options in (one.options, *others):
                yield from self._dead(options, "alternative")
                yield from self._redundant(options)
            yield from self._silenced(one)
            yield from self._overridden(one, later)
            if one.rule.match and not (one.rule.excepts or one.rule.unless):
                later.add(one.rule, one.rule.match)

    def _options(self, lines: models.Patterns) -> list[_Option]:
        found: list[_Option] = []
        for number, line in enumerate(lines):
            node = line.value
            several = node.options if isinstance(node, syntax.Choice) else ()
            for one in several or (node,):
                pattern = self._lowering.pattern(syntax.Written(one, line.text, line.at))
                if pattern is not None:
                    span = line.spelt(one) if several else Span(line.at, line.at + len(line.text))
                    found.append(_Option(number, span, pattern))
        return found

    def _net(self, option: _Option) -> Net:
        if option not in self._nets:
            self._nets[option] = Net.of([option.pattern], self._lists)
        return self._nets[option]

    def _report(self, code: str, message: str, span: Span, remedy: str, *more: Label) -> Diagnostic:
        return Diagnostic(code, message, self._file.source, (Label(span), *more), remedy)

    # ---- patterns by themselves, and within a rule or list ----

    def _dead(self, options: Sequence[_Option], what: str) -> Iterator[Diagnostic]:
        """Those that no text satisfies."""
        dead = [one for one in options if not self._budget.can_match(self._net(one))]
        for span, whole in _joined(dead, options):
            message = f"this {'pattern' if whole else what} can never match"
            remedy = "no word stands behind a sentence's end, and no sentence starts right behind a word"
            yield self._report("FC102", message, span, remedy)

    def _redundant(self, options: Sequence[_Option]) -> Iterator[Diagnostic]:
        """Those of which others find all, with the same words owned; of two alike the later."""
        left, near = dict.fromkeys(options), _Near[_Option](self._openings, self._lists)
        for one in options:
            near.add(one, [one.pattern])
        for one in reversed(options):
            # A list may be amended: that another holds its words today is no slip.
            if isinstance(one.pattern, Ref) or _captures(one.pattern, self._lists):
                continue
            others = (other for other in near.of(one.pattern) if other is not one and other in left)
            other = next((o for o in others if self._budget.covers(self._net(o), self._net(one), alike=True)), None)
            if other:
                del left[one]
                message = f"all that this finds, `{_short(self._file.source, other.span)}` finds too"
                yield self._report("FC113", message, one.span, "take one of the two away", Label(other.span, "here"))

    def _silenced(self, one: _Ruled) -> Iterator[Diagnostic]:
        """The alternatives of `match` whose every hit an `except` or `unless` of the rule takes away."""
        for name, patterns in (("except", one.rule.excepts), ("unless", one.rule.unless)):
            if not patterns:
                continue
            silencer = Net.of(patterns, self._lists)
            gone = [option for option in one.options if self._budget.meets(silencer, self._net(option))]
            for span, whole in _joined(gone, one.options):
                what = "pattern" if whole else "alternative"
                message = f"whatever this {what} finds, `{name}` of its rule silences"
                yield self._report("FC102", message, span, f"take it away, or narrow `{name}`")

    # ---- beside later rules ----

    def _overridden(self, one: _Ruled, later: "_Near[Rule]") -> Iterator[Diagnostic]:
        """The alternatives of `match` of which a rule without exceptions that stands later finds all, and wins."""
        winners: dict[_Option, str] = {}
        for option in one.options:
            for rule in later.of(option.pattern):
                self._budget.spend(1)
                if rule.when in (None, one.rule.when) and self._budget.covers(self._whole(rule), self._net(option)):
                    winners[option] = rule.id
                    break
        for span, _ in _joined(list(winners), one.options):
            own = dict.fromkeys(name for option, name in winners.items() if span.start <= option.span.start < span.end)
            names = " or ".join(f"`{name}`" for name in own)
            message = f"whatever this finds, the later rule {names} overrides"
            yield self._report("FC103", message, span, "take it out of one of the two")

    def _whole(self, rule: Rule) -> Net:
        """All that the rule matches."""
        if rule.id not in self._wholes:
            self._wholes[rule.id] = Net.of(rule.match, self._lists)
        return self._wholes[rule.id]


class _Near(Generic[_One]):
    """Things with patterns, found again by a pattern of which they may find all.

    A pattern finds all that another does only if the other can begin with no more words, and has one of each set of
    words that the pattern cannot do without. So each thing is kept by such a set, the one that the fewest share.
    """

    def __init__(self, openings: Openings, lists: Lists) -> None:
        self._openings, self._lists = openings, lists
        self._all: list[tuple[_One, Opening]] = []
        self._known: defaultdict[str, list[int]] = defaultdict(list)
        self._others: list[int] = []
        self._listed: dict[str, frozenset[str]] = {}

    def add(self, one: _One, patterns: Sequence[Pattern]) -> None:
        """Takes in a thing that finds what any of the patterns does."""
        needs = [min(self._openings.needed(pattern), key=self._crowd, default=None) for pattern in patterns]
        for word in frozenset[str]().union(*(need for need in needs if need is not None)) if None not in needs else ():
            self._known[word].append(len(self._all))
        if None in needs:
            self._others.append(len(self._all))
        self._all.append((one, self._openings.of(Alt(tuple(patterns)))))

    def of(self, pattern: Pattern) -> Iterator[_One]:
        """Those that may find all that the pattern does, in the order they were taken in."""
        opening = self._openings.of(pattern)
        known = {number for word in self._words(pattern) for number in self._known.get(word, ())}
        for number in sorted(known.union(self._others)):
            one, own = self._all[number]
            if own is None or (opening is not None and opening <= own):
                yield one

    def _crowd(self, words: frozenset[str]) -> int:
        return sum(len(self._known.get(word, ())) for word in words)

    def _words(self, pattern: Pattern) -> frozenset[str]:
        """All words and marks that stand anywhere in the pattern."""
        found = set[str]()
        for part in parts(pattern):
            if isinstance(part, Ref):
                if part.key not in self._listed:
                    self._listed[part.key] = self._words(self._lists[part.key])
                found |= self._listed[part.key]
            elif isinstance(part, Words | Mark):
                found.update(self._openings.of(part) or ())
        return frozenset(found)


def _joined(some: Sequence[_Option], options: Sequence[_Option]) -> Iterator[tuple[Span, bool]]:
    """The places of some of the options; where they are all of a line, that of the line, and True."""
    for line in dict.fromkeys(one.line for one in some):
        own = [one for one in options if one.line == line]
        if all(one in some for one in own):
            yield Span(own[0].span.start, own[-1].span.end), True
        else:
            yield from ((one.span, False) for one in own if one in some)


def _captures(pattern: Pattern, lists: Lists) -> bool:
    return any(isinstance(part, Capture) for part in parts(pattern, lists=lists))


def _short(source: Source, span: Span) -> str:
    text = " ".join(source.text[span.start : span.end].split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
