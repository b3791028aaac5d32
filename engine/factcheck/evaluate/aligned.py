"""Gold sentences beside what a scan says of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from factcheck.document import Finding, Sentence
from factcheck.evaluate.gold import Cue, Gold, GoldError
from factcheck.scan import Scanner

_BATCH: Final = 2_000
"""Documents that are scanned together."""
_TOGETHER: Final = 1_000
"""Sentences of one document that are scanned as one text: the engine cuts longer ones where it likes."""


Stretch = tuple[int, int]
"""From where to where on the line of a sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold sentence, the sentence of the scan, where in the document its line starts, and the line before it."""

    gold: Gold
    sentence: Sentence
    base: int
    before: str = ""

    def place(self, cue: Cue) -> tuple[int, int]:
        """Where the cue stands in the sentence of the scan."""
        start, end = moved(self.gold.text, cue)
        shift = self.base - self.sentence.span.start
        return max(0, start + shift), min(len(self.sentence.text), end + shift)

    def marked(self, finding: Finding) -> bool:
        """Whether the finding is on a cue that people marked as what the label rests on."""
        return meets(self._stretch(finding), marks(self.gold))

    def right(self, finding: Finding, *, labelled: bool) -> bool:
        """Whether it is right in a sentence that is labelled so, or not."""
        return is_right(self._stretch(finding), marks(self.gold), labelled=labelled)

    def _stretch(self, finding: Finding) -> Stretch:
        return finding.span.start - self.base, finding.span.end - self.base


def aligned(scanner: Scanner, sentences: Sequence[Gold]) -> list[Pair]:
    """Each gold sentence with what the scanner says of it, in order.

    Those of one document that stand together are scanned as one text, a line each, so that a speaker named in one is
    known in the next; a sentence without a document stands alone. Raises GoldError for a row that is no sentence.
    """
    runs = documents(sentences)
    pairs: list[Pair] = []
    for first in range(0, len(runs), _BATCH):
        some = runs[first : first + _BATCH]
        texts = ["\n".join(line(one.text) for one in document) for document in some]
        for document, scanned in zip(some, scanner.scan_many(texts, segment="lines"), strict=True):
            pairs += _paired(document, scanned.sentences)
    return pairs


def documents(sentences: Iterable[Gold]) -> list[list[Gold]]:
    """Runs of sentences of one document, unless they are very many.

    Samples that are no running text, as those with a sense, stand alone.
    """
    found: list[list[Gold]] = []
    for doc, run in groupby(sentences, key=lambda one: "" if one.sense else one.doc):
        if doc:
            whole = list(run)
            found += [whole[at : at + _TOGETHER] for at in range(0, len(whole), _TOGETHER)]
        else:
            found += [[one] for one in run]
    return found


def _paired(document: Sequence[Gold], found: Sequence[Sentence]) -> Iterator[Pair]:
    """The sentences of a document, each beside its line."""
    check_read(document, len(found))
    base, before = 0, ""
    for one, sentence in zip(document, found, strict=True):
        yield Pair(one, sentence, base, before)
        before = line(one.text)
        base += len(before) + 1


def check_read(document: Sequence[Gold], found: int) -> None:
    """Raises GoldError where the rows of a document are not as many sentences."""
    if len(document) != found:
        raise GoldError(f"{document[0].id}: {len(document)} rows are read as {found} sentences; write a row anew")


def is_right(found: Stretch, marked: Sequence[Stretch], *, labelled: bool) -> bool:
    """Whether the sentence is labelled as what is found says and, where words are marked, this is on some of them."""
    return labelled and (not marked or meets(found, marked))


def meets(found: Stretch, marked: Iterable[Stretch]) -> bool:
    """Whether it shares a character with one of the marks."""
    return any(found[0] < end and start < found[1] for start, end in marked)


def marks(one: Gold) -> tuple[Stretch, ...]:
    """Where on its line the words are marked that the label of a sentence rests on."""
    return tuple(moved(one.text, cue) for cue in one.marks)


def line(text: str) -> str:
    """The text on one line, its words parted by one space."""
    return " ".join(text.split())


def moved(text: str, cue: Cue) -> tuple[int, int]:
    """Where a cue of the text stands in its line, without white space at its ends."""
    before, within = line(text[: cue.start]), line(text[cue.start : cue.end])
    parted = any(char.isspace() for char in text[cue.start - 1 : cue.start + 1]) if before else False
    start = len(before) + parted
    return start, start + len(within)
