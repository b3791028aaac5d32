"""Texts to words and marks, as the language page's paragraphs on characters and tokens say."""

import re
import sys
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.text import lex as lexer
from factcheck.text import tape
from factcheck.text.columns import few
from factcheck.text.fold import fold, plain
from factcheck.text.lex import lex
from factcheck.text.word import has_stop, is_abbreviation, word_pattern

TEXTS = st.text(alphabet=st.sampled_from("aBé.,:'’-‐–\u0301_15 \n\r\t\u200b\ufeff\"“”(İΣ?!"), max_size=60) | st.text(
    max_size=60
)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("", []),
        ("They left.", ["They", "left", "."]),
        ("may-be, state-of-the-art", ["may-be", ",", "state-of-the-art"]),
        ("isn’t O’Hara‐Lee’s boys’", ["isn't", "O'Hara-Lee's", "boys", "'"]),
        ("- -a a- 'a' a--b", ["-", "-", "a", "a", "-", "'", "a", "'", "a", "-", "-", "b"]),
        ("3-1 3–1 5:30 1,000.50 a:b a,b", ["3-1", "3–1", "5:30", "1,000.50", "a", ":", "b", "a", ",", "b"]),
        ("Paris–Rome, 5.", ["Paris", "–", "Rome", ",", "5", "."]),
        ("the U.S. and the U.S", ["the", "U.S.", "and", "the", "U.S"]),
        ("at 5 a.m., U.S.-led", ["at", "5", "a.m.", ",", "U.S.", "-", "led"]),
        ("U.Sam j.k.rowling", ["U.", "Sam", "j.k.", "rowling"]),
        ("Mr. Abara and mr. Abara", ["Mr.", "Abara", "and", "mr", ".", "Abara"]),
        ("ex-Gov. Abara", ["ex-Gov.", "Abara"]),
        ("on Jan. 5, a jan. 5", ["on", "Jan.", "5", ",", "a", "jan", ".", "5"]),
        ("No. 5, no. Five", ["No.", "5", ",", "no", ".", "Five"]),
        ("Bryan E. Leib", ["Bryan", "E.", "Leib"]),
        ("Ada I. Okoro and I. She", ["Ada", "I.", "Okoro", "and", "I", ".", "She"]),
        ("caf\u0065\u0301 \u0301a", ["caf\u0065\u0301", "\u0301", "a"]),
        ("snake_case _ $5%", ["snake_case", "_", "$", "5", "%"]),
        ("a\u200bb\ufeffc\u00a0d", ["a", "b", "c", "d"]),
        ("Well... no", ["Well", ".", ".", ".", "no"]),
    ],
)
def test_cuts(text: str, forms: list[str]) -> None:
    """Words are joined inside, marks stand alone, and known stops stay with their words."""
    assert list(lex(text).form) == forms


@pytest.mark.parametrize(
    ("text", "paragraphs", "lines"),
    [
        ("a b", [0, 0], [0, 0]),
        ("a\nb", [0, 0], [0, 1]),
        ("a\r\nb", [0, 0], [0, 1]),
        ("a\r\rb\n\r\nc", [0, 1, 2], [0, 2, 4]),
        ("a\n \t\u200b\nb", [0, 1], [0, 2]),
        ("\n\na\n\n\n\nb", [0, 1], [2, 6]),
    ],
)
def test_lines_and_paragraphs(text: str, paragraphs: list[int], lines: list[int]) -> None:
    """All three line breaks count; two of them with nothing but blanks between part two paragraphs."""
    tokens = lex(text)
    assert tokens.paragraph.tolist() == paragraphs
    assert tokens.line.tolist() == lines


@given(TEXTS)
def test_tokens_cover_the_text(text: str) -> None:
    """Tokens are in order, never overlap, and leave out white space alone."""
    tokens = lex(text)
    covered = np.zeros(len(text), np.int32)
    for start, end, form, low in zip(tokens.start, tokens.end, tokens.form, tokens.fold, strict=True):
        assert start < end
        assert form == plain(text[start:end])
        assert low == fold(text[start:end])
        covered[start:end] += 1
    assert np.all(tokens.start[1:] >= tokens.end[:-1])
    for character, count in zip(text, covered, strict=True):
        assert count == (not (character.isspace() or character in "\u200b\ufeff"))


@given(TEXTS)
@example("ʼ aʼb ʼʼa")
def test_marks_are_single_characters(text: str) -> None:
    """A mark is one character, and no word begins with what is no letter, digit or low line."""
    tokens = lex(text)
    for word, form in zip(tokens.word, tokens.form, strict=True):
        assert word or len(form) == 1
        assert bool(word) == (form[0].isalnum() or form[0] == "_")


def test_patterns_cut_as_the_lexer_does() -> None:
    """The pattern of a word, on a text as it is written, finds the words that the lexer finds."""
    text = "Oʼhara‐Lee’s caf\u0065\u0301 ʼtis U.S. aʼ"
    found = [plain(match.group()) for match in re.finditer(word_pattern(text), text)]
    tokens = lex(text)
    assert found == [form for form, word in zip(tokens.form, tokens.word, strict=True) if word]


@given(TEXTS, TEXTS)
def test_paragraphs_are_cut_alone(before: str, after: str) -> None:
    """What stands before a blank line changes nothing of the tokens after it, as far as they are no initials."""
    whole = [form for form in lex(f"{before} x\n\n{after}").form if not form.endswith((".", "I"))]
    alone = [form for text in (f"{before} x", after) for form in lex(text).form if not form.endswith((".", "I"))]
    assert whole == alone


@given(TEXTS)
def test_windows_change_nothing(text: str) -> None:
    """A long text is cut into the tokens that a short one with the same words has, wherever its windows end."""
    whole = lex(f"{text} and so on {text}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tape, "WINDOW", 3)
        patch.setattr(tape, "_NEAR", 2)
        pieces = lex(f"{text} and so on {text}")
    for name in ("start", "end", "word", "lead", "tail", "paragraph", "line", "opens", "at", "length", "number"):
        assert np.array_equal(getattr(pieces, name), getattr(whole, name))


@given(TEXTS)
@example("a" + 30 * " " + "b" + 20 * " \n" + "c.  \r\n\r\n " + 12 * "\n" + "d  ")
def test_blanks_after_tokens(text: str) -> None:
    """However many blanks stand after a token, it ends where its last character does."""
    tokens = lex(text)
    for start, end in zip(tokens.start.tolist(), tokens.end.tolist(), strict=True):
        assert not text[end - 1].isspace()
        assert not text[start].isspace()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexer, "_BLANKS", 1)
        again = lex(text)
    for name in ("start", "end", "word", "tail", "gap"):
        assert np.array_equal(getattr(again, name), getattr(tokens, name))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5 12 999", [True, True, True]),
        ("1,000 3rd x 5e\u0301", [False, False, False, False]),
        ("\u0661\u0662 ² 12345 1234567890x", [True, False, True, False]),
    ],
)
def test_decimals(words: str, expected: list[bool]) -> None:
    """Words of digits alone are those that Python calls decimal, of any length and script."""
    tokens = lex(words)
    assert tokens.is_decimal(np.arange(len(tokens))).tolist() == expected == [w.isdecimal() for w in words.split()]


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 2))
def test_few(flags: list[bool], shift: int) -> None:
    """The rows of few flags are found as those of many."""
    found = np.zeros(9_000 + len(flags), np.bool_)
    found[5_000 - shift : 5_000 - shift + len(flags)] = flags
    found[len(found) - len(flags) :] = flags
    assert np.array_equal(few(found), np.flatnonzero(found))
    assert np.array_equal(few(found[shift:]), np.flatnonzero(found[shift:]))


def test_windows_end_between_words() -> None:
    """They are as long as asked for, but never part a word, and go on where there is no place to end."""
    blank = np.full(tape.PAD, tape.SPACE, np.uint8)
    words = np.concatenate((blank, tape.tape("so it is " * tape.WINDOW)[0], blank))
    edges = tape.windows(words)
    assert all(tape.WINDOW <= size <= tape.WINDOW + 9 for size in np.diff(edges[:-1]))
    assert all(words[edge] == tape.SPACE for edge in edges[1:-1])
    endless, _ = tape.tape("X" * (4 * tape.WINDOW))
    assert tape.windows(endless) == [tape.PAD, len(endless) - tape.PAD]


def test_fold_is_one_to_one() -> None:
    """Every code point folds to one code point, whatever stands around it."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        assert len(fold(character)) == 1
    assert fold("ΟΔΟΣ İ’ʼ‐‑–") == "οδοσ i''--–"


@given(TEXTS)
def test_fold_has_no_context(text: str) -> None:
    """A text folds as its characters do, and a folded text stays as it is."""
    assert fold(text) == "".join(map(fold, text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("word", ["Mr", "mr", "NO", "inc", "Jan", "ex-Gov"])
def test_abbreviations_in_any_case(word: str) -> None:
    """A rule may write an abbreviation in any case."""
    assert is_abbreviation(word)


@pytest.mark.parametrize(
    ("word", "before", "after", "expected"),
    [
        ("Inc", "Acme", "W", True),
        ("inc", "", "", True),
        ("dr", "", "N", False),
        ("p", "", "1", True),
        ("p", "", "N", False),
        ("W", "George", "B", True),
        ("I", "and", "D", False),
        ("I", "Albert", "J", True),
        ("I", "Albert", "", False),
        ("left", "They", "T", False),
    ],
)
def test_stops(word: str, before: str, after: str, expected: bool) -> None:  # noqa: FBT001 - a case's outcome
    """A stop belongs to its word by what the word is, how it is written and what stands beside it."""
    assert has_stop(word, before, after) is expected


@pytest.mark.parametrize(
    "text", ["a." * 50_000 + "ab", "a-" * 100_000, "1," * 100_000, "Mr." + " " * 200_000, "x\u0301" * 100_000]
)
def test_time_is_linear(text: str) -> None:
    """No text makes the lexer look back far."""
    begin = time.perf_counter()
    lex(text)
    assert time.perf_counter() - begin < 3
