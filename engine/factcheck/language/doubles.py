"""Warnings on what is written twice: alternatives and lines that add nothing, and lists that are nearly the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import rule as models
from factcheck.language import syntax
from factcheck.language.compile import lowering_of
from factcheck.language.lists import refs
from factcheck.language.lower import Lowering, Patterns
from factcheck.language.pattern import Pattern, Words
from factcheck.language.program import Program, Rule, can_hold
from factcheck.span import Span

_MANY: Final = 6
"""Entries that two lists share before it is worth telling, unless all of them are the same."""
_COMMON: Final = 50
"""Lists that have an entry, from which on it counts for none of them."""
_FEW: Final = 3
"""Entries of a list that may well be written a second time."""


def doubles(files: Sequence[models.RuleFile], program: Program, problems: list[Diagnostic]) -> None:
    """Adds the warnings on all files; `program` holds the rules as written."""
    keys, times = frozenset(program.lists), Counter(model.id for file in files for model in file.rules)
    # Of a name that is given twice nobody can tell which rule has which lines.
    rules = {rule.id: rule for rule in program.rules if times[rule.id] == 1}
    entries: dict[str, frozenset[object]] = {}
    for file in files:
        reader = _Reader(file, lowering_of(file, keys, program.packs, []), problems)
        reader.alternatives()
        reader.lines(rules)
        entries |= {one.key: reader.entries(one.pattern) for one in file.lists if one.pattern}
    _overlapping(files, entries, _neighbours(program), problems)


class _Option(NamedTuple):
    """An alternative: of a single word its forms, else how it is written."""

    node: syntax.Pattern
    sign: Words | str

    def is_within(self, other: "_Option") -> bool:
        """Whether all that it finds the other finds, too."""
        own, wide = self.sign, other.sign
        if isinstance(own, str) or isinstance(wide, str):
            return own == wide
        return own.lower <= wide.lower and own.written <= wide.written and own.exact <= wide.exact

    @property
    def names(self) -> Iterable[str]:
        """What another that finds all of it has, too."""
        return (self.sign,) if isinstance(self.sign, str) else self.sign.lower | self.sign.written | self.sign.exact


class _Reader:
    """Looks through the patterns of one file."""

    def __init__(self, file: models.RuleFile, lowering: Lowering, problems: list[Diagnostic]) -> None:
        self._file, self._lowering, self._problems = file, lowering, problems

    def alternatives(self) -> None:
        """Warns of those that find nothing but what another of the same brackets does."""
        lists: list[models.WordList | models.ListAmendment] = [*self._file.lists, *self._file.list_amendments]
        owners: list[models.Rule | models.Amendment] = [*self._file.rules, *self._file.amendments]
        lines = [line for owner in owners for line in (*owner.match, *owner.excepts, *owner.unless)]
        for written in (*(one.pattern for one in lists if one.pattern), *lines):
            for choice in _choices(written.value):
                for double, other in _twice([self._option(written, node) for node in choice.options]):
                    first = Label(written.spelt(other.node), "finds it, too")
                    message = f"`{self._text(written, double.node)}` adds nothing here"
                    self._report(message, written.spelt(double.node), "take it away", first)

    def lines(self, rules: Mapping[str, Rule]) -> None:
        """Warns of lines that their rule has already, and of a `match` that an earlier rule of the pack has, too."""
        seen: dict[Pattern, list[tuple[Rule, Span]]] = {}
        for model in self._file.rules:
            rule = rules.get(model.id)
            if not rule:
                continue
            fields = ((rule.match, model.match), (rule.excepts, model.excepts), (rule.unless, model.unless))
            for patterns, written in fields:
                own: dict[Pattern, Span] = {}
                for pattern, line in zip(patterns, written, strict=True):
                    place = Span(line.at, line.at + len(line.text))
                    earlier = own.setdefault(pattern, place)
                    if earlier != place:
                        self._report("the rule has this line twice", place, "take it away", Label(earlier, "here, too"))
            for pattern, place in zip(rule.match, (Span(w.at, w.at + len(w.text)) for w in model.match), strict=True):
                same = seen.setdefault(pattern, [])
                rival = next((one for one in same if one[0] is not rule and _may_both(one[0], rule)), None)
                # Where this rule is without conditions, the other's line is told of: it is always overridden.
                if rival and (rule.excepts or rule.unless or rule.when):
                    remedy = "keep it in one of the two, or let their `when` part them"
                    self._report(f"rule `{rival[0].id}` has this pattern, too", place, remedy, Label(rival[1], "here"))
                same.append((rule, place))

    def entries(self, written: syntax.Written[syntax.Pattern]) -> frozenset[object]:
        """What tells the entries of a list from others."""
        node = written.value
        options = node.options if isinstance(node, syntax.Choice) else (node,)
        return frozenset(self._option(written, one).sign for one in options)

    def _option(self, written: syntax.Written[syntax.Pattern], node: syntax.Pattern) -> _Option:
        word = isinstance(node, syntax.Word | syntax.Inflected)
        forms = Patterns(self._lowering, written).lower(node) if word else None
        return _Option(node, forms if isinstance(forms, Words) else self._text(written, node))

    def _text(self, written: syntax.Written[syntax.Pattern], node: syntax.Pattern) -> str:
        span = written.spelt(node)
        return " ".join(self._file.source.text[span.start : span.end].split())

    def _report(self, message: str, span: Span, remedy: str, *more: Label) -> None:
        self._problems.append(Diagnostic("FC113", message, self._file.source, (Label(span), *more), remedy))


def _choices(node: syntax.Pattern) -> Iterator[syntax.Choice]:
    """All alternations within a pattern."""
    todo = [node]
    while todo:
        match one := todo.pop():
            case syntax.Choice():
                yield one
                todo += one.options
            case syntax.Sequence():
                todo += one.items
            case syntax.Maybe() | syntax.Capture():
                todo.append(one.item)


def _twice(options: Sequence[_Option]) -> Iterator[tuple[_Option, _Option]]:
    """The options that add nothing to another, each with that one; of two alike the later."""
    first: dict[Words | str, int] = {}
    holders: dict[str, list[int]] = {}
    for number, one in enumerate(options):
        first.setdefault(one.sign, number)
        for name in one.names:
            holders.setdefault(name, []).append(number)
    for number, one in enumerate(options):
        if first[one.sign] < number:
            yield one, options[first[one.sign]]
        elif not isinstance(one.sign, str):
            near = min((holders[name] for name in one.names), key=len)
            # What very many hold tells of none, and to look at them all would take the square of the time.
            others = (options[other] for other in near[:_COMMON] if options[other].sign != one.sign)
            if wider := next((other for other in others if one.is_within(other)), None):
                yield one, wider


def _may_both(one: Rule, other: Rule) -> bool:
    """Whether two rules may fire in one place, as far as their conditions tell."""
    return not one.when or not other.when or can_hold(("and", (one.when, other.when)), {})


# ---- lists ----


def _neighbours(program: Program) -> dict[str, set[str]]:
    """Of each pack those whose lists it names, and itself."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, pattern in program.lists.items():
        found[key.partition(".")[0]] |= refs(pattern)
    for rule in program.rules:
        found[rule.pack] |= set().union(*map(refs, (*rule.match, *rule.excepts, *rule.unless)))
    return {pack: {pack, *(key.partition(".")[0] for key in keys)} for pack, keys in found.items()}


def _overlapping(
    files: Sequence[models.RuleFile],
    entries: Mapping[str, frozenset[object]],
    neighbours: Mapping[str, set[str]],
    problems: list[Diagnostic],
) -> None:
    """Warns of two lists that share most of their entries, where one of their packs names lists of the other anyway.

    Packs of which neither does may be loaded without each other, and have to have their own.
    """
    holders: dict[object, list[str]] = {}
    for key, listed in entries.items():
        for entry in listed:
            holders.setdefault(entry, []).append(key)
    # What very many lists have tells of none, and to pair them all would take the square of the time.
    shared = Counter(pair for keys in holders.values() if len(keys) <= _COMMON for pair in combinations(keys, 2))
    lists = {one.key: one for file in files for one in file.lists}
    for (first, second), number in shared.items():
        longest = max(len(entries[first]), len(entries[second]))
        if not (2 * number > longest >= _FEW and (number >= _MANY or number == longest)):
            continue
        packs = [key.partition(".")[0] for key in (first, second)]
        if packs[0] in neighbours[packs[1]]:
            one, other = lists[second], first
        elif packs[1] in neighbours[packs[0]]:
            one, other = lists[first], second
        else:
            continue
        name = other.partition(".")[2] if packs[0] == packs[1] else other
        message = f"list `{one.name}` shares {number} of its {len(entries[one.key])} entries with `{name}`"
        remedy = f"name it instead of them: `{{{name}}}`; or put what both have into a third list"
        problems.append(Diagnostic("FC114", message, one.source, (Label(one.statement.name.span),), remedy))
