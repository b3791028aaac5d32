"""The worked example of the engine's page is what the matcher does."""

import re
from pathlib import Path

from factcheck.judge.hits import Role
from factcheck.judge.match import Matcher
from factcheck.load import load
from factcheck.text.article import read

PAGE = (Path(__file__).parents[2] / "engine" / "DESIGN.md").read_text("utf-8")


def row(name: str) -> list[str]:
    """The cells of the first table row with this name."""
    (cells,) = re.findall(rf"^\| {name} \|(.*)\|$", PAGE, re.MULTILINE)[:1]
    return [cell.strip() for cell in cells.split("|")]


def test_the_worked_example(tmp_path: Path) -> None:
    """Tokens, symbols and matches are those shown."""
    (rules,) = re.findall(r"```fact\n(.*?)```", PAGE, re.DOTALL)
    (text,) = re.findall(r"^> (.*)$", PAGE, re.MULTILINE)
    path = tmp_path / "demo.fact"
    path.write_text(rules, "utf-8")
    matcher = Matcher(load([path], builtin=False, cached=False).program)
    article = read(text, lexicon=matcher.symbols.lexicon)
    hits = matcher.hits(article).rows()
    assert list(article.tokens.form) == row("token")
    assert matcher.symbols.of(article).tolist() == [int(number) for number in row("symbol")]
    assert [hit[:5] for hit in hits] == [(Role.MATCH, 0, 0, 0, 2), (Role.MATCH, 1, 0, 3, 6), (Role.MATCH, 2, 0, 7, 10)]
