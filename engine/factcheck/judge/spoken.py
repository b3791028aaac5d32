"""Who speaks quotations: the source nearest by, or whom the words before are about."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.captured import Captured
from factcheck.judge.hits import Hits
from factcheck.judge.kind import ANONYMOUS, PERSON
from factcheck.judge.mention import Names, Spans
from factcheck.judge.rows import both, first_of, none, rows_of
from factcheck.text.columns import Rows

_BACK: Final = 2
"""Paragraphs before a quotation whose last speaker may speak on."""
_COLON: Final = ord(":")


class Spoken:
    """The quotations of one article, and their speakers by the rows of what is captured, or -1.

    A quotation's speaker is the source nearest to it outside: in a sentence it shares, or else in its paragraph. One
    that nothing closes may hold the words that name its speaker. Where there is none it is whom the words before are
    about, though no verb says that they speak; and of a quotation that is a paragraph by itself the last identified
    speaker of the two paragraphs before.
    """

    def __init__(self, names: Names, findings: Hits, captured: Captured) -> None:
        article = names.article
        self._article, self._names = article, names
        quotations, count = article.quotations, len(article.quotations)
        inside = quotations.inside.take(captured.first.take(captured.source))
        outside = inside < 0
        heard = outside.copy()
        sentence = findings.sentence.take(captured.finding)
        self.speaker = np.full(count, -1)
        at = article.sentences.first.searchsorted(both(quotations.first, quotations.end - 1), "right") - 1
        self._sentence, last = at[:count], at[count:]
        if count and len(captured.finding):
            within = rows_of(~outside)
            within = within[~quotations.mark.take(quotations.end.take(inside.take(within)) - 1)]
            heard[within] = True
            self.speaker = self._nearest(sentence[outside], captured.source[outside], last)
            held = first_of(inside.take(within), captured.source.take(within), count)
            self.speaker = np.where(self.speaker < 0, held, self.speaker)
        self._heard = (sentence[heard], captured.source[heard])
        self.candidates, self.at, self._quotation = self._before()

    def _nearest(self, sentence: Rows, source: Rows, last: Rows) -> Rows:
        """The nearest source in the paragraphs of each quotation, which ends in a sentence of `last`."""
        if not len(sentence):
            return self.speaker
        paragraph, first = self._article.sentences.paragraph, self._sentence
        after = sentence.searchsorted(first)
        then = np.minimum(after, len(sentence) - 1)
        at = sentence.take(then)
        far = len(paragraph)
        near = (after < len(sentence)) & (paragraph.take(at) <= paragraph.take(last))
        ahead = np.where(near, np.maximum(at - last, 0), far)
        at = sentence.take(np.maximum(after - 1, 0))
        behind = np.where((after > 0) & (paragraph.take(at) == paragraph.take(first)), first - at, far)
        before = sentence.searchsorted(at)  # the first of its sentence
        chosen = source.take(np.where(behind <= ahead, before, then))
        return np.where(np.minimum(behind, ahead) < far, chosen, -1)

    def _before(self) -> tuple[Spans, Rows, Rows]:
        """Whom the words before a quotation may be about, the sentence of each, and the quotation.

        That is the name before a colon, `Ada Voss: “The hull was sound.”`; and more so the person who begins the
        sentence before in its paragraph, `Voss was angry. “Nobody came.”`. The colons' names come first.
        """
        sentences, quotations, tokens = self._article.sentences, self._article.quotations, self._article.tokens
        quotation = rows_of(self.speaker < 0)
        if not len(quotation):
            self._labels = 0
            return Spans(quotation, quotation), quotation, quotation
        sentence = self._sentence.take(quotation)
        start, row = sentences.first.take(sentence), quotations.first.take(quotation)
        label = (row > start + 1) & (tokens.lead.take(np.maximum(row - 1, 0)) == _COLON)
        label = rows_of(label & self._names.are(start, row - 1))
        before = np.maximum(sentence - 1, 0)
        subject = (sentence > 0) & (sentences.paragraph.take(before) == sentences.paragraph.take(sentence))
        begin = sentences.first.take(before)
        stop = self._names.end_at.take(begin)
        subject = rows_of(subject & (stop > begin))
        self._labels = len(label)
        places = Spans(both(start.take(label), begin.take(subject)), both(row.take(label) - 1, stop.take(subject)))
        at = both(sentence.take(label), before.take(subject))
        return places, at, both(quotation.take(label), quotation.take(subject))

    def speakers(self, kind: NDArray[np.uint8], candidates: NDArray[np.uint8]) -> tuple[Rows, Rows]:
        """For each quotation its speaker by the row, and which of the candidates speak: their rows follow the captured.

        `kind` and `candidates` are the kinds of both.
        """
        number = np.arange(len(candidates))
        rows = rows_of((number < self._labels) | (candidates == PERSON))
        chosen = none(len(self.speaker))
        chosen[self._quotation.take(rows)] = rows  # of several values for one row the last given stays
        at = rows_of(chosen >= 0)
        speaker = self.speaker.copy()
        speaker[at] = len(kind) + np.arange(len(at))
        self._take_up(kind, speaker)
        return speaker, chosen.take(at)

    def _take_up(self, kind: NDArray[np.uint8], speaker: Rows) -> None:
        """Sets the speakers of quotations that have none yet to the last one identified before."""
        silent = rows_of(speaker < 0)
        if not len(silent):
            return
        sentence, source = self._heard
        known = rows_of(kind.take(source) != ANONYMOUS)
        if not len(known):
            return
        sentence, source = sentence.take(known), source.take(known)
        sentences = self._article.sentences
        asked = self._sentence.take(silent)
        paragraph = sentences.paragraph.take(asked)
        last = sentences.paragraph.take(sentence).searchsorted(paragraph) - 1
        at = sentence.take(np.maximum(last, 0))
        good = (last >= 0) & (sentences.paragraph.take(at) >= paragraph - _BACK)
        good &= sentences.document.take(at) == sentences.document.take(asked)
        speaker[silent[good]] = source.take(last[good])
