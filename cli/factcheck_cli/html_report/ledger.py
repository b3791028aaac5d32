"""What is counted over an article for its tables: on whom it rests, and which rules were at work."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from factcheck_cli.html_report.accounted import Accounted
from factcheck_cli.terminal.reason import UNNAMED, named, unnamed

WRITER: Final = ("", "writer")
NOBODY: Final = ("", "nobody")
"""The keys of what rests on the writer alone, and of quotations whose speaker is not found."""

_ALONE: Final = ("asserted", "no-claim")  # nobody else vouches for these, whoever is named near by


@dataclass(slots=True)
class Rest:
    """How much rests on a source, which has this number."""

    number: int
    name: str
    kind: str
    sentences: int = 0
    characters: int = 0
    levels: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Ledger:
    """The sources and the rules of an article in the order in which they come."""

    levels: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    """Those of sentences that claim something."""
    sources: dict[tuple[str, str], Rest] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    """How often each rule found something."""
    weakened: Counter[str] = field(default_factory=Counter)
    """How often each rule is the reason of a level below a claim that somebody stands behind."""
    _rules: dict[str, int] = field(default_factory=dict)

    def source(self, one: Accounted) -> int:
        """Counts the sentence, and that it rests on its source; the number of this, -1 where nothing is claimed."""
        sentence = one.sentence
        self.levels[sentence.level] += 1
        if sentence.level == "no-claim":
            return -1
        key = _key(one)
        source = sentence.source if key not in {WRITER, NOBODY} else None
        rest = self.sources.get(key)
        if not rest:
            rest = self.sources[key] = Rest(len(self.sources), named(source) if source else "", key[1])
        if source and rest.kind in {"named", "pronoun"}:
            rest.kind = source.kind
        rest.sentences += 1
        rest.characters += len(sentence.text)
        rest.levels[sentence.level] += 1
        self.characters += len(sentence.text)
        return rest.number

    def rule(self, name: str) -> int:
        """Counts a finding of the rule; the rule's number."""
        self.used[name] += 1
        return self.number(name)

    def number(self, name: str) -> int:
        """The rule's number among those that are told of, whether it found something or was silenced."""
        return self._rules.setdefault(name, len(self._rules))

    @property
    def numbered(self) -> Iterable[str]:
        """Those rules in the order of their numbers."""
        return self._rules


def _key(one: Accounted) -> tuple[str, str]:
    """By what a source is known: its name, of unnamed people their words as within a sentence."""
    source = one.sentence.source
    if source and one.sentence.level not in _ALONE:
        return (unnamed(source), UNNAMED) if source.kind == UNNAMED else (named(source), "named")
    return NOBODY if one.quoted and not source and one.base == "unverified" else WRITER
