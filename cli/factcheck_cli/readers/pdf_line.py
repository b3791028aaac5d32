"""A line of a PDF's page: its text, where it stands, and how large its letters are."""

from collections.abc import Sequence


class Line:
    """A line; distances are in points, heights counted from the foot of the page."""

    __slots__ = ("bottom", "left", "right", "size", "text", "top")

    def __init__(self, text: str, box: Sequence[float]) -> None:
        self.text = text
        self.left, self.top, self.right, self.bottom = box
        self.size = self.top - self.bottom
