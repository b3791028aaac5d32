"""Starts and asides."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.article import Article, read

TEXTS = st.lists(
    st.sampled_from(
        [
            "(",
            ")",
            "[",
            "]",
            " — ",
            " - ",
            "–",
            "--",
            ", who",
            ", which",
            ",",
            "“",
            "”",
            ":",
            ".",
            " Ada",
            " left",
            "\n\n",
        ]
    ),
    max_size=40,
).map("".join)


def flagged(article: Article, column: str) -> list[str]:
    """Return the maximal runs of flagged tokens as strings."""
    flags = np.concatenate([[False], getattr(article, column), [False]])
    edges = np.flatnonzero(np.diff(flags)).reshape(-1, 2)
    tokens = article.tokens
    return [tokens.text[tokens.start[a] : tokens.end[b - 1]] for a, b in edges.tolist()]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("The mayor left. Nobody cared", ["The", "Nobody"]),
        ("— the mayor left", ["— the"]),
        ("He said: “We left” (As ever) [so it is]", ["He", "We", "As", "so"]),
        ("He said “we ‘left’” at 5:30", ["He", "we", "left"]),
        ("The officials' claims", ["The"]),
        ("2. The bridge opened", ["2", "The"]),
        ("LAGOS (Wire) — The mayor left", ["LAGOS", "Wire", "The"]),
        ("LAGOS — the city — grew", ["LAGOS"]),
        ("", []),
    ],
)
def test_starts(text: str, starts: list[str]) -> None:
    """A sentence starts at its first word, and after what opens something."""
    assert flagged(read(text), "starts") == starts


@pytest.mark.parametrize(
    "text",
    [
        "The bridge <(a long one)> opened.",
        "The <[long {and wide}]> bridge opened).",
        "The bridge <— a long one —> opened — late.",
        "The bridge <– a long one –> opened.",
        "The bridge <- a long one -> opened.",
        "The bridge <-- a long one --> opened.",
        "The bridge<—a long one—>opened.",
        "The Paris–Rome and Rome–Paris trains left-hand side-.",
        "LAGOS <(Wire)> - The mayor <- an old man -> left.",
        "The mayor<, who left>, came back.",
        "The mayor<, who left.>",
        "The mayor<, who (well, really) left>, came<, which was late.>",
        "The mayor, and who else, left where he was.",
        "“The mayor<, who left>,” he said.",
        "“The mayor<, who left>” he said.",
        "The mayor <(Okoro, who left)> came, too.",
        "A dash — here. And another — there.",
        "He said — “that is — it” and — left.",
    ],
)
def test_asides(text: str) -> None:
    """Angle brackets stand around each aside."""
    parts = text.replace(">", "<").split("<")
    assert flagged(read("".join(parts)), "asides") == [part.strip() for part in parts[1::2]]


@given(TEXTS)
def test_places_are_sentence_by_sentence(text: str) -> None:
    """Each sentence's first token is a start, and no sentence changes what stands in another paragraph."""
    article = read(text)
    assert np.all(article.starts[article.sentences.first])
    more = read(f"{text}\n\nAda left")
    size = len(article.tokens)
    assert np.array_equal(more.asides[:size], article.asides)
    assert not more.asides[size:].any()


@pytest.mark.parametrize("piece", ["(", ")", "()", ", who ", " - a", "—", "--", "a: ", "(, who "])
def test_time_is_linear(piece: str) -> None:
    """No text makes the search for asides look back or ahead far, however deep they nest."""
    text = piece * (40_000 // len(piece))
    begin = time.perf_counter()
    read(text)
    read("(" * 20_000 + ")" * 20_000)
    assert time.perf_counter() - begin < 6
