"""Compiled patterns: what the matchers read. Lists stay names (`Ref`), looked up in the program that holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """One word out of a set. `lower` goes by the case rule, `written` as written or all in capitals, `exact` as it is.

    All forms have plain apostrophes and hyphens; those in `lower` are folded.
    """

    lower: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()

    def __sub__(self, other: "Words") -> "Words":
        return Words(self.lower - other.lower, self.written - other.written, self.exact - other.exact)

    def __and__(self, other: "Words") -> "Words":
        return Words(self.lower & other.lower, self.written & other.written, self.exact & other.exact)

    def __bool__(self) -> bool:
        return bool(self.lower or self.written or self.exact)

    def __len__(self) -> int:
        return len(self.lower) + len(self.written) + len(self.exact)


@dataclass(frozen=True, slots=True)
class Affix:
    """A word by its beginning and its ending; with a capital in them as written or all in capitals."""

    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Mark:
    """This very mark, folded."""

    char: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A mark of a quotation: one that opens it, one that closes it, or (side empty) any."""

    side: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words and up to as many commas and brackets, of any kind and owned by nobody."""

    limit: int


RUNS: Final = ("name", "number", "money", "percent", "year", "date")


@dataclass(frozen=True, slots=True)
class Run:
    """One whole run found before matching, of one of the kinds `RUNS`: a name, or by its shape one of the others."""

    kind: str
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Any:
    """One word of a class: `word`, `adverb` or `participle`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A sentence edge, `start` or `end`; takes no token."""

    side: str


@dataclass(frozen=True, slots=True)
class Ref:
    """The list `pack.name`."""

    key: str


@dataclass(frozen=True, slots=True)
class Capture:
    """What `item` takes is kept under `name`, as a source of `kind` (empty: to be found)."""

    name: str
    kind: str
    item: "Pattern"


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other."""

    items: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """Any of them."""

    options: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """That or nothing."""

    item: "Pattern"


Pattern = Words | Affix | Mark | Quote | Gap | Run | Any | Edge | Ref | Capture | Seq | Alt | Maybe
Lists = Mapping[str, Pattern]


def seq(items: list[Pattern]) -> Pattern:
    """A sequence, or its only item."""
    return items[0] if len(items) == 1 else Seq(tuple(items))


def alt(options: list[Pattern]) -> Pattern:
    """An alternation with all single words in one set, nested alternations flattened; order is kept."""
    flat = [o for option in options for o in (option.options if isinstance(option, Alt) else (option,))]
    words = [o for o in flat if isinstance(o, Words)]
    if len(words) > 1:
        first = flat.index(words[0])
        flat = [o for o in flat if not isinstance(o, Words)]
        flat.insert(first, union(words))
    return flat[0] if len(flat) == 1 else Alt(tuple(flat))


def union(words: list[Words]) -> Words:
    """All their forms in one set; at once, for pairwise unions of a long list would be quadratic."""
    none: frozenset[str] = frozenset()
    return Words(
        none.union(*(w.lower for w in words)),
        none.union(*(w.written for w in words)),
        none.union(*(w.exact for w in words)),
    )


def parts(*patterns: Pattern, lists: Lists | None = None) -> Iterator[Pattern]:
    """The patterns and every part of them in the order written; with `lists` those of the lists named, each once."""
    todo, seen = list(reversed(patterns)), set[str]()
    while todo:
        one = todo.pop()
        yield one
        if isinstance(one, Seq):
            todo += reversed(one.items)
        elif isinstance(one, Alt):
            todo += reversed(one.options)
        elif isinstance(one, Maybe | Capture):
            todo.append(one.item)
        elif isinstance(one, Ref) and lists is not None and one.key not in seen:
            seen.add(one.key)
            todo.append(lists[one.key])
