"""Which letters a text must hold for a pattern to match in it: where it holds none of them it need not be read."""

from typing import Final

from factcheck.judge.anchor import often
from factcheck.language.pattern import Affix, Alt, Capture, Lists, Pattern, Ref, Seq, Words
from factcheck.text.fold import fold

_MANY: Final = 24
"""Forms from which on to look for them takes about as long as to read the text."""
_COMMON: Final = 60
"""How many of ten thousand words they may be: what is more frequent stands in nearly every article."""
_LEAST: Final = 2
"""Letters of a form: shorter ones stand within other words everywhere."""


def telltale(pattern: Pattern, lists: Lists) -> frozenset[str]:
    """Folded forms one of which stands in any text in which the pattern matches; none where that tells nothing."""
    found = _found(pattern, lists)
    return found[1] if found and len(found[1]) <= _MANY and found[0] <= _COMMON else frozenset()


Found = tuple[int, frozenset[str]]
"""Such forms, and how many of ten thousand words they are."""


def _found(pattern: Pattern, lists: Lists) -> Found | None:
    """The rarest such forms; None where there are none."""
    found: Found | None = None
    match pattern:
        case Words():
            found = _forms(often(pattern), (*pattern.lower, *pattern.written, *pattern.exact))
        case Affix():
            found = _forms(often(pattern), (max(pattern.prefix, pattern.suffix, key=len),))
        case Ref():
            found = _found(lists[pattern.key], lists)
        case Capture():
            found = _found(pattern.item, lists)
        case Seq():
            known = [one for item in pattern.items if (one := _found(item, lists))]
            found = min(known, key=lambda one: (one[0], len(one[1])), default=None)
        case Alt():
            known = [one for option in pattern.options if (one := _found(option, lists))]
            if len(known) == len(pattern.options):
                found = sum(count for count, _ in known), frozenset().union(*(forms for _, forms in known))
    return found


def _forms(count: int, forms: tuple[str, ...]) -> Found | None:
    """In lower case, and what is left of them in capitals: ß is written SS there."""
    folded = frozenset(fold(way) for form in forms for way in (form, form.upper()))
    return (count, folded) if min(map(len, folded)) >= _LEAST else None
