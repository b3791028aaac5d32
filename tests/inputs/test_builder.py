"""What readers are made of: paragraphs in one go equal those in pieces, XML is told by name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck_cli.inputs.readers.article import Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.docx import read
from factcheck_cli.inputs.readers.elements import Attributes, Said, parse, value
from made_articles import zipped

_ODD = st.text(st.sampled_from("ab. \t\n\r\v\f\xa0\u2003\x85\x1c\0\ud800é\u2028"), max_size=12)


def pieces(texts: list[str]) -> Article:
    """Each of the texts as a paragraph that is written line by line: what `paragraph` means."""
    builder = Builder()
    for number, text in enumerate(texts):
        place = {"paragraph": number}
        builder.begin(["heading"], lambda place=place: place)  # type: ignore[misc]
        for line_number, line in enumerate(text.split("\n")):
            if line_number:
                builder.blank("\n")
            builder.write(line)
    return builder.article()


@given(st.lists(_ODD, max_size=4))
@example(["a \xa0\n b", " ", "a  b\n\n c"])
def test_a_paragraph_is_what_its_lines_are(texts: list[str]) -> None:
    """White space is a blank or a line break, and odd characters are replaced, however a paragraph is written."""
    builder = Builder()
    for number, text in enumerate(texts):
        builder.paragraph(text, "heading", {"paragraph": number})
    assert builder.article() == pieces(texts)


@given(st.lists(st.tuples(_ODD, st.booleans()), max_size=6))
def test_runs_hold_the_words_of_the_source(written: list[tuple[str, bool]]) -> None:
    """Text that is written with its place in the source stands there, one character for one, but for white space."""
    builder, at = Builder(), 0
    source = "".join(text for text, _ in written)
    for text, begins in written:
        if begins:
            builder.begin()
        builder.write(text, at)
        at += len(text)
    article = builder.article()
    for start, origin, size in builder._runs:  # noqa: SLF001 - places as lines and columns are harder to read
        assert size == 0
        one, other = article.text[start], source[origin]
        assert one == other or (one == " " and other.isspace()) or one == "\ufffd"


_NESTED = (
    b"<w:a xmlns:w='u' xmlns='v'><w:p w:val='1'>one<del>two<p>three</p><del/></del><t>four</t></w:p><t>five</t></w:a>"
)


def told(inside: str) -> list[object]:
    """What is told of a document."""
    found: list[object] = []

    def begin(attributes: Attributes) -> None:
        found.append(value(attributes, "val", "none"))

    parse(_NESTED, {"p": begin}, {"p": lambda: found.append("end")}, found.append, inside=inside, skipped=("del",))
    return found


def test_elements_are_told_by_their_names() -> None:
    """Whatever their prefixes; of skipped ones nothing is told, and of text only that within, where it is asked so."""
    assert told("") == ["1", "one", "four", "end", "five"]
    assert told("t") == ["1", "four", "end", "five"]


def test_what_a_document_says_of_itself() -> None:
    """The first text that says something, on one line."""
    said = Said({"title": "title", "creator": "byline"})
    said.read(b"<a xmlns:dc='u'><dc:title> </dc:title><dc:title>The\n quay</dc:title><title>Other</title></a>")
    assert (said.about.title, said.about.byline) == ("The quay", "")
    said.read(b"")
    with pytest.raises(UnreadableError, match="its XML is damaged"):
        said.read(b"<a>")
    with pytest.raises(UnreadableError, match="declares entities of its own"):
        said.read(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")


def test_styles_of_one_template_are_kept_apart_from_those_of_another() -> None:
    """A style of the same name is another in another document, and large parts are not kept."""
    body = "<d><p><pPr><pStyle val='S'/></pPr><r><t>The quay</t></r></p></d>"
    for name, kind, beside in (("heading 1", "heading", ""), ("caption", "caption", ""), ("Code", "code", " " * 2**20)):
        styles = f"<styles><style styleId='S'><name val='{name}'/></style>{beside}</styles>"
        data = zipped({"word/document.xml": body, "word/styles.xml": styles})
        for _ in range(2):
            (article,) = read(data, Asked("a.docx"))
            assert article.marks == [(0, 8, kind)]
