"""The suppressions in the comments of a text, and what is said of comments that are nearly some."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from factcheck_cli.quiet.nearly import NO_REASON, is_directive, meant
from factcheck_cli.quiet.placed import Commented
from factcheck_cli.quiet.room import MOST, too_many
from factcheck_cli.quiet.suppression import IGNORE, NAME, UnclearError, said

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.placed import Known

_IGNORE: Final = r"factcheck::?\s*ignore\b"
_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_WRITTEN: Final = re.compile(rf"(?:<!--|^[ \t]*(?:\.\.|#|//|%|/\*))\s*{_IGNORE}", _FLAGS)
"""A suppression as it stands in the comments of some language."""
_OPEN: Final = rf"<!--\s*{_IGNORE}(?![^\n]*-->)|^[ \t]*(?:\{{#|\{{?/\*|//|%|#|\.\.?)\s*{_IGNORE}"
_UNREAD: Final = re.compile(_OPEN, _FLAGS)
"""As it stands where it is none: not closed, or in the comment of another language."""
_UNREAD_DOTS: Final = re.compile(rf"{_OPEN}|\.\.\s+{_IGNORE}|<!--\s*{_IGNORE}", _FLAGS)
_RIGHT: Final = f"{NAME}: {IGNORE} RULE because REASON"
_HTML: Final = f"`<!-- {_RIGHT} -->`"
_COMMENTS: Final = {
    "markdown": ("Markdown", _UNREAD, _HTML),
    "html": ("HTML", _UNREAD, _HTML),
    "epub": ("HTML", _UNREAD, _HTML),
    "rst": ("reStructuredText", _UNREAD_DOTS, f"`.. {_RIGHT}`, with an empty line before and behind"),
}
"""Of formats with comments what they are called, what is none, and how one is written."""


def commented(file: str, text: "Text", known: "Known", counts: "Counts") -> Iterator[Commented]:
    """The suppressions in the comments of a text; those that are not understood are told, or are hinted at."""
    for number, comment in enumerate(text.comments):
        place = f"{file}:{comment.line}" if comment.line else file
        if number == MOST:
            counts.tell(place, too_many(f"{MOST:,} suppressions"))
            return
        if right := meant(comment.text):
            misspelt = not right.endswith(NO_REASON)  # whoever gives a reason is surely talking to us
            if all(known.may_be(name, misspelt=misspelt) for name in said(right, place).rules):
                counts.hint(place, f"this silences nothing, though it looks like a suppression; write `{right}`")
            continue
        try:
            suppression = said(comment.text, place)
        except UnclearError as error:
            if is_directive(comment.text, known):
                counts.tell(place, str(error))
            continue
        yield Commented(suppression, (file, comment.line, comment.column, comment.at), text, comment)


def hint_at_prose(file: str, text: "Text", sidecar: str, counts: "Counts") -> None:
    """Tells of suppressions that are prose in a text; a `sidecar` is where they can stand, if anywhere."""
    kind = text.origin.type if text.origin else ""
    if not kind:
        remedy = f"write it into {sidecar}, or " if sidecar else ""
        _hint(_WRITTEN, f"plain text has no comments; {remedy}read the text with --type markdown", file, text, counts)
    elif kind in _COMMENTS:
        called, unread, right = _COMMENTS[kind]
        _hint(unread, f"it is no comment in {called}; write {right}", file, text, counts)


def _hint(written: re.Pattern[str], why: str, file: str, text: "Text", counts: "Counts") -> None:
    for found in islice(written.finditer(text.text), MOST):
        if any(start <= found.start() < stop and kind == "code" for start, stop, kind in text.marks):
            continue
        line = text.number(found.end())
        counts.hint(f"{file}:{line}" if text.title == "line" else file, f"this silences nothing, for {why}")
