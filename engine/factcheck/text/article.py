"""A text, or several, with everything that is read off it before any rule is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.text.aside import asides
from factcheck.text.byline import bylines
from factcheck.text.columns import Flags
from factcheck.text.dash import dashes
from factcheck.text.lex import Tokens, lex, lex_all
from factcheck.text.lexicon import Lexicon
from factcheck.text.marked import Mark, Marks, marks_on
from factcheck.text.name import names
from factcheck.text.quote import Quotations, quote
from factcheck.text.runs import Runs
from factcheck.text.segment import Mode, Sentences, segment
from factcheck.text.shape import shapes
from factcheck.text.start import starts


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """The stages' columns, all over the same tokens."""

    tokens: Tokens
    sentences: Sentences
    quotations: Quotations
    starts: Flags
    """For each token: does a sentence, or what counts as one, start with it?"""
    asides: Flags
    """For each token: does it stand in an aside?"""
    names: Runs
    shapes: dict[str, Runs]
    """By name: `number`, `money`, `percent`, `year`, `date`."""


def read(text: str, mode: Mode = "auto", lexicon: Lexicon | None = None) -> Article:
    """Read `text`; in mode `lines` each of its lines that is not empty is a sentence.

    A matcher's own `lexicon` spares it looking the words up again.
    """
    return _read(lex(text, lexicon), mode)


def read_all(
    texts: Sequence[str],
    mode: Mode = "auto",
    lexicon: Lexicon | None = None,
    marks: Sequence[Sequence[Mark]] = (),
) -> Article:
    """Read several texts, and the marks on each, as the documents of one article, each as it would be read alone."""
    tokens = lex_all(texts, lexicon)
    return _read(tokens, mode, marks_on(marks, tokens.documents))


def _read(tokens: Tokens, mode: Mode, marks: Marks | None = None) -> Article:
    if marks:
        tokens = replace(tokens, opens=marks.opened(tokens.opens, tokens.start))
    if mode == "auto" and len(apart := bylines(tokens)):
        opens = tokens.opens.copy()
        opens[apart] = True
        tokens = replace(tokens, opens=opens)
    sentences = segment(tokens, mode, marks)
    quotations = quote(tokens, sentences)
    dash = dashes(tokens, sentences)
    begins = starts(tokens, sentences, quotations, dash)
    return Article(
        tokens=tokens,
        sentences=sentences,
        quotations=quotations,
        starts=begins,
        asides=asides(tokens, sentences, quotations, dash),
        names=names(tokens, sentences, quotations, begins),
        shapes=shapes(tokens, sentences),
    )
