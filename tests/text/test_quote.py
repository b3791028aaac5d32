"""Tokens to quotations."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.lex import Tokens, lex
from factcheck.text.marks import QUOTATION_MARKS
from factcheck.text.quote import Quotations, quote
from factcheck.text.segment import Mode, segment

PIECES = st.sampled_from(
    ['"', "'", "“", "”", "‘", "’", "«", "»", "„", "''", " ", "we left", "officials", ",", ".", "\n\n", "(", "—"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def quoted(text: str, mode: Mode = "auto") -> list[str]:
    """Return the quotations as strings."""
    tokens = lex(text)
    found = quote(tokens, segment(tokens, mode))
    return [text[tokens.start[a] : tokens.end[b - 1]] for a, b in zip(found.first, found.end, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "[“We left,”] he said. [“We had to.”]",
        '["We left,"] he said. ["We had to."]',
        "['We left,'] he said. ['We had to.']",
        "[''We left,''] he said. [‘‘We had to.’’]",
        "[«Nous partons»], dit-il. [»Wir gehen«], sagte er. [„Ja“], sagte sie.",
        "[「他走了」]",
        "[“He said ‘no’ to me,”] she said.",
        "[\"He said 'no' to me,\"] she said.",
        "[\"'We left,' he said,\"] she said.",
        "[‘We call it “home”’], they said.",
        'He called it ["a start"], (["not an end"]) and left.',
        'He said: [" we left "] and went.',
        "The board was 5' 10\" by 6'.",
        "The officials' claims and the boys' school.",
        "The officials’ claims and the boys’ school.",
        "['We left the boys' school,'] he said.",
        "The ['old officials'] left, the ['new'] ones' friends stayed.",
        "'Tis the season of the '90s; rock 'n' roll, 'cause we like 'em.",
        "’Twas the ’90s, and rock ’n’ roll.",
        "The ‘new plan failed.",
        "[“We left.]\n\nNobody else did.",
        "[“We left.\n\n“We had to,”] he said. [“It was late.”]",
        '["We left.\n\n"We had to,"] he said.',
        "[‘We left.\n\n‘We had to,’] he said.",
        "[“We left.]\n\n[‘We had to,’] he said.",
        "[”Vi gick”], sade han.",
        "[“We left. “We had to,”] he said.",
        "We left,” he said. [“We had to.”]",
        "[“]",
    ],
)
def test_pairs(text: str) -> None:
    """Square brackets stand around each quotation."""
    parts = text.replace("]", "[").split("[")
    assert quoted("".join(parts)) == parts[1::2]


def test_lines() -> None:
    """In a text of one sentence a line a quotation goes on over its lines, up to a line that opens another."""
    assert quoted("“We left.\nWe had to,” he said.\n\nNo.", "lines") == ["“We left.\nWe had to,”"]
    assert quoted("He said: “We left.\nWe had to.\n\nNo.", "lines") == ["“We left.\nWe had to."]


def test_marks() -> None:
    """Marks are flagged at every level, and so is one that closes what nothing opened; an apostrophe is none."""
    tokens, found = columns("It ended,” he said. “She said ‘no’ to the boys’ school,” he said.")
    marked = [tokens.text[tokens.start[row]] for row in np.flatnonzero(found.mark)]
    opening = [tokens.text[tokens.start[row]] for row in np.flatnonzero(found.opening)]
    assert marked == ["”", "“", "‘", "’", "”"]
    assert opening == ["“", "‘"]


def columns(text: str) -> tuple[Tokens, Quotations]:
    """Return the tokens and the quotations of `text`."""
    tokens = lex(text)
    return tokens, quote(tokens, segment(tokens))


@given(TEXTS)
def test_quotations_never_overlap(text: str) -> None:
    """Each token is in one outermost quotation at most, and the columns tell the same story."""
    tokens, found = columns(text)
    expected = np.full(len(tokens), -1)
    for number, (first, end) in enumerate(zip(found.first, found.end, strict=True)):
        assert 0 <= first < end <= len(tokens)
        assert np.all(expected[first:end] == -1)
        assert found.opening[first]
        expected[first:end] = number
    assert np.all(found.first[1:] >= found.end[:-1])
    assert np.array_equal(found.inside, expected)
    assert np.all(found.mark[found.opening])
    assert all(tokens.form[row] in QUOTATION_MARKS for row in np.flatnonzero(found.mark))


@given(TEXTS)
def test_unquoted_paragraphs_stay_outside(text: str) -> None:
    """A paragraph that opens with no mark is never swallowed by the quotation before it."""
    tokens, found = columns(f"{text}\n\nThe town was quiet")
    assert np.all(found.inside[-4:] == -1)
    assert len(tokens) >= 4


@pytest.mark.parametrize("piece", ['"', "“", "'", " 'a", "a' ", "''", '"a\n\n', "“‘\"'«", ' " ', "s' "])
def test_time_is_linear(piece: str) -> None:
    """No text makes the pairing look back or ahead far."""
    tokens = lex(piece * (40_000 // len(piece)))
    sentences = segment(tokens)
    begin = time.perf_counter()
    quote(tokens, sentences)
    assert time.perf_counter() - begin < 3
