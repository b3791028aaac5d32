"""The texts to measure on: made news, or a file of real ones."""

import json
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Final

from news import articles

SEED: Final = 1
BETWEEN: Final = "\n\n"
ARTICLE: Final = Path(__file__).parents[1] / "docs" / "examples" / "harbour.txt"
"""The shipped article."""


def corpus(path: Path | None, size: int) -> list[str]:
    """Texts of about `size` bytes."""
    return list(stream(path, size))


def stream(path: Path | None, size: int) -> Iterator[str]:
    """Texts of about `size` bytes: made ones, or those of the file at `path`, from its start again when it ends.

    A file whose name ends in .jsonl has a `text` a line; any other is one text.
    """
    return _taken(cycle(_texts(path)), size) if path else articles(SEED, size)


def bytes_of(texts: Sequence[str]) -> int:
    """How many bytes the texts take, as UTF-8."""
    return sum(len(text.encode()) for text in texts)


def _texts(path: Path) -> list[str]:
    content = path.read_text("utf-8")
    texts = [json.loads(line)["text"] for line in content.splitlines()] if path.suffix == ".jsonl" else [content]
    if not any(texts):
        raise ValueError(f"{path} holds no text")
    return texts


def _taken(texts: Iterator[str], size: int) -> Iterator[str]:
    while size > 0:
        text = next(texts)
        yield text
        size -= len(text.encode())
