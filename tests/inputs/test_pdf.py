"""PDF: words that line ends part, heads and feet of pages, headings, told by places on the page."""

from collections.abc import Sequence

import pytest

from factcheck_cli.inputs.readers import pdf as reader
from factcheck_cli.inputs.readers.article import Article, Asked
from factcheck_cli.inputs.readers.hyphens import Hyphens, is_parted
from made_articles import Shown, pdf

Lines = Sequence[Shown]


def read(*pages: Lines, info: bytes = b"") -> Article:
    """The article of a PDF of these pages: height, size of letters, text of each line."""
    (article,) = reader.read(pdf(list(pages), info), Asked("a.pdf"))
    return article


def body(*texts: str, top: int = 700) -> Lines:
    """Lines that follow one another."""
    return [(top - 14 * number, 11, text) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The quay is report-", "edly closed, a clerk said.", "The quay is reportedly closed, a clerk said."),
        ("It was built by a well-", "known mason of Port Selby.", "It was built by a well-known mason of Port Selby."),
        ("It was the long-", "est quay of Port Selby.", "It was the longest quay of Port Selby."),
        ("The Anglo-", "Norse ferry may sail again.", "The Anglo-Norse ferry may sail again."),
        ("The state-of-the-", "art mill may burn.", "The state-of-the-art mill may burn."),
        ("In the years 2024-", "25 it may sink.", "In the years 2024-25 it may sink."),
        ("The two-", "and three-year leases may end.", "The two- and three-year leases may end."),
        ("The wall -", "some say - could fall.", "The wall -\nsome say - could fall."),
        ("The report\xad", "edly old wall could fall.", "The reportedly old wall could fall."),
        ("A re-used wall by the mill, a re-", "used gate.", "A re-used wall by the mill, a re-used gate."),
    ],
)
def test_words_that_line_ends_part(first: str, second: str, whole: str) -> None:
    """A word is made whole, and keeps the hyphen that it has within a line."""
    assert read(body(first, second)).text == whole


def test_a_parted_word_ends_no_paragraph() -> None:
    """The lines around a hyphen and those behind stay one paragraph, over the end of a page, too."""
    first = body("Officials say that the wall of the quay is unsatis-", "factory, and that the mill could fall with")
    article = read([*first, *body("it, for the ground is said to be under-", top=672)], body("mined. It rose."))
    assert article.text == (
        "Officials say that the wall of the quay is unsatisfactory, and that the mill could fall with\n"
        "it, for the ground is said to be undermined. It rose."
    )
    assert article.labels[-1][1] == {"page": 2}


def test_a_hyphen_at_the_end_of_a_paragraph_stays() -> None:
    """Where no line follows nothing is taken away."""
    assert read(body("The lease is for two-")).text == "The lease is for two-"
    assert read([*body("The lease is for two-"), *body("Ada Voss wrote.", "It rose.", top=600)]).text == (
        "The lease is for two-\n\nAda Voss wrote.\nIt rose."
    )


@pytest.mark.parametrize("mark", ["\u2010", "\ufffe", "\x02", "\xad", "-"])
def test_every_hyphen(mark: str) -> None:
    """Whatever sign a PDF has for the hyphen, the word is joined."""
    assert is_parted(f"alleg{mark}")
    assert Hyphens([]).between(f"alleg{mark}", "edly") == ""


ARTICLE = ("On day {0} the tunnel under the bay could flood within", "{1} years, a clerk warns. Nobody has seen it.")


@pytest.mark.parametrize("order", ["hbf", "fhb", "bhf", "hb"])
@pytest.mark.parametrize("pages", [2, 3, 4, 9])
def test_running_heads_are_told_by_their_places(order: str, pages: int) -> None:
    """Heads and feet are left out in whatever order they are drawn; the article's own lines stay."""
    made, wanted = [], []
    for number in range(1, pages + 1):
        texts = [line.format(number, number + 1) for line in ARTICLE]
        parts: dict[str, Lines] = {
            "h": [(770, 9, "Selby Courier - may not be copied")],
            "b": body(*texts),
            "f": [(30, 9, f"Port Selby, page {number} of {pages}")],
        }
        made.append([line for part in order for line in parts[part]])
        wanted.append("\n".join(texts))
    assert read(*made).text == "\n\n".join(wanted)


def test_a_title_is_no_running_head() -> None:
    """What the first page has as its title and the others as their head is read once, as the title."""
    rest = [[(770, 9, "The quay may close"), *body(f"It rose {word}.")] for word in ("once", "twice", "again")]
    article = read([(740, 18, "The quay may close"), *body("It sank. It rose.")], *rest)
    assert (
        article.text == "The quay may close\n\nIt sank. It rose.\n\nIt rose once.\n\nIt rose twice.\n\nIt rose again."
    )


def test_headings_at_the_top_of_pages_stay() -> None:
    """Numbered headings are no running heads, though they count as the pages do."""
    article = read(*([(740, 18, f"Day {number}"), *body("It sank. It rose.")] for number in (1, 2, 3)))
    assert article.text.count("Day") == 3


def test_heads_of_chapters() -> None:
    """A head that is another one in each chapter is told by the number of the page behind it."""
    names = "the quay", "the mill", "the ferry", "the bridge", "the tower"
    for numbers, left in (range(7, 12), 0), ((4, 9, 2, 7, 5), 5):
        pages = [
            [(770, 9, f"About {name} {number}"), *body(f"Of {name} all is known.", f"So is where {name} was built.")]
            for name, number in zip(names, numbers, strict=True)
        ]
        assert read(*pages).text.count("About") == left


def test_pages_that_are_the_same_are_read() -> None:
    """Where nothing would be left all is read."""
    assert read(*[body("It may sink.")] * 3).text == "\n\n".join(["It may sink."] * 3)


@pytest.mark.parametrize("pages", [1, 2])
def test_what_browsers_print(pages: int) -> None:
    """The date and the title at the top and the address at the foot are none of the article."""
    made = [
        [
            (770, 8, "3/2/26, 9:07 PM The quay may close"),
            *body(f"It sank on day {n}."),
            (20, 8, f"https://selby.example/quay {n}/{pages}"),
        ]
        for n in range(1, pages + 1)
    ]
    assert read(*made).text == "\n\n".join(f"It sank on day {n}." for n in range(1, pages + 1))


def test_a_heading_of_two_lines_is_one() -> None:
    """The lines of a headline belong together; a second heading below stays another one."""
    lines = [(740, 24, "The old quay of Port Selby"), (711, 24, "may close for the winter"), (660, 24, "What is known")]
    article = read([*lines, *body("It sank, and it rose. " * 4, "Nobody saw it.", top=620)])
    assert article.text.split("\n\n")[:2] == ["The old quay of Port Selby\nmay close for the winter", "What is known"]
    assert [article.text[a:b] for a, b, kind in article.marks if kind == "heading"] == [
        "The old quay of Port Selby\nmay close for the winter",
        "What is known",
    ]


@pytest.mark.parametrize("said", [b"untitled", b"(anonymous)", b"unspecified"])
def test_what_programs_write_for_nothing_is_no_title(said: bytes) -> None:
    """A PDF that nobody gave a title or an author has none."""
    said = said.replace(b"(", rb"\(").replace(b")", rb"\)")
    article = read(body("It sank."), info=b"/Title (%s) /Author (%s)" % (said, said))
    assert (article.title, article.byline) == ("", "")


LEFT = (
    "The old quay of Port Selby may",
    "be closed before the winter, for",
    "the wall has moved by a hand,",
    "a clerk of the harbour said. She",
    "saw no cracks in it, and nobody",
    "who lives there had been told. A",
)
RIGHT = (
    "report that the council paid for",
    "could be late. It was said to be",
    "ready in May, and Ruth Abara had",
    "read it by then, two people who",
    "know her said. She would not say",
    "what it holds. The ferry sails on.",
)
THIRD = (
    "In the mill on the other bank no",
    "one has worked since March. It",
    "is said that the wheel broke, and",
    "that its owner may sell all of it",
    "to the town, which has not been",
    "asked for anything as yet.",
)


def across(*columns: tuple[str, ...], wide: int = 180, top: int = 600) -> list[tuple[int, int, str, int]]:
    """Columns that are drawn line by line, each line right across all of them."""
    rows = zip(*columns, strict=True)
    return [
        (top - 14 * down, 11, text, 40 + wide * right)
        for down, row in enumerate(rows)
        for right, text in enumerate(row)
        if text
    ]


def test_columns_that_are_drawn_line_by_line() -> None:
    """Each column is read to its end, and a sentence goes on in the next one."""
    assert read(across(LEFT, RIGHT)).text == "\n".join((*LEFT, *RIGHT))
    assert read(across(LEFT, RIGHT, THIRD)).text == "\n".join((*LEFT, *RIGHT)) + "\n\n" + "\n".join(THIRD)


def test_columns_below_lines_that_go_across_them() -> None:
    """A headline above columns and a line below them stay where they are."""
    headline = "The old quay of Port Selby may close, and nobody knows when"
    last = "Written by Ada Voss, who lives in Port Selby, for the Selby Courier."
    article = read([(680, 18, headline, 40), *across(LEFT, RIGHT), (460, 11, last, 40)])
    assert article.text == "\n\n".join((headline, "\n".join((*LEFT, *RIGHT)), last))


def test_columns_of_paragraphs() -> None:
    """A first line that is moved in is one of its column, and one column may be shorter than the other."""
    drawn = across(LEFT, (*RIGHT[:5], ""), wide=220)
    lines = [(y, size, text, x + 20 * (text in {LEFT[3], RIGHT[2]})) for y, size, text, x in drawn]
    found = read(lines).text
    assert [line for line in found.split("\n") if line] == [*LEFT, *RIGHT[:5]]


@pytest.mark.parametrize(
    "columns",
    [
        (("Quay", "Mill", "Ferry", "Bridge", "Tower"), ("It may sink this year.", *["It may be sold by then."] * 4)),
        (
            ("The old quay of Port Selby", "Mill", "The ferry", "A bridge", "The tower of the town"),
            ("It may sink this year.", "Sold", "It is old.", "It may be closed for all of the year.", "None"),
        ),
    ],
)
def test_tables_are_no_columns(columns: tuple[tuple[str, ...], ...]) -> None:
    """The cells of a row stay together, for they do not fill their columns."""
    found = read(across(*columns)).text
    assert [line for line in found.split("\n") if line] == [" ".join(row) for row in zip(*columns, strict=True)]
