"""Word and OpenDocument: what is struck out or hidden is not read."""

import pytest

from factcheck_cli.inputs.readers import docx, odt
from factcheck_cli.inputs.readers.article import Article, Asked
from made_articles import zipped


def word(body: str, styles: str = "") -> Article:
    """The article of a Word document with this body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
    if styles:
        parts["word/styles.xml"] = f"<w:styles {space}>{styles}</w:styles>"
    (article,) = docx.read(zipped(parts), Asked("a.docx"))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("looks", "text"),
    [
        ("<w:strike/>", "The mayor will resign."),
        ("<w:dstrike/>", "The mayor will resign."),
        ("<w:vanish/>", "The mayor will resign."),
        ('<w:strike w:val="true"/><w:dstrike w:val="0"/>', "The mayor will resign."),
        ('<w:rStyle w:val="Gone"/>', "The mayor will resign."),
        ('<w:strike w:val="0"/>', "The mayor may, some say, will resign."),
        ('<w:vanish w:val="false"/>', "The mayor may, some say, will resign."),
        ("<w:b/>", "The mayor may, some say, will resign."),
        ("<w:b/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "The mayor may, some say, will resign."),
    ],
)
def test_word(looks: str, text: str) -> None:
    """A run that is struck out once or twice, or hidden, itself or by its style, is left out."""
    style = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    runs = ("", "The mayor "), (looks, "may, some say, "), ("", "will resign.")
    body = "".join(f'<w:r><w:rPr>{how}</w:rPr><w:t xml:space="preserve">{what}</w:t></w:r>' for how, what in runs)
    # How the mark of a paragraph looks says nothing of the text in it.
    article = word(f"<w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>{body}</w:p>", style)
    assert article.text == text


@pytest.mark.parametrize(
    ("looks", "text"),
    [
        ('style:text-line-through-style="solid"', "The mayor will resign."),
        ('style:text-line-through-type="double"', "The mayor will resign."),
        ('text:display="none"', "The mayor will resign."),
        (
            'style:text-line-through-style="none" style:text-line-through-type="none"',
            "The mayor may, so will resign.\n\nIt sank.",
        ),
        ('fo:font-weight="bold"', "The mayor may, so will resign.\n\nIt sank."),
    ],
)
def test_opendocument(looks: str, text: str) -> None:
    """A span or a paragraph the style of which has a line through it, or hides it, is left out."""
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "style", "fo"))
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {looks}/></style:style>'
        for name, family in (("T1", "text"), ("P1", "paragraph"))
    )
    span = '<text:span text:style-name="T1">may, <text:span>so</text:span> </text:span>'
    body = (
        f"<text:p><text:span>The mayor </text:span>{span}will resign.</text:p>"
        '<text:p text:style-name="P1">It sank.</text:p>'
    )
    content = f"<office:document-content {names}>{styles}<office:body>{body}</office:body></office:document-content>"
    (article,) = odt.read(zipped({"content.xml": content}), Asked("a.odt"))
    assert isinstance(article, Article)
    assert article.text == text
