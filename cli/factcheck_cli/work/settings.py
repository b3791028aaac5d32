"""All that the work of a scan depends on but the texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self

from factcheck_cli.config.rules import RuleSet
from factcheck_cli.gates import Gates
from factcheck_cli.inputs.text import How
from factcheck_cli.options import Format, Level, Segment, names
from factcheck_cli.terminal.style import Style

if TYPE_CHECKING:
    from factcheck_cli.quiet.silence import Quiet


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the work depends on but the texts; it travels to worker processes."""

    rules: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    builtin: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cache: bool = True
    segment: Segment = "auto"
    at_most: Level | None = None
    format: Format | Literal["stats"] = "jsonl"
    to_file: bool = False
    style: Style = field(default_factory=Style)
    how: How = field(default_factory=How)
    gates: Gates | None = None
    quiet: "tuple[Quiet, ...]" = ()
    db: str = ""
    """The archive that the run is kept in, if it is."""
    by: str = ""
    """What statistics tell groups of documents apart by."""

    @classmethod
    def of(cls, typed: Mapping[str, Any], *, facts: tuple[tuple[str, str], ...] = (), **others: Any) -> Self:  # noqa: ANN401 - of any type
        """Those of the options, by the parameters of `scan`, that choose rules and say how inputs are read.

        Rows are asked for these `facts`.
        """
        given = typed.get
        switches = (bool(given("whole_page")), bool(given("any_language")))
        return cls(
            rules=tuple(map(str, given("rules") or ())),
            packs=names(given("packs")),
            builtin=not given("no_builtin"),
            select=names(given("select")),
            ignore=names(given("ignore")),
            cache=not given("no_cache"),
            segment=given("segment") or "auto",
            how=How(given("text_field"), given("id_field"), given("type"), *switches, facts=facts),
            **others,
        )

    @property
    def rule_set(self) -> RuleSet:
        """What rules are loaded and chosen by, and their severities."""
        return RuleSet(self.rules, self.packs, self.builtin, self.select, self.ignore, self.style.severities)
