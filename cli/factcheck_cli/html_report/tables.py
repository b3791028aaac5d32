"""What stands around the text: the filters above it, and below it what is worth checking, the sources and the rules."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from factcheck.language.program import Rule
from factcheck.measured import measured
from factcheck_cli.html_report.charts import shares
from factcheck_cli.html_report.ledger import NOBODY, WRITER, Ledger, Rest
from factcheck_cli.html_report.levels import MEANINGS, ball, rank
from factcheck_cli.html_report.markup import text
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import quoted
from factcheck_cli.terminal.reason import UNNAMED
from factcheck_cli.terminal.style import clean

_KINDS: Final = {UNNAMED: "without a name", "pronoun": "pronoun, for nobody found", WRITER[1]: "", NOBODY[1]: ""}
_OWN: Final = {WRITER[1]: "The writer alone", NOBODY[1]: "A quotation whose speaker is not found"}


class Note(NamedTuple):
    """What there is to say of a sentence: its number, its level, its place, the reasons, and what would change it."""

    sentence: int
    level: str
    place: str
    reasons: tuple[str, ...]
    without: tuple[tuple[tuple[str, ...], str], ...]


def tools(ledger: Ledger, rules: Mapping[str, Rule]) -> str:
    """The levels with how often each is there, which are filters, too, and those by pack and source."""
    levels = "".join(
        f'<li><button type="button" class="level" data-level="{rank(level)}" aria-pressed="false">'
        f"{ball(level)}{level} <b>{ledger.levels[level]:,}</b></button></li>"
        for level in MEANINGS
        if ledger.levels[level]
    )
    found: dict[str, int] = {}
    for name, count in ledger.used.items():
        found[rules[name].pack] = found.get(rules[name].pack, 0) + count
    packs = "".join(f'<option value="{text(pack)}">{text(pack)} ({found[pack]:,})</option>' for pack in sorted(found))
    names = "".join(
        f'<option value="{rest.number}">{text(source_name(rest))} ({rest.sentences:,})</option>'
        for rest in _by_weight(ledger)
    )
    return (
        '<div class="tools" role="group" aria-label="Filters">'
        f'<ul class="levels" aria-label="Sentences at each level">{levels}</ul>'
        '<div class="more">'
        f'<label>Pack <select class="pack"><option value="">all</option>{packs}</select></label>'
        f'<label>Source <select class="source"><option value="">all</option>{names}</select></label>'
        '<button type="button" class="clear" hidden>Show all</button><output class="count"></output>'
        "</div></div>"
    )


def notes(found: Sequence[Note]) -> str:
    """What is worth checking, in the order of the text."""
    if not found:
        return ""
    rows = "".join(_note(number, note) for number, note in enumerate(found, 1))
    return f'<section class="notes"><h2>Worth checking</h2><ol>{rows}</ol></section>'


def _note(number: int, note: Note) -> str:
    reasons = "".join(f"<span>{text(_ended(one))}</span> " for one in note.reasons)
    without = "".join(
        f'<span class="alt">Without {text(_all(words))}: {level}.</span> ' for words, level in note.without
    )
    place = note.place[:1].upper() + note.place[1:]
    link = f'<a href="#@-{note.sentence}" aria-label="{place}, {note.level}: to the sentence">'
    return (
        f'<li id="@-n{number}" data-s="{note.sentence}"><span class="no">{number}</span>'
        f"{link}{ball(note.level)}{note.level}</a> "
        f"{reasons}{without}<small>{note.place}</small></li>"
    )


def _ended(words: str) -> str:
    """The words with a mark at their end."""
    return words if words.endswith((".", "!", "?", "…", "”")) else f"{words}."


def _all(words: Sequence[str]) -> str:
    return " and ".join(quoted(one) for one in dict.fromkeys(words))


def sources(ledger: Ledger) -> str:
    """Who vouches, and how much rests on each, most first."""
    if not ledger.sources:
        return ""
    rows = "".join(
        f'<tr><th scope="row"><button type="button" class="who" data-source="{rest.number}">'
        f"<bdi>{text(source_name(rest))}</bdi></button></th><td>{text(_KINDS.get(rest.kind, rest.kind))}</td>"
        f'<td class="num">{rest.sentences:,}</td><td class="num">{rest.characters / ledger.characters:.0%}</td>'
        f"<td>{shares(rest.levels)}</td></tr>"
        for rest in _by_weight(ledger)
    )
    return (
        '<section class="sources"><h2>Who vouches</h2><div class="wide"><table><thead><tr><th scope="col">Source</th>'
        '<th scope="col">Kind</th><th scope="col" class="num">Sentences</th>'
        '<th scope="col" class="num">Of the text</th>'
        f'<th scope="col">Levels</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def source_name(rest: Rest) -> str:
    """What a source is called."""
    return _OWN.get(rest.kind) or rest.name


def _by_weight(ledger: Ledger) -> list[Rest]:
    return sorted(ledger.sources.values(), key=lambda rest: -rest.characters)


def rules(ledger: Ledger, known: Mapping[str, Rule]) -> str:
    """The rules that found something, those first that made most sentences weak."""
    if not ledger.used:
        return ""
    order = sorted(ledger.used, key=lambda name: (-ledger.weakened[name], -ledger.used[name]))
    rows = "".join(_rule(known[name], ledger.used[name], ledger.weakened[name]) for name in order)
    head = "<details><summary><h2>The rules at work</h2></summary>"
    return f'<section class="rules">{head}<dl>{rows}</dl></details></section>'


def _rule(rule: Rule, used: int, weakened: int) -> str:
    weak = f", made {counted(weakened, 'sentence')} weak" if weakened else ""
    known = "; ".join(map(str, measured(rule.id)))
    said = " ".join(clean(one) for one in (rule.message, rule.because, rule.suggest) if one)
    figures = f"{rule.level}, weight {rule.weight:g}{f'; {known}' if known else ''}"
    mark = ball(rule.level) if rule.level in MEANINGS else ""  # a note has none
    return (
        f"<dt>{mark}{text(rule.id)} <small>found {used:,}{weak}</small></dt>"
        f"<dd>{text(said)} <small>{text(figures)}</small></dd>"
    )
