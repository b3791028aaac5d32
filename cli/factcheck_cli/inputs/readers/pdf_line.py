"""A line of a PDF's page: its text, where it stands, and how large its letters are."""

from collections.abc import Callable, Sequence
from typing import Final

Box = tuple[float, ...]
"""Left, top, right, bottom: as PDFium's struct has them."""
Boxes = Callable[[int], Box]
"""Tells the box of a character by its number on the page."""
NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)


def around(begin: Box, end: Box) -> Box:
    """The box around a line by those of its first letter and its last."""
    if NOWHERE in {begin, end}:
        return end if begin == NOWHERE else begin
    (left, top, right, bottom), (left2, top2, right2, bottom2) = begin, end
    return min(left, left2), max(top, top2), max(right, right2), min(bottom, bottom2)


class Line:
    """A line; distances are in points, heights counted from the foot of the page."""

    __slots__ = ("bottom", "left", "right", "size", "text", "top")

    def __init__(self, text: str, box: Sequence[float]) -> None:
        self.text = text
        self.left, self.top, self.right, self.bottom = box
        self.size = self.top - self.bottom
