"""A suppression: rules that whoever edits a text does not want to hear, where, why, and until when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Scope = Literal["sentence", "block", "file"]

SCOPES: Final[dict[str, Scope]] = {"sentence": "sentence", "block": "block", "file": "file"}

ALL: Final = "all"
"""Stands for all rules."""


class UnclearError(Exception):
    """A suppression that cannot be understood, and so silences nothing; says why, and what to write."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """These rules, packs or tags are suppressed in a sentence, a block or a file; `place` is where that is written."""

    rules: tuple[str, ...]
    scope: Scope
    reason: str
    until: str
    place: str

    def has_expired(self, today: str) -> bool:
        """Whether its last day is over."""
        return bool(self.until) and today > self.until


NAME: Final = "factcheck"
IGNORE: Final = "ignore"
"""How suppressions begin: the name, a colon, and this."""
_END: Final = "end it with `because …`"
HOW: Final = f"`{NAME}: {IGNORE} RULE because REASON`"
_UNTIL_DAY: Final = "until {}"
_VERB: Final = re.compile(r"factcheck\s*:\s*(?P<verb>[\w-]*)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_REASON: Final = re.compile(r"(?:^|[\s,;])because(?::\s*|\s+|$)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:^|[\s,;])until\b:?\s*(?P<date>[^\s,;]*)", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND: Final = re.compile(rf"\b{NAME}\s*:\s*{IGNORE}\b", re.IGNORECASE)
_WHY: Final = frozenset(("since", "reason", "as", "cause", "why"))
"""Words that reasons begin with, or are called, elsewhere."""
_LATE: Final = re.compile(r"\buntil\s+\d{4}-\d\d-\d\d\b", re.IGNORECASE)
_SCOPE: Final = re.compile(r"(?:^|\s)(?:in\s+)?(?:(?:this|the)\s+)?(?P<scope>sentence|block|file)\s*$", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"(?:^|[\s,;])(?P<said>(?:(?:in|for|on|of)(?:\s+(?:this|that|the|whole|entire|all))*|this|that|the)\s+(?P<place>[\w-]+))",
    re.IGNORECASE,
)
_LIKE: Final[dict[str, Scope]] = {
    **dict.fromkeys(("paragraph", "para", "entry", "cell"), "block"),
    **dict.fromkeys(("article", "text", "document", "page", "story"), "file"),
    "line": "sentence",
}
"""What others call them."""
_WORDS: Final = {
    ("and", "or", "plus"): "it can be left out",
    ("rule", "rules", "pack", "packs", "tag", "tags", "here"): "leave it out",
    ("any", "anything", "every", "everything"): f"did you mean `{ALL}`?",
    ("everywhere", "globally"): "did you mean `in this file`?",
    ("till", "til", "before", "expires"): "did you mean `until`, and a date as year-month-day?",
}
"""What others write among the rules."""
_PAUSES: Final = " ,;"
"""May stand between the parts."""
_NAME: Final = re.compile(r"[\w-]+(?:/[\w-]+)?")
_NAMES: Final = 100  # rules that one may name
_MARKS: Final = 3  # characters that do not belong to a name
_LONGEST: Final = 60  # characters of what is quoted


def said(comment: str, place: str) -> Suppression:
    """What a comment says: `factcheck: ignore RULE, … [block | file] [until DATE] because REASON`.

    Raises UnclearError.
    """
    found = _VERB.fullmatch(" ".join(comment.split()))
    if not found or found["verb"].lower() != IGNORE:
        verb = found["verb"] if found else ""
        raise UnclearError(f"`factcheck: {_cut(verb)}` is not understood, so it silences nothing; write {HOW}")
    if _SECOND.search(found["rest"]):
        raise UnclearError("there are two in this comment, so it silences nothing; write a comment for each")
    what, *reasons = _REASON.split(found["rest"], maxsplit=1)
    if not reasons:
        raise UnclearError(f"it does not say why, so it silences nothing; {_because(what)}")
    if _LATE.search(reasons[0]):
        raise UnclearError("the date stands in the reason, so this silences nothing; write `until DATE because …`")
    until = _UNTIL.search(what)
    last = _last_day(what[until.start("date") :]) if until else ""
    what = what[: until.start()] if until else what
    what = what.strip(_PAUSES)
    if scope := _SCOPE.search(what):
        what = what[: scope.start()].strip(_PAUSES)
    if elsewhere := _ELSEWHERE.search(what):
        raise UnclearError(f"`{_cut(elsewhere['said'])}` {_misplaced(elsewhere['place'])}")
    names = [name for name in re.split(r"[\s,;]+", what) if name]
    if undated := next(filter(_DAY.fullmatch, names), None):
        raise UnclearError(f"`{undated}` is no rule but a date, so this silences nothing; write `until {undated}`")
    return Suppression(
        rules=rules(names),
        scope=SCOPES[scope["scope"].lower()] if scope else "sentence",
        reason=reason(reasons[0], _END),
        until=last,
        place=place,
    )


def _because(what: str) -> str:
    """The remedy where no reason is given; one may be that begins with another word."""
    from factcheck_cli.quiet.slips import is_like

    words = (word.strip(":;,=()") for word in what.split())
    meant = next((word for word in words if word.lower() in _WHY or is_like(word.lower(), "because", 2)), None)
    return f"write `because` in place of `{meant}`" if meant else _END


def _last_day(written: str) -> str:
    """The date that stands behind `until`."""
    first, after = re.fullmatch(r"([^\s,;]*)(.*)", written).groups()  # type: ignore[union-attr] # whatever it is
    after = after.strip(_PAUSES)
    if not first:
        raise UnclearError(f"no date stands behind `until`, so this silences nothing; {_as_day(_UNTIL_DAY)}")
    if not _DAY.match(first) and after:
        return day(f"{first} {after}")
    if after:
        raise UnclearError(f"`{_cut(after)}` stands behind the date, so this silences nothing; write {_long()}")
    return day(first.rstrip(".:"))


def _misplaced(place: str) -> str:
    """What is wrong with such a scope, and the remedy."""
    where = _scope(place)
    right = "write " + HOW.replace("RULE", f"RULE in this {where or 'block'}")
    if place.lower() in SCOPES:
        return f"stands before the rules, so this silences nothing; {right}"
    remedy = f"did you mean `in this {where}`?" if where else f"{right}, or `in this file`"
    return f"is not understood, so this silences nothing; {remedy}"


def mended(words: str) -> str:
    """The words with a scope in the place of what is much like one."""
    found = _ELSEWHERE.search(words)
    where = _scope(found["place"]) if found else ""
    return f"{words[: found.start('said')]}in this {where}{words[found.end() :]}" if found and where else words


def in_place_of(name: str) -> str:
    """What to do about a word that stands where rules are named, and is none; empty where that is not known."""
    if name.lower() in _LIKE:
        return f"did you mean `in this {_LIKE[name.lower()]}`?"
    return next((remedy for words, remedy in _WORDS.items() if name.lower() in words), "")


def _scope(place: str) -> str:
    """The scope that somebody means who calls it so; empty where none is much like it."""
    from factcheck.diagnostic import closest

    called = SCOPES | _LIKE
    near = closest(place, called)
    return called[near] if near else ""


def rules(names: Iterable[str], remedy: str = "") -> tuple[str, ...]:
    """The names, if they can be such of rules, packs or tags. Raises UnclearError."""
    found = tuple(dict.fromkeys(names))
    if not found:
        raise UnclearError("it names no rule, so it silences nothing; name rules or packs, or `all` for all of them")
    if len(found) > _NAMES:
        raise UnclearError(f"it names more than {_NAMES} rules, so it silences nothing; name packs, or `all`")
    if wrong := next((name for name in found if not _NAME.fullmatch(name)), None):
        told = f"`{_cut(wrong)}` is no name of a rule, so this silences nothing"
        raise UnclearError(f"{told}; {_named(wrong) or remedy or f'write {_long()}'}")
    return found


def reason(given: str, remedy: str) -> str:
    """The reason on one line. Raises UnclearError where there is none."""
    if found := " ".join(given.split()):
        return found
    raise UnclearError(f"it does not say why, so it silences nothing; {remedy}")


def _named(wrong: str) -> str:
    """The remedy where a name has what does not belong to it; empty where there is no such name in it."""
    if wrong == "*":
        return f"did you mean `{ALL}`?"
    inner = _NAME.findall(wrong)
    if not inner:
        return "leave it out" if wrong != "/" else "write pack/rule without blanks"
    alone = len(inner) == 1 and len(wrong) - len(inner[0]) <= _MARKS
    return f"did you mean `{inner[0]}`?" if alone else ""


def day(given: str, written: str = _UNTIL_DAY) -> str:
    """The date as it is written and compared: 2027-03-01. Raises UnclearError where it is none."""
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        from factcheck_cli.quiet.dates import day_meant

        meant = day_meant(given)
    if meant:
        told = f"`{_cut(given)}` is not how dates are written here, so this silences nothing"
        raise UnclearError(f"{told}; write `{written.format(meant)}`")
    raise UnclearError(f"`{_cut(given)}` is no date, so this silences nothing; {_as_day(written)}")


def _as_day(written: str) -> str:
    return f"write it as year-month-day: `{written.format('2027-03-01')}`"


def _long() -> str:
    return HOW.replace("RULE", "RULE, RULE until 2027-03-01")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
