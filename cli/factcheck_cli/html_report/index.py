"""The list of all articles of a report: shares and strips of each, what to read first, what weakened them.

The first rows stand in the page as they are, and all of them in few numbers, of which the script draws those that are
asked for: a list of thousands opens at once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from factcheck.language.program import Rule
from factcheck_cli.html_report.charts import shares, spark
from factcheck_cli.html_report.levels import MEANINGS, ball, rank, told
from factcheck_cli.html_report.markup import data, text
from factcheck_cli.log import Unread
from factcheck_cli.quiet.counts import summed
from factcheck_cli.tally import WEAK
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck_cli.quiet.silence import Kind

_FIRST: Final = 6  # sentences to be read first
_RULES: Final = 7  # rules that are named
SHOWN: Final = 100
"""Rows of the list that are shown at once."""


class Row(NamedTuple):
    """An article in the list, as `report.js` takes it, too."""

    title: str
    link: str
    about: str
    """The name of its file, who wrote it, and when, as far as they are not its title."""
    counts: list[int]
    """Its sentences at each level, the weakest first."""
    track: list[int]


class Weak(NamedTuple):
    """A weak sentence: its confidence, its level and words, and where it and its article are."""

    firm: float
    level: str
    words: str
    link: str
    title: str
    nth: int
    """Which of the weakest of its article it is: of equals each article's first come first."""


@dataclass(slots=True)
class Index:
    """Collects what it tells, an article at a time. All but the rows stays small."""

    rows: list[Row] = field(default_factory=list)
    levels: Counter[str] = field(default_factory=Counter)
    weakened: Counter[str] = field(default_factory=Counter)
    weak: list[Weak] = field(default_factory=list)
    silent: "Counter[Kind]" = field(default_factory=Counter)
    passed: int = 0
    """Articles of which nothing is shown, and which so have no row."""

    def add(self, head: Mapping[str, Any], page: str, prefix: str) -> None:
        """Takes what is told of an article, which is there: `page` up to the mark, and the `prefix` of its ids."""
        self.levels.update(head["levels"])
        self.weakened.update(head["rules"])
        self.silent.update(head["silent"])
        if not head["size"]:
            self.passed += 1
            return
        link = page or f"#{prefix}"
        found = (
            Weak(firm, level, words, f"{page}#{prefix}-{number}", head["title"], nth)
            for nth, (firm, number, level, words) in enumerate(head["weak"])
        )
        known = {one.words for one in self.weak}  # what several articles have in common is read once
        new = (one for one in found if one.words not in known)
        self.weak = nsmallest(_FIRST, [*self.weak, *new], key=lambda one: (one.firm, one.nth))
        name = [clean(head["name"])] if head["name"] != head["title"] else []
        counts = [head["levels"].get(level, 0) for level in MEANINGS]
        self.rows.append(Row(head["title"], link, " · ".join([*name, *head["credits"]]), counts, head["track"]))

    def html(self, rules: Mapping[str, Rule], unread: Unread) -> str:
        """The list, and what could not be read or was passed over, which is told with its reason."""
        total = self.levels.total()
        facts = f"{counted(total, 'sentence')} in {counted(len(self.rows) + self.passed, 'article')}"
        facts += f", {summed(self.silent)}" if self.silent else ""
        return "".join(
            [
                '<section class="index" id="index" aria-labelledby="index-name">',
                f'<header class="top"><h1 id="index-name">All articles</h1><p class="facts">{facts}</p></header>',
                _levels(self.levels),
                '<div class="cards">',
                _first(self.weak),
                _rules(self.weakened, rules),
                "</div>",
                _table(self.rows),
                _passed(self.passed),
                _lost(unread),
                "</section>\n",
            ]
        )


def _levels(levels: Counter[str]) -> str:
    total = levels.total() or 1
    rows = "".join(
        f"<li>{ball(level)}{level} <b>{levels[level]:,}</b> <small>{levels[level] / total:.0%}</small></li>"
        for level in MEANINGS
        if levels[level]
    )
    return f'<div class="overall">{shares(levels)}<ul class="levels">{rows}</ul></div>'


def _first(weak: Iterable[Weak]) -> str:
    rows = "".join(
        f'<li><a href="{text(one.link)}">{ball(one.level)}<span>{text(one.words)}</span></a> '
        f"<small>{one.level}, {text(one.title)}</small></li>"
        for one in weak
    )
    return f'<section class="first"><h2>Read first</h2><ol>{rows}</ol></section>' if rows else ""


def _rules(weakened: Counter[str], rules: Mapping[str, Rule]) -> str:
    most = weakened.most_common(_RULES)
    if not most:
        return ""
    highest = most[0][1]
    rows = "".join(
        f'<tr><th scope="row"><span>{text(clean(rules[name].message) if name in rules else "")}</span> '
        f'<small>{text(name)}</small></th><td class="num">{count:,}</td><td>{_bar(count / highest)}</td></tr>'
        for name, count in most
    )
    more = len(weakened) - len(most)
    rest = f'<p class="facts">and {counted(more, "more rule")}</p>' if more else ""
    return f'<section class="weakened"><h2>What weakened them</h2><table><tbody>{rows}</tbody></table>{rest}</section>'


def _bar(share: float) -> str:
    return (
        '<svg class="bar" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="plain" width="{1000 * share:.0f}" height="100"/></svg>'
    )


def _row(row: Row) -> str:
    levels = dict(zip(MEANINGS, row.counts, strict=True))
    total = sum(row.counts)
    weak = sum(levels[level] for level in WEAK)
    about = f"<small>{text(row.about)}</small>" if row.about else ""
    return (
        f'<tr><th scope="row"><a href="{text(row.link)}">{text(row.title)}</a>{about}</th>'
        f'<td class="num">{total:,}</td><td class="num">{levels["unverified"]:,}</td>'
        f'<td class="num">{weak / total if total else 0:.0%}</td>'
        f'<td class="share" aria-label="{told(levels)}">{shares(levels)}</td><td>{spark(row.track)}</td></tr>\n'
    )


def _table(rows: list[Row]) -> str:
    heads = {"Article": "", "Sentences": "num", "Unverified": "num", "Weak": "num", "Levels": "", "Along the text": ""}
    cells = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind in heads.items())
    levels = "".join(f'<option value="{rank(level)}">{level}</option>' for level in MEANINGS)
    more = f'<p class="rest">These are the first {SHOWN} of {len(rows):,}. A script shows the others, page by page.</p>'
    return (
        '<section class="all"><h2 id="articles">Articles</h2>'
        '<label class="find live">Find <input type="search" autocomplete="off"></label>'
        f'<label class="find live">With <select class="having"><option value="">any level</option>{levels}</select>'
        '</label><output class="count"></output>'
        f'<div class="wide"><table class="articles" aria-labelledby="articles" data-shown="{SHOWN}">'
        f"<thead><tr>{cells}</tr></thead><tbody>\n{''.join(map(_row, rows[:SHOWN]))}</tbody></table></div>"
        f"{more if len(rows) > SHOWN else ''}{data(list(map(list, rows)), 'rows')}</section>"
    )


def _passed(passed: int) -> str:
    if not passed:
        return ""
    return f'<p class="passed">{counted(passed, "article")} without a sentence at the level asked for: left out.</p>'


def _lost(unread: Unread) -> str:
    rows = "".join(
        f"<li><b>{text(clean(one.name))}</b>: {'skipped: ' * one.is_skip}{text(clean(one.message))}</li>"
        for one in unread.every()
    )
    return f'<section class="lost"><h2>Not read</h2><ul>{rows}</ul></section>' if rows else ""
