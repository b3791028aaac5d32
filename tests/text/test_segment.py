"""Tokens to sentences, headings and questions."""

import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.text.lex import lex
from factcheck.text.segment import Mode, Sentences, segment

PIECES = st.sampled_from(
    [
        "The mayor left",
        "U.S.",
        "Mr.",
        "Abara",
        "“",
        "”",
        '"',
        "'",
        "(",
        ")",
        ".",
        "?",
        "!",
        "…",
        " ",
        "\n",
        "\n\n",
        "•",
        "1.",
        "2)",
        "he",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


def cut(text: str, mode: Mode = "auto") -> list[str]:
    """Return the sentences as strings."""
    sentences = segment(lex(text), mode)
    return [text[a:b] for a, b in zip(sentences.start, sentences.stop, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened.| It cost too much.",
        "Is it open?| It is!| Nobody knew…| The mayor did.",
        "The vote is on Monday?!| She laughed.",
        "Mr. Okoro met Dr. Abara at St. Luke’s Church.| They talked.",
        "J. K. Okoro and Bryan E. Leib left.| Nobody else did.",
        "She works for the U.S. Treasury.| He lives in the U.S.| He likes it.",
        "He sued Acme Inc.| It paid.",
        "He sued Acme Inc. Chairman Okoro paid.",
        "They came at 5 a.m. and left.| They slept until 6 p.m.| The rest stayed.",
        "At 5 a.m. Mrs. Okoro woke.",
        "It is open until 5 p.m. Tuesday.| It shuts at 6 p.m. GMT on Friday.",
        "“Who did it?” Okoro shouted at reporters.| “Who did it?”| Okoro found out.",
        "It rose 3.5 per cent to 1,000.| In 2005 it fell.",
        "It grew by 5.| 10 people left.",
        "See no. 4, p. 12 and fig. 3 for more.| There is none.",
        "“We left.| We had to,” he said.",
        "“Really?” he asked.| “Really!” said Ruth Abara.| “Really?” Ruth Abara asked.",
        "“Who left?”| The mayor did.",
        "“We left.”| They stayed.",
        "'We left.'| They stayed.",
        "(They left.)| We stayed (as he said.) for long.",
        "They left… and came back.| They left...| Nobody cared.",
        "They . . . left.| We stayed . . . .| Nobody cared.",
        "She wrote to ruth.abara@example.org.| Nobody at www.example.org replied.",
        "The Yahoo! people left.",
        "The law [...] was changed.| It failed.",
        "They left.[12] |They came back. [3] [4]| We stayed.",
        "He gave us pens, ink, etc.| We wrote.",
        "1. Pens cost more.| 2. Ink costs less.| 3. Paper is free.",
        "1) Pens cost more| 2) Ink costs less",
        "a. pens| b. ink| c. paper",
        "• Pens cost more| • Ink costs less",
        "The pier is open. |✅ Officials left.| 😀😀 The mayor did.| → Nobody stayed.",
        "The pier is open! |👩\u200d💻👍🏽 🇬🇧 ❤️ The mayor left.",
        "The pier is open.😀| The mayor left. 😀",
        "The pier 😀 is open ✅ The mayor left.",
        "他走了。|她没有。|为什么\uff1f",
        "iPhones sell well.| eBay does not.",
        "First line\nof a sentence that goes on.| Next one.",
        "The members are:\n|- Ruth Abara\n|- Bryan Leib",
        "No stop here\n\n|“Nor there”\n\n|nor at the end",
    ],
)
def test_edges(text: str) -> None:
    """A bar stands where one sentence ends and the next begins."""
    assert cut(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Bridge opens early\n\nThe bridge opened.", [True, False]),
        ("Bridge opens early\nafter a year\n\nThe bridge opened.", [False, False]),
        ("Bridge opens early.\n\nThe bridge opened.", [False, False]),
        ("Who pays?\n\nThe town does.", [False, False]),
        ("The bridge,\n\nThe bridge opened.", [False, False]),
        ("“Bridge opens early”\n\nThe bridge opened.", [False, False]),
        ("2024\n\nThe bridge opened.", [False, False]),
        ("a b c d e f g h i j k l m n\n\nThe bridge opened.", [True, False]),
        ("a b c d e f g h i j k l m n o\n\nThe bridge opened.", [False, False]),
        ("Bridge opens early", [False]),
        ("Bridge ‘opens early’\n\nThe bridge opened\n\nIt did.", [True, True, False]),
    ],
)
def test_headings(text: str, heading: list[bool]) -> None:
    """A heading is a short line without a mark at its end, no quotation, and has something after it."""
    assert segment(lex(text)).heading.tolist() == heading
    assert not segment(lex(text), "lines").heading.any()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Who left?", True),
        ("“Who left?”", True),
        ("(Who left?)", True),
        ("Who left? 😀", True),
        ("Who left", False),
        ("“Who left?” he asked.", False),
    ],
)
def test_questions(text: str, question: bool) -> None:  # noqa: FBT001 - a case's outcome
    """A question's last mark, closing ones aside, asks."""
    assert segment(lex(text)).question.tolist() == [question]


def test_lines() -> None:
    """In mode lines each line is a sentence; a blank line or an opening mark starts a paragraph."""
    text = "One. Two.\nthree\n\n“Four.\nFive.”\n 'Tis six.\n\t\n"
    assert cut(text, "lines") == ["One. Two.", "three", "“Four.", "Five.”", "'Tis six."]
    assert segment(lex(text), "lines").paragraph.tolist() == [0, 0, 1, 1, 1]


def check(text: str, mode: Mode) -> Sentences:
    """Hold that the sentences partition the tokens and lie each in one paragraph."""
    tokens = lex(text)
    sentences = segment(tokens, mode)
    edges = [0, *sentences.end.tolist()] if len(tokens) else []
    assert sentences.first.tolist() == edges[:-1]
    assert (edges[-1] if edges else 0) == len(tokens)
    assert np.all(sentences.first < sentences.end)
    assert np.array_equal(sentences.start, tokens.start[sentences.first])
    assert np.array_equal(sentences.stop, tokens.end[sentences.end - 1])
    for first, end in zip(sentences.first, sentences.end, strict=True):
        assert np.ptp(tokens.paragraph[first:end]) == 0
    return sentences


@given(TEXTS)
def test_sentences_partition_the_tokens(text: str) -> None:
    """Every token is in one sentence, in either mode, and no sentence crosses a blank line."""
    check(text, "auto")
    sentences = check(text, "lines")
    assert len(sentences) == len(np.unique(lex(text).line))


@given(TEXTS, TEXTS)
@example(". — —", "")
def test_paragraphs_are_cut_alone(before: str, after: str) -> None:
    """A blank line ends whatever stands before it."""
    assert cut(f"{before}\n\nx {after}") == cut(before) + cut(f"x {after}")


@pytest.mark.parametrize(
    "text",
    ["." * 100_000, ". " * 50_000, "1. " * 50_000, "• " * 50_000, "a\n\n" * 50_000, "“" * 100_000, ".[1]" * 30_000],
)
def test_time_is_linear(text: str) -> None:
    """No text makes the segmenter look back or ahead far."""
    tokens = lex(text)
    begin = time.perf_counter()
    segment(tokens)
    assert time.perf_counter() - begin < 3
