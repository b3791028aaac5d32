"""The rules that the texts of a scan are read by: one set, or several where files have their own."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from factcheck.language.program import Pack, Program, Rule


class Rulebook(NamedTuple):
    """All sets; what several of them have stands once, as the first has it."""

    programs: "tuple[Program, ...]"

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the signals that any set measures."""
        return tuple(dict.fromkeys(name for program in self.programs for name in program.signals))

    @property
    def rules(self) -> "dict[str, Rule]":
        """The rules by their names, `pack/rule`."""
        return {rule.id: rule for program in reversed(self.programs) for rule in program.rules}

    @property
    def packs(self) -> "list[Pack]":
        """The packs."""
        return list({(one.name, one.version): one for program in self.programs for one in program.packs}.values())
