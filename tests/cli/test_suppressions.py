"""Suppressions: what comments and sidecars silence, what is said of those that do not, and that levels stay."""

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
from factcheck_cli.quiet.nearly import meant
from factcheck_cli.quiet.quieter import Quieter
from factcheck_cli.quiet.suppressed import Suppressions
from factcheck_cli.quiet.suppression import Suppression, UnclearError, said
from factcheck_cli.quiet.suppression import day as last_day
from suppressed import records, texts

Run = Callable[..., Result]

MILL = """\
# The mill

<!-- factcheck: ignore house/unnamed because the desk knows them -->
Officials say the wall could fall. The quay closed on Monday.

The boats may sink. <!-- factcheck: ignore all until 2999-03-01 because Ada Voss has seen the report -->
"""


# What comments say ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "rules", "scope", "until", "reason"),
    [
        ("factcheck: ignore hedge because so", ("hedge",), "sentence", "", "so"),
        (" FactCheck : IGNORE hedge/may Because so ", ("hedge/may",), "sentence", "", "so"),
        ("factcheck: ignore hedge, doubt/x weasel because so", ("hedge", "doubt/x", "weasel"), "sentence", "", "so"),
        ("factcheck: ignore hedge hedge because so", ("hedge",), "sentence", "", "so"),
        ("factcheck: ignore all in this block because so", ("all",), "block", "", "so"),
        ("factcheck: ignore all file because so", ("all",), "file", "", "so"),
        ("factcheck: ignore all in the file because so", ("all",), "file", "", "so"),
        ("factcheck: ignore all in this sentence because so", ("all",), "sentence", "", "so"),
        ("factcheck: ignore all in file until 2027-03-01 because so", ("all",), "file", "2027-03-01", "so"),
        ("factcheck: ignore all\n  because it is so until\n noon because of it", ("all",), "sentence", "",
         "it is so until noon because of it"),
        ("factcheck: ignore hedge until 2027-03-01, because so", ("hedge",), "sentence", "2027-03-01", "so"),
        ("factcheck: ignore hedge, until 2027-03-01; because so", ("hedge",), "sentence", "2027-03-01", "so"),
        ("factcheck: ignore a, b, block, until 2027-03-01. because so", ("a", "b"), "block", "2027-03-01", "so"),
        ("factcheck: ignore hedge,because so", ("hedge",), "sentence", "", "so"),
        ("factcheck: ignore hedge in this paragraph because so", (), "", "",
         "`in this paragraph` is not understood, so this silences nothing; did you mean `in this block`?"),
        ("factcheck: ignore hedge for the article, until 2027-03-01 because so", (), "", "",
         "`for the article` is not understood, so this silences nothing; did you mean `in this file`?"),
        ("factcheck: ignore hedge in this blok because so", (), "", "", "did you mean `in this block`?"),
        ("factcheck: ignore hedge on monday because so", (), "", "",
         "`on monday` is not understood, so this silences nothing; write `factcheck: ignore RULE in this block "),
        ("factcheck: ignore in this file hedge because so", (), "", "",
         "`in this file` stands before the rules, so this silences nothing; write `factcheck: ignore RULE in this"),
        ("factcheck: ignore block because it is a pack's name", (), "", "", "it names no rule"),
        ("factcheck: ignore because so", (), "", "", "it names no rule, so it silences nothing"),
        ("factcheck: ignore hedge", (), "", "", "it does not say why, so it silences nothing; end it with `because …`"),
        ("factcheck: ignore hedge because so until 2020-01-01", (), "", "", "the date stands in the reason"),
        ("factcheck: ignore hedge because  ", (), "", "", "it does not say why"),
        ("factcheck: ignore hedge until tomorrow because so", (), "", "", "`tomorrow` is no date"),
        ("factcheck: ignore hedge until 2027-13-01 because so", (), "", "", "write it as year-month-day"),
        ("factcheck: ignore hedge until because so", (), "", "", "no date stands behind `until`"),
        ("factcheck: ignore hedge until: 2027-03-01 because: so", ("hedge",), "sentence", "2027-03-01", "so"),
        ("factcheck: ignore hedge till 2027-03-01 because so", (), "", "",
         "`2027-03-01` is no rule but a date, so this silences nothing; write `until 2027-03-01`"),
        ("factcheck: ignore hedge, the desk knows them", (), "", "", "so it silences nothing; end it with `because …`"),
        ("factcheck: ignore hedge since so", (), "", "", "write `because` in place of `since`"),
        ("factcheck: ignore hedge becuase so", (), "", "", "write `because` in place of `becuase`"),
        ("factcheck: ignore hedge reason: so", (), "", "", "write `because` in place of `reason`"),
        ("factcheck: ignore hedge because so; factcheck: ignore doubt because so", (), "", "",
         "there are two in this comment, so it silences nothing; write a comment for each"),
        ("factcheck: ignore “hedge” because so", (), "", "",
         "`“hedge”` is no name of a rule, so this silences nothing; did you mean `hedge`?"),
        ("factcheck: ignore [hedge, doubt] because so", (), "", "", "did you mean `hedge`?"),
        ("factcheck: ignore hedge/* because so", (), "", "", "did you mean `hedge`?"),
        ("factcheck: ignore * because so", (), "", "", "did you mean `all`?"),
        ("factcheck: ignore: hedge because so", (), "", "",
         "`:` is no name of a rule, so this silences nothing; leave it out"),
        ("factcheck: ignore hedge – because so", (), "", "", "leave it out"),
        ("factcheck: ignore doubt / x because so", (), "", "", "write pack/rule without blanks"),
        ("factcheck: ignore hedge for this paragraph because so", (), "", "", "did you mean `in this block`?"),
        ("factcheck: ignore hedge on this line because so", (), "", "", "did you mean `in this sentence`?"),
        ("factcheck: ignore hedge in the whole article because so", (), "", "",
         "`in the whole article` is not understood, so this silences nothing; did you mean `in this file`?"),
        ("factcheck: ignore hedge in this section because so", (), "", "",
         "write `factcheck: ignore RULE in this block because REASON`, or `in this file`"),
        ("factcheck: ignore hedge until 2027-03-01 file because so", (), "", "", "`file` stands behind the date"),
        ("factcheck: ignore he$ge because so", (), "", "", "`he$ge` is no name of a rule"),
        (f"factcheck: ignore {' '.join(f'r{n}' for n in range(101))} because so", (), "", "", "more than 100 rules"),
        ("factcheck: skip hedge because so", (), "", "", "`factcheck: skip` is not understood"),
        ("factcheck:", (), "", "", "write `factcheck: ignore RULE because REASON`"),
    ],
)  # fmt: skip
def test_comment_is_understood_or_told(
    comment: str, rules: tuple[str, ...], scope: str, until: str, reason: str
) -> None:
    """Every part of it; what is not understood says what to write."""
    if rules:
        assert said(comment, "a.md:1") == Suppression(rules, scope, reason, until, "a.md:1")  # type: ignore[arg-type]
        return
    with pytest.raises(UnclearError) as error:
        said(comment, "a.md:1")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1 March 2027", "2027-03-01"),
        ("March 1, 2027", "2027-03-01"),
        ("the 1st of March, 2027", "2027-03-01"),
        ("1 Mar 2027 in this file", "2027-03-01"),
        ("2027-3-1", "2027-03-01"),
        ("2027/03/01", "2027-03-01"),
        ("31.12.2027", "2027-12-31"),
        ("12/31/2027", "2027-12-31"),
        ("3/3/2027", "2027-03-03"),
        ("“2027-03-01”", "2027-03-01"),
        ("1/3/2027", ""),
        ("1 March", ""),
        ("March 2027", ""),
        ("the end of March", ""),
        ("30 February 2027", ""),
    ],
)
def test_date_that_is_written_in_another_way_is_told_how_to_write_it(written: str, day: str) -> None:
    """With the day where it can be but one; in comments and in sidecars."""
    with pytest.raises(UnclearError) as error:
        said(f"factcheck: ignore hedge until {written} because so", "a.md:1")
    with pytest.raises(UnclearError) as beside:
        last_day(written, "until = {}")
    if day:
        told = f"`{written}` is not how dates are written here, so this silences nothing"
        assert str(error.value) == f"{told}; write `until {day}`"
        assert str(beside.value) == f"{told}; write `until = {day}`"
    else:
        told = f"`{written}` is no date, so this silences nothing; write it as year-month-day"
        assert str(error.value) == f"{told}: `until 2027-03-01`"
        assert str(beside.value) == f"{told}: `until = 2027-03-01`"


WORDS = {
    "house and sourcing": "no pack, rule or tag is called `and`: it can be left out",
    "house paragraph": "no pack, rule or tag is called `paragraph`: did you mean `in this block`?",
    "house everywhere": "no pack, rule or tag is called `everywhere`: did you mean `in this file`?",
    "rule house": "no pack, rule or tag is called `rule`: leave it out",
    "everything": "no pack, rule or tag is called `everything`: did you mean `all`?",
    "House": "no pack, rule or tag is called `House`: did you mean `house`?",
    "chance": "no pack, rule or tag is called `chance`: did you mean `house/chance`?",
    "possible": "`possible` is a level, and no pack, rule or tag: `factcheck rules list` has them",
}


@pytest.mark.parametrize("words", WORDS)
def test_what_is_no_rule_is_told_what_it_may_be(scan: Run, folder: Path, words: str) -> None:
    """A scope without its preposition, a word between rules, a level."""
    (folder / "a.md").write_text(f"It may sink. <!-- factcheck: ignore {words} because so -->\n", "utf-8")
    result = scan("a.md")
    assert result.stderr.startswith(f"factcheck: a.md:1: warning: {WORDS[words]}\n")


@given(st.text())
def test_no_comment_breaks(rest: str) -> None:
    """Whatever is written behind the mark is understood or told."""
    told = list[str]()
    try:
        said(f"factcheck: {rest}", "a.md:1")
    except UnclearError as error:
        told.append(str(error))
    assert all("so it silences nothing" in one or "so this silences nothing" in one for one in told)


NEARLY = [
    ("factcheck ignore house because so", "ignore house because so"),
    ("fact-check: ignore house/chance because so", "ignore house/chance because so"),
    ("Fact check: ignore all in this file because so", "ignore all in this file because so"),
    ("fact_check; ignore house", "ignore house because REASON"),
    ("factcheck-ignore house until 2999-01-01 because so", "ignore house until 2999-01-01 because so"),
    ("factchek: ignore house, sourcing because so", "ignore house, sourcing because so"),
    ("faktcheck: ignroe house because so", "ignore house because so"),
    ("@factcheck: ignore house because so", "ignore house because so"),
    ("- factcheck: ignore house because so -", "ignore house because so"),
    ("factcheck disable house/unnamed because so", "ignore house/unnamed because so"),
    ("fact-check: house/chance because so", "ignore house/chance because so"),
    ("fact-check: ignore huose because so", "ignore huose because so"),
    ("fact-check: ignore house in the paragraph because so", "ignore house in this block because so"),
    ("fact-check: house/unknown because so", "ignore house/unknown because so"),
    ("factcheck ignore ipcc because that pack is not loaded now", "ignore ipcc because that pack is not loaded now"),
]
MENTIONS = [
    "fact-check: done by RA on 3 May",
    "Fact check: the mayor says that it may sink",
    "fact check: house because the mayor denies it",
    "fact-check: skip",
    "factcheck ignore",
    "factcheck by Ada Voss, ignore all that is below",
    "fact check ignored by the mayor because of the rain",
    "fact check: ignore all of it because the council said so",
    "factcheck this, and ignore house rules",
    "fact-check: ignore the mayor's claim",
    "the factcheck: ignore house because so",
    "Facebook Pixel: ignore all because so",
    "Fact check: he/she",
    "Fact check: n/a",
    "fact-check 12/03 by RA",
    "fact-check: skip n/a",
    "fact-check: skip huose",
    "factcheck: 12/03",
    "factcheck: n/a",
    "Factcheck: ask Ruth about the date",
    "factcheck: done",
    "factcheck:",
    "footer",
]


@pytest.mark.parametrize(("comment", "right"), NEARLY)
@pytest.mark.parametrize("form", ["md", "html", "rst"])
def test_what_is_nearly_a_suppression_is_told(scan: Run, folder: Path, comment: str, right: str, form: str) -> None:
    """With its line and what to write; it silences nothing."""
    page = {"md": "It rose.\n\n<!-- {} -->\nIt may sink.\n", "rst": "It rose.\n\n.. {}\n\nIt may sink.\n"}
    html = "<html><body><p>It rose.</p>\n\n<p><!-- {} -->It may sink.</p></body></html>"
    (folder / f"a.{form}").write_text(page.get(form, html).format(comment), "utf-8")
    result = scan(f"a.{form}", "--whole-page")
    assert "It may sink." in texts(result)
    said = f"this silences nothing, though it looks like a suppression; write `factcheck: {right}`"
    assert result.stderr == f"factcheck: a.{form}:3: note: {said}\n"
    assert scan(f"a.{form}", "--whole-page", "--quiet").stderr == ""
    assert scan(f"a.{form}", "--whole-page", "--no-suppressions").stderr == ""


@pytest.mark.parametrize("comment", MENTIONS)
def test_whoever_mentions_a_fact_check_is_told_nothing(scan: Run, folder: Path, comment: str) -> None:
    """An ordinary comment is no business of ours."""
    (folder / "a.md").write_text(f"<!-- {comment} -->\nIt may sink.\n", "utf-8")
    assert scan("a.md").stderr == ""


@given(st.text(), st.sampled_from(["fact-check: ignore ", "factcheck ", "Fact check", ""]))
def test_whatever_a_comment_nearly_is_can_be_understood(rest: str, begins: str) -> None:
    """What is told to be written is right."""
    right = meant(f"{begins}{rest}")
    assert not right or said(right, "a.md:1").reason


TOLD = {
    "factcheck: off": "`factcheck: off` is not understood, so it silences nothing",
    "factcheck: disable-next-line house": "`factcheck: disable-next-line` is not understood, so it silences nothing",
    "factcheck: house": "`factcheck: house` is not understood, so it silences nothing",
    "factcheck: quiet now because so": "`factcheck: quiet` is not understood, so it silences nothing",
    "factcheck: ignroe house": "`factcheck: ignroe` is not understood, so it silences nothing",
    "factcheck: ignore house in this paragraph because so": "`in this paragraph` is not understood, so this silences",
}


@pytest.mark.parametrize("comment", TOLD)
def test_what_is_meant_for_us_and_not_understood_is_told_once(scan: Run, folder: Path, comment: str) -> None:
    """On one line; and it silences nothing, for nobody knows how much was meant."""
    (folder / "a.md").write_text(f"<!-- {comment} -->\nIt may sink. It may burn.\n", "utf-8")
    result = scan("a.md")
    assert texts(result) == ["It may sink.", "It may burn."]
    assert result.stderr.startswith(f"factcheck: a.md:1: warning: {TOLD[comment]}")
    assert result.stderr.count("\n") == 1


def test_plain_text_has_no_comments(scan: Run, folder: Path) -> None:
    """A suppression there is prose; a note tells where it can be written instead."""
    comments = "<!-- factcheck: ignore house because so -->\n\n# factcheck: ignore all because so\n"
    said = "this silences nothing, for plain text has no comments"
    for name, remedy in (("a.txt", "write it into a.txt.factcheck.toml, or "), ("-", "")):
        (folder / "a.txt").write_text(f"It may sink. He said factcheck: ignore it.\n{comments}", "utf-8")
        result = scan(name, text=(folder / "a.txt").read_text("utf-8"))
        assert "It may sink." in texts(result)
        assert result.stderr.splitlines() == [
            f"factcheck: {name}:{line}: note: {said}; {remedy}read the text with --type markdown" for line in (2, 4)
        ]
    assert "a.txt:2: note" in scan("a.txt", "--jobs", "2", "house.fact").stderr
    assert scan("a.txt", "--quiet").stderr == scan("a.txt", "--no-suppressions").stderr == ""
    assert "note" not in scan("a.txt", "--type", "markdown").stderr
    (folder / "a.txt.factcheck.toml").write_text("[[ignore]]\nrules = 'house'\nreason = 'so'\n", "utf-8")
    assert "a.txt:2: note" in scan("a.txt").stderr


UNREAD = [
    ("md", "It may sink. <!-- factcheck: ignore house because so", "Markdown"),
    ("md", "{# factcheck: ignore house because so #}\nIt may sink.", "Markdown"),
    ("md", "{/* factcheck: ignore house because so */}\nIt may sink.", "Markdown"),
    ("md", "% factcheck: ignore house because so\nIt may sink.", "Markdown"),
    ("md", ".. factcheck: ignore house because so\n\nIt may sink.", "Markdown"),
    ("html", "<p>It may sink. <!-- factcheck: ignore house because so</p>", "HTML"),
    ("html", "<p>// factcheck: ignore house because so</p><p>It may sink.</p>", "HTML"),
    ("rst", "It may sink. .. factcheck: ignore house because so", "reStructuredText"),
    ("rst", ". factcheck: ignore house because so\n\nIt may sink.", "reStructuredText"),
    ("rst", "<!-- factcheck: ignore house because so -->\n\nIt may sink.", "reStructuredText"),
]


@pytest.mark.parametrize(("form", "article", "called"), UNREAD)
def test_what_is_no_comment_of_its_format_is_told(
    scan: Run, folder: Path, form: str, article: str, called: str
) -> None:
    """Where it is not closed, or stands in the comment of another language; a note says how one is written."""
    (folder / f"a.{form}").write_text(f"{article}\n", "utf-8")
    result = scan(f"a.{form}", "--whole-page")
    assert "may sink" in result.stdout
    right = "factcheck: ignore RULE because REASON"
    right = f"`.. {right}`, with an empty line before and behind" if form == "rst" else f"`<!-- {right} -->`"
    said = f"this silences nothing, for it is no comment in {called}; write {right}"
    assert result.stderr == f"factcheck: a.{form}:1: note: {said}\n"
    assert scan(f"a.{form}", "--whole-page", "--quiet").stderr == ""


@pytest.mark.parametrize(
    "article",
    [
        "It may sink. `<!-- factcheck: ignore house because so -->` says so.",
        "It may sink.\n\n    % factcheck: ignore house because so",
        "It may sink. He said // factcheck: ignore it.",
    ],
)
def test_what_is_shown_is_no_business_of_ours(scan: Run, folder: Path, article: str) -> None:
    """In code, or in the midst of a sentence."""
    (folder / "a.md").write_text(article, "utf-8")
    assert scan("a.md").stderr == ""


def test_explain_tells_what_is_nearly_a_suppression(run: Run, folder: Path) -> None:
    """As a scan does."""
    (folder / "a.md").write_text("<!-- factcheck ignore hedge because so -->\nIt may sink.\n", "utf-8")
    told = "a.md:1: note: this silences nothing, though it looks like a suppression; write `factcheck: ignore hedge"
    assert told in run("explain", "a.md:2").stderr


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
