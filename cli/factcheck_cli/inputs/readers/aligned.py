"""Which paragraphs of a page hold the article that was found in it: told by letters, as all else is written anew."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final
from unicodedata import normalize

_BEGINNING: Final = 40  # characters of a paragraph that tell which one it is
_LONG: Final = 20  # letters that stand nowhere else by chance
_ALIKE: Final = 0.6  # of the words of a line and of a paragraph, how many both have
_NEAR: Final = 100  # paragraphs that are compared word by word
_TRIES: Final = 1_000  # places where a few letters may stand
_WORK: Final = 100_000_000  # letters that are searched in all; who writes a page that needs more hides something
_OTHER: Final = re.compile(r"[\W_]+")


def choose(found: str, texts: Sequence[str], cells: Sequence[bool]) -> tuple[list[bool], list[str]]:
    """Whether each paragraph is in the text that was found, and the lines of this that seem to be in none."""
    wanted = _Wanted(found)
    taken = [wanted.has(text, is_cell=is_cell) for text, is_cell in zip(texts, cells, strict=True)]
    known = {"", *texts}
    known.update(line for line in wanted.lines if line[0] == "|" and known.issuperset(map(str.strip, line.split("|"))))
    if known.issuperset(wanted.lines):
        return taken, []
    page, lost, reached = _Page(texts), [], 0
    for line, end in zip(wanted.lines, page.ahead(wanted.lines), strict=True):
        if line in known:
            reached = page.behind(line, reached)
        elif letters := _letters(line):
            numbers, reached = page.locate(line, letters, reached, end)
            for number in numbers:
                taken[number] = bool(texts[number])
            if not numbers:
                lost.append(line)
    return taken, lost


def lacking(lines: Sequence[str], texts: Iterable[str]) -> int:
    """How many lines are in none of the texts; of code many are in the midst of one."""
    held = _letters("".join(texts)) if lines else ""
    return sum(_letters(line) not in held for line in lines)


def _letters(text: str) -> str:
    """The letters and figures of a text, without what shows no more than how it is set."""
    return _OTHER.sub("", text if text.isascii() else normalize("NFC", text))


class _Wanted:
    """What was found, to be asked of paragraphs."""

    def __init__(self, found: str) -> None:
        self.lines = list(filter(None, (" ".join(line.lstrip("-*# ").split()) for line in found.split("\n"))))
        self._whole = set(self.lines)
        self._all = "\n".join(self.lines)
        self._cells = {cell.strip() for line in self.lines if "|" in line for cell in line.split("|")}
        self._begin = {line[:_BEGINNING] for line in self.lines if len(line) >= _BEGINNING}

    def has(self, text: str, *, is_cell: bool = False) -> bool:
        """Whether a paragraph is in it; of a long one the beginning or a part suffices, for links may be left out."""
        if not text:
            return False
        if is_cell and text in self._cells:
            return True
        if text in self._whole or (len(text) >= _BEGINNING and text[:_BEGINNING] in self._begin):
            return True
        return len(text) > _BEGINNING // 2 and text in self._all


class _Page:
    """The letters of all paragraphs on end."""

    def __init__(self, texts: Sequence[str]) -> None:
        letters = [_letters(text) for text in texts]
        self._texts, self._work = texts, 0
        self._all = "".join(letters)
        self._edges = list(accumulate(map(len, letters), initial=0))
        counts = Counter(texts)
        self._numbers = {text: n for n, text in enumerate(texts) if len(text) >= _LONG and counts[text] == 1}

    def behind(self, line: str, reached: int) -> int:
        """Where the only paragraph that is this line ends, if it is not too short to tell."""
        number = self._numbers.get(line, -1)
        return self._edges[number + 1] if number >= 0 else reached

    def ahead(self, lines: Sequence[str]) -> list[int]:
        """For each line where the next paragraph begins that is a line, so that what is before it ends there."""
        found, end = [], len(self._all)
        for line in reversed(lines):
            found.append(end)
            number = self._numbers.get(line, -1)
            end = self._edges[number] if number >= 0 else end
        return found[::-1]

    def locate(self, line: str, letters: str, start: int, end: int) -> tuple[Iterable[int], int]:
        """The numbers of the paragraphs that hold a line, most likely from `start` to `end`; and where it ends."""
        self._work += len(self._all)
        if self._work > _WORK:
            return (), start
        if start > end:  # the article is told in another order than the page's
            start, end = 0, len(self._all)
        at = self._find(letters, start, end)
        if at >= 0:
            numbers = self._between(at, at + len(letters))
            return numbers, at + len(letters) if start <= at < end else start
        if len(letters) >= _LONG:
            first, last = (self._find(part, start, end) for part in (letters[:_LONG], letters[-_LONG:]))
            if 0 <= first <= last <= first + 2 * len(letters):
                return self._between(first, last + _LONG), start
            if first >= 0 or last >= 0:
                at = first if first >= 0 else last
                return self._between(at, at + _LONG), start
        return self._alike(line, start, end), start

    def _find(self, letters: str, start: int, end: int) -> int:
        """Where letters stand; few of them only count at an edge, and many may stand beyond the bounds."""
        at = self._all.find(letters, start, end)
        if len(letters) >= _LONG:
            at = at if at >= 0 else self._all.find(letters, start)
            return at if at >= 0 else self._all.find(letters)
        for _ in range(_TRIES):
            if at < 0 or at == start or self._is_edge(at) or self._is_edge(at + len(letters)):
                return at
            at = self._all.find(letters, at + 1, end)
        return -1

    def _is_edge(self, at: int) -> bool:
        return self._edges[bisect_left(self._edges, at)] == at

    def _between(self, start: int, end: int) -> range:
        return range(bisect_right(self._edges, start) - 1, bisect_left(self._edges, end))

    def _alike(self, line: str, start: int, end: int) -> list[int]:
        """The number of the paragraph that has most words in common with a line, if these are enough."""
        words, best, most = set(line.split()), [], _ALIKE
        for number in self._between(start, end)[:_NEAR]:
            others = set(self._texts[number].split())
            share = 2 * len(words & others) / (len(words) + len(others))
            if share >= most:
                best, most = [number], share
        return best
