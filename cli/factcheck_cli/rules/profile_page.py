"""What `factcheck rules profile` shows people: the most costly patterns in a table, and why each of them is slow."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.judge.expense import ENOUGH
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import BOLD, Style, clean, cut, hanging, lines
from factcheck_cli.terminal.table import Column, table

if TYPE_CHECKING:
    from factcheck.judge.profile import Profile
    from factcheck_cli.rules.profile import Priced

_INDENT: Final = 4
_LABEL: Final = 14  # columns: the longest label and its margin


def page(found: "Profile", what: str, patterns: "Sequence[Priced]", most: int, style: Style) -> str:
    """The whole page; `what` names the texts where nobody has named any."""
    shown = patterns[:most]
    slow = (_why(one, style) for one in shown if one.reasons)
    blocks = [_head(found, what, patterns, style), _table(shown, style), *slow]
    if len(shown) < len(patterns):
        blocks.append(iter([f"{len(patterns) - len(shown):,} more; --most shows more"]))
    texts = ["\n".join(block) for block in blocks]
    return "\n\n".join(text for text in texts if text) + "\n"


def _head(found: "Profile", what: str, patterns: "Sequence[Priced]", style: Style) -> Iterator[str]:
    """How much there is to do in all."""
    texts = f" on {what}" if what else ""
    every, steps = len(found.costs), found.steps / max(found.tokens, 1)
    text = (
        f"{counted(every, 'pattern')}{texts}: {found.steps:,} steps for {found.tokens:,} words and marks, "
        f"{steps:.2f} each."
    )
    if len(patterns) < every:
        own = sum(one.cost.share for one in patterns)
        text += f" The {counted(len(patterns), 'pattern')} of these files: {own:.1%}."
    if found.tokens < ENOUGH:
        text += " These are too few words to tell which are slow."
    elif not any(one.reasons for one in patterns):
        text += " None is slow."
    yield from (text[a:b] for a, b in lines(text, style.columns))


def _table(shown: "Sequence[Priced]", style: Style) -> Iterator[str]:
    if not shown:
        return
    costs = [one.cost for one in shown]
    columns = [
        Column("pattern", [one.line.place for one in shown]),
        Column("share", [f"{cost.share:.1%}" for cost in costs]),
        Column("places", [f"{cost.places:,}" for cost in costs], 1),
        Column("steps", [f"{cost.steps:,}{'+' if cost.crowded else ''}" for cost in costs]),
        Column("spares", [f"{cost.spares:,}" for cost in costs], 2),
        Column("states", [f"{cost.states:,}{'+' if cost.crowded else ''}" for cost in costs], 3),
        Column("hits", [f"{cost.hits:,}" for cost in costs], 1),
    ]
    yield from table(columns, style)


def _why(one: "Priced", style: Style) -> Iterator[str]:
    """A pattern, why it is slow, and what would help."""
    yield f"{style.paint(f'{clean(one.line.place)}:', BOLD)} {one.line.field.name} of {one.rule}"
    yield " " * _INDENT + cut(one.line.pattern.text, style.columns - _INDENT)
    for reason in one.reasons:
        yield from hanging("    slow", reason.why, style.columns, _LABEL)
        yield from hanging("    cheaper", reason.cheaper, style.columns, _LABEL)
