"""Asks all who have silences to tell of. Where nobody has any, this is all that is loaded, and it costs nothing."""

from collections import defaultdict
from typing import TYPE_CHECKING

from factcheck_cli.quiet.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck import Scanner
    from factcheck.graded import Graded
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.options import Segment
    from factcheck_cli.quiet.hush import Hush, Hushed
    from factcheck_cli.quiet.silence import Quiet, Silence, Teller


class Quieter:
    """Asks them about the parts of a scan."""

    def __init__(self, scanner: "Scanner", quiet: "Sequence[Quiet]", *, narrowed: bool = False) -> None:
        """For the scanner's rules, which may be `narrowed` to some that are selected."""
        self._scanner, self._quiet, self._narrowed = scanner, quiet, narrowed

    def hushed(self, part: "Graded", texts: "Sequence[Text]") -> "Hushed | None":
        """What is left of a part, of whose documents these are the texts; None where nothing is to be said of any."""
        counts = Counts(narrowed=self._narrowed)
        tellers = [
            (number, told)
            for number, text in enumerate(texts)
            for one in self._quiet
            if (told := one.about(text, self._scanner.program, counts))
        ]
        return self._told(part, tellers, counts) if tellers or counts else None

    def looks(self, texts: "Sequence[Text]") -> list[bool]:
        """Whether anybody has to look at the findings of each of the texts to tell what is silent in it."""
        program, counts = self._scanner.program, Counts(narrowed=self._narrowed)
        asked = [one for one in self._quiet if not one.wholly]
        return [any(one.about(text, program, counts) for one in asked) for text in texts]

    def whole(self, text: "Text", segment: "Segment") -> "tuple[dict[int, Hush], Counts]":
        """What is left of the sentences of a text, by their numbers, and what there is to tell of silences."""
        found: dict[int, Hush] = {}
        counts = Counts()
        for part in self._scanner.parts([text.text], [text.name], segment=segment, marks=[text.marks]):
            if hushed := self.hushed(part, [text]):
                found |= hushed.by_document(part).get(0, {})
                counts.add(hushed.counts)
        return found, counts

    def _told(self, part: "Graded", tellers: "Sequence[tuple[int, Teller]]", counts: Counts) -> "Hushed":
        from factcheck.language.program import LEVELS
        from factcheck_cli.quiet.hush import SILENT, Hushed, Left
        from factcheck_cli.quiet.silence import Sentences

        silences: defaultdict[int, list[Silence]] = defaultdict(list)
        at_hand: dict[int, Sentences] = {}
        for number, tell in tellers:
            sentences = at_hand.get(number) or at_hand.setdefault(number, Sentences(part, number))
            for silence in tell(sentences):
                silences[sentences.first + silence.row].append(silence)
        levels = part.grades.level.copy()
        of = Left(self._scanner, part).all(silences) if silences else {}
        for row, one in of.items():
            level = LEVELS[levels[row]]
            counts.used.update(silence.key for silence in silences[row] if silence.key is not None)
            if one.level != level:
                counts.shift[level] -= 1
                counts.silent[one.kind] += 1
                if one.level is not None:
                    counts.shift[one.level] += 1
            levels[row] = SILENT if one.level is None else LEVELS.index(one.level)
        return Hushed(levels, of, counts)
