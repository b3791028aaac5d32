"""What rules find in gold sentences, in columns: the cases that weights and exceptions are learnt from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from factcheck.evaluate.aligned import Stretch, check_read, documents, is_right, line, marks
from factcheck.evaluate.gold import ATTRIBUTED, UNCERTAIN, Gold
from factcheck.graded import Graded
from factcheck.judge.rows import before, rows_of
from factcheck.judge.signal import apart
from factcheck.language.program import Program
from factcheck.scan import Scanner
from factcheck.text.columns import Flags, Rows
from factcheck.text.fold import fold

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Gold sentences that say where one signal is to be raised, from one set or several, as texts to scan."""

    signal: str
    sets: tuple[tuple[Gold, ...], ...]

    @cached_property
    def sentences(self) -> tuple[Gold, ...]:
        """Those of all sets."""
        return tuple(chain.from_iterable(self.sets))

    @cached_property
    def _runs(self) -> list[list[Gold]]:
        """By document: sentences of one that stand together are one text."""
        return [run for own in self.sets for run in documents(own)]

    @cached_property
    def _lines(self) -> list[list[str]]:
        """The same, a line each."""
        return [[line(one.text) for one in run] for run in self._runs]

    @property
    def texts(self) -> list[str]:
        """The documents as they are scanned."""
        return ["\n".join(lines) for lines in self._lines]

    def holding(self, words: re.Pattern[str]) -> "Corpus":
        """The documents in which, folded, such words stand."""
        pairs = zip(self._runs, self._folded, strict=True)
        return Corpus(self.signal, tuple(tuple(run) for run, text in pairs if words.search(text)))

    @cached_property
    def _folded(self) -> list[str]:
        return [fold(text) for text in self.texts]

    @cached_property
    def bases(self) -> Rows:
        """For each sentence where in its document its line starts."""
        starts = (accumulate((len(one) + 1 for one in lines[:-1]), initial=0) for lines in self._lines)
        return np.fromiter(chain.from_iterable(starts), np.intp)

    @cached_property
    def labelled(self) -> Flags:
        """Whether people say that what the signal stands for is there."""
        return np.array([one.label in {UNCERTAIN, ATTRIBUTED} for one in self.sentences], np.bool_)

    @cached_property
    def is_measured(self) -> Flags:
        """Whether people say anything of a sentence; others are read for their neighbours' sake."""
        return np.array([one.is_measured for one in self.sentences], np.bool_)

    @property
    def measured(self) -> Rows:
        """The sentences that people say anything of."""
        return rows_of(self.is_measured)

    @cached_property
    def cues(self) -> tuple[tuple[Stretch, ...], ...]:
        """For each sentence where on its line people have marked the words that its label rests on."""
        return tuple(marks(one) for one in self.sentences)

    def scanned(self, scanner: Scanner) -> "Evidence":
        """What the scanner finds in the sentences. Raises GoldError where a row is no sentence."""
        parts = tuple(scanner.parts(self.texts, segment="lines"))
        counts = (np.bincount(p.article.sentences.document, minlength=len(p.texts)).tolist() for p in parts)
        for run, found in zip(self._runs, chain.from_iterable(counts), strict=True):
            check_read(run, found)
        return Evidence(self, scanner.program, parts)


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Columns over the findings that raise a signal, in the order of the text; tokens count through all of it."""

    rule: Rows
    sentence: Rows
    first: Rows
    end: Rows
    right: Flags
    """Whether people agree: see `Corpus.is_right`."""

    def __len__(self) -> int:
        return len(self.rule)

    def take(self, rows: Rows) -> "Hits":
        """Those in these rows."""
        rule, sentence, first, end = (column.take(rows) for column in (self.rule, self.sentence, self.first, self.end))
        return Hits(rule, sentence, first, end, self.right.take(rows))

    def heard(self, weights: Numbers) -> Rows:
        """The rows of those that count when each rule has this weight: of several that overlap the strongest."""
        reach = np.maximum.accumulate(self.end) if len(self) else self.end
        crowded = np.unique(self.sentence[self.first < before(reach, 0)])
        alone = ~np.isin(self.sentence, crowded)
        begin, stop = (self.sentence.searchsorted(crowded, side) for side in ("left", "right"))
        kept = [rows_of(alone)]
        for a, b in zip(begin.tolist(), stop.tolist(), strict=True):
            own = weights.take(self.rule[a:b]).tolist()
            cues = list(zip(own, self.first[a:b].tolist(), self.end[a:b].tolist(), strict=True))
            kept.append(a + np.array(list(apart(cues)), np.intp))
        return np.sort(np.concatenate(kept))


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a program finds in a corpus."""

    corpus: Corpus
    program: Program
    parts: tuple[Graded, ...]

    @cached_property
    def probability(self) -> Numbers:
        """The signal of each sentence."""
        column = self.program.signals.index(self.corpus.signal)
        return np.concatenate([np.zeros(0), *(part.grades.signals[:, column] for part in self.parts)])

    @cached_property
    def weights(self) -> Numbers:
        """For each rule of the program the weight by which it raises the signal; 0 for one that does not."""
        raised = raising(self.program, self.corpus.signal)
        return np.array([raised.get(rule.id, 0.0) for rule in self.program.rules], np.float64)

    @cached_property
    def hits(self) -> Hits:
        """The findings that raise the signal, in sentences that people say anything of."""
        raises = self.weights > 0
        columns = [np.zeros((4, 0), np.intp)]  # there may be no part
        for part, tokens, sentences in self._shifted():
            own = part.findings
            measured = self.corpus.is_measured[sentences : sentences + len(part.grades)]
            rows = rows_of(raises.take(own.rule) & measured.take(own.sentence))
            shifts = (0, sentences, tokens, tokens)
            whole = zip((own.rule, own.sentence, own.first, own.end), shifts, strict=True)
            columns.append(np.stack([column.take(rows) + np.intp(shift) for column, shift in whole]))
        rule, sentence, first, end = np.concatenate(columns, axis=1)
        places = zip(sentence.tolist(), first.tolist(), end.tolist(), strict=True)
        right = np.fromiter((self.is_right(*place) for place in places), np.bool_, len(rule))
        return Hits(rule, sentence, first, end, right).take(np.lexsort((rule, end, first)))

    def _shifted(self) -> Iterator[tuple[Graded, int, int]]:
        """The parts, and how many tokens and sentences stand before each."""
        tokens = sentences = 0
        for part in self.parts:
            yield part, tokens, sentences
            tokens, sentences = tokens + len(part.article.tokens), sentences + len(part.grades)

    # Words -----------------------------------------------------------------------------------------------------------

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All tokens in lower case."""
        return tuple(word for part in self.parts for word in part.article.tokens.fold)

    @cached_property
    def is_word(self) -> Flags:
        """For each token whether it is a word, not a mark."""
        return np.concatenate([np.zeros(0, np.bool_), *(part.article.tokens.word for part in self.parts)])

    @cached_property
    def edges(self) -> tuple[Rows, Rows]:
        """For each sentence its first token, and the one after its last."""
        own = [(part.article.sentences, np.intp(tokens)) for part, tokens, _ in self._shifted()]
        first, end = (
            np.concatenate([np.zeros(0, np.intp), *(getattr(sentences, edge) + tokens for sentences, tokens in own)])
            for edge in ("first", "end")
        )
        return first, end

    @cached_property
    def _places(self) -> tuple[Rows, Rows]:
        """For each token where it starts and ends on the line of its sentence."""
        starts, stops = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        for part, _, sentences in self._shifted():
            tokens, own = part.article.tokens, part.article.sentences
            lines = tokens.documents.take(own.document) + self.corpus.bases[sentences : sentences + len(own)]
            line_of = lines.take(own.of)
            starts.append(tokens.start - line_of)
            stops.append(tokens.end - line_of)
        return np.concatenate(starts), np.concatenate(stops)

    def is_right(self, sentence: int, first: int, end: int) -> bool:
        """Whether the sentence is labelled and, where people have marked words in it, these tokens meet some."""
        found = int(self._places[0][first]), int(self._places[1][end - 1])
        return is_right(found, self.corpus.cues[sentence], labelled=bool(self.corpus.labelled[sentence]))

    def marked(self, sentence: int) -> Iterator[tuple[int, int]]:
        """The tokens that people have marked in a sentence: the first of each mark, and the one after its last."""
        first, end = (int(edge[sentence]) for edge in self.edges)
        starts, stops = (place[first:end] for place in self._places)
        for start, stop in self.corpus.cues[sentence]:
            yield first + int(stops.searchsorted(start, "right")), first + int(starts.searchsorted(stop))


def raising(program: Program, signal: str) -> Mapping[str, float]:
    """The weight by which rules raise the signal, by their ids."""
    return {rule.id: weight for rule in program.rules for name, weight in rule.raises.items() if name == signal}
