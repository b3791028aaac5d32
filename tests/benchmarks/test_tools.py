"""The measuring tools: turns, tables, and each tool on the smallest of inputs."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

import memory
import pages
import scaling
import startup
import worst
from child import usage
from measure import best, seconds_of
from opened import needs_browser
from stages import STAGES
from tool import Column, Table, show

SMALL = Namespace(corpus=None, rounds=1, again=0)


def with_(**values: object) -> Namespace:
    """The options of a quick run."""
    return Namespace(**{**vars(SMALL), **values})


def test_best_takes_turns() -> None:
    """Each task runs once a round, and its shortest time counts."""
    clock = iter([0.0, 5.0, 10.0, 11.0, 20.0, 22.0, 30.0, 33.0])
    order: list[str] = []
    tasks = {"a": lambda: order.append("a"), "b": lambda: order.append("b")}
    assert best(tasks, 2, lambda: next(clock)) == {"a": 2.0, "b": 1.0}
    assert order == ["a", "b", "a", "b"]


def test_seconds_of_gives_what_the_task_gives() -> None:
    """The time and the value."""
    clock = iter([1.0, 4.0])
    assert seconds_of(lambda: "value", lambda: next(clock)) == (3.0, "value")


TABLE = Table((Column("tool", "tool"), Column("MB/s", "speed", ",.1f")))


def test_table() -> None:
    """Numbers stand on the right, what a row does not have stays empty."""
    assert TABLE.markdown([{"tool": "re", "speed": 1234.56}, {"tool": "none"}]) == (
        "| tool | MB/s |\n| --- | ---: |\n| re | 1,234.6 |\n| none |  |"
    )


def test_show_prints_rows_as_they_come_and_keeps_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The head of a table stands before its first row, and a file has the rows by table."""
    seen: list[str] = []

    def rows() -> Iterator[tuple[str, dict[str, str]]]:
        yield "tools", {"tool": "a"}
        seen.append(capsys.readouterr().out)
        yield "tools", {"tool": "b"}

    show({"tools": TABLE}, rows(), tmp_path / "rows.json")
    assert seen == ["\n| tool | MB/s |\n| --- | ---: |\n| a |  |\n"]
    assert capsys.readouterr().out == "| b |  |\n"
    assert json.loads((tmp_path / "rows.json").read_text("utf-8")) == {"tools": [{"tool": "a"}, {"tool": "b"}]}


def test_usage_is_that_of_the_child_alone() -> None:
    """Memory that this process holds does not count, memory that the command took does."""
    held = bytearray(150_000_000)
    small, large = (usage([sys.executable, "-c", f"bytearray({size})"]) for size in (0, 60_000_000))
    assert small.peak < 50_000_000 < large.peak < len(held)
    assert small.seconds > 0


def test_startup() -> None:
    """Every command has a row, and each way to load."""
    rows = list(startup.measured(with_()))
    assert [name for name, _ in rows] == ["startup"] * 5 + ["load"] * 2
    assert rows[0][1] == {"command": "`python -c pass`", "ms": rows[0][1]["ms"], "ratio": 1.0}


def test_memory() -> None:
    """A row a size, and one for the long line."""
    rows = [row for _, row in memory.measured(with_(sizes=[0.002], line=0.002, jobs=[1]))]
    assert [row["text"] for row in rows] == ["articles, JSON lines", "one article in one line"]
    assert all(float(row["peak"] or 0) > 20 for row in rows)


@needs_browser
def test_pages() -> None:
    """A row a page, each with what can be measured of it."""
    rows = [row for _, row in pages.measured(with_(megabytes=0.01, articles=3, one_file=True))]
    assert [row["page"] for row in rows] == [
        "a short article",
        "an article of 0.01 MB",
        "a folder of 3 articles",
        "its list",
        "one of its pages",
        "the 3 articles in one file",
    ]
    assert all(float(row.get(key) or 1) > 0 for row in rows for key in ("size", "made", "open", "choice", "filter"))


def test_scaling() -> None:
    """A row a size and form, a stage and form, a number of copies; one copy is the packs themselves."""
    given = with_(
        only=scaling.PARTS, sizes=[1, 2], stage_sizes=[0.002, 0.004], hostile=None, times=[1], rules_size=0.004
    )
    rows = list(scaling.measured(given))
    assert [row["form"] for name, row in rows if name == "sizes"] == ["one text"] * 2 + ["articles"] * 2
    assert {row["stage"] for name, row in rows if name == "stages"} == {*STAGES, "all of these"}
    (rules,) = (row for name, row in rows if name == "rules")
    assert rules["ratio"] == 1.0
    assert float(rules["findings"] or 0) > 1_000


def test_scaling_on_a_hostile_text() -> None:
    """With `--hostile` the stages are shown on that text alone."""
    rows = list(scaling.measured(with_(only=["stages"], hostile="commas", stage_sizes=[0.001, 0.002])))
    assert {row["form"] for _, row in rows} == {"commas"}


def test_worst() -> None:
    """A row a kind of text and of rules, with what breaks a bound."""
    given = with_(only=worst.PARTS, sizes=(1, 2), news=10, own=(1, 2), kinds=["commas"], rules=["captures"])
    rows = dict(worst.measured(given))
    assert rows["texts"]["kind"] == "commas"
    assert float(rows["hostile rules"]["findings"] or 0) > 1


def test_marks() -> None:
    """Only what is broken is named."""
    assert worst.mark({"too dear": True, "not linear": False}) == "**too dear**"
    assert worst.mark({"too dear": False}) == ""
