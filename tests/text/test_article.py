"""The stages together."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.article import read, read_all
from factcheck.text.segment import Mode

NEWS = """Early opening of a bridge

LAGOS, May 3 (Wire) - The bridge, which cost $300 million, opened on Monday. “It is done,” said Ada Okoro's aide.

“We built it.

“It will last,” he said.
"""


def test_an_article_is_read() -> None:
    """All columns are over the same tokens."""
    article = read(NEWS)
    tokens = article.tokens
    assert article.sentences.heading.tolist() == [True, False, False, False, False]
    assert article.sentences.paragraph.tolist() == [0, 1, 1, 2, 3]
    assert len(article.quotations) == 2
    assert [" ".join(tokens.form[a:b]) for a, b in zip(article.names.first, article.names.end, strict=True)] == [
        "LAGOS",
        "Wire",
        "Ada Okoro's",
    ]
    assert {name: len(runs) for name, runs in article.shapes.items()} == {
        "number": 2,
        "money": 1,
        "percent": 0,
        "year": 0,
        "date": 1,
    }
    assert " ".join(form for form, aside in zip(tokens.form, article.asides, strict=True) if aside) == (
        "( Wire ) , which cost $ 300 million"
    )


@pytest.mark.parametrize("mode", ["auto", "lines"])
@given(text=st.text(max_size=80))
def test_any_text_is_read(text: str, mode: str) -> None:
    """No text fails, and every column is as long as it should be."""
    article = read(text, "lines" if mode == "lines" else "auto")
    size = len(article.tokens)
    for flags in (article.starts, article.asides, article.quotations.mark, article.quotations.opening):
        assert flags.dtype == np.bool_
        assert len(flags) == size
    for column in (article.tokens.start, article.sentences.first, article.quotations.inside, article.names.first):
        assert column.dtype == np.int32


@pytest.mark.parametrize("piece", ["a\n\n", "Mr. ", "“We left.” ", "- a\n", "1. A "])
def test_time_is_linear(piece: str) -> None:
    """Twice the text takes about twice the time."""

    def seconds(size: int) -> float:
        begin = time.perf_counter()
        read(piece * (size // len(piece)))
        return time.perf_counter() - begin

    seconds(1_000)
    assert seconds(100_000) < 8 * max(seconds(25_000), 0.05)


pieces = st.lists(
    st.sampled_from(
        (
            *(
                "Mr.",
                "I",
                "U.S.",
                "No.",
                "5",
                "a",
                "The",
                "asked",
                "Ruth Abara",
                "a.m.",
                "2.",
                "•",
                "$5 million",
                "who",
            ),
            *(" ", " ", ". ", "? ", ".” ", "“", "”", '"', "\n", "\n\n", ", ", "—", " - ", "(", ")", "’", "'", ": "),
        )
    ),
    max_size=15,
).map("".join)


@given(st.lists(pieces, min_size=1, max_size=5), st.sampled_from(["auto", "lines"]))
def test_several_texts_are_read_as_each_alone(texts: list[str], mode: Mode) -> None:
    """Nothing of a text reaches over into the next one."""
    together = read_all(texts, mode)
    offsets = together.tokens.documents.tolist()
    first = 0
    for number, text in enumerate(texts):
        alone = read(text, mode)
        rows = slice(first, first + len(alone.tokens))
        own = together.sentences.document == number
        assert together.tokens.form[rows] == alone.tokens.form
        assert (together.tokens.start[rows] - offsets[number]).tolist() == alone.tokens.start.tolist()
        assert (together.sentences.first[own] - first).tolist() == alone.sentences.first.tolist()
        assert together.sentences.heading[own].tolist() == alone.sentences.heading.tolist()
        assert together.starts[rows].tolist() == alone.starts.tolist()
        assert together.asides[rows].tolist() == alone.asides.tolist()
        assert together.quotations.mark[rows].tolist() == alone.quotations.mark.tolist()
        first = rows.stop
    assert first == len(together.tokens)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mayor may go\nBy Ada Quill\nThe mayor left.", ["Mayor may go", "By Ada Quill", "The mayor left."]),
        ("BY ADA QUILL, EDITOR\nThe mayor left.", ["BY ADA QUILL, EDITOR", "The mayor left."]),
        ("By Ada Quill and Tom Rowe\nIt rose.", ["By Ada Quill and Tom Rowe", "It rose."]),
        ("The mill shut\nBy Monday\nAbara left.", ["The mill shut\nBy Monday\nAbara left."]),
        ("The mill was sold\nBy Ada Quill.", ["The mill was sold\nBy Ada Quill."]),
        ("The mill was sold\nby Ada Quill", ["The mill was sold\nby Ada Quill"]),
    ],
)
def test_bylines(text: str, sentences: list[str]) -> None:
    """A line that only says who wrote is a paragraph of its own, and a short line before it a heading."""
    found = read(text).sentences
    assert [text[a:b] for a, b in zip(found.start, found.stop, strict=True)] == sentences
    assert found.heading[0] == (len(sentences) > 1)
