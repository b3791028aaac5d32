"""What is counted of silences over all documents of a scan, and what there is to tell of them at its end."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from factcheck_cli.quiet.silence import Kind


KINDS: "Final[tuple[Kind, ...]]" = ("suppressed", "known", "unchanged")
"""Of several reasons for a silence the first is the one that is counted."""


class Counts:
    """Sentences that are silent or reported at a higher level than theirs, what silenced them, and what is amiss.

    `shift` has for each level how many more sentences, or fewer, are reported at it than have it. `used` counts by
    their keys the silences that silenced something, `declared` has by the same keys what is told of one that did not,
    and `instead` what is told then where more is known; `told` what is told anyway, `hints` what may be worth knowing:
    each the place, and what to say of it. `shared` are the names of what many texts have in common. `narrowed` says
    that not all rules are asked.
    """

    def __init__(self, *, narrowed: bool = False) -> None:
        self.narrowed = narrowed
        self.shift = Counter[str]()
        self.silent: Counter[Kind] = Counter()
        self.used = Counter[object]()
        self.declared: dict[object, tuple[str, str]] = {}
        self.instead: dict[object, str] = {}
        self.told: dict[tuple[str, str], None] = {}
        self.hints: dict[tuple[str, str], None] = {}
        self.shared = set[str]()

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.silent or self.used or self.declared or self.told or self.hints)

    def declare(self, key: object, place: str, unused: str) -> None:
        """There is a silence of this key; what to say of it if it silences nothing."""
        self.declared.setdefault(key, (place, unused))

    def explain(self, key: object, unused: str) -> None:
        """What is rather said of the silence of this key if it silences nothing."""
        self.instead.setdefault(key, unused)

    def share(self, name: str, counts: "Counts") -> None:
        """What many texts have in common is counted with the first of them."""
        if name not in self.shared:
            self.shared.add(name)
            self.add(counts)

    def tell(self, place: str, message: str) -> None:
        """Something is amiss with a silence; it is told once, however often it is found."""
        self.told.setdefault((place, message))

    def hint(self, place: str, message: str) -> None:
        """Something looks as if it were meant for a silence."""
        self.hints.setdefault((place, message))

    def reported(self, levels: Mapping[str, int]) -> Counter[str]:
        """How many sentences are reported at each level, of so many that have it."""
        return +Counter({level: levels.get(level, 0) + self.shift[level] for level in {*levels, *self.shift}})

    def warnings(self) -> Iterator[tuple[str, str]]:
        """All there is to tell at the end, by file and line."""
        unused = ((key, *said) for key, said in self.declared.items() if key not in self.used)
        told = {(place, self.instead.get(key, message)) for key, place, message in unused}
        yield from sorted(told.union(self.told), key=_by_line)

    def notes(self) -> Iterator[tuple[str, str]]:
        """The hints, by file and line."""
        yield from sorted(self.hints, key=_by_line)

    def add(self, other: "Counts") -> None:
        """Counts what others have counted."""
        self.shift.update(other.shift)
        self.silent.update(other.silent)
        self.used.update(other.used)
        for key, said in other.declared.items():
            self.declared.setdefault(key, said)
        self.instead = other.instead | self.instead
        self.told |= other.told
        self.hints |= other.hints


def _by_line(said: tuple[str, str]) -> tuple[str, int, str]:
    file, _, line = said[0].rpartition(":")
    return (file, int(line), said[1]) if file and line.isdecimal() else (said[0], 0, said[1])


def summed(silent: "Mapping[Kind, int]") -> str:
    """How many sentences are silenced by what: `12 suppressed, 3 known`."""
    return ", ".join(f"{silent[kind]:,} {kind}" for kind in KINDS if silent.get(kind))
