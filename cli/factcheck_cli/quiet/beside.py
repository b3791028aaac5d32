"""What a sidecar suppresses, told apart once by documents and by words: there may be many of all of these."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from heapq import merge
from itertools import chain, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from factcheck_cli.quiet.phrases import Phrases
from factcheck_cli.quiet.placed import Placed, Worded
from factcheck_cli.quiet.room import Room
from factcheck_cli.quiet.silence import Sentences, plain

if TYPE_CHECKING:
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.sidecar import Sidecar

_NUMBER: Final = attrgetter("number")


class Beside:
    """The suppressions in the sidecar of a file: those that hold in all documents, and those of single ones.

    `counts` has what there is to tell of them whatever the documents are. What `holds` says of one, and tells, is asked
    of those for all documents at once, of others when their document comes.
    """

    def __init__(
        self, file: str, sidecar: "Sidecar", holds: "Callable[[Placed, Counts], bool]", counts: "Counts"
    ) -> None:
        self.counts, self._holds = counts, holds
        self._every = list[Worded]()
        self._of = defaultdict[str, list[Worded]](list)
        for where, problem in sidecar.problems:
            counts.tell(where, problem)
        room = Room(counts)
        for number, entry in enumerate(sidecar.entries):
            one = Worded(entry.suppression, (file, entry.suppression.place, number), number, plain(entry.words))
            if entry.document:
                self._of[entry.document].append(one)
                if not counts.narrowed:
                    nowhere = f"no document is called `{entry.document}`, so this suppresses nothing; remove it"
                    counts.declare((one.key, entry.document), entry.suppression.place, nowhere)
            elif room.takes(one):
                self._every.append(one)
            else:
                break
        self._wide, self._last = _wide(self._every), len(sidecar.entries)
        self._whole = list[Worded]()
        self._worded = defaultdict[str, list[Worded]](list)
        for one in self._every:
            if holds(one, counts):
                (self._worded[one.words] if one.words else self._whole).append(one)
        self._phrases = Phrases(self._worded)

    def of(self, document: str, room: Room, counts: "Counts") -> "Callable[[Sentences], Iterable[Placed]] | None":
        """What tells those that are about sentences of a document, as far as there is room; None where none are."""
        own: Sequence[Worded] = self._of.get(document, ())
        for one in own:
            counts.used[one.key, document] += 1
        last = self._last
        if not room.holds(len(own) + len(self._every), _wide(own) + self._wide):
            taken = [one.number for one in takewhile(room.takes, merge(own, self._every, key=_NUMBER))]
            last = max(taken, default=-1)
        own = [one for one in own if one.number <= last and self._holds(one, counts)]
        return partial(self._about, own, last) if own or self._whole or self._worded else None

    def _about(self, own: Sequence[Worded], last: int, sentences: Sentences) -> list[Worded]:
        said = self._phrases.within(sentences.words.text) if self._worded else ()
        every = chain(self._whole, *(self._worded[words] for words in said))
        return sorted([*own, *(one for one in every if one.number <= last)], key=_NUMBER)


def _wide(found: Iterable[Placed]) -> int:
    """How many are about more than a sentence."""
    return sum(one.is_wide for one in found)
