"""Sidecars: what a file beside an article suppresses in it, and what is said of wrong ones."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from factcheck_cli.inputs.readers.types import HEAD, told
from suppressed import texts

Run = Callable[..., Result]

MILL = """\
# The mill

<!-- factcheck: ignore house/unnamed because the desk knows them -->
Officials say the wall could fall. The quay closed on Monday.

The boats may sink. <!-- factcheck: ignore all until 2999-03-01 because Ada Voss has seen the report -->
"""


TEXT = "Officials say it could burn. The boats may sink.\n\n“It’s afloat – still,” said Ada Moss. It may rot.\n"
EVERY = ["Officials say it could burn.", "The boats may sink.", "“It’s afloat – still,” said Ada Moss.", "It may rot."]


@pytest.mark.parametrize(
    ("entry", "silent"),
    [
        ('rules = ["house"]\nsentence = "boats may"', ["The boats may sink."]),
        ('rules = "house"\nsentence = "BOATS   may"', ["The boats may sink."]),
        ("rules = \"house\"\nsentence = \"it's afloat - still\"", ["“It’s afloat – still,” said Ada Moss."]),
        ('rules = ["all"]\nblock = "boats may sink"', ["Officials say it could burn.", "The boats may sink."]),
        ('rules = ["all"]\nblock = "burn. the boats"', ["Officials say it could burn.", "The boats may sink."]),
        ('rules = ["all"]\nuntil = 2999-01-01', EVERY),
        ('rules = ["house/chance"]\nuntil = "2999-01-01"', ["The boats may sink.", "It may rot."]),
        ('rules = ["house"]\nsentence = "It may rot"\ndoc = "t.txt"', ["It may rot."]),
    ],
)  # fmt: skip
def test_sidecar_holds_for_sentence_block_and_file(scan: Run, folder: Path, entry: str, silent: list[str]) -> None:
    """By words of the sentence or the block, however a word processor writes their marks; else for all."""
    (folder / "t.txt").write_text(TEXT, "utf-8")
    plain = texts(scan("t.txt"))
    (folder / "t.txt.factcheck.toml").write_text(f'[[ignore]]\n{entry}\nreason = "so"\n', "utf-8")
    result = scan("t.txt")
    assert texts(result) == [text for text in plain if text not in silent]
    assert "warning" not in result.stderr


WHOLE = "[[ignore]]\nrules = 'all'\nreason = 'so'\n"
RULED = "[[ignore]]\nreason = 'so'\nrules = "
DATE = "write it as year-month-day: `until = 2027-03-01`"
FILE, ENTRY = "so this file silences nothing", "so this silences nothing"


@pytest.mark.parametrize(
    ("sidecar", "line", "message"),
    [
        ("[[ignore]]\nrules = [", ":2", "this is not TOML (Invalid value"),
        ("x\n", ":1", "this is not TOML"),
        ("[[ignor]]\nrules = 'all'\n", ":1", f"`ignor` means nothing here, {FILE}; write [[ignore]] tables"),
        ("\n\nignore = 3\n", ":3", f"`ignore` is no list of tables, {FILE}; begin each with [[ignore]]"),
        ("[ignore]\nrules = 'all'\n", ":1", "`ignore` is no list of tables"),
        (WHOLE + "reson = 'so'\n", ":4", f"`reson` means nothing here, {ENTRY}; did you mean `reason`?"),
        ("[[ignore]]\nrules = 'all'\n", ":1", 'it does not say why, so it silences nothing; write `reason = "…"`'),
        ("[[ignore]]\nrules = 'all'\nreason = ' '\n", ":3", "it does not say why"),
        ("[[ignore]]\nrules = 'all'\nreason = 3\n", ":3", f'this is no text, {ENTRY}; write `reason = "…"`'),
        ("[[ignore]]\nreason = 'so'\n", ":1", "it names no rule, so it silences nothing"),
        (RULED + "[]\n", ":3", "it names no rule"),
        (RULED + "3\n", ":3", f'these are no names, {ENTRY}; write `rules = ["pack/rule"]`'),
        (RULED + "['a$b']\n", ":3", f'`a$b` is no name of a rule, {ENTRY}; write `rules = ["pack/rule"]`'),
        (RULED + "'a, b/c'\n", ":3", f'`a, b/c` is no name of a rule, {ENTRY}; write `rules = ["a", "b/c"]`'),
        (RULED + "['“hedge”']\n", ":3", f"`“hedge”` is no name of a rule, {ENTRY}; did you mean `hedge`?"),
        (
            WHOLE + "until = '1 March 2027'\n",
            ":4",
            f"`1 March 2027` is not how dates are written here, {ENTRY}; write `un",
        ),
        (RULED + "'hous'\n", ":1", "no pack, rule or tag is called `hous`: did you mean `house`?"),
        (WHOLE + "until = 'soon'\n", ":4", f"`soon` is no date, {ENTRY}; {DATE}"),
        (WHOLE + "until = 2001-01-01\n", ":1", "expired on 2001-01-01"),
        (WHOLE + "until = 2001-01-01T10:00:00\n", ":1", "expired on 2001-01-01"),
        (WHOLE + "sentence = ''\n", ":4", f"there are no words in it, {ENTRY}; write some of the sentence"),
        (WHOLE + "sentence = 'a'\nblock = 'b'\n", ":5", "it names both a sentence and a block"),
        (WHOLE + "doc = true\n", ":4", "this is no text or number"),
        (WHOLE + "sentence = 'whale'\n", ":1", "this suppresses nothing; remove it (so)"),
        (WHOLE + "doc = 'whale'\n", ":1", "no document is called `whale`, so this suppresses nothing"),
        ("ignore = [{rules = 'all'}]\n", ":1", "it does not say why"),
        (WHOLE + "sentence = 'whale'\n\n[[ignore]]\nrules = 'all'\n", ":6", "it does not say why"),
    ],
)
def test_wrong_sidecar_is_told_by_line_and_silences_nothing(
    scan: Run, folder: Path, sidecar: str, line: str, message: str
) -> None:
    """Every mistake with file, line and remedy; the article is scanned as ever."""
    (folder / "t.txt").write_text(TEXT, "utf-8")
    plain = scan("t.txt").stdout
    (folder / "t.txt.factcheck.toml").write_text(sidecar, "utf-8")
    result = scan("t.txt")
    assert f"factcheck: t.txt.factcheck.toml{line}: warning: {message}" in result.stderr
    assert result.stdout == plain
    assert result.exit_code == 0


def test_unreadable_sidecar_is_told(scan: Run, folder: Path) -> None:
    """A folder of its name, bytes that are no text."""
    sidecar = folder / "article.txt.factcheck.toml"
    sidecar.write_bytes(b"\xff\xfe\xff")
    assert (
        "article.txt.factcheck.toml: warning: this is not UTF-8, so it silences nothing" in scan("article.txt").stderr
    )
    sidecar.unlink()
    sidecar.mkdir()
    assert "article.txt.factcheck.toml: warning: this cannot be read (" in scan("article.txt").stderr


def test_one_wrong_entry_leaves_the_others(scan: Run, folder: Path) -> None:
    """What is right of a sidecar holds."""
    (folder / "t.txt").write_text(TEXT, "utf-8")
    (folder / "t.txt.factcheck.toml").write_text(
        "[[ignore]]\nrules = 'all'\nsentence = 'rot'\n[[ignore]]\nrules = 'all'\nreason = 'so'\nsentence = 'sink'\n"
    )
    result = scan("t.txt")
    assert "The boats may sink." not in texts(result)
    assert "It may rot." in texts(result)


def test_rows_are_named_by_their_document(scan: Run, folder: Path) -> None:
    """By the id that results have, or by file and row."""
    (folder / "r.jsonl").write_text(
        '{"id": "one", "text": "It may sink."}\n{"id": 2, "text": "It may burn."}\n{"text": "It may rot."}\n'
    )
    entry = "[[ignore]]\nrules = 'all'\nreason = 'so'\ndoc = {}\n"
    sidecar = folder / "r.jsonl.factcheck.toml"
    for doc, gone in (("'one'", "It may sink."), ("2", "It may burn."), ("'r.jsonl:3'", "It may rot.")):
        sidecar.write_text(entry.format(doc))
        assert gone not in texts(scan("r.jsonl"))
        assert len(texts(scan("r.jsonl"))) == 2


def test_sidecars_are_no_articles(scan: Run, folder: Path) -> None:
    """In a folder they are passed over, named they are skipped; one without its article is told."""
    (folder / "a").mkdir()
    (folder / "a" / "t.txt").write_text(TEXT, "utf-8")
    for name in ("t.txt", "gone.txt"):
        (folder / "a" / f"{name}.factcheck.toml").write_text("[[ignore]]\nrules = 'all'\nreason = 'so'\n")
    result = scan("a")
    assert result.stdout == ""
    orphan = "there is no gone.txt that this belongs to; call it as its article is called"
    assert result.stderr.splitlines() == [
        f"factcheck: a/gone.txt.factcheck.toml: warning: {orphan}",
        "factcheck: 4 suppressed; --report-suppressed shows what is suppressed",
    ]
    here = scan(".")
    assert f"factcheck: a/gone.txt.factcheck.toml: warning: {orphan}" in here.stderr.splitlines()


def test_sidecars_that_are_named(scan: Run, folder: Path) -> None:
    """Alone they are skipped, along with others, as hooks name them, without a word, unless the article is gone."""
    for name in ("article.txt", "gone.txt"):
        (folder / f"{name}.factcheck.toml").write_text("[[ignore]]\nrules = 'all'\nreason = 'so'\n")
    alone, both, gone = (
        scan(*paths)
        for paths in (
            ["article.txt.factcheck.toml"],
            ["article.txt.factcheck.toml", "article.txt"],
            ["gone.txt.factcheck.toml", "article.txt"],
        )
    )
    said = "skipped: this is no article, but says what is suppressed in article.txt; scan that"
    assert f"factcheck: article.txt.factcheck.toml: {said}" in alone.stderr.splitlines()
    assert "skipped" not in both.stderr
    said = "skipped: there is no gone.txt that this belongs to; remove this, or bring that back"
    assert f"factcheck: gone.txt.factcheck.toml: {said}" in gone.stderr.splitlines()
    assert {one.exit_code for one in (alone, both, gone)} == {0}


def test_sidecars_are_looked_for_once_a_file_and_folders_are_listed(
    scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question for one file, one list for more."""
    asked: list[str] = []
    listed: list[str] = []
    exists, scandir = os.path.lexists, os.scandir

    def ask(path: str) -> bool:
        asked.append(path)
        return exists(path)

    def list_it(path: str) -> Any:  # noqa: ANN401 - whatever the system answers
        listed.append(path)
        return scandir(path)

    monkeypatch.setattr(os.path, "lexists", ask)
    monkeypatch.setattr(os, "scandir", list_it)
    for number in range(5):
        (folder / f"{number}.txt").write_text("It may sink.", "utf-8")
    scan(*(f"{number}.txt" for number in range(5)))
    assert [path for path in map(str, asked) if "txt.factcheck.toml" in path] == ["0.txt.factcheck.toml"]
    assert listed.count(".") == 1


def test_texts_full_of_suppressions_are_bounded(scan: Run, folder: Path) -> None:
    """As many as anybody writes hold; what follows is told once."""
    one = "It may sink. <!-- factcheck: ignore house{} because so -->\n\n"
    (folder / "m.md").write_text(one.format("") * 1001, "utf-8")
    result = scan("m.md")
    assert texts(result) == ["It may sink."]
    assert "m.md:2001: warning: a text may have 1,000 suppressions, so this and what follows silence" in result.stderr
    (folder / "m.md").write_text(one.format(" block") * 102, "utf-8")
    result = scan("m.md")
    assert texts(result) == ["It may sink."] * 52
    assert "m.md:101: warning: a text may have 50 suppressions of blocks and files" in result.stderr


def test_texts_that_begin_with_many_comments_are_told_apart_at_once() -> None:
    """What a file is, is told by its beginning, whatever comments stand there."""
    comment = b"<!-- factcheck: ignore hedge because so -->\n\n"
    assert told((comment * 100)[:HEAD]) == ""
    assert told(comment * 50) == ""
    assert told(comment * 50 + b"<html lang=en>") == "html"
