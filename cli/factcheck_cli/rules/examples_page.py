"""What `factcheck rules test` shows: a row a rule, what the examples touch, and hits in labelled sentences."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck.language.probe import Kind, Part
from factcheck.version import __version__
from factcheck_cli.measure.figures import heading, these_rules
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import DIM, Style, clean, cut, hanging
from factcheck_cli.terminal.table import Column, table

if TYPE_CHECKING:
    from factcheck import Diagnostic
    from factcheck.examination import Examination, Examined
    from factcheck_cli.rules.examples_gold import Measured

_KINDS: Final = {
    Kind.RULE: "rules",
    Kind.MATCH: "match lines",
    Kind.ALTERNATIVE: "alternatives",
    Kind.TAKEN: "optional parts, taken",
    Kind.LEFT_OUT: "optional parts, left out",
    Kind.ENTRY: "list entries",
    Kind.EXCEPT: "except",
    Kind.UNLESS: "unless",
    Kind.WHEN: "when",
}
"""What several of a kind are called."""
_BY: Final = {Kind.EXCEPT: "pass", Kind.UNLESS: "pass", Kind.WHEN: "pass"}
_UNTOLD: Final = "It takes too long to tell what all examples touch: some parts may be touched after all."
_LONGEST: Final = 60  # columns of a part's own words
_DECIMALS: Final = 4


def page(tested: "Examination", measured: "Sequence[Measured]", style: Style) -> str:
    """All of it."""
    blocks = [_rules(tested.examined, tested, style), _coverage(tested, style)]
    if style.full:
        blocks.append(_untouched(tested, style))
    blocks += [_measured(one, style) for one in measured]
    blocks.append(_summary(tested.examined))
    texts = ("\n".join(block) for block in blocks)
    return "\n\n".join(text for text in texts if text) + "\n"


def _rules(examined: "Sequence[Examined]", tested: "Examination", style: Style) -> Iterator[str]:
    """A row a rule."""
    if not examined:
        return
    yield from table(
        [
            Column("rule", [one.name for one in examined]),
            Column("examples", [f"{one.examples:,}" for one in examined]),
            Column("passed", [_passed(one) for one in examined]),
            Column("parts touched", [_touched(one.parts, tested) for one in examined], 1),
        ],
        style,
    )


def _passed(one: "Examined") -> str:
    left = one.examples - one.run
    return f"{one.passed:,}" + (f", {left:,} not run" if left else "")


def _touched(parts: Sequence[Part], tested: "Examination") -> str:
    return f"{sum(part in tested.touched for part in parts):,} of {len(parts):,}"


def _coverage(tested: "Examination", style: Style) -> Iterator[str]:
    """How many parts of each kind examples touch."""
    if not tested.parts:
        return
    rows = [(_KINDS[kind], [part for part in tested.parts if part.kind is kind]) for kind in Kind]
    found = [(name, len(own), sum(part in tested.touched for part in own)) for name, own in rows if own]
    found.append(("all", len(tested.parts), len(tested.touched)))
    yield from heading("Coverage", "(parts of the files, and how many of them an example touches)", style)
    yield from table(
        [
            Column("", [name for name, _, _ in found]),
            Column("parts", [f"{parts:,}" for _, parts, _ in found]),
            Column("touched", [f"{touched:,}" for _, _, touched in found]),
            Column("share", [f"{touched / parts:.0%}" for _, parts, touched in found]),
        ],
        style,
    )
    missing = len(tested.parts) - len(tested.touched)
    if missing and not style.full:
        yield f"  --coverage names the {counted(missing, 'part')} that no example touches"
    if not tested.complete:
        yield from hanging("", _UNTOLD, style.columns, 2)


def _untouched(tested: "Examination", style: Style) -> Iterator[str]:
    """Each part that no example touches, with its place."""
    found = list(tested.untouched)
    if not found:
        return
    yield from heading("Not touched", "(parts within one that is not touched are left out)", style)
    for owner, parts in _by_owner(found):
        yield f"  {clean(owner)}"
        for part in parts:
            place = part.source.place(part.span.start)
            where = f"{clean(part.source.name)}:{place.line}:{place.column}"
            yield f"    {style.paint(where, DIM)}  {_said(part)}  {cut(part.text, _LONGEST)}"
    yield ""
    yield from hanging("", _REMEDY, style.columns, 2)


_REMEDY: Final = (
    "To touch a part of a `match` or of a list, write a `flag` with its words; an `except`, an `unless` or a `when`, "
    "a `pass` that it silences."
)


def _by_owner(parts: Iterable[Part]) -> Iterator[tuple[str, list[Part]]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(f"list {part.owner}" if part.field == "list" else part.owner, []).append(part)
    yield from found.items()


def _said(part: Part) -> str:
    """What the part is, and in which field."""
    kind, comma, how = part.kind.value.partition(",")
    return part.kind.value if part.field in {"list", "rule", kind} else f"{kind} of `{part.field}`{comma}{how}"


def _measured(one: "Measured", style: Style) -> Iterator[str]:
    """The right and the wrong hits of each rule in a set."""
    hits = counted(one.hits, "hit")
    if one.right is None:
        said = f"{hits} of the tested rules"
    else:
        said = f"{hits} of the tested rules, {one.right:,} right and {one.hits - one.right:,} wrong"
    signals = f", signal {' or '.join(one.signals)}" if one.signals else ""
    yield from heading(clean(one.name), f"({counted(one.sentences, 'sentence')}{signals}: {said})", style)
    if one.rows:
        yield ""
        yield from these_rules(one.rows, one.kind, style)
    if one.silent:
        yield from hanging("  no hit:", ", ".join(one.silent), style.columns, 10)


def _summary(examined: "Sequence[Examined]") -> Iterator[str]:
    examples, passed = sum(one.examples for one in examined), sum(one.passed for one in examined)
    if passed == examples:
        yield f"{counted(examples, 'example')}: all pass" if examples else "no examples"
    else:
        failed = examples - passed
        do = "does" if failed == 1 else "do"
        yield f"{counted(examples, 'example')}: {counted(passed, 'passes', 'pass')}, {failed:,} {do} not"


# JSON ----------------------------------------------------------------------------------------------------------------


def refused(problems: "Iterable[Diagnostic]") -> bytes:
    """Files that do not load, as JSON."""
    return _json(problems, [], None, [])


def record(tested: "Examination", measured: "Iterable[Measured]") -> bytes:
    """All of it as JSON."""
    rules = [_rule(one, tested) for one in tested.examined]
    problems = [*tested.failures, *tested.warnings]
    return _json(problems, rules, _coverage_record(tested), [_set(one) for one in measured])


def _json(
    problems: "Iterable[Diagnostic]", rules: list[Any], coverage: dict[str, Any] | None, sets: list[Any]
) -> bytes:
    found = {
        "version": __version__,
        "problems": [one.to_record() for one in problems],
        "rules": rules,
        "coverage": coverage,
        "sets": sets,
    }
    return orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _rule(one: "Examined", tested: "Examination") -> dict[str, Any]:
    place = one.source.place(one.span.start)
    return {
        "rule": one.name,
        "file": one.source.name,
        "line": place.line,
        "column": place.column,
        "examples": one.examples,
        "run": one.run,
        "passed": one.passed,
        "parts": len(one.parts),
        "touched": sum(part in tested.touched for part in one.parts),
    }


def _coverage_record(tested: "Examination") -> dict[str, Any]:
    kinds = [(kind, [part for part in tested.parts if part.kind is kind]) for kind in Kind]
    return {
        "parts": len(tested.parts),
        "touched": len(tested.touched),
        "share": round(len(tested.touched) / len(tested.parts), _DECIMALS) if tested.parts else None,
        "complete": tested.complete,
        "kinds": [
            {"kind": kind.value, "parts": len(own), "touched": sum(part in tested.touched for part in own)}
            for kind, own in kinds
            if own
        ],
        "untouched": [_part(part) for part in tested.untouched],
    }


def _part(part: Part) -> dict[str, Any]:
    place = part.source.place(part.span.start)
    return {
        "kind": part.kind.value,
        "owner": part.owner,
        "field": part.field,
        "file": part.source.name,
        "line": place.line,
        "column": place.column,
        "start": part.span.start,
        "end": part.span.end,
        "text": part.text,
    }


def _set(one: "Measured") -> dict[str, Any]:
    return {
        "set": one.name,
        "kind": one.kind.value,
        "signals": list(one.signals),
        "sentences": one.sentences,
        "hits": one.hits,
        "right": one.right,
        "wrong": None if one.right is None else one.hits - one.right,
        "rules": [row.to_record("rule") for row in one.rows],
        "silent": list(one.silent),
    }
