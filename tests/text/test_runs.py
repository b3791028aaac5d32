"""Names, shapes and classes of words."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.english import tables
from factcheck.text.article import read
from factcheck.text.ending import is_adverb, is_participle
from factcheck.text.runs import Runs, leftmost

TEXTS = st.lists(
    st.sampled_from(
        [
            " Ada",
            " of",
            " the",
            " and",
            " &",
            " Inc.",
            "'s",
            "'",
            " The",
            " officials",
            ".",
            ", ",
            " May",
            " 3",
            " 2024",
            " $",
            "5%",
            " five",
            " hundred",
            "/03/",
            " euros",
        ]
    ),
    max_size=40,
).map("".join)


def spans(text: str, runs: Runs) -> list[str]:
    """Return the runs of `text` as strings."""
    tokens = read(text).tokens
    return [text[tokens.start[a] : tokens.end[b - 1]] for a, b in zip(runs.first, runs.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Bryan E. Leib left", ["Bryan E. Leib"]),
        ("At the Department of Justice and the House", ["Department of Justice and the House"]),
        ("We met Acme & Co. of the north", ["Acme & Co."]),
        ("We met Ludwig van der Rohe and Bashar al-Assad", ["Ludwig van der Rohe and Bashar al-Assad"]),
        ("On Monday Ada left, in March Bryan did", ["Ada", "Bryan"]),
        ("The officials left Ada", ["Ada"]),
        ("Officials left. Scientists did. “Police did.” He said: Nobody did", []),
        ("Reporters met Officials", ["Officials"]),
        ("He and I met US officials; WHO staff said so", ["US", "WHO staff"[:3]]),
        ("I'm here, It's late and I've left", []),
        ("When Ada's brother left, the Okoros' house burnt", ["Ada's", "Okoros'"]),
        ("They called it ‘the Okoros’ and left", ["Okoros"]),
        ("Ada's Bryan left", ["Ada's", "Bryan"]),
        ("Well-known O'Hara met Anglo-Dutch firms", ["O'Hara", "Anglo-Dutch"]),
        ("MAYOR OKORO LEAVES", []),
        ("Then the U.S. Treasury paid J. K. Okoro", ["U.S. Treasury", "J. K. Okoro"]),
        ("Then Ada. Bryan left", ["Ada", "Bryan"]),
        ("But Reportedly Ada left, and so did Voss Allegedly", ["Ada", "Voss"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    """Names are maximal runs of capitalised words, and what is capitalised for another reason is none."""
    assert spans(text, read(text).names) == names


def test_possessives() -> None:
    """A run tells whether it is a possessive, by its s or by the apostrophe after one."""
    assert read("Then Ada's, Bryan, Reuters' and Acme left").names.possessive.tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("shape", "text", "found"),
    [
        ("number", "3 of 1,000 and 3.5, 3–1 and half", ["3", "1,000", "3.5"]),
        (
            "number",
            "five, twenty-one, 5 million, Two hundred and six thousand",
            ["five", "twenty-one", "5 million", "Two hundred and six thousand"],
        ),
        ("number", "3rd, 5m and a million", []),
        (
            "money",
            "$300 million, £3.5m, €2bn, US$5, EUR 20, $5-10",
            ["$300 million", "£3.5m", "€2bn", "US$5", "EUR 20", "$5-10"],
        ),
        (
            "money",
            "300 dollars, 20 euros, five million US dollars, 5 men, $ and pounds",
            ["300 dollars", "20 euros", "five million US dollars"],
        ),
        (
            "percent",
            "5%, 5 per cent, five percent, 3 percentage points, 5-10%",
            ["5%", "5 per cent", "five percent", "3 percentage points", "5-10%"],
        ),
        ("percent", "5 per head, percent, 3 points", []),
        ("year", "999, 1000, 1990s, 2099, 2100, 20,24", ["1000", "1990s", "2099"]),
        ("date", "3 May 2024, May 3, May 3, 2024; 3rd May", ["3 May 2024", "May 3", "May 3, 2024", "3rd May"]),
        (
            "date",
            "2024-05-03, 03/05/2024, May 2024, Sept. 11, 2001",
            ["2024-05-03", "03/05/2024", "May 2024", "Sept. 11, 2001"],
        ),
        ("date", "3 APRİL and İ 3 May", ["3 APRİL", "3 May"]),
        ("date", "may 3, 32 May, 2024-13-03, 1/2 and May", []),
    ],
)
def test_shapes(shape: str, text: str, found: list[str]) -> None:
    """Shapes are read off the tokens alone, the longest from the left."""
    text = f"so {text}"
    assert spans(text, read(text).shapes[shape]) == found


@given(TEXTS)
def test_runs_are_apart(text: str) -> None:
    """Runs of one kind are in order, never overlap and never cross a sentence's edge."""
    article = read(text)
    edges = article.sentences.first
    assert list(article.shapes) == ["number", "money", "percent", "year", "date"]
    for found in (article.names, *article.shapes.values()):
        assert np.all(found.first < found.end)
        assert np.all(found.first[1:] >= found.end[:-1])
        sentence = np.searchsorted(edges, found.first, side="right")
        assert np.array_equal(sentence, np.searchsorted(edges, found.end - 1, side="right"))
        assert len(found.possessive) == len(found)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), max_size=20))
def test_leftmost(steps: list[tuple[int, int]]) -> None:
    """Of runs that overlap the one that begins first is kept."""
    first = np.cumsum([step for step, _ in steps], dtype=np.intp)
    end = first + np.array([size for _, size in steps], np.intp)
    kept: list[tuple[int, int]] = []
    for run in zip(first.tolist(), end.tolist(), strict=True):
        if not kept or run[0] >= kept[-1][1]:
            kept.append(run)
    found = leftmost(first, end)
    assert list(zip(found.first.tolist(), found.end.tolist(), strict=True)) == kept


@given(TEXTS)
def test_names_begin_and_end_with_names(text: str) -> None:
    """Connectors stand inside a name only, days of the week in none, a month only behind a given name."""
    article = read(text)
    for first, end in zip(article.names.first, article.names.end, strict=True):
        forms = [form for form in article.tokens.form[first:end] if form != "'"]
        assert forms[0][0].isupper()
        assert forms[-1][0].isupper()
        assert not {form.lower() for form in forms} & tables.WEEKDAYS
        low = [form.lower().removesuffix("'s") for form in forms]
        assert low[0] not in tables.MONTHS
        assert all(word in tables.MONTH_NAMES for word in low[1:] if word in tables.MONTHS)


@pytest.mark.parametrize("word", ["quickly", "allegedly", "only"])
def test_adverbs(word: str) -> None:
    """Words in -ly are adverbs."""
    assert is_adverb(word)


@pytest.mark.parametrize("word", ["family", "reply", "likely", "fly", "well", "ly"])
def test_no_adverbs(word: str) -> None:
    """Unless a table says otherwise."""
    assert not is_adverb(word)


@pytest.mark.parametrize(
    "word", ["linked", "given", "taken", "saying", "made", "said", "held", "done", "used", "being"]
)
def test_participles(word: str) -> None:
    """Words in -ed, -en and -ing are participles, and so are the irregular ones."""
    assert is_participle(word)


@pytest.mark.parametrize(
    "word", ["when", "then", "women", "nineteen", "children", "thing", "morning", "need", "king", "red"]
)
def test_no_participles(word: str) -> None:
    """Unless they are short or a table says otherwise."""
    assert not is_participle(word)


def test_tables_hold_folded_words() -> None:
    """Every list is in lower case and plain, and the common words stand in order, each once."""
    assert sorted(tables.common()) == sorted(word.lower() for word in tables.common())
    assert {"the", "officials", "police", "scientists"} <= tables.common()
    assert not tables.common() & (tables.MONTHS | tables.WEEKDAYS)


@pytest.mark.parametrize("piece", ["A of ", "A ", "five hundred ", "$", "5 May ", "US", "1/", "of & ", "al-"])
def test_time_is_linear(piece: str) -> None:
    """No text makes the search for runs look back or ahead far."""
    begin = time.perf_counter()
    read(piece * (40_000 // len(piece)))
    assert time.perf_counter() - begin < 3
