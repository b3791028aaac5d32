"""An article as a reader sees it: paragraphs and headings, each sentence shaded by its level, its cues underlined.

It is written sentence by sentence, for a long text is judged in pieces. Below the text stand what is worth checking,
the sources and the rules; a data island has for the script what it shows of a sentence that is chosen.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from factcheck import Sentence
from factcheck.language.program import Rule
from factcheck.measured import measured
from factcheck_cli.console import counted
from factcheck_cli.cues import RUNS, cue, is_whole, marked
from factcheck_cli.html_report import charts, tables
from factcheck_cli.html_report.accounted import Accounted
from factcheck_cli.html_report.ledger import Ledger
from factcheck_cli.html_report.levels import rank, shade
from factcheck_cli.html_report.markup import data, text
from factcheck_cli.quiet.counts import summed
from factcheck_cli.quiet.hush import Hush
from factcheck_cli.quiet.silence import Kind
from factcheck_cli.reason import asked, decisive, reason
from factcheck_cli.style import clean, cut
from factcheck_cli.tally import WEAK

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
    """Writes one article; `rules` are those at work, by name."""

    def __init__(self, name: str, rules: Mapping[str, Rule], choice: Choice) -> None:
        self.name, self._rules, self._choice = name, rules, choice
        self.ledger = Ledger()
        self.levels = Counter[str]()
        """How many sentences have each level, whatever is reported."""
        self.silent = Counter[Kind]()
        """How many are silent, or reported at a higher level, for each reason."""
        self._body: list[str] = []
        self._at, self._line = 0, 1
        self._paragraph, self._tag = -1, ""
        self._title = ""
        self._findings = self._shown = 0
        self._blocks: list[charts.Block] = []
        self._notes: list[tables.Note] = []
        self._weak: list[tuple[float, int, str, str]] = []
        self._told: list[Any] = []
        self._voices: dict[tuple[str, ...], int] = {}
        self._signals: dict[str, int] = {}

    # Text ------------------------------------------------------------------------------------------------------------

    def add(self, words: str, base: int, sentences: Sequence[Accounted]) -> None:
        """Writes a piece of the text, which begins `base` characters behind the text's beginning."""
        for one in sentences:
            sentence = one.sentence
            gap = words[self._at - base : sentence.span.start - base]
            if sentence.paragraph != self._paragraph:
                self._open(one, gap)
            else:
                self._body.append(text(gap))
            self._line += gap.count("\n")
            self._sentence(one)
            self._line += sentence.text.count("\n")
            self._at = sentence.span.end
        rest = words[self._at - base :]
        self._body.append(text(rest))
        self._line += rest.count("\n")
        self._at = base + len(words)

    def _open(self, one: Accounted, gap: str) -> None:
        """Ends the paragraph, and begins the next one behind the gap."""
        first = self._paragraph < 0
        self._close()
        self._paragraph = one.sentence.paragraph
        self._tag = ("h1" if first else "h2") if one.heading else "p"
        if first and one.heading:
            self._title = one.sentence.text
        self._body.append(f'{text(gap)}<{self._tag} dir="auto">')

    def _close(self) -> None:
        if self._tag:
            self._body.append(f"</{self._tag}>")

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
            self._body.append(text(sentence.text))
            return
        self._shown += 1
        number = len(self._told)
        self._blocks.append(charts.Block(number, rank(sentence.level), sentence.span.end))
        note = self._noted(one, number)
        kind = shade(sentence.level, sentence.confidence)
        self._body.append(f'<span class="s {kind}" id="@-{number}">{_cues(sentence)}{note}</span>')
        if one.hush and one.hush.suppressed and self._choice.suppressed:
            self._body.append(_aside(f"Suppressed: {'; '.join(note.told() for note in one.hush.suppressed)}"))
        self._told.append(self._record(one, source))

    def _suppressed(self, sentence: Sentence, hush: Hush) -> None:
        """Writes a sentence that is suppressed: struck, with the level it has and the reason."""
        self._shown += 1
        self._blocks.append(charts.Block(-1, rank("no-claim"), sentence.span.end))
        why = "; ".join(note.told() for note in hush.suppressed)
        told = f"Suppressed ({sentence.level}): {why}"
        self._body.append(f'<s class="sup" title="{text(clean(told))}">{text(sentence.text)}</s>')
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
        self._notes.append(
            tables.Note(number, sentence.level, self._line, (*filter(None, [said]), *beside), one.without)
        )
        count = len(self._notes)
        label = f"Note {count}, {sentence.level}"
        return f'<a class="n l{rank(sentence.level)}" href="#@-n{count}" aria-label="{label}">{count}</a>'

    def _weaken(self, sentence: Sentence, number: int) -> None:
        """Keeps the sentence if it is among the weakest."""
        firm = sentence.confidence or 0.0
        if len(self._weak) < _WEAKEST or firm < self._weak[-1][0]:
            found = [*self._weak, (firm, number, sentence.level, cut(sentence.text, _TITLE))]
            self._weak = sorted(found, key=lambda one: one[0])[:_WEAKEST]

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
            self._line,
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
        ]

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
                "rules": [_rule(self._rules[name]) for name in self.ledger.used],
                "sources": sources,
                "voices": [list(voice) for voice in self._voices],
                "signals": [orjson.loads(key) for key in self._signals],
                "sentences": self._told,
            }
        )

    # The whole -------------------------------------------------------------------------------------------------------

    def framed(self) -> bytes:
        """The article behind a line of what an index tells of it; without the article if nothing of it is shown."""
        self._close()
        self._tag = ""
        title = cut(self._title or self.name, _TITLE)
        html = self._html().encode() if self._shown or not self._blocks else b""
        head = {
            "size": len(html),
            "name": self.name,
            "title": title,
            "levels": dict(self.ledger.levels),
            "spark": charts.spark(self._blocks, _SPARK),
            "weak": self._weak,
            "rules": dict(self.ledger.weakened),
            "silent": dict(self.silent),
        }
        return orjson.dumps(head) + b"\n" + html

    def _html(self) -> str:
        ledger, sentences = self.ledger, self.ledger.levels.total()
        facts = [counted(sentences, "sentence"), counted(self._findings, "finding")]
        facts += [summed(self.silent)] if self.silent else []
        name = text(clean(self.name))
        head = f'<p class="file" id="@-name">{name}</p>' if self._title else f'<h1 class="file" id="@-name">{name}</h1>'
        lined = " lined" if self._choice.lined else ""
        return "".join(
            [
                '<article class="doc" id="@" aria-labelledby="@-name">',
                f'<header class="top">{head}<p class="facts">{", ".join(facts)}</p></header>',
                tables.tools(ledger, self._rules),
                f'<div class="along">{charts.strip(self._blocks)}</div>',
                f'<div class="cols"><div class="read"><div class="text{lined}">',
                *self._body,
                "</div>" if self._blocks else '</div><p class="empty">No sentence was found in this text.</p>',
                tables.notes(self._notes),
                tables.sources(ledger),
                tables.rules(ledger, self._rules),
                '</div><div class="side"></div></div>',
                self._island(),
                "</article>\n",
            ]
        )


def _aside(told: str) -> str:
    """What is told of a suppression, behind its sentence."""
    return f'<small class="sup"> {text(clean(told))} </small>'


def _cues(sentence: Sentence) -> str:
    """The words of the sentence, its cues underlined, the one that decided most."""
    about = [found for found in sentence.findings if not is_whole(sentence, found)]
    if not about:
        return text(sentence.text)
    marks = marked(sentence, about, decisive(sentence))
    parts = []
    for run in RUNS.finditer(marks):
        words = text(sentence.text[slice(*run.span())])
        mark = marks[run.start()]
        parts.append(f'<u class="k{mark}">{words}</u>' if mark else words)
    return "".join(parts)


def _short(words: str) -> str:
    return cut(cue(words), _CUE)


def _rule(rule: Rule) -> list[Any]:
    """What the panel shows of a rule."""
    known = [str(one) for one in measured(rule.id)]
    return [rule.id, rank(rule.level), rule.weight, rule.severity, rule.message, rule.because, rule.suggest, known]
