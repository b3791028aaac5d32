"""Suppressions: what comments and sidecars silence, and that levels stay."""

import json
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import Result

from factcheck import Scanner
from factcheck_cli.inputs.text import Comment, Text
from factcheck_cli.quiet.quieter import Quieter
from factcheck_cli.quiet.suppressed import Suppressions
from suppressed import records, texts

Run = Callable[..., Result]

MILL = """\
# The mill

<!-- factcheck: ignore house/unnamed because the desk knows them -->
Officials say the wall could fall. The quay closed on Monday.

The boats may sink. <!-- factcheck: ignore all until 2999-03-01 because Ada Voss has seen the report -->
"""


# Where they hold -----------------------------------------------------------------------------------------------------

COMMENT = "<!-- factcheck: ignore house{} because so -->"
PLACES = [
    ("C\nIt may sink. It may burn.\n\nIt may fall.", "", ["It may sink."]),
    ("C It may sink. It may burn.", "", ["It may sink."]),
    ("It may sink. C It may burn.", "", ["It may burn."]),
    ("It may C sink. It may burn.", "", ["It may sink."]),
    ("It may sink. It may burn. C\n\nIt may fall.", "", ["It may burn."]),
    ("It may sink.\n\nC\n\nIt may burn.", "", ["It may burn."]),
    ("It may sink. It may burn.\nC", "", []),
    ("C\nIt may sink. It may burn.\n\nIt may fall.", " block", ["It may sink.", "It may burn."]),
    ("It may sink. It may burn. C\n\nIt may fall.", " in this block", ["It may sink.", "It may burn."]),
    ("It may sink. It may burn.\n\nIt may fall.\n\nC", " file", ["It may sink.", "It may burn.", "It may fall."]),
    ("- C It may sink.\n- It may burn.", "", ["It may sink."]),
    ("- It may sink. C\n- It may burn.", " block", ["It may sink."]),
    ("It may sink. `C` It may burn.", "", []),
    ("It may sink.\n\n    C\n\nIt may burn.", " file", []),
    ("It may sink.\n\n```\nC\n```\n\nIt may burn.", " file", []),
    ("It may sink. \\C It may burn.", " file", []),
]


@pytest.mark.parametrize(("article", "scope", "silent"), PLACES)
def test_markdown_comment_holds_where_it_stands(
    scan: Run, folder: Path, article: str, scope: str, silent: list[str]
) -> None:
    """In its sentence, before it, or at the end of its paragraph; a block; the file; in code nowhere."""
    (folder / "a.md").write_text(article.replace("C", COMMENT.format(scope)), "utf-8")
    plain = records(scan("a.md", "--no-suppressions"))
    left = records(scan("a.md"))
    gone = [one for one in plain if one not in left]
    assert [one["text"] for one in gone] == silent
    assert left == [one for one in plain if one["text"] not in silent]


def test_html_comment_holds_where_it_stands(scan: Run, folder: Path) -> None:
    """Within a paragraph, before one, in the head for the file; what is quoted in code does nothing."""
    page = (
        "<html><head>{}</head><body><p>It may sink. {}It may burn.</p>{}<p>It may fall.</p>"
        "<p>It <b>may{}</b> rot.</p><pre>&lt;!-- factcheck: ignore all file because no --&gt;</pre></body></html>"
    )
    one = COMMENT.format("")
    wanted = ["It may sink.", "It may burn.", "It may fall.", "It may rot."]
    for number in range(1, 4):
        (folder / "a.html").write_text(page.format(*(one if number == n else "" for n in range(4))), "utf-8")
        found = [text for text in texts(scan("a.html", "--whole-page")) if text in wanted]
        assert found == [text for n, text in enumerate(wanted) if n != number]
    (folder / "a.html").write_text(page.format(COMMENT.format(" in this file"), "", "", ""), "utf-8")
    assert [text for text in texts(scan("a.html", "--whole-page")) if text in wanted] == []


def test_comment_in_what_no_reader_sees_is_unused(scan: Run, folder: Path) -> None:
    """A comment in the menu of a page is about no sentence of the article."""
    story = " ".join(f"The ferry left the quay at {hour} on Monday, and the mill stood still." for hour in range(1, 30))
    page = f"<html><body><nav><p>{COMMENT.format('')}Home</p></nav><article><h1>Mill</h1><p>{story} It may sink.</p>"
    (folder / "a.html").write_text(f"{page}</article></body></html>", "utf-8")
    result = scan("a.html")
    assert "It may sink." in texts(result)
    assert result.stderr == "factcheck: a.html:1: warning: this suppresses nothing; remove it (so)\n"


def test_rest_comment_holds_for_what_follows(scan: Run, folder: Path) -> None:
    """A comment is a paragraph of its own there."""
    (folder / "a.rst").write_text(
        "Mill\n====\n\n.. factcheck: ignore house\n   because so\n\nIt may sink. It may burn.\n\n::\n\n"
        "   .. factcheck: ignore house in this file because no\n",
        "utf-8",
    )
    result = scan("a.rst")
    assert "It may sink." not in texts(result)
    assert "It may burn." in texts(result)


def test_epub_comment_holds(scan: Run, folder: Path) -> None:
    """The chapters of a book are pages, too; the place is that of the file."""
    with zipfile.ZipFile(folder / "a.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
        )
        book.writestr(
            "p.opf",
            '<package><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="c"/></spine></package>',
        )
        comment = COMMENT.format("")
        book.writestr("c.xhtml", f"<html><body><p>It may sink. {comment}It may burn.</p>{comment}</body></html>")
    result = scan("a.epub")
    assert texts(result) == ["It may sink."]
    assert result.stderr.startswith("factcheck: a.epub: warning: this suppresses nothing; remove it (so)\n")


MARKED = f"<p>{COMMENT.format(' file')}It may sink.</p>"
MAIL = f"From: a@x.example\nMIME-Version: 1.0\nMessage-ID: <1@x.example>\nContent-Type: text/html\n\n{MARKED}"
FEED = f"<rss><channel><item><title>x</title><description><![CDATA[{MARKED}]]></description></item></channel></rss>"


@pytest.mark.parametrize(("name", "content"), [("a.txt", MARKED), ("a.eml", MAIL), ("a.rss", FEED)])
def test_what_strangers_send_silences_nothing(scan: Run, folder: Path, name: str, content: str) -> None:
    """Comments of mails and feeds do nothing, and plain text has none."""
    (folder / name).write_text(content, "utf-8")
    assert any("It may sink." in text for text in texts(scan(name)))


# What they do --------------------------------------------------------------------------------------------------------


def test_what_is_left_is_reported_and_the_level_stays(scan: Run, folder: Path) -> None:
    """The record is as ever, with what is reported beside it; a silent one is left out, and counted."""
    (folder / "mill.md").write_text(MILL, "utf-8")
    plain = {one["text"]: one for one in records(scan("mill.md", "--no-suppressions"))}
    result = scan("mill.md")
    found = {one["text"]: one for one in records(result)}
    note = {"rules": ["house/unnamed"], "reason": "the desk knows them", "place": "mill.md:3"}
    first = plain["Officials say the wall could fall."]
    assert first["level"] == "unverified"
    assert found.pop(first["text"]) == first | {"reported": "possible", "suppressed": [note]}
    assert found == {text: one for text, one in plain.items() if "could" not in text and "may" not in text}
    assert result.stderr == "factcheck: 2 suppressed; --report-suppressed shows what is suppressed\n"
    assert scan("mill.md", "--quiet").stderr == ""


def test_gates_count_what_is_reported(scan: Run, folder: Path) -> None:
    """Whether what is suppressed is printed or not."""
    (folder / "mill.md").write_text(MILL, "utf-8")
    for more in ((), ("--report-suppressed",)):
        assert scan("mill.md", "--fail-at", "unverified", *more).exit_code == 0
        result = scan("mill.md", "--fail-at", "possible", *more)
        assert result.exit_code == 1
        assert "1 of 4 sentences is at or below possible" in result.stderr
    assert scan("mill.md", "--fail-at", "unverified", "--no-suppressions").exit_code == 1


def test_last_day_holds_and_the_next_one_is_told(folder: Path) -> None:
    """A suppression holds through the day it names."""
    comment = Comment(0, inside=False, text="factcheck: ignore house until 2027-03-01 because so", line=1, column=1)
    text = Text("a.md", "It may sink.", comments=[comment])
    scanner = Scanner([folder / "house.fact"], builtin=False)
    ended = "expired on 2027-03-01, so it silences nothing any more; give it a new date or remove it (so)"
    for today, silent in (("2027-02-28", True), ("2027-03-01", True), ("2027-03-02", False)):
        found, counts = Quieter(scanner, [Suppressions(today)]).whole(text, "auto")
        assert bool(found) is silent
        assert list(counts.warnings()) == ([] if silent else [("a.md:1", ended)])


def test_what_is_amiss_is_told_by_line(scan: Run, folder: Path) -> None:
    """Expired, unused, misspelt, without a reason: each with its place and the remedy; none silences."""
    lines = [
        "It may sink. <!-- factcheck: ignore house until 2001-01-01 because old -->",
        "It may burn. <!-- factcheck: ignore house/chanse because so -->",
        "It may fall. <!-- factcheck: ignore house -->",
        "It stood. <!-- factcheck: ignore house/chance because there was one -->",
        "It may rot. <!-- factcheck: ignore house/chanse, house/chance because so -->",
        "It may rust. <!-- factcheck: ignore icd203 because that pack is not loaded now -->",
    ]
    (folder / "b.md").write_text("\n\n".join(lines), "utf-8")
    result = scan("b.md")
    assert texts(result) == ["It may sink.", "It may burn.", "It may fall.", "It stood.", "It may rust."]
    ended = "expired on 2001-01-01, so it silences nothing any more; give it a new date or remove it (old)"
    assert result.stderr.splitlines() == [
        f"factcheck: b.md:1: warning: {ended}",
        "factcheck: b.md:3: warning: no pack, rule or tag is called `house/chanse`: did you mean `house/chance`?",
        "factcheck: b.md:5: warning: it does not say why, so it silences nothing; end it with `because …`",
        "factcheck: b.md:7: warning: this suppresses nothing; remove it (there was one)",
        "factcheck: b.md:9: warning: no pack, rule or tag is called `house/chanse`: did you mean `house/chance`?",
        "factcheck: 1 suppressed; --report-suppressed shows what is suppressed",
    ]
    assert scan("b.md", "--quiet").stderr == ""


BEHIND = [
    ("It may sink. C The mayor left by train at noon.", "", 1, "it is about “The mayor left by train …”"),
    ("It may sink.\n\nC\n\nThe mill closed.", "", 3, "it is about “The mill closed.”"),
    ("It may sink.\n\nC", "", 3, "no sentence follows it"),
    ("It may sink. It rose.\n\nC\n\nThe mill closed.", " in this block", 3, "it is about “The mill closed.”"),
    ("It rose. C The mill closed. It may sink.", "", 1, ""),
    ("It may sink. It rose. C\n\nThe mill closed.", "", 1, ""),
    ("# It may sink.\n\nThe mill C closed.", "", 3, ""),
    ("It may sink. C The mayor left.", ", until 2001-01-01", 1, None),
]


@pytest.mark.parametrize("case", BEHIND)
def test_comment_behind_what_it_is_meant_for_is_told_what_it_is_about(
    scan: Run, folder: Path, case: tuple[str, str, int, str | None]
) -> None:
    """Where it would silence what stands just before it, and silences nothing; else it is to be removed."""
    article, what, line, about = case
    (folder / "b.md").write_text(article.replace("C", COMMENT.format(what)), "utf-8")
    right = f"put it {'into the paragraph' if what else 'before the sentence'} that it is meant for (so)"
    said = f"this suppresses nothing, for {about}; {right}" if about else "this suppresses nothing; remove it (so)"
    result = scan("b.md")
    assert "It may sink." in texts(result)
    if about is None:
        assert "this suppresses" not in result.stderr
    else:
        assert result.stderr == f"factcheck: b.md:{line}: warning: {said}\n"
    assert scan("b.md", "--select", "house/named").stderr == "" or about is None


def test_where_not_all_rules_are_asked_nothing_is_called_unused_or_unknown(scan: Run, folder: Path) -> None:
    """A run with some rules cannot tell what the others find."""
    (folder / "b.md").write_text("It may sink. <!-- factcheck: ignore house/chance because so -->", "utf-8")
    result = scan("b.md", "--ignore", "house/chance")
    assert result.stderr == ""
    assert texts(result) == ["It may sink."]


def test_quotation_without_speaker_is_suppressed_by_the_name_that_reports_give_it(run: Run, folder: Path) -> None:
    """No rule of a pack says so, but reports call it something."""
    (folder / "q.md").write_text(
        "“The ferry left.” <!-- factcheck: ignore factcheck/no-speaker because it is a motto -->"
    )
    plain = run("scan", "q.md", "--format", "github", "--no-suppressions")
    assert "factcheck/no-speaker" in plain.stdout
    result = run("scan", "q.md", "--format", "github")
    assert result.stdout == ""
    assert result.stderr == "factcheck: 1 suppressed; --report-suppressed shows what is suppressed\n"


LEVELS = ["unverified", "possible", "probable", "attributed", "asserted", "established", "no-claim"]
RULES = ["house/unnamed", "house/chance", "house/named", "house", "all", "sourcing"]
SENTENCES = ["It may sink.", "Officials say it could burn.", "Ada Voss said it may rot.", "It stood.", "Could it be?"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8),
    st.tuples(st.sampled_from(RULES), st.sampled_from(["", " block", " file"])),
    st.integers(0, 7),
)
def test_suppression_changes_no_other_record(
    scan: Run, folder: Path, sentences: list[str], what: tuple[str, str], at: int
) -> None:
    """Of a sentence that it is about the record stays, with what is left; all others are as they were."""
    at %= len(sentences)
    comment = f"<!-- factcheck: ignore {what[0]}{what[1]} because so -->"
    whole = "\n\n".join([*sentences[:at], f"{comment}\n{sentences[at]}", *sentences[at + 1 :]])
    (folder / "p.md").write_text(whole, "utf-8")
    plain, every, left = (
        {one["index"]: one for one in records(scan("p.md", *more))}
        for more in (("--no-suppressions",), ("--report-suppressed",), ())
    )
    added = {"reported", "suppressed"}
    assert {n: {k: v for k, v in one.items() if k not in added} for n, one in every.items()} == plain
    assert left == {n: one for n, one in every.items() if one.get("reported", "x") is not None}
    about = {at} if what[1] != " file" else set(plain)
    assert {n for n, one in every.items() if "suppressed" in one} <= about
    levels = [(one["level"], one["reported"]) for one in left.values() if "reported" in one]
    assert all(LEVELS.index(after) >= LEVELS.index(before) for before, after in levels)


# Processes -----------------------------------------------------------------------------------------------------------


def test_jobs_silence_and_tell_the_same(scan: Run, folder: Path) -> None:
    """What other processes used and found amiss comes back, and is told once."""
    (folder / "many").mkdir()
    for number in range(6):
        (folder / "many" / f"{number}.md").write_text(MILL + COMMENT.format(""), "utf-8")
    rows = "".join(json.dumps({"id": f"r{n}", "text": "It may sink."}) + "\n" for n in range(4000))
    (folder / "rows.jsonl").write_text(rows, "utf-8")
    (folder / "rows.jsonl.factcheck.toml").write_text(
        "".join(f"[[ignore]]\nrules = 'house'\ndoc = '{name}'\nreason = 'so'\n\n" for name in ("r3999", "x"))
    )
    one, two = (scan("many", "rows.jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert one.stderr.count("rows.jsonl.factcheck.toml:6: warning: no document is called `x`") == 1
    assert one.stderr.count(".md:7: warning: this suppresses nothing") == 6
    assert "13 suppressed" in one.stderr


def test_suppressions_travel() -> None:
    """They are pickled with the settings, without what they have read."""
    again = pickle.loads(pickle.dumps(Suppressions("2027-03-01")))  # noqa: S301 - made here
    assert vars(again).keys() == vars(Suppressions("")).keys()
    assert again._today == "2027-03-01"  # noqa: SLF001 - there is nothing else to see


def test_where_nothing_is_suppressed_nothing_more_is_loaded(folder: Path) -> None:
    """A plain scan starts as fast as without."""
    assert folder.exists()
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app", "scan", "article.txt"]
    house = ["--rules", "house.fact", "--no-builtin"]
    done = subprocess.run([*command, *house], capture_output=True, text=True, check=True, env=dict(os.environ))
    found = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {name for name in found if name.startswith("factcheck_cli.quiet.")} == {
        "factcheck_cli.quiet.asked",
        "factcheck_cli.quiet.counts",
        "factcheck_cli.quiet.quieter",
        "factcheck_cli.quiet.suppressed",
    }
    assert "tomllib" not in found
