"""The HTML report of articles in a format: captions, code, mail, pages, titles, bylines, dates and places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck_cli.inputs.origin import Label, Origin, Where
from factcheck_cli.inputs.text import Text
from report_page import Page, written


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """A scanner with a small rule."""
    path = tmp_path_factory.mktemp("rules") / "house.fact"
    path.write_text(
        'pack house\nrule odd : unverified\n    "Odd."\n    match officials say | could\n    because "So."\n'
        '    suggest "No."\n    flag "Officials say it sank."\n    pass "It sank."\n',
        "utf-8",
    )
    return Scanner([path], builtin=False, cache=False)


STORY = """\
The mill quay

It closed on Monday. Officials say it could fall before the winter.

Picture: the quay may sink

wall = gone

> Is it true?

> Nobody knows.

It sank.
"""


def story(**about: str) -> Text:
    """The story, with what a format knows of it."""
    spans = {"heading": "The mill quay", "caption": "Picture: the quay may sink", "code": "wall = gone"}
    marks = [(STORY.index(words), STORY.index(words) + len(words), kind) for kind, words in spans.items()]
    marks.append((STORY.index("> Is"), STORY.index("It sank"), "mail"))
    pages = (0, STORY.index("before the winter"), STORY.index("wall"), STORY.index("It sank"))
    where = Where(labels=[Label(at, {"page": number}) for number, at in enumerate(pages, 1)])
    return Text("a.pdf", STORY, marks, Origin("pdf", where, **about))


def drawn(house: Scanner, **about: str) -> str:
    """The part of the page in which the story stands, without the sentences' own elements."""
    page = written(house, story(**about))
    assert Page(page).text == STORY
    read = page[page.index('<div class="read">') : page.index('<section class="notes">')]
    return re.sub(r'</?(?:span|u|a)\b(?! class="turn)[^>]*>|(?<=winter\.)1', "", read)


def test_captions_code_and_mail_are_held(house: Scanner) -> None:
    """Paragraphs stand in what says what they are; pages are marked where they begin, in a sentence, too."""
    page = drawn(house)
    assert '<h1 dir="auto">The mill quay</h1>' in page
    assert '<div class="caption"><p dir="auto">Picture: the quay may sink</p></div>' in page
    assert '<div class="code"><p dir="auto">wall = gone</p></div>' in page
    assert re.search(r'<blockquote class="mail"><p dir="auto">.*</p>\s+<p dir="auto">.*Nobody.*</p></blockquote>', page)
    assert page.count("<blockquote") == 1
    assert re.findall('class="turn">(.*?)<', written(house, story())) == ["Page 2", "Page 3", "Page 4"]
    assert 'it could fall <span class="turn">Page 2</span>' not in page  # elements within were taken out
    assert re.search(r"could</u> fall <span class=\"turn\">Page 2</span>before", written(house, story()))
    assert "PDF, 4 pages, 8 sentences, 2 findings<" in written(house, story())


@pytest.mark.parametrize(
    ("byline", "when", "said"),
    [
        (
            "Ruth Abara",
            "2026-03-14",
            'By <bdi>Ruth Abara</bdi> <i>·</i> <time datetime="2026-03-14" title="2026-03-14">14 March 2026</time></p>',
        ),
        (
            "by Ruth Abara",
            "2026-03",
            '<bdi>by Ruth Abara</bdi> <i>·</i> <time datetime="2026-03" title="2026-03">March 2026<',
        ),
        (
            "",
            "Sat, 14 Mar 2026 10:00:00 +0000",
            '<time datetime="2026-03-14" title="Sat, 14 Mar 2026 10:00:00 +0000">14 March',
        ),
        ("<b>", "2026-99-99", "By <bdi>&lt;b&gt;</bdi> <i>·</i> <span>2026-99-99</span>"),
        ("", "", ""),
    ],
)
def test_byline_and_date(house: Scanner, byline: str, when: str, said: str) -> None:
    """They stand below the title, the date as readers write it, and are no part of the text."""
    page = written(house, story(byline=byline, date=when))
    assert Page(page).text == STORY
    after = page[page.index("</h1>") :]
    assert after.startswith(f'</h1><p class="by">{said}' if byline or when else "</h1>\n")
    assert said in after


def test_title_of_the_source(house: Scanner) -> None:
    """It is the heading where the text begins with none; where it differs from the text's own it is told beside it."""
    plain = Text("a.md", "It closed.", (), Origin("markdown", Where(), title="The <mill> quay", byline="Ruth Abara"))
    head = '<header class="head"><h1 dir="auto">The &lt;mill&gt; quay</h1><p class="by">By <bdi>Ruth Abara</bdi></p>'
    assert head in written(house, plain)
    assert "titled" not in written(house, story(title="The Mill Quay – Selby Gazette"))
    other = written(house, story(title="quay_v3"))
    assert "8 sentences, 2 findings, titled “quay_v3”" in other
    assert '<header class="head">' not in other


def test_byline_that_the_text_has(house: Scanner) -> None:
    """A byline that stands at the beginning of the text is not told twice."""
    text = "By Ruth Abara\n\nIt closed on Monday."
    page = written(house, Text("a.html", text, (), Origin("html", Where(), title="Quay", byline="Ruth Abara")))
    assert 'class="by"' not in page


def test_places_are_those_of_the_source(house: Scanner) -> None:
    """Notes and data name the page, the line or the paragraph as the source counts them."""
    page = written(house, story())
    assert "<small>page 1</small>" in page
    assert 'aria-label="Page 1, unverified: to the sentence"' in page
    (data,) = Page(page).data
    assert data["unit"] == "Page"
    assert [one[3] for one in data["sentences"]] == [1, 1, 1, 2, 3, 3, 3, 4]


def test_language_of_the_text(house: Scanner) -> None:
    """A screen reader is told the language that the source names, if it is one."""
    for language, said in (("en-GB", ' lang="en-GB"'), ('x" onclick="y', ""), ("", "")):
        text = Text("a.html", "It sank.", (), Origin("html", Where(), language=language))
        assert f'<div class="text"{said}>' in written(house, text)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.integers(0, 60), st.sampled_from(["heading", "caption", "code", "mail", "block"])
        ),
        max_size=6,
    ),
    st.lists(st.integers(0, 60), max_size=5),
)
def test_any_marks_and_pages_leave_the_text(
    house: Scanner, spans: list[tuple[int, int, str]], pages: list[int]
) -> None:
    """Wherever marks and pages are, the page is well-formed, and what it shows is the text."""
    text = "Officials say it could sink.\n\nIt sank. It may rise, <b>.\n\nNo"
    marks = [(min(a, b, len(text)), min(max(a, b), len(text)), kind) for a, b, kind in spans]
    where = Where(labels=[Label(at, {"page": number}) for number, at in enumerate(sorted(pages), 1)])
    page = Page(written(house, Text("a", text, marks, Origin("pdf", where, "T", "B", "D"))))
    assert page.text == text
