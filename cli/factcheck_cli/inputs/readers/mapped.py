"""Text that was written in the source in another way: decoded, each piece of it with where it stands there."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

Piece = tuple[str, int, int]
"""Characters, where in the source they stand, and, where others stand for them, how many these are."""


class Mapped:
    """The pieces put together."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece[0]]
        self._edges = [0]
        for text, _, _ in self._pieces:
            self._edges.append(self._edges[-1] + len(text))
        self.text = "".join(text for text, _, _ in self._pieces)

    def cut(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a span of the text."""
        number = max(bisect_right(self._edges, start) - 1, 0)
        while number < len(self._pieces) and self._edges[number] < end:
            text, at, size = self._pieces[number]
            edge = self._edges[number]
            a, b = max(start - edge, 0), min(end - edge, len(text))
            if a < b:
                yield (text[a:b], at if size or at < 0 else at + a, size)
            number += 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source a span stands, and how many characters it takes."""
        cut = list(self.cut(start, end))
        if not cut:
            return -1, 0
        text, at, size = cut[-1]
        return cut[0][1], max(at + (size or len(text)) - cut[0][1], 1)

    def moved(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Pieces whose places are in this text, with their places in its source."""
        for text, at, size in pieces:
            if size:
                yield (text, *self.span(at, at + size))
            else:
                yield from self.cut(at, at + len(text))
