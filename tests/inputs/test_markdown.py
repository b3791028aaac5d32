"""Markdown: what dialects of it write between words is no word, and what is struck out is not read."""

import pytest

from factcheck_cli.inputs.readers import markdown
from factcheck_cli.inputs.readers.article import Article, Asked


def only(source: str) -> Article:
    """The article."""
    (found,) = markdown.read(source.encode(), Asked("a"))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "The weir may go.[^1] So it is.\n\n[^1]: Ada Voss said so.",
            "The weir may go. So it is.\n\nAda Voss said so.",
        ),
        ("As Ada said[^a]: it may go.", "As Ada said: it may go."),
        ("It went.[^1][^2]\n\n[^1]: Perhaps.\n[^2]: Not at all.", "It went.\n\nPerhaps.\n\nNot at all."),
        ("- [ ] Mend the weir\n- [x] Ask *Ada*", "Mend the weir\n\nAsk Ada"),
        ("The box [ ] is open.", "The box [ ] is open."),
        ("Weir\n: What holds the water.\n: A dam.", "Weir\n\nWhat holds the water.\n\nA dam."),
        ("Weir: it holds the water. So :it may.", "Weir: it holds the water. So :it may."),
        (
            "It holds $$h = 2 x$$ of water.\n\n$$\nh < 2\n$$\n\nIt cost $4 and $5.",
            "It holds of water.\n\nIt cost $4 and $5.",
        ),
        ("It ~~may~~ could ~~not *really*~~ go.", "It could go."),
        ("It <del>may</del> could <S>not</S> go</s>.", "It could go."),
        ("| It ~~may~~ go[^1] | $$x$$ |\n| --- | --- |", "It go"),
        ("[^1] and [a weir] and [one][^1] and [mill]\n\n[mill]: http://a.example", "and [a weir] and [one] and mill"),
        ("`[^1]` and \\[^1] and `~~x~~`", "[^1] and [^1] and ~~x~~"),
    ],
)
def test_signs_of_dialects(source: str, text: str) -> None:
    """Notes, boxes, meanings and formulas are told from words."""
    assert only(source).text == text


def test_struck_out_in_a_title() -> None:
    """A title is what the heading shows."""
    assert only("# Weir ~~may~~ could go\n\nSo it is.").title.split() == ["Weir", "could", "go"]


def test_a_struck_out_comment_is_heard() -> None:
    """A comment that is meant for us is one wherever it stands."""
    assert [one[2].strip() for one in only("It ~~may <!-- factcheck: ignore --> not~~ go.").comments] == [
        "factcheck: ignore"
    ]
