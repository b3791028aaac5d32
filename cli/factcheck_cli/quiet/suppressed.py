"""What is suppressed: by comments in a text, or by a sidecar beside it. Where there is none, no more is loaded."""

import os
import time
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factcheck.language.program import Program
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.placed import Known, Placed
    from factcheck_cli.quiet.sidecar import Sidecar
    from factcheck_cli.quiet.silence import Sentences, Silence, Teller
    from factcheck_cli.text import Text

SIDECAR: Final = ".factcheck.toml"
"""What the name of a sidecar has behind that of its article."""

_STDIN: Final = "-"
_MARK: Final = "factcheck:"
_WRITTEN: Final = rf"(?:<!--|^[ \t]*(?:\.\.|#|//|%|/\*))\s*{_MARK}\s*ignore\b"
"""A suppression as it stands in the comments of some language."""
_MOST: Final = 1_000  # suppressions of a text
_WIDE: Final = 50  # of them those that are about more than a sentence
_TOO_MANY: Final = f"{_MOST:,} suppressions"
_REST: Final = "so this and what follows silence nothing; name several rules in one"


def _bounded(found: "Iterator[Placed]", counts: "Counts") -> "Iterator[Placed]":
    """Not more than anybody writes: a text full of them would take minutes."""
    wide = 0
    for number, one in enumerate(found, 1):
        wide += one.suppression.scope != "sentence"
        if number > _MOST or wide > _WIDE:
            most = f"{_WIDE} suppressions of blocks and files" if wide > _WIDE else _TOO_MANY
            counts.tell(one.suppression.place, f"a text may have {most}, {_REST}")
            return
        yield one


def article_of(path: str) -> str:
    """The article that a sidecar belongs to."""
    return path.removesuffix(SIDECAR)


class Suppressions:
    """Tells what comments and sidecars suppress on a day.

    Where not all rules are asked nothing is said of what silences nothing.
    """

    def __init__(self, today: str) -> None:
        self._today = today
        self._sidecars = _Sidecars()
        self._known: Known | None = None

    def __reduce__(self) -> "tuple[object, ...]":
        return Suppressions, (self._today,)

    def about(self, text: "Text", program: "Program", counts: "Counts", /) -> "Teller | None":
        """What tells of those in a text."""
        file = text.among.file if text.among else text.name
        sidecar = self._sidecars.of(file)
        if not (text.comments or text.origin or text.among) and _MARK in text.text:
            _hint_at_prose(file, text.text, counts)
        if not text.comments and not sidecar:
            return None
        known = self._of(program)
        every = _bounded(chain(_commented(file, text, known, counts), _worded(file, text, sidecar, counts)), counts)
        placed = [one for one in every if self._holds(one, known, counts)]
        if not placed:
            return None

        def told(sentences: "Sentences") -> "Iterator[Silence]":
            for one in placed:
                yield from one.silences(sentences, known)

        return told

    def _of(self, program: "Program") -> "Known":
        from factcheck_cli.quiet.placed import Known

        if self._known is None or self._known.program is not program:
            self._known = Known(program)
        return self._known

    def _holds(self, placed: "Placed", known: "Known", counts: "Counts") -> bool:
        """Whether it still holds, and is about rules that there are; what is amiss is told."""
        one = placed.suppression
        if one.has_expired(self._today):
            ended = f"expired on {one.until}, so it silences nothing any more; give it a new date or remove it"
            counts.tell(one.place, f"{ended} ({one.reason})")
            return False
        holds = any(name in known for name in one.rules)
        if not counts.narrowed:
            for name in one.rules:
                if problem := known.problem(name):
                    counts.tell(one.place, problem)
            if holds and all(name in known for name in one.rules):
                counts.declare(placed.key, one.place, f"this suppresses nothing; remove it ({one.reason})")
        return holds


def _commented(file: str, text: "Text", known: "Known", counts: "Counts") -> "Iterator[Placed]":
    """The suppressions in the comments of a text; those that are not understood are told, or are hinted at."""
    from factcheck_cli.quiet.nearly import NO_REASON, is_directive, meant
    from factcheck_cli.quiet.placed import Commented
    from factcheck_cli.quiet.suppression import UnclearError, said

    for number, comment in enumerate(text.comments):
        place = f"{file}:{comment.line}" if comment.line else file
        if number == _MOST:
            counts.tell(place, f"a text may have {_TOO_MANY}, {_REST}")
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


def _hint_at_prose(file: str, text: str, counts: "Counts") -> None:
    """Tells of suppressions in plain text, where they are prose."""
    import re

    remedy = "" if file == _STDIN else f"write it into {file}{SIDECAR}, or "
    said = f"this silences nothing, for plain text has no comments; {remedy}read the text with --type markdown"
    line, before = 1, 0
    for found in islice(re.finditer(_WRITTEN, text, re.IGNORECASE | re.MULTILINE), _MOST):
        line, before = line + text.count("\n", before, found.end()), found.end()
        counts.hint(f"{file}:{line}", said)


def _worded(file: str, text: "Text", sidecar: "Sidecar | None", counts: "Counts") -> "Iterator[Placed]":
    """The suppressions in the sidecar of its file."""
    from factcheck_cli.quiet.placed import Worded

    for where, problem in sidecar.problems if sidecar else ():
        counts.tell(where, problem)
    for number, entry in enumerate(sidecar.entries if sidecar else ()):
        key = (file, entry.suppression.place, number)
        called = (*key, entry.document)
        if not entry.document or entry.document == text.name:
            counts.used[called] += 1
            yield Worded(entry.suppression, key, text, entry.words)
        elif not counts.narrowed:
            nowhere = f"no document is called `{entry.document}`, so this suppresses nothing; remove it"
            counts.declare(called, entry.suppression.place, nowhere)


def today() -> Suppressions:
    """What is suppressed today, where the user is."""
    return Suppressions(time.strftime("%Y-%m-%d"))


class _Sidecars:
    """The sidecars of files, each read once.

    Of the first file in a folder is asked whether it has one; when there are more the folder is listed.
    """

    def __init__(self) -> None:
        self._read: dict[str, Sidecar | None] = {}
        self._listed: dict[str, frozenset[str] | None] = {}

    def of(self, file: str) -> "Sidecar | None":
        """That of the article."""
        if file not in self._read:
            self._read[file] = self._found(file) if file != _STDIN else None
        return self._read[file]

    def _found(self, file: str) -> "Sidecar | None":
        path = f"{file}{SIDECAR}"
        if not self._is_there(path):
            return None
        from factcheck_cli.quiet.sidecar import read

        return read(path)

    def _is_there(self, path: str) -> bool:
        folder, name = os.path.split(path)
        if folder not in self._listed:
            self._listed[folder] = None
            return os.path.lexists(path)
        names = self._listed[folder]
        if names is None:
            try:
                with os.scandir(folder or ".") as entries:
                    names = frozenset(entry.name for entry in entries if entry.name.endswith(SIDECAR))
            except OSError:
                return os.path.lexists(path)
            self._listed[folder] = names
        return name in names
