"""Names, read token by token: what the columns are held to."""

from collections.abc import Iterator
from typing import Final

from factcheck.english import tables
from factcheck.text.columns import Flags
from factcheck.text.lex import Tokens
from factcheck.text.marks import touches_previous
from factcheck.text.quote import Quotations
from factcheck.text.runs import Run, Runs, runs
from factcheck.text.segment import Sentences

_INSIDE: Final = tables.CONNECTORS | tables.PARTICLES
_NEVER: Final = (
    tables.WEEKDAYS | tables.MONTHS | tables.HEARSAY | frozenset(f"{month}." for month in tables.SHORT_MONTHS)
)
_ARTICLES: Final = ("al-", "el-", "an-", "ar-", "as-", "ash-")
_POSSESSIVE: Final = "'s"


def names(tokens: Tokens, sentences: Sentences, quotations: Quotations, starts: Flags) -> Runs:
    """Maximal runs of capitalised words, with connectors and particles of family names inside.

    A possessive ends its run. The apostrophe of `Reuters'` belongs to the run; no other mark but `&` does.
    """
    return runs(_runs(tokens, sentences, quotations, starts))


def _runs(tokens: Tokens, sentences: Sentences, quotations: Quotations, starts: Flags) -> Iterator[Run]:
    bounds = (sentences.first, sentences.end, sentences.start, sentences.stop)
    for first, end, start, stop in zip(*(column.tolist() for column in bounds), strict=True):
        if tokens.text[start:stop].upper() == tokens.text[start:stop]:
            continue  # all in capitals: they tell nothing
        row = first
        while row < end:
            if not _is_name(tokens, row, starts):
                row += 1
                continue
            last = _last(tokens, row, end, starts)
            possessive = tokens.fold[last].endswith(_POSSESSIVE)
            after = last + 1
            if not possessive and _is_apostrophe(tokens, after, end, quotations):
                possessive, after = True, after + 1
            yield row, after, possessive
            row = after


def _last(tokens: Tokens, row: int, end: int, starts: Flags) -> int:
    """Row of the last word of the run that begins at `row`."""
    last = near = row
    while not tokens.fold[last].endswith(_POSSESSIVE):
        near += 1
        if near < end and (_is_name(tokens, near, starts) or _is_surname(tokens, last, near, end)):
            last = near
        elif near >= end or tokens.form[near] not in _INSIDE:
            break
    return last


def _is_name(tokens: Tokens, row: int, starts: Flags) -> bool:
    """Whether the token is a capitalised word that can be part of a name."""
    form = tokens.form[row]
    if not tokens.word[row] or not (form[0].isupper() or _has_article(form)):
        return False
    base = tokens.fold[row].removesuffix(_POSSESSIVE)
    if base in _NEVER:
        return False
    if len(form) > 1 and form.upper() == form and not form.startswith("I'"):
        return True  # US and WHO are no pronouns
    return base.partition("'")[0] not in tables.PRONOUNS and not (starts[row] and _is_common(base))


def _is_surname(tokens: Tokens, last: int, row: int, end: int) -> bool:
    """Whether a month is the family name of the given name right before it: Theresa May, not `by London May 3`."""
    if last != row - 1 or tokens.fold[row].removesuffix(_POSSESSIVE) not in tables.MONTH_NAMES:
        return False
    dated = row + 1 < end and tokens.form[row + 1][0].isdecimal()
    return tokens.form[row][0].isupper() and not dated


def _has_article(form: str) -> bool:
    """Whether the word is a family name with its Arabic article: al-Assad."""
    return form.startswith(_ARTICLES) and form.partition("-")[2][:1].isupper()


def _is_common(word: str) -> bool:
    """Whether the word, in lower case, begins sentences as other words do; of a compound, its first part."""
    return word in tables.common() or word.partition("-")[0] in tables.common()


def _is_apostrophe(tokens: Tokens, row: int, end: int, quotations: Quotations) -> bool:
    """Whether the token is the apostrophe of a possessive whose word ends in s."""
    return (
        row < end
        and tokens.form[row] == "'"
        and not quotations.mark[row]
        and tokens.fold[row - 1].endswith("s")
        and touches_previous(tokens, row)
    )
