"""Places in sources: whatever is found in a text format, the place that is told holds its characters."""

import re
from email.message import EmailMessage
from html import escape, unescape
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck_cli.inputs.origin import Run, Where
from factcheck_cli.inputs.readers.article import Article, Asked, UnreadableError

WORDS = st.lists(
    st.sampled_from(
        [
            "could",
            "may",
            "café",
            "“said”",
            "a*b",
            "x_y",
            "<p>",
            "&amp;",
            "a|b",
            "`c`",
            "[d]",
            "🚢",
            "it's",
            "1.",
            "#",
            ">",
            "=E9",
            "\\",
        ]
    ),
    min_size=1,
    max_size=6,
)
EMPHASIS = st.sampled_from(["{}", "*{}*", "**{}**", "_{}_", "`{}`", "[{}](http://a.example/may)", "~~{}~~"])


def read(form: str, source: str | bytes, *, whole_page: bool = True) -> list[Article]:
    """The articles that a reader makes of a source."""
    data = source if isinstance(source, bytes) else source.encode()
    found = import_module(f"factcheck_cli.inputs.readers.{form}").read(data, Asked("a", whole_page))
    return [one for one in found if isinstance(one, Article)]


def cut(lines: list[str], place: dict[str, int]) -> str:
    """What stands in the source at a place."""
    first, last = place["line"] - 1, place["end_line"] - 1
    if first == last:
        return lines[first][place["column"] - 1 : place["end_column"] - 1]
    whole = [lines[first][place["column"] - 1 :], *lines[first + 1 : last], lines[last][: place["end_column"] - 1]]
    return "\n".join(whole)


def check(article: Article, source: str, plain: "re.Pattern[str] | None" = None) -> int:
    """Each character of the article stands where it is said to, as it is or as other characters stand for it."""
    lines = source.split("\n")
    where = Where([Run(*run) for run in article.runs])
    count = 0
    for at, char in enumerate(article.text):
        if char.isspace():
            continue
        there = cut(lines, where.place(at, at + 1))
        count += 1
        assert there == char or char in unescape(unescape(there)) or (plain and plain.fullmatch(there)), (char, there)
    return count


@given(
    st.lists(st.tuples(EMPHASIS, WORDS), min_size=1, max_size=5),
    st.sampled_from(["# ", "> ", "- ", "1. ", "", "| ", "> - "]),
)
def test_markdown(parts: list[tuple[str, list[str]]], begin: str) -> None:
    """In Markdown a character is itself, or stands behind a backslash."""
    text = " ".join(form.format(" ".join(words)) for form, words in parts)
    source = f"Intro\n\n{begin}{text}\n\n{begin}second *{text}*\nthird {text}\n\n    code {text}\n"
    for article in read("markdown", source):
        assert check(article, source, re.compile(r"\\.")) > 0


HTML_WORDS = st.lists(
    st.sampled_from(["could", "café", "a&b", "“x”", "1<2", "🚢", "&nbsp;", "é"]), min_size=1, max_size=5
)


@given(
    st.lists(HTML_WORDS, min_size=1, max_size=6), st.sampled_from(["p", "h2", "li", "td", "pre", "div", "figcaption"])
)
def test_html(texts: list[list[str]], tag: str) -> None:
    """In HTML a character is itself, or a reference to it."""
    parts = [f"<{tag}>{escape(' '.join(words))} <b>\n {escape(words[0])}</b>&eacute;</{tag}>" for words in texts]
    source = "<html><body>\n" + "\n".join(parts) + "</body></html>"
    for article in read("html", source):
        assert check(article, source) > 0


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_rst(texts: list[list[str]]) -> None:
    """In reStructuredText words of plain paragraphs stand where they are said to."""
    clean = [[re.sub(r"[^\w’“”]", "", word) or "x" for word in words] for words in texts]
    source = "Title\n=====\n\n" + "\n\n".join(f"{' '.join(words)} *and* more ``{words[0]}``." for words in clean)
    for article in read("rst", source):
        assert check(article, source) > 0


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["quoted-printable", "8bit"]))
def test_mail(texts: list[list[str]], coding: str) -> None:
    """In an e-mail a character is itself, or written as its bytes."""
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "x", "<1@a>"
    message.set_content("\n\n".join("So " + " ".join(words * 5) for words in texts) + "\n", cte=coding)
    data = bytes(message)
    source = data.decode()
    for article in read("mail", data):
        assert check(article, source, re.compile(r"(?:=[0-9A-F]{2})+")) > 0


@given(st.lists(HTML_WORDS, min_size=1, max_size=3), st.booleans())
def test_feed(texts: list[list[str]], cdata: bool) -> None:  # noqa: FBT001 - as hypothesis gives it
    """In a feed a character is itself, or a reference, perhaps to a reference."""
    bodies = [f"<p>{escape(' '.join(words))}</p><p>é &amp; so</p>" for words in texts]
    bodies = [f"<![CDATA[{body}]]>" if cdata else escape(body) for body in bodies]
    items = "\n".join(f"<item><title>T &amp; é</title><description>{body}</description></item>" for body in bodies)
    source = f'<?xml version="1.0"?>\n<rss><channel>{items}</channel></rss>'
    found = read("feed", source)
    assert len(found) == len(texts)
    for article in found:
        assert check(article, source) > 0


ANY = st.one_of(
    st.binary(max_size=300),
    st.text(alphabet="<>/pab =\"'&#;x1!-[]?{}|*_`>\n\t \\:.", max_size=300).map(str.encode),
)


@pytest.mark.parametrize(
    "form", ["markdown", "html", "rst", "mail", "feed", "docx", "odt", "epub", "pdf", "warc", "parquet"]
)
@settings(max_examples=60)
@given(data=ANY)
def test_readers_take_anything(form: str, data: bytes) -> None:
    """Whatever a file holds, a reader makes articles that hold together of it, or says why not."""
    begun = {
        "docx": b"PK\x03\x04",
        "odt": b"PK\x03\x04",
        "epub": b"PK\x03\x04",
        "pdf": b"%PDF-1.4\n",
        "warc": b"WARC/1.0\r\n",
    }
    try:
        found = read(form, begun.get(form, b"") + data, whole_page=len(data) % 2 == 0)
    except (UnreadableError, OSError):
        return
    for article in found:
        for start, end, _ in article.marks:
            assert 0 <= start < end <= len(article.text)
        ats = [run[0] for run in article.runs]
        assert ats == sorted(ats)
        article.text.encode()
