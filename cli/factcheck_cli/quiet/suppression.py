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
HOW: Final = f"`{NAME}: {IGNORE} RULE because REASON`"
_AS_DATE: Final = "write it as year-month-day: until 2027-03-01"
_VERB: Final = re.compile(r"factcheck\s*:\s*(?P<verb>[\w-]*)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_REASON: Final = re.compile(r"(?:^|[\s,;])because(?:\s+|$)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:^|[\s,;])until\b\s*(?P<date>[^\s,;]*)", re.IGNORECASE)
_LATE: Final = re.compile(r"\buntil\s+\d{4}-\d\d-\d\d\b", re.IGNORECASE)
_SCOPE: Final = re.compile(r"(?:^|\s)(?:in\s+)?(?:(?:this|the)\s+)?(?P<scope>sentence|block|file)\s*$", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"(?:^|[\s,;])(?P<said>(?:(?:in|for|on|of)(?:\s+(?:this|that|the))?|this|that|the)\s+(?P<place>[\w-]+))",
    re.IGNORECASE,
)
_LIKE: Final[dict[str, Scope]] = {
    **dict.fromkeys(("paragraph", "para", "entry", "cell"), "block"),
    **dict.fromkeys(("article", "text", "document", "page", "story"), "file"),
    "line": "sentence",
}
"""What others call them."""
_PAUSES: Final = " ,;"
"""May stand between the parts."""
_NAME: Final = re.compile(r"[\w-]+(?:/[\w-]+)?")
_NAMES: Final = 100  # rules that one may name
_LONGEST: Final = 60  # characters of what is quoted


def said(comment: str, place: str) -> Suppression:
    """What a comment says: `factcheck: ignore RULE, … [block | file] [until DATE] because REASON`.

    Raises UnclearError.
    """
    found = _VERB.fullmatch(" ".join(comment.split()))
    if not found or found["verb"].lower() != IGNORE:
        verb = found["verb"] if found else ""
        raise UnclearError(f"`factcheck: {_cut(verb)}` is not understood, so it silences nothing; write {HOW}")
    what, *reasons = _REASON.split(found["rest"], maxsplit=1)
    if reasons and _LATE.search(reasons[0]):
        raise UnclearError("the date stands in the reason, so this silences nothing; write `until DATE because …`")
    until = _UNTIL.search(what)
    if until:
        if after := _cut(what[until.end() :].strip(_PAUSES)):
            raise UnclearError(f"`{after}` stands behind the date, so this silences nothing; write {_long()}")
        what = what[: until.start()]
    what = what.strip(_PAUSES)
    if scope := _SCOPE.search(what):
        what = what[: scope.start()].strip(_PAUSES)
    if elsewhere := _ELSEWHERE.search(what):
        raise UnclearError(f"`{_cut(elsewhere['said'])}` {_misplaced(elsewhere['place'])}")
    names = re.split(r"[\s,;]+", what)
    return Suppression(
        rules=rules(name for name in names if name),
        scope=SCOPES[scope["scope"].lower()] if scope else "sentence",
        reason=reason(reasons[0] if reasons else "", "end it with `because …`"),
        until=day(until["date"].rstrip(".:")) if until else "",
        place=place,
    )


def _misplaced(place: str) -> str:
    """What is wrong with such a scope, and the remedy."""
    where = _scope(place)
    right = "write " + HOW.replace("RULE", f"RULE in this {where or 'block'}")
    if place.lower() in SCOPES:
        return f"stands before the rules, so this silences nothing; {right}"
    remedy = f"did you mean `in this {where}`?" if where else right
    return f"is not understood, so this silences nothing; {remedy}"


def mended(words: str) -> str:
    """The words with a scope in the place of what is much like one."""
    found = _ELSEWHERE.search(words)
    where = _scope(found["place"]) if found else ""
    return f"{words[: found.start('said')]}in this {where}{words[found.end() :]}" if found and where else words


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
        raise UnclearError(
            f"`{_cut(wrong)}` is no name of a rule, so this silences nothing; {remedy or f'write {_long()}'}"
        )
    return found


def reason(given: str, remedy: str) -> str:
    """The reason on one line. Raises UnclearError where there is none."""
    if found := " ".join(given.split()):
        return found
    raise UnclearError(f"it does not say why, so it silences nothing; {remedy}")


def day(given: str, remedy: str = _AS_DATE) -> str:
    """The date as it is written and compared: 2027-03-01. Raises UnclearError where it is none."""
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UnclearError(f"`{_cut(given)}` is no date, so this silences nothing; {remedy}") from None


def _long() -> str:
    return HOW.replace("RULE", "RULE, RULE until 2027-03-01")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
