"""What the measuring tools share: options, tables in Markdown, and their rows as JSON.

A tool has `TABLES`, and a function that yields the rows of each. A row is printed as soon as it is there, for a
tool may run for minutes; `--json` keeps all rows for `record.py`, from which the page on speed is made.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1_000_000
KILOBYTE: Final = 1_000

Value = str | int | float | None
Row = Mapping[str, Value]
Measured = Iterable[tuple[str, Row]]
"""Names of tables, each with a row of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands over it, the key of its values, how they are written, and on which side they stand."""

    title: str
    key: str
    form: str = ""

    @property
    def rule(self) -> str:
        """The line below the title: numbers stand on the right."""
        return "---:" if self.form else "---"

    def cell(self, row: Row) -> str:
        """The value of a row; what it does not have stays empty."""
        value = row.get(self.key)
        return "" if value is None else format(value, self.form)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns."""

    columns: tuple[Column, ...]

    def head(self) -> str:
        """Titles, and the line below them."""
        return f"| {' | '.join(c.title for c in self.columns)} |\n| {' | '.join(c.rule for c in self.columns)} |"

    def line(self, row: Row) -> str:
        """A row as a line."""
        return f"| {' | '.join(column.cell(row) for column in self.columns)} |"

    def markdown(self, rows: Iterable[Row]) -> str:
        """The whole table."""
        return "\n".join((self.head(), *map(self.line, rows)))


def options(summary: str) -> argparse.ArgumentParser:
    """A parser with the options that all tools have."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--corpus", type=Path, help="a .jsonl file with `text`, or a text file; made news without")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the rows here, too")
    return parser


def show(tables: Mapping[str, Table], measured: Measured, kept: Path | None) -> None:
    """Print each row as it comes, a table's head before its first, and keep all of them in the file `kept`."""
    found: dict[str, list[Row]] = {}
    for line in _lines(tables, measured, found):
        print(line, flush=True)
    if kept:
        kept.write_text(json.dumps(found, indent=1), "utf-8")


def _lines(tables: Mapping[str, Table], measured: Measured, found: dict[str, list[Row]]) -> Iterator[str]:
    for name, row in measured:
        if name not in found:
            yield f"\n{tables[name].head()}"
        found.setdefault(name, []).append(row)
        yield tables[name].line(row)
