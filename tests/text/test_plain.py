"""What is read off columns, held to what plain walks over the words find: on odd texts, and on made news."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import plain_lexer
import plain_quote
import plain_shape
from factcheck.text import quote as quoting
from factcheck.text.lex import lex
from factcheck.text.marks import QUOTATION_MARKS
from factcheck.text.quote import quote
from factcheck.text.segment import Mode, segment
from factcheck.text.shape import shapes
from news import articles

MODES: tuple[Mode, ...] = ("auto", "lines")
BETWEEN = (" ", " ", " ", "\n", "\n\n", ", ", ". ", "? ", "\u0301")
MARKS = (*sorted(QUOTATION_MARKS), "ʼ", *"()[]-‐–—…%$£/,.:;!?§")
WORDS = ("we left", "officials", "Texas", "in", "n", "s", "S", "tis", "'90s", "'tis", "İn", "x", "90", "5", "٣", "Who?")
NUMBERS = (
    *("1", "2", "3", "05", "21", "21st", "2ND", "3th", "31", "32", "99", "1990", "1990s", "2024-05-03", "2024-13-03"),
    *("1,000", "1,00", "1,000.5", "3.5m", "5bn", "5BN", "5t", "7trn", "5-10", "5–10%", "1-2-3", "٣", "1٣", "20٣٤"),
    *("five", "Twenty", "twenty-one", "one-two-three", "and", "hundred", "thousand", "Million", "bn", "dozen"),
    *("$", "£", "₹", "US$", "US", "U.S.", "a$", "C$", "HK", "EUR", "usd", "dollars", "euros", "cents"),
    *("%", "per", "cent", "per cent", "percent", "pct", "percentage", "point", "points"),
    *("May", "may", "MAY", "Sept.", "sept.", "Jan", "APRİL", "3 May", "May 3, 2024", "/", "3/5/24", "03/05/2024"),
)


def texts(*pieces: str) -> st.SearchStrategy[str]:
    """Texts of these pieces, of their letters, and of any letters."""
    letters = st.sampled_from(sorted(set("".join(pieces))))
    return st.lists(st.sampled_from(pieces), max_size=40).map("".join) | st.text(letters, max_size=40) | st.text()


QUOTING = texts(*BETWEEN, *MARKS, *WORDS)
COUNTING = texts(*BETWEEN, *NUMBERS)
DIGITS = st.text("0123459٣,.-‐–:kmbtnrsdhKS\u0301 ", max_size=30)


def same_tokens(text: str, _: Mode = "auto") -> None:
    """Hold the tokens of `text` to the plain ones."""
    tokens = lex(text)
    found = zip(tokens.start.tolist(), tokens.end.tolist(), tokens.word.tolist(), strict=True)
    assert list(found) == plain_lexer.cut(text)


def same_quotations(text: str, mode: Mode) -> None:
    """Hold the quotations of `text` to the plain ones."""
    tokens = lex(text)
    sentences = segment(tokens, mode)
    found = quote(tokens, sentences)
    spans = list(zip(found.first.tolist(), found.end.tolist(), strict=True))
    assert (found.mark.tolist(), found.opening.tolist(), spans) == plain_quote.quote(tokens, sentences)


def same_shapes(text: str, mode: Mode) -> None:
    """Hold the shapes of `text` to the plain ones."""
    tokens = lex(text)
    sentences = segment(tokens, mode)
    found = shapes(tokens, sentences)
    spans = {name: list(zip(runs.first.tolist(), runs.end.tolist(), strict=True)) for name, runs in found.items()}
    assert spans == plain_shape.shapes(tokens, sentences)
    assert not any(runs.possessive.any() for runs in found.values())


@given(QUOTING | COUNTING)
def test_tokens(text: str) -> None:
    """The lexer cuts as the regular expression of a word does."""
    same_tokens(text)


@given(QUOTING, st.sampled_from(MODES))
@example("“It is.\n\n'Tis “late.”", "auto")
@example("He is 5\u0301\" and the ins\u0301' 5\" n\u0301' in' “", "auto")
def test_quotations(text: str, mode: Mode) -> None:
    """Marks pair as in a walk that looks at each as it is written."""
    same_quotations(text, mode)


@given(QUOTING, st.sampled_from(MODES))
@example("“It is.\n\n“It “is.”\n\n“So,” he said.\n\n‘No, “no.”’", "auto")
@example("““a””‘‘b\n\n“a\n\n“b”\n\n“c", "auto")
def test_paired_quotations(text: str, mode: Mode) -> None:
    """So they do where only what does not simply pair is walked over, as in a text with many marks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quoting, "_MANY", 0)
        same_quotations(text, mode)


@given(COUNTING | DIGITS, st.sampled_from(MODES))
@example("HK$5 million US dollars, EUR 5 euros, two hundred and two hundred and six million dollars", "auto")
@example("3 May 3 May 2024, 2,024, 5\u0301 May 5", "auto")
def test_shapes(text: str, mode: Mode) -> None:
    """Shapes are those that regular expressions find word by word."""
    same_shapes(text, mode)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("same", [same_tokens, same_quotations, same_shapes])
def test_news(same: Callable[[str, Mode], None], mode: Mode) -> None:
    """So it is in the news."""
    same("\n\n".join(articles(2, 200_000)), mode)
