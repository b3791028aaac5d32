"""Starts, asides and names, found by columns, are those that are read token by token.

`HYPOTHESIS_PROFILE=deep pytest tests/text/test_plain_places.py` tries 5,000 texts of each kind.
"""

import sys
import unicodedata
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import plain_name
import plain_place
from factcheck.text import part, start
from factcheck.text.aside import asides
from factcheck.text.lex import lex
from factcheck.text.name import names
from factcheck.text.quote import quote
from factcheck.text.segment import Mode, segment
from factcheck.text.start import starts
from hostile import KINDS, hostile
from news import articles

PLACES = (
    "(", ")", "[", "]", "{", "}", " — ", " - ", "–", " – ", "--", "---", "-", "‐", "‑", "—", ",", ", who", ", which",
    ";", ", Who", ", whose", " who", "“", "”", '"', "‘", "’", "'", "«", "»", ":", ".", "!", "?", "…", "。", "\n",
    "\n\n", "\r\n", " ", "LAGOS", "LAGOS, May 3 (Wire)", "ÅBO", " The", " Ada", " left", " 2.", " 1)", "²)", "\u0661.",
    "• ", "é", "e\u0301", "\u0301", "Ⓐ", "ǅ", "\U0001d400", "国", " U.S.", " a.m.",
)  # fmt: skip
NAMES = (
    " Ada", " Ruth", " Voss", " of", " oF", " Of", " the", " tHe", " and", " de", " dE", " della", " delLa", " van der",
    " &", " Inc.", "'s", "’s", "’S", "ʼs", "'", "’", "ʼ", " Reuters", " Ms", " The", " A", " Officials", " officials",
    " May", " may", " MAY", " June", " April", " Jan.", " Jan.'s", " Monday", " Monday's", "-May", " 3", " 3rd", " 24",
    " \u0661", " ²", " WHO", " Who", " who", " US", " Us", " I", " I.", " I'm", " I'M", " They've", " It's", " IT'S",
    " it’s", " Who's-who", " Yourselves", " Well-known", " Don't-know", " Nineteenth-century", " xx-The", " The-xx",
    " The'x-y", "-", " al-Assad", " Al-Assad", " al‑Assad", " el-sayed", " ash-Shams", " al-\u0301A", " a\u0301l-B",
    " al-\u0130", " \u0130", " \u0130T", " \u0130t's", " \u212a", " ǅa", " Ⅷ", " ﬁne", " Åbo", " ÅBO", " élan", " Éire",
    " Шаг", " МАЙ", " 字", "ª", " ß", " SS", "\u0301", " s\u0301", "'s\u0301", "s\u0301's", " O'Hara's", " o'Hara",
    " U.S.", " U.S.'s", " J.K.", " Mr.", "a.m.", ".", "?", ", ", ":", "“", "”", "(", ")", "\n\n", "\n",
)  # fmt: skip
CASED = "".join(
    char for char in map(chr, range(sys.maxunicode + 1)) if char.isupper() or unicodedata.category(char) in {"Lt", "Nl"}
)
"""Capital letters, and what looks like some but is none."""


def texts(*pieces: str, size: int) -> st.SearchStrategy[str]:
    """Texts of up to `size` of these pieces: of a few, which then often repeat, or of all."""
    few = st.lists(st.sampled_from(pieces), min_size=1, max_size=6)
    lengths = st.integers(0, size)

    def made(drawn: tuple[Sequence[str], int]) -> st.SearchStrategy[str]:
        some, length = drawn
        return st.lists(st.sampled_from(some), min_size=length, max_size=length).map("".join)

    return st.tuples(few | st.just(pieces), lengths).flatmap(made)


def check(text: str, mode: Mode = "auto") -> None:
    """All columns of `text` are equal, their types included."""
    tokens = lex(text)
    sentences = segment(tokens, mode)
    quotations = quote(tokens, sentences)
    begins = plain_place.starts(tokens, sentences, quotations)
    found, plain = names(tokens, sentences, quotations, begins), plain_name.names(tokens, sentences, quotations, begins)
    pairs = (
        (starts(tokens, sentences, quotations), begins),
        (asides(tokens, sentences, quotations), plain_place.asides(tokens, sentences, quotations)),
        *((getattr(found, column), getattr(plain, column)) for column in ("first", "end", "possessive")),
    )
    for mine, expected in pairs:
        assert mine.dtype == expected.dtype
        assert np.array_equal(mine, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We left (so it was. They came) then.",
        "We — a )) ( b — left.",
        "(We left). (We came) now. (We (went.))",
        "a (b, who c) d, who e “f, who g, h” i), who",
        "a, who “b,” c; d, which “e, who f,” g; h",
        "a, who b (c, d) “e, f”, g, who h), i, who",
        "Ada — “so — it — is” — left.",
        "“We left — so —\n\n“They, who",
        "a — b - c -- d --- e – f–g -h i- j",
        "LAGOS (a - b) - The --- mayor - left",
        "LAGOS a a a a a a a a - The mayor - left",
        "LAGOS a a a a a a a a a - The mayor - left",
        "A - The mayor. Abc - The mayor. ABC - the mayor. ABC - Ⓐ. ABC -",
        "1². The 1. The 1) The \u0661. The 12. 3. The",
        "1\n\n. The",
        "a: (b “c [: d",
    ],
)
def test_chosen_places(text: str) -> None:
    """Brackets, dashes and clauses that part in what one slip would change."""
    check(text)
    check(text, "lines")


@given(texts(*PLACES, size=60))
def test_places(text: str) -> None:
    """Brackets, dashes and clauses nest, cross and stay open in any way."""
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "so Ada May May's May June, Ada's May, Ada and May, by May, May 3",
        "by Ada May 3, Ada May \u0661, Ada May ²",
        "We met Ada May\n\n3 left",
        "so I'M here and I'm and US and Us and A\u0301 and I\u0301",
        "The-so-xx left. Well-known. So-xx They'd've and Who'd-who'd and xx-They've",
        "We met O'Haras Ada and O'Hara's Ada and Ada'S Ada and Adaʼs Ada",
        "called ‘the Okoros’ then",
        "called the Okoros' house, the Okoros ' house, the Okoro' house, Okoro's' too",
        "so Ada oF Ada, Ada of the Ada, Ada of, Ada & & Ada, Ada Of Ada, Ada dE lA Ada",
        "so It's\u0301 Who\u0301's They\u0301've s\u0301' S\u0301' Ms\u0301' Ada\u0301's Ada's\u0301 May\u0301",
        "so al-Assad's ash-Shams ash‑Shams al-assad a\u0301l-Assad al-\u0301Assad xl-Assad als-Assad el'Assad",
        "THE MAYOR. THE MAYOr. THE MAYOR ª. ШАГ. Шаг. THE ß. 3. - The US",
        "Jan. Jan.'s MAY Monday's May-Ada MONDAY Sept. 3",
    ],
)
def test_chosen_names(text: str) -> None:
    """Words that part in what one slip would change."""
    check(text)


@given(texts(*NAMES, size=40))
def test_names(text: str) -> None:
    """Words are written, joined and ended in any way."""
    check(text)


@given(texts(*PLACES, *NAMES, size=40), st.sampled_from(["auto", "lines"]))
def test_both(text: str, mode: Mode) -> None:
    """All of it together, in texts of one sentence a line as well."""
    check(text, mode)


@given(st.lists(st.sampled_from([" so ", " ", ", ", "'s ", "-", " Ada ", ". "]) | st.sampled_from(CASED), max_size=20))
def test_capitals(pieces: list[str]) -> None:
    """Every capital letter there is begins names."""
    check("".join(pieces))


@given(texts(*PLACES, *NAMES, size=40))
def test_many_at_once(text: str) -> None:
    """Nor is anything else where words are looked up together that few of are looked up one by one, and the like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part, "_FEW", 0)
        patch.setattr(start, "_NEAR", 1)
        check(text)


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """No text makes a difference."""
    check(text)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts(kind: str) -> None:
    """Nor does one that is made to be slow."""
    check(hostile(kind, 2_000))


@pytest.mark.parametrize("seed", range(3))
def test_news(seed: int) -> None:
    """Nor does news, article by article or many as one."""
    found = list(articles(seed, 60_000))
    for text in found:
        check(text)
    check("\n\n".join(found))
