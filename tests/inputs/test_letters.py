"""E-mails: what is none of the letter claims nothing, and places are true whatever the letter is coded in."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factcheck_cli.commands import app
from factcheck_cli.inputs.readers import mail
from factcheck_cli.inputs.readers.article import About, Article, Asked

HEAD = "From: {}\nDate: Mon, 02 Mar 2026 10:00:00 +0100\nSubject: Quay\nMessage-ID: <1@a>\nMIME-Version: 1.0\n\n"


def read(body: str, sender: str = "Ada Voss <ada@selby.example>") -> Article:
    """The article of a letter."""
    (article,) = mail.read((HEAD.format(sender) + body).encode(), Asked("a.eml"))
    assert isinstance(article, Article)
    return article


def furniture(article: Article) -> list[str]:
    """What is marked as none of the letter."""
    return [article.text[start:end] for start, end, kind in article.marks if kind == "code"]


def quoted(article: Article) -> list[str]:
    """What is marked as quoted, without what is none of either letter."""
    left_out = furniture(article)
    found = [article.text[start:end] for start, end, kind in article.marks if kind == "mail"]
    return [text for text in found if text not in left_out]


@pytest.mark.parametrize(
    ("body", "left_out", "earlier"),
    [
        ("It sank.\n-- \nAda Voss\n\nIt may be copied.\n", ["--\nAda Voss", "It may be copied."], []),
        ("It sank.\n--\nAda Voss, clerk\n", ["--\nAda Voss, clerk"], []),
        ("It sank.\n--\n" + "It rose.\n" * 9, [], []),
        ("> It sank.\n> -- \n> Ada\nIt rose.\n", ["--\nAda"], ["It sank."]),
        (
            "It sank.\n\nOn Mon, 2 Mar 2026, Desk wrote:\n> It rose.\n",
            ["On Mon, 2 Mar 2026, Desk wrote:"],
            ["It rose."],
        ),
        (
            "It sank.\n\nOn 2 March the desk of the\nSelby Courier wrote:\n\n> It rose.\n",
            ["On 2 March the desk of the\nSelby Courier wrote:"],
            ["It rose."],
        ),
        ("On Monday the mayor wrote:\n\nIt may sink.\n", [], []),
        (
            (
                "It sank.\n\n-----Original Message-----\nFrom: Desk\nTo: ada@selby.example;\n ruth@selby.example\n"
                "Subject: It may sink\n\nIt rose.\n\nTo: be read.\n"
            ),
            [
                (
                    "-----Original Message-----\nFrom: Desk\nTo: ada@selby.example;\nruth@selby.example\n"
                    "Subject: It may sink"
                )
            ],
            ["It rose.", "To: be read."],
        ),
        (
            "Begin forwarded message:\n\nFrom: Desk\nSubject: Mill\n\nIt rose.\n",
            ["Begin forwarded message:", "From: Desk\nSubject: Mill"],
            ["It rose."],
        ),
    ],
)
def test_what_is_none_of_the_letter(body: str, left_out: list[str], earlier: list[str]) -> None:
    """Signatures, and what programs write above earlier letters, are marked, and nothing else is."""
    article = read(body)
    assert furniture(article) == left_out
    assert quoted(article) == earlier


def test_in_html() -> None:
    """The line above an earlier letter is known in HTML, too."""
    message = EmailMessage()
    message.set_content("<p>It sank.</p><p>On Mon, 2 Mar 2026, Desk wrote:</p><p>It rose.</p>", subtype="html")
    (article,) = mail.read(bytes(message), Asked("a.eml"))
    assert isinstance(article, Article)
    assert furniture(article) == ["On Mon, 2 Mar 2026, Desk wrote:"]


def test_furniture_claims_nothing(tmp_path: Path) -> None:
    """Whatever a signature says, nothing is claimed in it."""
    (tmp_path / "a.eml").write_text(HEAD.format("Ada") + "It may sink.\n-- \nAda may be reached at the quay.\n")
    result = CliRunner().invoke(app, ["scan", str(tmp_path / "a.eml"), "--format", "jsonl"], catch_exceptions=False)
    assert [json.loads(line)["level"] for line in result.stdout.splitlines()] == ["possible", "no-claim"]


@pytest.mark.parametrize(
    ("sender", "byline"),
    [
        ("Ada Voss <ada@selby.example>", "Ada Voss"),
        ('"Voss, Ada" <ada@selby.example>', "Voss, Ada"),
        ("Ada <a@a.example>, Ruth <r@a.example>", "Ada, Ruth"),
        ("ada@selby.example", "ada@selby.example"),
    ],
)
def test_bylines_have_no_addresses(sender: str, byline: str) -> None:
    """A letter is by people; an address stands for those only who give no name."""
    assert read("It sank.\n", sender).byline == byline


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mon, 02 Mar 2026 10:00:00 +0100", "2026-03-02T10:00:00+01:00"),
        ("2 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00+00:00"),
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("2 March 2026", "2 March 2026"),
        ("Mon, 99 Mar 2026 10:00:00 +0100", "Mon, 99 Mar 2026 10:00:00 +0100"),
        ("last Monday", "last Monday"),
    ],
)
def test_dates_of_letters_are_iso(written: str, kept: str) -> None:
    """Dates as letters and feeds have them are told as ISO 8601 has them, others as they are written."""
    about = About()
    about.keep("date", written)
    assert about.date == kept


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_base64_has_paragraphs_for_places(subtype: str) -> None:
    """Where nobody can read the source the place is the paragraph of the letter, and no line is told."""
    message = EmailMessage()
    text = "It may sink.\n\nIt rose.\n" if subtype == "plain" else "<p>It may sink.</p>\n<p>It rose.</p>"
    message.set_content(text, subtype=subtype, cte="base64")
    (article,) = mail.read(bytes(message), Asked("a.eml"))
    assert isinstance(article, Article)
    assert article.text == "It may sink.\n\nIt rose."
    assert not article.runs
    assert article.labels == [(0, {"paragraph": 1}), (14, {"paragraph": 2})]
