"""Where the lines of rules are written: those of a rule, and those that amendments add to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from factcheck.language.lower import Lowering
from factcheck.language.program import Program
from factcheck.load import parsed
from factcheck.span import Source

if TYPE_CHECKING:
    from factcheck.language.rule import Amendment, Origin, Rule, RuleFile
    from factcheck.language.syntax import Condition, Field, Pattern, Written


class Line(NamedTuple):
    """A field of a rule or of an amendment of it."""

    owner: "Rule | Amendment"
    pack: str
    """That of the file, empty where it has none."""
    field: "Field"

    @property
    def place(self) -> str:
        """`file:line`."""
        return _place(self.owner, self.field.span.start)

    @property
    def pattern(self) -> "Written[Pattern]":
        """What is written behind a sound `match`, `except` or `unless`."""
        return cast("Written[Pattern]", self.field.value)

    @property
    def condition(self) -> "Written[Condition]":
        """What is written behind a sound `when`."""
        return cast("Written[Condition]", self.field.value)

    def lowering(self, program: Program) -> Lowering:
        """What compiles it again; the program is that of the files."""
        return Lowering.of(self.owner.source, self.pack, program)


def _place(origin: "Origin", at: int) -> str:
    return f"{origin.source.name}:{origin.source.place(at).line}"


class Origins:
    """The lines of rule files. These are parsed only when a line is asked for, each once.

    With `cached` what has been parsed before is read from the disk.
    """

    def __init__(self, sources: Sequence[Source], *, cached: bool = False) -> None:
        self._sources, self._cached = sources, cached

    @cached_property
    def files(self) -> "list[RuleFile]":
        """What each file defines."""
        return parsed(self._sources, [], cached=self._cached)

    def rule(self, rule: str) -> "tuple[Rule, str] | None":
        """The rule as its author wrote it, and where; None of one that no file has."""
        found = self._rules.get(rule)
        if not found:
            return None
        _, one = found[0]
        return one, _place(one, one.statement.span.start)

    def lines(self, rule: str, field: str) -> list[Line]:
        """The lines of this field in the order in which the compiled rule has what they say."""
        return [
            Line(owner, file.pack.name if file.pack else "", one)
            for file, owner in self._owners(rule)
            for one in owner.statement.fields
            if one.name == field
        ]

    def switched_off(self, rule: str) -> str:
        """`file:line` of what switches the rule off, empty where nothing does."""
        off = [one for file in self.files for one in file.disablings if one.target in (rule, rule.partition("/")[0])]
        return _place(off[0], off[0].statement.span.start) if off else ""

    def _owners(self, rule: str) -> "Iterator[tuple[RuleFile, Rule | Amendment]]":
        """The rule, then its amendments, with their files."""
        yield from self._rules.get(rule, ())
        targets = (rule, rule.partition("/")[0], "*")
        found = [one for target in targets for one in self._amendments.get(target, ())]
        yield from ((file, one) for _, file, one in sorted(found, key=lambda one: one[0]))

    @cached_property
    def _rules(self) -> "dict[str, list[tuple[RuleFile, Rule]]]":
        """By their `pack/rule`."""
        found: dict[str, list[tuple[RuleFile, Rule]]] = defaultdict(list)
        for file in self.files:
            for one in file.rules:
                found[one.id].append((file, one))
        return found

    @cached_property
    def _amendments(self) -> "dict[str, list[tuple[int, RuleFile, Amendment]]]":
        """By what they amend, each with its place in the order they are loaded."""
        found: dict[str, list[tuple[int, RuleFile, Amendment]]] = defaultdict(list)
        every = ((file, one) for file in self.files for one in file.amendments)
        for number, (file, one) in enumerate(every):
            found[one.target].append((number, file, one))
        return found
