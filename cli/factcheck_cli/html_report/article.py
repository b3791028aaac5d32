"""An article as a reader sees it: headings, paragraphs, captions, each sentence shaded by its level, cues underlined.

It is written sentence by sentence, for a long text is judged in pieces. Below the text stand what is worth checking,
the sources and the rules; a data island has for the script what it shows of a sentence that is chosen.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck import Sentence
from factcheck_cli.html_report import charts, tables
from factcheck_cli.html_report.accounted import Accounted
from factcheck_cli.html_report.layout import HOLDERS, Layout
from factcheck_cli.html_report.ledger import Ledger
from factcheck_cli.html_report.levels import rank, shade
from factcheck_cli.html_report.markup import data, text
from factcheck_cli.quiet.counts import summed
from factcheck_cli.quiet.hush import Hush
from factcheck_cli.quiet.silence import Kind
from factcheck_cli.tally import WEAK
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import RUNS, cue, is_whole, marked
from factcheck_cli.terminal.reason import asked, decisive, reason
from factcheck_cli.terminal.style import clean, cut

if TYPE_CHECKING:
    from factcheck_cli.html_report.book import Book
    from factcheck_cli.inputs.text import Text

_CUE: Final = 120  # characters of a cue that the panel quotes
_TITLE: Final = 160  # characters of a title in a list
_WEAKEST: Final = 2  # sentences of an article that the index may show
_SPARK: Final = 30  # columns of the small strip in the index


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown of articles: sentences of which levels are explained, and whether lines are sentences.

    What one of the `packs` finds is noted in any case: somebody asked for them.
    """

    shows: Callable[[str], bool]
    lined: bool
    packs: Sequence[str]
    whole: bool = False
    """Whether an article is shown of which every sentence is silent."""
    suppressed: bool = False
    """Whether what is suppressed is shown, with why."""


class Article:
    """Writes one article; the book has the rules at work."""

    def __init__(self, source: "Text", book: "Book", choice: Choice) -> None:
        self.name, self._book, self._choice = source.name, book, choice
        self._layout, self._numbering, self._unit = Layout(source), source.numbering, source.title
        self.ledger = Ledger()
        self.levels = Counter[str]()
        """How many sentences have each level, whatever is reported."""
        self.silent = Counter[Kind]()
        """How many are silent, or reported at a higher level, for each reason."""
        self._body: list[str] = []
        self._at, self._line = 0, 1
        self._paragraph, self._tag = -1, ""
        self._holders: tuple[str, ...] = ()
        self._title = ""
        self._findings = self._shown = 0
        self._blocks: list[charts.Block] = []
        self._notes: list[tables.Note] = []
        self._weak: list[tuple[float, int, str, str]] = []
        self._told: list[Any] = []
        self._voices: dict[tuple[str, ...], int] = {}
        self._signals: dict[str, int] = {}
        self._silencers: dict[str, int] = {}

    # Text ------------------------------------------------------------------------------------------------------------

    def add(self, words: str, base: int, sentences: Sequence[Accounted]) -> None:
        """Writes a piece of the text, which begins `base` characters behind the text's beginning."""
        for one in sentences:
            sentence = one.sentence
            gap = words[self._at - base : sentence.span.start - base]
            if sentence.paragraph != self._paragraph:
                self._open(one, gap)
            else:
                self._body += [text(gap), *self._turns(sentence.span.start + 1)]
            self._line += gap.count("\n")
            self._sentence(one)
            self._line += sentence.text.count("\n")
            self._at = sentence.span.end
        rest = words[self._at - base :]
        self._body.append(text(rest))
        self._line += rest.count("\n")
        self._at = base + len(words)

    def _turns(self, end: int) -> list[str]:
        """The marks of pages that begin up to there."""
        return [mark for _, mark in self._layout.turns(end)]

    def _open(self, one: Accounted, gap: str) -> None:
        """Ends the paragraph, and begins the next one behind the gap."""
        sentence, first = one.sentence, self._paragraph < 0
        self._close()
        self._paragraph = sentence.paragraph
        turns, holders = self._turns(sentence.span.start + 1), self._layout.holders(sentence.span.start)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self._holders, holders, strict=False)))
        self._body += [HOLDERS[kind][1] for kind in reversed(self._holders[same:])]
        self._body += [text(gap), *turns, *(HOLDERS[kind][0] for kind in holders[same:])]
        self._holders = holders
        self._tag = ("h1" if first else "h2") if one.heading else "p"
        if first and one.heading:
            self._title = sentence.text
        self._body.append(f'<{self._tag} dir="auto">')

    def _close(self) -> None:
        if not self._tag:
            return
        self._body.append(f"</{self._tag}>")
        if self._tag == "h1":
            self._body.append(self._layout.byline())

    def _end(self) -> None:
        """Ends the last paragraph and all that holds it."""
        self._close()
        self._body += [HOLDERS[kind][1] for kind in reversed(self._holders)]
        self._tag, self._holders = "", ()

    def _sentence(self, one: Accounted) -> None:
        self.levels[one.sentence.level] += 1
        silent = one.hush is not None and one.hush.level is None
        if one.hush and one.hush.level != one.sentence.level:
            self.silent[one.hush.kind] += 1
        one = one.left()
        sentence, source = one.sentence, -1 if silent else self.ledger.source(one)
        self._findings += len(sentence.findings) * (not silent)
        if silent and one.hush and one.hush.suppressed and self._choice.suppressed:
            self._suppressed(sentence, one.hush)
            return
        if silent or not self._choice.shows(sentence.level):
            self._shown += self._choice.whole
            self._blocks.append(charts.Block(-1, rank("no-claim"), sentence.span.end))
            self._body.append(self._cues(sentence, plain=True))
            return
        self._shown += 1
        number = len(self._told)
        self._blocks.append(charts.Block(number, rank(sentence.level), sentence.span.end))
        note = self._noted(one, number)
        kind = shade(sentence.level, sentence.confidence)
        self._body.append(f'<span class="s {kind}" id="@-{number}">{self._cues(sentence)}{note}</span>')
        if one.hush and one.hush.suppressed and self._choice.suppressed:
            self._body.append(_aside(f"Suppressed: {'; '.join(note.told() for note in one.hush.suppressed)}"))
        self._told.append(self._record(one, source))

    def _suppressed(self, sentence: Sentence, hush: Hush) -> None:
        """Writes a sentence that is suppressed: struck, with the level it has and the reason."""
        self._shown += 1
        self._blocks.append(charts.Block(-1, rank("no-claim"), sentence.span.end))
        why = "; ".join(note.told() for note in hush.suppressed)
        told = f"Suppressed ({sentence.level}): {why}"
        self._body.append(f'<s class="sup" title="{text(clean(told))}">{self._cues(sentence, plain=True)}</s>')
        self._body.append(_aside(told))

    def _noted(self, one: Accounted, number: int) -> str:
        """The mark of the note on a sentence that is worth checking, or for which a pack was asked."""
        sentence = one.sentence
        found = decisive(sentence)
        beside = list(asked(sentence, self._choice.packs))
        if sentence.level not in WEAK and not beside:
            return ""
        said = reason(sentence) if sentence.level in WEAK else ""
        if sentence.level in WEAK:
            self._weaken(sentence, number)
            if found:
                self.ledger.weakened[found.rule] += 1
                said = f"{said} {clean(found.suggest)}".rstrip()
        place = f"{self._unit} {self._number(sentence):,}"
        reasons = (*filter(None, [said]), *beside)
        self._notes.append(tables.Note(number, sentence.level, place, reasons, one.without))
        count = len(self._notes)
        label = f"Note {count}, {sentence.level}"
        return f'<a class="n l{rank(sentence.level)}" href="#@-n{count}" aria-label="{label}">{count}</a>'

    def _number(self, sentence: Sentence) -> int:
        """The line, or what else the source counts by, that the sentence stands on."""
        return self._numbering(sentence.span.start) if self._numbering else self._line

    def _cues(self, sentence: Sentence, *, plain: bool = False) -> str:
        """The words of the sentence, its cues underlined, the one that decided most; and where pages begin in it."""
        start = sentence.span.start
        turns = [(at - start, mark) for at, mark in self._layout.turns(sentence.span.end)]
        about = [] if plain else [found for found in sentence.findings if not is_whole(sentence, found)]
        if not about and not turns:
            return text(sentence.text)
        marks = marked(sentence, about, decisive(sentence))
        edges = sorted({*(at for run in RUNS.finditer(marks) for at in run.span()), *(at for at, _ in turns)})
        parts = []
        for a, b in pairwise(edges):
            parts += [mark for at, mark in turns if at == a]
            words = text(sentence.text[a:b])
            parts.append(f'<u class="k{marks[a]}">{words}</u>' if marks[a] else words)
        return "".join(parts)

    def _weaken(self, sentence: Sentence, number: int) -> None:
        """Keeps the sentence if it is among the weakest, and none of them says the same."""
        firm = sentence.confidence or 0.0
        if len(self._weak) < _WEAKEST or firm < self._weak[-1][0]:
            words = cut(sentence.text, _TITLE)
            found = sorted([*self._weak, (firm, number, sentence.level, words)], key=lambda one: one[0])
            self._weak = list({one[3]: one for one in reversed(found)}.values())[::-1][:_WEAKEST]

    # Data ------------------------------------------------------------------------------------------------------------

    def _record(self, one: Accounted, source: int) -> list[Any]:
        """What the panel shows of the sentence, as `report.js` takes it."""
        sentence = one.sentence
        weighed = zip(sentence.findings, one.weighed, strict=True)
        signals = {name: round(value, 2) for name, value in sentence.signals.items() if value}
        key = orjson.dumps(signals).decode()
        return [
            rank(sentence.level),
            sentence.confidence,
            int(sentence.polarity == "negative"),
            self._number(sentence),
            source,
            self._voice(sentence),
            [1 if one.quoted else 0, rank(one.base)],
            [
                [
                    self.ledger.rule(found.rule),
                    "" if is_whole(sentence, found) else _short(found.text),
                    rank(level),
                    fate,
                ]
                for found, (level, fate) in weighed
            ],
            [[[_short(words) for words in dict.fromkeys(gone)], rank(level)] for gone, level in one.without],
            self._signals.setdefault(key, len(self._signals)),
            [
                [self.ledger.number(gone.rule), _short(gone.words), self._silencer(gone.by)]
                for gone in dict.fromkeys(one.silenced)
            ],
        ]

    def _silencer(self, by: str) -> int:
        return self._silencers.setdefault(by, len(self._silencers))

    def _voice(self, sentence: Sentence) -> int:
        """The number of who vouches, with all that the text says of it, -1 for nobody."""
        source = sentence.source
        if not source:
            return -1
        voice = tuple(_short(part) for part in (source.text, source.kind, source.beside, source.refers))
        return self._voices.setdefault(voice, len(self._voices))

    def _island(self) -> str:
        sources = [[rest.name, rest.kind] for rest in self.ledger.sources.values()]
        return data(
            {
                "name": self.name,
                "unit": self._unit.title(),
                "rules": [self._book.row(name) for name in self.ledger.numbered],
                "sources": sources,
                "voices": [list(voice) for voice in self._voices],
                "silencers": list(self._silencers),
                "signals": [orjson.loads(key) for key in self._signals],
                "sentences": self._told,
            }
        )

    # The whole -------------------------------------------------------------------------------------------------------

    def framed(self) -> bytes:
        """The article behind a line of what an index tells of it; without the article if nothing of it is shown."""
        self._end()
        title = cut(self._title or self._layout.title or self.name, _TITLE)
        html = self._html().encode() if self._shown or not self._blocks else b""
        head = {
            "size": len(html),
            "name": self.name,
            "title": title,
            "levels": dict(self.ledger.levels),
            "credits": self._layout.told,
            "track": charts.track(self._blocks, _SPARK),
            "weak": self._weak,
            "rules": dict(self.ledger.weakened),
            "silent": dict(self.silent),
        }
        return orjson.dumps(head) + b"\n" + html

    def _html(self) -> str:
        ledger, layout, name = self.ledger, self._layout, text(clean(self.name))
        titled = self._title or layout.title
        head = f'<p class="file" id="@-name">{name}</p>' if titled else f'<h1 class="file" id="@-name">{name}</h1>'
        facts = text(", ".join(self._facts()))
        lined = " lined" if self._choice.lined else ""
        language = f' lang="{layout.language}"' if layout.language else ""
        return "".join(
            [
                '<article class="doc" id="@" aria-labelledby="@-name">',
                f'<header class="top">{head}<p class="facts">{facts}</p></header>',
                tables.tools(ledger, self._book.rules),
                f'<div class="along">{charts.strip(self._blocks)}</div>',
                f'<div class="cols"><div class="read">{self._head()}<div class="text{lined}"{language}>',
                *self._body,
                "</div>" if self._blocks else '</div><p class="empty">No sentence was found in this text.</p>',
                tables.notes(self._notes),
                tables.sources(ledger),
                tables.rules(ledger, self._book.rules),
                '</div><div class="side"></div></div>',
                self._island(),
                "</article>\n",
            ]
        )

    def _head(self) -> str:
        """Title, byline and date, as far as the text itself does not begin with its title."""
        layout = self._layout
        if self._title or not (layout.title or layout.credits):
            return ""
        title = f'<h1 dir="auto">{text(layout.title)}</h1>' if layout.title else ""
        return f'<header class="head">{title}{layout.byline()}</header>'

    def _facts(self) -> list[str]:
        """What there is to say of the text: what it was, how much it is, and its title in the source, if another."""
        layout, titles = self._layout, (clean(self._title).casefold(), self._layout.title.casefold())
        kind = [layout.kind] if layout.kind else []
        pages = [counted(layout.pages, "page")] if layout.pages else []
        counts = [counted(self.ledger.levels.total(), "sentence"), counted(self._findings, "finding")]
        counts += [summed(self.silent)] if self.silent else []
        other = all(titles) and titles[0] not in titles[1] and titles[1] not in titles[0]
        return [*kind, *pages, *counts, *([f"titled “{cut(layout.title, _TITLE)}”"] if other else [])]


def _aside(told: str) -> str:
    """What is told of a suppression, behind its sentence."""
    return f'<small class="sup"> {text(clean(told))} </small>'


def _short(words: str) -> str:
    return cut(cue(words), _CUE)
