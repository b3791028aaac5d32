"""What a sidecar suppresses, in plain steps: every text walks through all entries, each is asked of all sentences."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from factcheck.language.program import Program
from factcheck_cli.inputs.text import Text
from factcheck_cli.quiet.counts import Counts
from factcheck_cli.quiet.placed import Known
from factcheck_cli.quiet.sidecar import Entry, Sidecar
from factcheck_cli.quiet.silence import Note, Sentences, Silence, Teller, plain

Numbered = tuple[int, Entry]


class PlainBeside:
    """Tells what one sidecar suppresses in the texts of its file."""

    wholly: ClassVar[bool] = False

    def __init__(self, file: str, sidecar: Sidecar, today: str, room: tuple[int, int]) -> None:
        self.file, self.sidecar, self.today = file, sidecar, today
        self.most, self.wide = room

    def about(self, text: Text, program: Program, counts: Counts, /) -> Teller | None:
        """What tells of those in a text."""
        known = Known(program)
        for where, problem in self.sidecar.problems:
            counts.tell(where, problem)
        placed = [one for one in self._bounded(text, counts) if self._holds(*one, known, counts)]

        def told(sentences: Sentences) -> Iterator[Silence]:
            for number, entry in placed:
                yield from self._silences(number, entry, sentences, known)

        return told if placed else None

    def _bounded(self, text: Text, counts: Counts) -> Iterator[Numbered]:
        """As many as a text may have; of the others is told whether there is a document that is called so."""
        number = wide = 0
        for place, entry in enumerate(self.sidecar.entries):
            if entry.document == text.name:
                counts.used[self._key(place, entry), entry.document] += 1
        for place, entry in enumerate(self.sidecar.entries):
            one, key = entry.suppression, self._key(place, entry)
            if entry.document and entry.document != text.name:
                if not counts.narrowed:
                    said = f"no document is called `{entry.document}`, so this suppresses nothing; remove it"
                    counts.declare((key, entry.document), one.place, said)
                continue
            number, wide = number + 1, wide + (one.scope != "sentence")
            if number > self.most or wide > self.wide:
                most = f"{self.wide} suppressions of blocks and files"
                most = most if wide > self.wide else f"{self.most:,} suppressions"
                rest = "so this and what follows silence nothing; name several rules in one"
                counts.tell(one.place, f"a text may have {most}, {rest}")
                return
            yield place, entry

    def _key(self, number: int, entry: Entry) -> object:
        return (self.file, entry.suppression.place, number)

    def _holds(self, number: int, entry: Entry, known: Known, counts: Counts) -> bool:
        one = entry.suppression
        if one.has_expired(self.today):
            ended = f"expired on {one.until}, so it silences nothing any more; give it a new date or remove it"
            counts.tell(one.place, f"{ended} ({one.reason})")
            return False
        holds = any(name in known for name in one.rules)
        if not counts.narrowed:
            for name in one.rules:
                if problem := known.problem(name):
                    counts.tell(one.place, problem)
            if holds and all(name in known for name in one.rules):
                unused = f"this suppresses nothing; remove it ({one.reason})"
                counts.declare(self._key(number, entry), one.place, unused)
        return holds

    def _silences(self, number: int, entry: Entry, sentences: Sentences, known: Known) -> Iterator[Silence]:
        one, key = entry.suppression, self._key(number, entry)
        every = "all" in one.rules
        note = Note("suppressed", () if every else one.rules, one.reason, one.until, one.place)
        wanted = known.rules(one.rules)
        for row in _rows(entry, sentences):
            rules, own = sentences.rules[row], sentences.own(row)
            found = frozenset(number for number, rule in enumerate(rules) if rule in wanted)
            if every:
                yield Silence(row, note, key=key if rules or own == "factcheck/no-speaker" else None)
            elif found or own in wanted:
                yield Silence(row, note, found, base=own in wanted, key=key)


def _rows(entry: Entry, sentences: Sentences) -> list[int]:
    words, every = plain(entry.words), range(len(sentences))
    said = [plain(sentences.text(row)) for row in every]
    if entry.suppression.scope == "file":
        return list(every)
    if entry.suppression.scope == "sentence":
        return [row for row in every if words in said[row]]
    blocks = [list(rows) for _, rows in groupby(every, key=lambda row: sentences.paragraphs[row])]
    return [row for block in blocks if words in " ".join(said[row] for row in block) for row in block]
