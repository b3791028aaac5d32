"""The lists of all loaded packs, linked: cycles and depth refused, amendments applied, facts measured."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from factcheck.diagnostic import Diagnostic, Label, did_you_mean
from factcheck.language import rule as models
from factcheck.language.lower import HINTS, Lowering
from factcheck.language.measure import MAX_DEPTH, MAX_POSITIONS, Facts, measure
from factcheck.language.pattern import Alt, Lists, Pattern, Ref, Words, alt, parts
from factcheck.packs import how_to_load

_MOST_AMENDMENTS = 1_000  # of one list; each takes as long as the list


@dataclass(frozen=True, slots=True)
class Linked:
    """The lists that are sound, by `pack.name`, and what is known of each."""

    patterns: Lists
    facts: dict[str, Facts]


def refs(pattern: Pattern) -> set[str]:
    """The keys of the lists that a pattern names itself."""
    return {part.key for part in parts(pattern) if isinstance(part, Ref)}


def link(definitions: Iterable[tuple[models.WordList, Lowering]], problems: list[Diagnostic], base: Lists) -> Linked:
    """Compiles the lists, behind those of a `base`. A list that is wrong, or that names one that is, is left out."""
    known = Linked(dict(base), {})
    for key in TopologicalSorter({key: refs(pattern) for key, pattern in base.items()}).static_order():
        known.facts[key] = measure(base[key], known.facts)
    origin: dict[str, models.WordList] = {}
    raw: dict[str, Pattern] = {}
    for definition, lowering in definitions:
        origin[definition.key] = definition
        if definition.pattern is not None and (pattern := lowering.pattern(definition.pattern)) is not None:
            raw[definition.key] = pattern
    return _measured(raw, _ordered(raw, origin, problems), origin, problems, known)


def _ordered(raw: dict[str, Pattern], origin: dict[str, models.WordList], problems: list[Diagnostic]) -> list[str]:
    """The keys with every list after those it names; lists in a cycle, or that reach one, are left out."""
    graph = {key: refs(pattern) & raw.keys() for key, pattern in raw.items()}
    sorter = TopologicalSorter(graph)
    # After a cycle is found, the sorter still gives all that does not depend on it.
    with suppress(CycleError):
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    done = set(order)
    left = {key: named - done for key, named in graph.items() if key not in done}
    problems += [_cycle(cycle, origin) for cycle in _cycles(left, list(graph))]
    return order


def _cycles(graph: dict[str, set[str]], order: list[str]) -> list[list[str]]:
    """Cycles of a graph in which every list names another of it: one walk from each list not yet walked over."""
    seen: dict[str, int] = {}
    cycles: list[list[str]] = []
    for number, root in enumerate(key for key in order if key in graph):
        way: list[str] = []
        at = root
        while at not in seen:
            seen[at] = number
            way.append(at)
            at = min(graph[at])
        if seen[at] == number:
            cycles.append([*way[way.index(at) :], at])
    return cycles


def _cycle(cycle: list[str], origin: dict[str, models.WordList]) -> Diagnostic:
    first = origin[cycle[0]]
    way = " → ".join(key.split(".")[1] for key in cycle[:12])
    message = f"list `{first.name}` holds itself" + (f": {way}" if len(cycle) > 2 else "")  # noqa: PLR2004
    return Diagnostic(
        "FC022", message, first.source, (Label(first.statement.name.span),), "take one of the lists out of the others"
    )


def _measured(
    raw: dict[str, Pattern],
    order: list[str],
    origin: dict[str, models.WordList],
    problems: list[Diagnostic],
    known: Linked,
) -> Linked:
    patterns, facts = dict(known.patterns), known.facts
    for key in order:
        if not refs(raw[key]) <= facts.keys():
            continue
        found = measure(raw[key], facts)
        problem = too_large(found, origin[key])
        if problem:
            problems.append(problem)
            continue
        patterns[key], facts[key] = raw[key], found
    return Linked(patterns, facts)


def too_large(facts: Facts, definition: models.WordList) -> Diagnostic | None:
    """The problem of a list that no pattern could use."""
    place = (Label(definition.statement.name.span),)
    if facts.depth > MAX_DEPTH:
        message = f"list `{definition.name}` nests {facts.depth} deep with its lists written out"
        return Diagnostic("FC028", message, definition.source, place, f"at most {MAX_DEPTH}: name fewer lists in lists")
    if facts.positions > MAX_POSITIONS:
        message = f"list `{definition.name}` has {facts.positions:,} positions with its lists written out"
        return Diagnostic("FC045", message, definition.source, place, f"at most {MAX_POSITIONS:,}: split it")
    return None


def amended(
    linked: Linked, amendments: Iterable[tuple[models.ListAmendment, Lowering]], problems: list[Diagnostic]
) -> Linked:
    """The lists after `amend list` statements, in order."""
    patterns = dict(linked.patterns)
    changed = False
    origin: dict[str, models.ListAmendment] = {}
    times: Counter[str] = Counter()
    for amendment, lowering in amendments:
        times[amendment.target] += 1
        if times[amendment.target] > _MOST_AMENDMENTS:
            problems.append(_without_measure(amendment))
            break
        pattern = lowering.pattern(amendment.pattern) if amendment.pattern is not None else None
        if amendment.target not in patterns:
            if amendment.target not in lowering.lists:
                problems.append(_no_target(amendment, lowering))
        elif pattern is not None:
            before = patterns[amendment.target]
            after = alt([before, pattern]) if amendment.sign == "+" else _trimmed(before, pattern, patterns)
            origin[amendment.target] = amendment
            if after == before or after is None:
                problems.append(_no_change(amendment, emptied=after is None))
            else:
                patterns[amendment.target], changed = after, True
    return _remeasured(linked, patterns, origin, problems) if changed else linked


def _remeasured(
    linked: Linked, patterns: dict[str, Pattern], origin: dict[str, models.ListAmendment], problems: list[Diagnostic]
) -> Linked:
    graph = {key: refs(pattern) for key, pattern in patterns.items()}
    facts: dict[str, Facts] = {}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        amendment = next(origin[key] for key in error.args[1] if key in origin)
        message = f"list `{amendment.target}` would hold itself"
        place = (Label(amendment.statement.name.span),)
        problems.append(Diagnostic("FC022", message, amendment.source, place, "add the words themselves"))
        return linked
    for key in order:
        facts[key] = measure(patterns[key], facts)
        if facts[key].positions > MAX_POSITIONS or facts[key].depth > MAX_DEPTH:
            amendment = origin.get(key) or next(iter(origin.values()))
            message = f"list `{key}` grows past {MAX_POSITIONS:,} positions or {MAX_DEPTH} levels"
            place = (Label(amendment.statement.name.span),)
            problems.append(Diagnostic("FC045", message, amendment.source, place, "add fewer forms"))
            return linked
    return Linked(patterns, facts)


def _trimmed(pattern: Pattern, away: Pattern, lists: Lists) -> Pattern | None:
    """`pattern` without the options of `away`; None when nothing would be left. Words go form by form."""
    gone = set(_options(away, lists))
    words = [w for w in gone if isinstance(w, Words)]
    kept: list[Pattern] = []
    for option in _options(pattern, lists) if _touches(pattern, gone, words, lists) else [pattern]:
        if isinstance(option, Words):
            for word in words:
                option = option - word  # noqa: PLW2901
            if not option:
                continue
        if option not in gone:
            kept.append(option)
    return alt(kept) if kept else None


def _touches(pattern: Pattern, gone: set[Pattern], words: list[Words], lists: Lists) -> bool:
    # A list that loses nothing stays as written, with its own lists still named in it.
    return any(o in gone or (isinstance(o, Words) and any(o & w for w in words)) for o in _options(pattern, lists))


def _options(pattern: Pattern, lists: Lists) -> list[Pattern]:
    if isinstance(pattern, Ref):
        return _options(lists[pattern.key], lists)
    if isinstance(pattern, Alt):
        return [option for one in pattern.options for option in _options(one, lists)]
    return [pattern]


def _without_measure(amendment: models.ListAmendment) -> Diagnostic:
    message = f"list `{amendment.target}` is amended more than {_MOST_AMENDMENTS:,} times"
    place = (Label(amendment.statement.name.span),)
    return Diagnostic("FC072", message, amendment.source, place, "join several amendments in one")


def _no_target(amendment: models.ListAmendment, lowering: Lowering) -> Diagnostic:
    message = f"there is no list `{amendment.target}` to amend"
    near = did_you_mean(amendment.target, lowering.lists) if len(lowering.problems) < HINTS else ""
    near = how_to_load(amendment.target.partition(".")[0], lowering.packs) or near
    remedy = near or "the amendment has no effect: take it away"
    return Diagnostic("FC101", message, amendment.source, (Label(amendment.statement.name.span),), remedy)


def _no_change(amendment: models.ListAmendment, *, emptied: bool) -> Diagnostic:
    place = (Label(amendment.statement.name.span),)
    if emptied:
        message = f"nothing would be left of list `{amendment.target}`"
        return Diagnostic("FC109", message, amendment.source, place, "disable the rules that use it instead")
    message = f"list `{amendment.target}` stays as it is"
    return Diagnostic(
        "FC109",
        message,
        amendment.source,
        place,
        "the forms are in it already" if amendment.sign == "+" else "it holds none of these forms",
    )
