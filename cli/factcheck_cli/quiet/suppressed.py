"""What is suppressed: by comments in a text, or by a sidecar beside it. Where there is none, no more is loaded."""

import os
import time
from functools import partial
from itertools import chain, takewhile
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck.language.program import Program
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.beside import Beside
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.placed import Commented, Known
    from factcheck_cli.quiet.room import Room
    from factcheck_cli.quiet.sidecar import Sidecar
    from factcheck_cli.quiet.silence import Sentences, Silence, Teller

SIDECAR: Final = ".factcheck.toml"
"""What the name of a sidecar has behind that of its article."""

_STDIN: Final = "-"
_MARK: Final = "factcheck:"


def article_of(path: str) -> str:
    """The article that a sidecar belongs to."""
    return path.removesuffix(SIDECAR)


class Suppressions:
    """Tells what comments and sidecars suppress on a day.

    Where not all rules are asked nothing is said of what silences nothing.
    """

    wholly: ClassVar[bool] = False

    def __init__(self, today: str) -> None:
        self._today = today
        self._sidecars = _Sidecars()
        self._known: Known | None = None
        self._beside: dict[tuple[str, bool], Beside] = {}

    def __reduce__(self) -> "tuple[object, ...]":
        return Suppressions, (self._today,)

    def about(self, text: "Text", program: "Program", counts: "Counts", /) -> "Teller | None":
        """What tells of those in a text."""
        file = text.among.file if text.among else text.name
        sidecar = self._sidecars.of(file)
        if not text.among and _MARK in text.text:
            from factcheck_cli.quiet.comments import hint_at_prose

            hint_at_prose(file, text, "" if file == _STDIN else f"{file}{SIDECAR}", counts)
        if not text.comments and not sidecar:
            return None
        from factcheck_cli.quiet.room import Room

        known, room = self._of(program), Room(counts)
        comments = self._commented(file, text, known, room, counts) if text.comments else ()
        entries = self._beside_of(file, sidecar, known, counts).of(text.name, room, counts) if sidecar else None
        if not comments and not entries:
            return None

        def told(sentences: "Sentences") -> "Iterator[Silence]":
            silent = set[int]()
            for one in chain(comments, entries(sentences) if entries else ()):
                for silence in one.silences(sentences, known):
                    silent.add(silence.row)
                    yield silence
            for comment in comments:
                if wrong := comment.misplaced(sentences, known, silent):
                    counts.explain(comment.key, wrong)

        return told

    def _of(self, program: "Program") -> "Known":
        from factcheck_cli.quiet.placed import Known

        if self._known is None or self._known.program is not program:
            self._known, self._beside = Known(program), {}
        return self._known

    def _commented(
        self, file: str, text: "Text", known: "Known", room: "Room", counts: "Counts"
    ) -> "Sequence[Commented]":
        from factcheck_cli.quiet.comments import commented
        from factcheck_cli.quiet.placed import holds

        found = takewhile(room.takes, commented(file, text, known, counts))
        return [one for one in found if holds(known, self._today, one, counts)]

    def _beside_of(self, file: str, sidecar: "Sidecar", known: "Known", counts: "Counts") -> "Beside":
        """What the sidecar of a file suppresses; what there is to tell of that is told once for all documents."""
        key = file, counts.narrowed
        if key not in self._beside:
            from factcheck_cli.quiet.beside import Beside
            from factcheck_cli.quiet.counts import Counts
            from factcheck_cli.quiet.placed import holds

            own = Counts(narrowed=counts.narrowed)
            self._beside[key] = Beside(file, sidecar, partial(holds, known, self._today), own)
        counts.share(file, self._beside[key].counts)
        return self._beside[key]


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
