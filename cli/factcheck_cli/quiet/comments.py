"""The suppressions in the comments of a text, and what is said of comments that are nearly some."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from factcheck_cli.quiet.nearly import NO_REASON, is_directive, meant
from factcheck_cli.quiet.placed import Commented
from factcheck_cli.quiet.room import MOST, too_many
from factcheck_cli.quiet.suppression import UnclearError, said

if TYPE_CHECKING:
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.placed import Known
    from factcheck_cli.text import Text

_WRITTEN: Final = re.compile(
    r"(?:<!--|^[ \t]*(?:\.\.|#|//|%|/\*))\s*factcheck:\s*ignore\b", re.IGNORECASE | re.MULTILINE
)
"""A suppression as it stands in the comments of some language."""


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


def hint_at_prose(file: str, text: str, sidecar: str, counts: "Counts") -> None:
    """Tells of suppressions in plain text, where they are prose; a `sidecar` is where they can stand, if anywhere."""
    remedy = f"write it into {sidecar}, or " if sidecar else ""
    silent = f"this silences nothing, for plain text has no comments; {remedy}read the text with --type markdown"
    line, before = 1, 0
    for found in islice(_WRITTEN.finditer(text), MOST):
        line, before = line + text.count("\n", before, found.end()), found.end()
        counts.hint(f"{file}:{line}", silent)
