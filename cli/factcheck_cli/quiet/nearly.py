"""Comments that are nearly suppressions: written so that they silence nothing, and meant for us all the same.

Whoever only mentions a fact check in a comment is not meant, so what is left of it has to be right: only how it begins
may be wrong, and that it gives no reason.
"""

import re
from collections.abc import Container
from typing import Final

from factcheck_cli.quiet.slips import is_like
from factcheck_cli.quiet.suppression import IGNORE, NAME, UnclearError, mended, said

_BEGINS: Final = re.compile(r"\W*(?P<one>[^\W\d_]+)(?:[\s_-]*(?P<two>[^\W\d_]+))?")
_VERB: Final = re.compile(r"[\s_:;,.=–—-]*(?P<verb>[\w/-]+)(?P<rest>.*)", re.DOTALL)
_VERBS: Final = frozenset(("suppress", "disable", "skip", "silence", "mute", "allow"))
"""What other programs say for ignoring."""
_SWITCHES: Final = frozenset(("off", "on", "enable", "exclude", "hide", "noqa", "nolint", "stop"))
"""What they say where nothing may be named."""
_DIRECTIVE: Final = re.compile(rf"\s*{NAME}\s*:\s*(?P<word>[\w/-]*)", re.IGNORECASE)
_REASON: Final = re.compile(r"\sbecause\s", re.IGNORECASE)
_SLIPS: Final = 2  # letters of our name that may be wrong
NO_REASON: Final = "because REASON"


def meant(comment: str) -> str:
    """The suppression that a comment nearly is; empty where it is one, or is none by far."""
    text = " ".join(comment.split())
    end = _name(text)
    found = _VERB.match(text, end) if end else None
    if not found or (text[:end].lower() == NAME and text[end:].lstrip().startswith(":")):
        return ""
    if _is_verb(found["verb"].lower()):
        rest = found["rest"]
    elif "/" in found["verb"]:  # the rule stands there at once
        rest = found["verb"] + found["rest"]
    else:
        return ""
    right = mended(f"{NAME}: {IGNORE} {rest.strip(' :;,.-–—')}")
    return next((one for one in (right, f"{right} {NO_REASON}") if _is_clear(one)), "")


def is_directive(comment: str, known: Container[str]) -> bool:
    """Whether a comment that begins with our name and a colon tells us to do something, and is no note for people.

    It says what programs are told, gives a reason, or names one of the rules that there are.
    """
    found = _DIRECTIVE.match(comment)
    word = found["word"].lower() if found else ""
    told = word.partition("-")[0]
    return _is_verb(told) or told in _SWITCHES or bool(_REASON.search(comment)) or bool(word and word in known)


def _name(text: str) -> int:
    """Where our name ends that the text begins with, or what is much like it; 0 where there is none."""
    found = _BEGINS.match(text)
    if not found:
        return 0
    one, two = found["one"].lower(), (found["two"] or "").lower()
    if is_like(one, NAME, _SLIPS):
        return found.end("one")
    return found.end("two") if two and is_like(one + two, NAME, _SLIPS) else 0


def _is_verb(word: str) -> bool:
    return word in _VERBS or is_like(word, IGNORE, 1)


def _is_clear(comment: str) -> bool:
    try:
        said(comment, "")
    except UnclearError:
        return False
    return True
