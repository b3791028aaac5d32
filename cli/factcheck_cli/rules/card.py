"""One rule on a card: what it says, how it is written, the lists it uses, and the sentences that show it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.language import program
from factcheck.language.syntax import Written, list_names
from factcheck.measured import Measured, measured
from factcheck.packs import BUILTIN
from factcheck_cli.terminal.style import BOLD, Style, clean, hanging

if TYPE_CHECKING:
    from factcheck.language.rule import ListAmendment, Origin, Rule, RuleFile, WordList

_INDENT = 11  # columns: the longest label and two spaces
_LONGEST_LIST = 240  # characters of a list; its place in the file is named for the rest


def card(rule: "Rule", now: "program.Rule | None", files: "Sequence[RuleFile]", style: Style) -> str:
    """The card of a rule that one of the files defines; `now` is the rule after amendments, None when switched off."""
    lists = _used(rule, {words.key: words for file in files for words in file.lists})
    parts = [
        [*_head(rule, now, style)],
        list(_said(now or rule, own_figures(rule), style)),
        [f"in {_place(rule)}", *_written(rule)],
        [line for words in lists for line in _list(words, style)],
        list(_changes(rule, lists, files, style)),
        list(_examples(rule, style)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(rule: "Rule", now: "program.Rule | None", style: Style) -> Iterator[str]:
    """What the rule is now, and what it was before amendments."""
    head = f"{style.paint(rule.id, BOLD)}: {_grade(now or rule)}"
    if rule.polarity == "negative":
        head += ", polarity negative"
    if now is None:
        head += " (switched off)"
    elif _grade(now) != _grade(rule):
        head += f" (amended; written as {_grade(rule)})"
    yield head
    yield from hanging("", now.message if now else rule.message, style.columns - 2, 2)


def _grade(rule: "Rule | program.Rule") -> str:
    return f"{rule.level}, weight {rule.weight:g}"


def own_figures(rule: "Rule") -> tuple[Measured, ...]:
    """What was measured of the rule, set by set: nothing of a rule of one's own with the name of a built-in one."""
    return measured(rule.id) if rule.source.name.startswith(f"{BUILTIN}/") else ()


def _said(rule: "Rule | program.Rule", figures: Iterable[Measured], style: Style) -> Iterator[str]:
    """The plain fields that the rule has."""
    fields = {
        "because": rule.because,
        "suggest": rule.suggest,
        "severity": rule.severity,
        "signals": ", ".join(f"{name} {weight:g}" for name, weight in _signals(rule)),
        "range": " to ".join(f"{edge:g} %" for edge in rule.range or ()),
        "tags": ", ".join(rule.tags),
        "measured": "; ".join(map(str, figures)),
    }
    for label, text in fields.items():
        if text:
            yield from hanging(f"  {label}", text, style.columns, _INDENT + 2)


def _signals(rule: "Rule | program.Rule") -> tuple[tuple[str, float], ...]:
    return rule.signals if isinstance(rule, program.Rule) else rule.signal


def _written(origin: "Origin") -> Iterator[str]:
    """The patterns and conditions as they stand in the file, each with the number of its line."""
    for field in origin.statement.fields:
        if isinstance(field.value, Written):
            line = origin.source.place(field.value.at).line
            yield f"{line:>6}  {field.name:<7} {clean(field.value.text)}"


def _list(words: "WordList", style: Style) -> Iterator[str]:
    """A list as it stands in its file, as far as it is short."""
    yield f"list {words.key} in {_place(words)}"
    yield from hanging("", _body(words), style.columns, 8)


def _body(words: "WordList | ListAmendment") -> str:
    body = clean(words.pattern.text) if words.pattern else ""
    return body if len(body) <= _LONGEST_LIST else body[:_LONGEST_LIST].rsplit(" ", 1)[0] + " …"


def _used(rule: "Rule", known: "dict[str, WordList]") -> "list[WordList]":
    """The lists that the rule's patterns name, and those that these name."""
    found: dict[str, WordList] = {}
    left = [(rule.pack, field.value.value) for field in rule.statement.fields if isinstance(field.value, Written)]
    for pack, pattern in left:  # grows while it is walked
        for named in list_names(pattern):
            key = named.name if "." in named.name else f"{pack}.{named.name}"
            words = known.get(key)
            if words and key not in found:
                found[key] = words
                left += [(words.pack, words.pattern.value)] if words.pattern else []
    return list(found.values())


def _changes(rule: "Rule", lists: "list[WordList]", files: "Sequence[RuleFile]", style: Style) -> Iterator[str]:
    """Where the rule is amended or switched off, and where the lists it uses are amended."""
    targets, keys = {rule.id, rule.pack, "*"}, {words.key for words in lists}
    for file in files:
        for amendment in file.amendments:
            if amendment.target in targets:
                yield f"amended in {_place(amendment)}"
                yield from _written(amendment)
        for change in file.list_amendments:
            if change.target in keys:
                yield f"list {change.target} amended in {_place(change)}"
                yield from hanging(f"      {change.sign}", _body(change), style.columns, 8)
        for disabling in file.disablings:
            if disabling.target in targets:
                yield f"switched off in {_place(disabling)}"


def _examples(rule: "Rule", style: Style) -> Iterator[str]:
    """The sentences it fires on, and those it is silent on."""
    for label, examples in (("flag", rule.flag), ("pass", rule.quiet)):
        for example in examples:
            yield from hanging(f"  {label}", example.text, style.columns, 8)


def _place(origin: "Origin") -> str:
    return f"{clean(origin.source.name)}:{origin.source.place(origin.statement.span.start).line}"
