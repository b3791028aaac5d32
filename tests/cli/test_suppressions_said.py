"""Suppressions as they are written: understood, or told what is amiss and what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck_cli.quiet.nearly import meant
from factcheck_cli.quiet.suppression import Suppression, UnclearError, said
from factcheck_cli.quiet.suppression import day as last_day
from suppressed import texts

Run = Callable[..., Result]


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
