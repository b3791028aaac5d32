"""The rules at work: as they are loaded, and as their authors wrote them, with the sentences that show them."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck.measured import measured
from factcheck.origins import Origins
from factcheck_cli.html_report.levels import rank
from factcheck_cli.terminal.style import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factcheck import Scanner
    from factcheck.language.program import Rule
    from factcheck.language.syntax import Atom

_EXAMPLES: Final = 3  # sentences of a kind that the panel shows
_EXAMPLE: Final = 200  # characters of one


@dataclass(frozen=True, slots=True)
class Book:
    """Rules by their `pack/rule`, and the lines of their files."""

    rules: "Mapping[str, Rule]"
    origins: Origins
    _rows: dict[str, orjson.Fragment] = field(default_factory=dict)

    def row(self, name: str) -> orjson.Fragment:
        """What the panel shows of a rule, as `report.js` takes it: the same in every article, so written once."""
        if name not in self._rows:
            self._rows[name] = orjson.Fragment(orjson.dumps(self._row(name)))
        return self._rows[name]

    def _row(self, name: str) -> list[Any]:
        rule, known = self.rules[name], [str(one) for one in measured(name)]
        said = [rule.id, rank(rule.level), rule.weight, rule.severity, rule.message, rule.because, rule.suggest, known]
        written = self.origins.rule(name)
        if not written:
            return [*said, "", [], []]
        one, place = written
        return [*said, place, _shown(one.flag), _shown(one.quiet)]


def _shown(examples: "tuple[Atom, ...]") -> list[str]:
    return [cut(one.text, _EXAMPLE) for one in examples[:_EXAMPLES]]


@lru_cache(maxsize=1)
def book_of(scanner: "Scanner", *, cached: bool) -> Book:
    """The rules of a scanner; a process scans batch after batch with one."""
    return Book({rule.id: rule for rule in scanner.program.rules}, Origins(scanner.sources, cached=cached))
