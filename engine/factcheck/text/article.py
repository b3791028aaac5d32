"""A text with everything that is read off it before any rule is asked."""

from dataclasses import dataclass

from factcheck.text import place
from factcheck.text.columns import Flags
from factcheck.text.lex import Tokens, lex
from factcheck.text.name import names
from factcheck.text.quote import Quotations, quote
from factcheck.text.runs import Runs
from factcheck.text.segment import Mode, Sentences, segment
from factcheck.text.shape import shapes


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


def read(text: str, mode: Mode = "auto") -> Article:
    """Read `text`; in mode `lines` each of its lines that is not empty is a sentence."""
    tokens = lex(text)
    sentences = segment(tokens, mode)
    quotations = quote(tokens, sentences)
    starts = place.starts(tokens, sentences, quotations)
    return Article(
        tokens=tokens,
        sentences=sentences,
        quotations=quotations,
        starts=starts,
        asides=place.asides(tokens, sentences, quotations),
        names=names(tokens, sentences, quotations, starts),
        shapes=shapes(tokens, sentences),
    )
