"""Two desks write packs of their own: stories of files written, commands typed, mistakes made and mended.

A story in `golden/desks` is its own script. `Write FILE:` stands above lines behind `|`, `Change FILE:` above lines
behind `-` and `+`; a line behind `$` is typed, and what is printed stands below it, four columns in. All else is told
to the reader.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factcheck_cli.commands import app

STORIES = Path(__file__).parents[1] / "golden" / "desks"
_FILE = re.compile(r"(?:Write|Change) (?P<name>[\w.]+)\b")
_LINE = re.compile(r"  (?P<mark>[|+-])(?: (?P<text>.*))?")


@dataclass(slots=True)
class Replay:
    """Does what a story tells, line by line."""

    name: str = ""
    marks: dict[str, list[str]] = field(default_factory=dict)

    def lines(self, story: str) -> Iterator[str]:
        """The story with what is printed now."""
        printed = False
        for line in story.splitlines():
            if printed and (not line or line.startswith("    ")):
                continue
            printed = line.startswith("  $ ")
            self.read(line)
            yield line
            if printed:
                yield from (f"    {one}".rstrip() for one in self.typed(line[4:]))
                yield ""

    def read(self, line: str) -> None:
        """Gathers the lines of a file or of a change, and makes it where they end."""
        if found := _LINE.fullmatch(line):
            self.marks.setdefault(found["mark"], []).append(found["text"] or "")
            return
        if self.marks:
            self.make()
        if found := _FILE.match(line):
            self.name = found["name"]

    def make(self) -> None:
        """Writes or changes the file."""
        path = Path(self.name)
        text, old, new = ("".join(f"{line}\n" for line in self.marks.pop(mark, ())) for mark in "|-+")
        if not text:
            before = path.read_text("utf-8")
            assert before.count(old) == 1, f"{self.name} has this {before.count(old)} times:\n{old}"
            text = before.replace(old, new)
        path.write_text(text, "utf-8")

    def typed(self, command: str) -> list[str]:
        """What the command prints, and its status where that is not 0."""
        words = shlex.split(command)
        if words[0] == "cat":
            return Path(words[1]).read_text("utf-8").splitlines()
        result = CliRunner().invoke(app, words[1:], prog_name=words[0], catch_exceptions=False)
        status = [f"[status {result.exit_code}]"] if result.exit_code else []
        return [*result.output.splitlines(), *status]


@pytest.mark.parametrize("desk", ["sports", "health"])
def test_story(desk: str, golden: Callable[[str, str], None], folder: Path) -> None:
    """Each command prints what the story tells, to the byte; --update-golden writes what is printed into it."""
    for path in folder.iterdir():
        path.unlink()
    story = (STORIES / f"{desk}.txt").read_text("utf-8")
    golden(f"desks/{desk}.txt", "\n".join(Replay().lines(story)).rstrip("\n") + "\n")
