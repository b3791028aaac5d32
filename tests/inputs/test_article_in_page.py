"""The article in a page: none of its paragraphs is lost in silence, and what a page hides is not read."""

import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck_cli.inputs.readers import html
from factcheck_cli.inputs.readers.aligned import choose, lacking
from factcheck_cli.inputs.readers.article import Article, Asked

BEGIN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mill</title>
<body><nav><a href="/">Home</a></nav><article><h1>Mill may stay shut</h1>
<p>Ruth Abara, who runs the mill at Lundby, told the council on Monday that the wheel would not turn this year.</p>
<p>The council has paid for two surveys of the weir so far, and neither of them has been shown to the tenants.</p>
"""
END = """
<p>Ada Voss, the harbour master, said the ferry would call at the upper landing until the weir had been mended.</p>
</article><footer><p>About us</p></footer></body></html>"""


def article(part: str, *, whole_page: bool = False) -> tuple[list[str], list[str]]:
    """The paragraphs that are read of a page with this in its article, and the notes."""
    notes: list[str] = []
    (found,) = html.read(f"{BEGIN}{part}{END}".encode(), Asked("a", whole_page, note=notes.append))
    return getattr(found, "text", "").split("\n\n"), notes


def inner(part: str) -> list[str]:
    """What is read between the paragraphs of the frame, which must be there, without a note."""
    paragraphs, notes = article(part)
    assert notes == []
    assert paragraphs[0] == "Mill may stay shut"
    assert paragraphs[1].startswith("Ruth Abara, who")
    assert paragraphs[-1].startswith("Ada Voss, the")
    return paragraphs[3:-1]


@pytest.mark.parametrize(
    "sign", ["&shy;", "&#8203;", "&zwnj;", "&zwj;", "&lrm;", "&#8288;", "&#xfeff;", "&#x202a;", "e&#x301;"]
)
def test_signs_that_nobody_sees(sign: str) -> None:
    """A sign within a word loses no paragraph, and stays in it."""
    assert inner(f"<p>The wa{sign}termen may not go down today, the tenants said.</p>") == [
        f"The wa{unescape(sign)}termen may not go down today, the tenants said."
    ]


@pytest.mark.parametrize("blank", ["&nbsp;", "&thinsp;", "&emsp;"])
def test_blanks_of_any_width(blank: str) -> None:
    """Neither does a blank that is not the usual one."""
    assert inner(f"<p>The{blank}watermen may not go down today, the tenants said.</p>") == [
        "The watermen may not go down today, the tenants said."
    ]


@pytest.mark.parametrize("sign", ["👩‍🚒", "🚒", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇳🇴", "❤️"])
def test_pictures_of_several_signs(sign: str) -> None:
    """Neither does a picture that several signs make."""
    assert inner(f"<p>The crew {sign} may not go out today, Ada Voss said.</p>") == [
        f"The crew {sign} may not go out today, Ada Voss said."
    ]


@pytest.mark.parametrize(
    ("part", "read"),
    [
        (
            "<p>On <time datetime=2026-03-03>3 March</time> the weir may give way, the tenants said.</p>",
            ["On 3 March the weir may give way, the tenants said."],
        ),
        (
            "<p>The weir <q>may</q> <mark>give way</mark>, <cite>the tenants</cite> said.</p>",
            ["The weir may give way, the tenants said."],
        ),
        (
            "<p>The weir may give way. <span aria-hidden=true>*</span> The mill is shut.</p>",
            ["The weir may give way. * The mill is shut."],
        ),
        (
            "<p>The weir may give way. <span style='color: red; display: none'>No.</span> The mill is shut.</p>",
            ["The weir may give way. The mill is shut."],
        ),
        (
            "<p>The weir may give way.<br>The mill is shut until the ice has gone, the tenants said on Monday.</p>",
            ["The weir may give way.\nThe mill is shut until the ice has gone, the tenants said on Monday."],
        ),
        (
            "<p><b>The weir</b><br>The weir may give way before the ice has gone, the tenants said on Monday.</p>",
            ["The weir\nThe weir may give way before the ice has gone, the tenants said on Monday."],
        ),
        (
            "<p>The weir may give way.<br>The mill is shut.<br>So it is.</p>",
            ["The weir may give way.\nThe mill is shut.\nSo it is."],
        ),
        (
            "<p>The weir may give way.<br><br>The mill is shut.</p>",
            ["The weir may give way.", "The mill is shut."],
        ),
        (
            "<ul><li>The weir may give way.<br>The mill is shut.</li><li>The ferry runs.</li></ul>",
            ["The weir may give way.\nThe mill is shut.", "The ferry runs."],
        ),
        (
            "<table><tr><td><p>The weir may give way.</p><p>It is old.</p></td><td>Yes</td></tr></table>",
            ["The weir may give way.", "It is old.", "Yes"],
        ),
    ],
)
def test_paragraphs_that_are_written_anew(part: str, read: list[str]) -> None:
    """Where the library leaves words out, or ends lines elsewhere, the page's own paragraphs are read."""
    assert inner(part) == read


@pytest.mark.parametrize(
    "between",
    [
        "<button>Share</button>",
        "<svg><title>Share</title><path d=M0 /></svg>",
        "<script>share()</script>",
        "<style>b {}</style>",
        "<iframe src=x></iframe>",
        "<video src=x></video>",
        "<noscript><p>Share</p></noscript>",
        "<template>Share</template>",
    ],
)
def test_a_paragraph_goes_on_behind_what_is_no_text(between: str) -> None:
    """A button or a picture in the midst of a sentence neither ends nor loses it."""
    assert inner(f"<p>It may {between} give way. {between} The mill is shut.</p>") == [
        "It may give way. The mill is shut."
    ]


def test_a_button_is_read_of_the_whole_page() -> None:
    """What a button says stands apart."""
    paragraphs, _ = article("<p>It may <button>Share</button> give way.</p>", whole_page=True)
    assert paragraphs[4:6] == ["It may give way.", "Share"]


@pytest.mark.parametrize("whole_page", [False, True])
def test_struck_out_and_hidden(whole_page: bool) -> None:  # noqa: FBT001 - as pytest gives it
    """What is struck out or hidden is not read, of the whole page neither, and is no loss to tell of."""
    part = """<p>The tenants <del>may</del><ins>could</ins> leave, <s>all</s> <strike>most</strike> of them said.</p>
    <p hidden>The wheel may be sold to the museum at Northport, the tenants said.</p>
    <div style="DISPLAY : none"><p>The weir may be sold to the museum at Northport, the tenants said.</p></div>
    <p style="visibility:hidden">The boats may be sold to the museum at Northport, the tenants said.</p>
    <p hidden="until-found">The ferry may be sold to the museum at Northport, the tenants said.</p>"""
    paragraphs, notes = article(part, whole_page=whole_page)
    assert notes == []
    assert [one for one in paragraphs if "tenants" in one][1:] == [
        "The tenants could leave, of them said.",
        "The ferry may be sold to the museum at Northport, the tenants said.",
    ]


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>No.<p>The weir may give way.",
        "<ul><li hidden>No.<li>The weir may give way.</ul>",
        "<p>So. <s>No.<p>The weir may give way.",
        "<del><p>No.</p><p>No.</p></del><p>The weir may give way.</p>",
    ],
)
def test_hidden_without_an_end(part: str) -> None:
    """What begins a paragraph ends a hidden one, as it does any other."""
    paragraphs, _ = article(part)
    assert "The weir may give way." in paragraphs
    assert not any("No." in one for one in paragraphs)


@pytest.mark.parametrize(
    ("texts", "line"),
    [(["ab"] * 9_000, "ab cd"), (["a" * 30] * 5_000, "a" * 29 + " b"), (["x y z"] * 9_000, "q x")],
)
def test_letters_are_not_compared_without_end(texts: list[str], line: str) -> None:
    """A page made to be slow is not."""
    begun = time.process_time()
    choose("\n".join([line] * 5_000), texts, [False] * len(texts))
    assert time.process_time() - begun < 10


def test_a_page_that_a_script_shows_is_read() -> None:
    """That the whole of a page is hidden says nothing."""
    source = f"{BEGIN}{END}".replace("<body>", "<body style='visibility:hidden'>")
    (found,) = html.read(source.encode(), Asked("a"))
    assert "Ruth Abara" in getattr(found, "text", "")


def test_what_is_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library found and the page does not hold is counted in a note."""
    kept = html._found  # noqa: SLF001 - the library's part
    monkeypatch.setattr(html, "_found", lambda source: kept(source) + "\nNobody wrote this sentence into the page.")
    _, notes = article("")
    assert notes == ["1 passage of the article could not be found in the page; --whole-page reads all of it"]
    monkeypatch.setattr(html, "_found", lambda source: kept(source) + "\nNobody wrote this.\nNor was that written.")
    _, notes = article("")
    assert notes == ["2 passages of the article could not be found in the page; --whole-page reads all of it"]


@pytest.mark.parametrize("whole_page", [False, True])
def test_a_text_without_a_tag(whole_page: bool) -> None:  # noqa: FBT001 - as pytest gives it
    """Text that is only called a page keeps its paragraphs, and its places."""
    notes: list[str] = []
    source = "Mill &amp; weir\r\n\r\nThe weir\r\nmay go.\n \n\nIt is 3 < 4.\n"
    (found,) = html.read(source.encode(), Asked("a", whole_page, note=notes.append))
    assert isinstance(found, Article)
    assert found.text == "Mill & weir\n\nThe weir may go.\n\nIt is 3 < 4."
    assert [(line, column) for _, line, column, _ in found.runs] == [(1, 1), (1, 6), (1, 11), (3, 1), (4, 1), (7, 1)]
    assert notes == ["there is no tag in it, so empty lines part its paragraphs"]
    (found,) = html.read(b"The weir\nmay go.\n\n", Asked("a", whole_page, note=notes.append))
    assert len(notes) == 1


WORDS = st.lists(
    st.sampled_from(["mill", "ferry", "quay", "may", "Ada", "the", "ice", "2,000"]), min_size=1, max_size=9
)


@settings(max_examples=200)
@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_no_word_is_lost(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """However lines are cut, joined and sprinkled with signs, each has its paragraph, in whatever order they come."""
    texts = [f"P{number} {' '.join(words)}." for number, words in enumerate(paragraphs)]
    found = " ".join(texts).split()
    lines = [""]
    for word in found:
        sign = data.draw(st.sampled_from(["", "", "", "\xad", "\u200b"]))
        lines[-1] += f" {word[:2]}{sign}{word[2:]}"
        if word.endswith(".") or data.draw(st.integers(0, 5)) == 0:
            lines.append("")
    taken, lost = choose("\n".join(lines), texts, [False] * len(texts))
    assert all(taken)
    assert lacking(lost, texts) == 0
