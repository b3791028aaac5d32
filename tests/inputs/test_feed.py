"""Feeds: a title that holds HTML is read as what it shows."""

import pytest

from factcheck_cli.inputs.readers import feed
from factcheck_cli.inputs.readers.article import Article, Asked

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title{0}>{1}</title><entry><title{0}>{1}</title></entry></feed>'
RSS = "<rss><channel><title>{1}</title><item><title>{1}</title></item></channel></rss>"
MARKED = "Weir &lt;b&gt;may&lt;/b&gt; go &amp;amp; mill too"


def only(source: str) -> Article:
    """The one item of a feed."""
    (found,) = feed.read(source.encode(), Asked("a"))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(("form", "kind"), [(ATOM, ' type="html"'), (RSS, "")])
def test_title_in_html(form: str, kind: str) -> None:
    """Atom says that a title is HTML, RSS leaves it open."""
    article = only(form.format(kind, MARKED))
    assert (article.text, article.title, article.outlet) == ("Weir may go & mill too",) * 3
    assert article.marks == [(0, 22, "heading")]


@pytest.mark.parametrize("kind", ["", ' type="text"'])
def test_title_in_plain_text(kind: str) -> None:
    """A title of Atom is text unless it says something else."""
    article = only(ATOM.format(kind, "What &lt;b&gt; may mean"))
    assert (article.text, article.title, article.outlet) == ("What <b> may mean",) * 3


def test_title_in_xhtml() -> None:
    """Elements in a title are none of its text."""
    title = '<div xmlns="http://www.w3.org/1999/xhtml">Weir <b>may</b> go &lt;soon&gt;</div>'
    assert only(ATOM.format(' type="xhtml"', title)).title == "Weir may go <soon>"


def test_title_of_a_picture() -> None:
    """What a picture in an item is called is no part of the item's title."""
    picture = '<media:title xmlns:media="http://search.yahoo.com/mrss/" type="plain">The weir at dusk</media:title>'
    source = f"<rss><channel><item><title>Weir may go</title>{picture}</item></channel></rss>"
    assert only(source).text == "Weir may go"
