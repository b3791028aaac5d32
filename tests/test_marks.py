"""Marks on texts: what a format says of spans of them reaches the rules, and plain text is as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck.text import piece
from factcheck.text.marked import KINDS, Mark

RULES = "".join(
    f'pack p\nrule {k} : note\n    "In it."\n    match quay\n    when in {k}\n    flag "The quay."\n'.replace(
        "pack p\n", "pack p\n" if number == 0 else ""
    )
    for number, k in enumerate(("heading", "caption", "code", "mail"))
)
TEXT = "The quay closed\nThe quay sank. The quay rose"
SPAN = (0, 15)


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """A scanner with a rule for each place that a format marks."""
    path = tmp_path_factory.mktemp("rules") / "p.fact"
    path.write_text(RULES, "utf-8")
    return Scanner([path], builtin=False, cache=False)


@pytest.mark.parametrize("kind", ["heading", "caption", "code", "mail"])
def test_a_mark_is_known_to_when(scanner: Scanner, kind: str) -> None:
    """The rules for the kind fire inside of the mark and nowhere else, and a sentence ends at its edge."""
    document = scanner.scan(TEXT, marks=[(*SPAN, kind)])
    assert [sentence.text for sentence in document.sentences] == ["The quay closed", "The quay sank.", "The quay rose"]
    assert [[f.rule for f in s.findings] for s in document.sentences] == [[f"p/{kind}"], [], []]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 1]


def test_a_block_is_an_edge_and_no_heading(scanner: Scanner) -> None:
    """A block parts sentences; a heading is guessed neither in one nor where the format marks headings."""
    text = "The quay closed\n\nThe quay rose\n\nIt sank."
    assert [len(s.findings) for s in scanner.scan(text).sentences] == [1, 1, 0]
    assert [len(s.findings) for s in scanner.scan(text, marks=[(17, 30, "block")]).sentences] == [1, 0, 0]
    assert [len(s.findings) for s in scanner.scan(text, marks=[(17, 30, "heading")]).sentences] == [0, 1, 0]
    assert len(scanner.scan("One two three", marks=[(4, 7, "block")]).sentences) == 3


def test_marks_belong_to_their_text(scanner: Scanner) -> None:
    """In a batch each text has its own marks, and those without are as alone."""
    batch = scanner.scan_many([TEXT, TEXT, TEXT], marks=[(), [Mark(*SPAN, "heading")], ()])
    assert [[s.span for s in one.sentences] for one in batch] == [
        [s.span for s in scanner.scan(TEXT, marks=marks).sentences] for marks in ((), [(*SPAN, "heading")], ())
    ]


def test_marks_in_lines(scanner: Scanner) -> None:
    """Where each line is a sentence, marks make no other edges, but rules know them."""
    document = scanner.scan(TEXT, segment="lines", marks=[(16, 30, "mail")])
    assert [len(sentence.findings) for sentence in document.sentences] == [0, 2]


def test_marks_on_a_long_text(scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a text that is read piece by piece each piece has the marks on it."""
    monkeypatch.setattr(piece, "LONGEST", 100)
    text = "The quay sank.\n\n" * 40
    marks = [(at, at + 14, "caption") for at in range(0, len(text), 32)]
    document = scanner.scan(text, marks=marks)
    assert [len(sentence.findings) for sentence in document.sentences] == [1, 0] * 20


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ((0, 99, "heading"), "a mark from 0 to 99 does not fit a text of 44 characters"),
        ((4, 3, "heading"), "a mark from 4 to 3 does not fit a text of 44 characters"),
        ((0, 1, "title"), "a mark is a heading, caption, code, mail or block, not 'title'"),
    ],
)
def test_marks_that_do_not_fit(scanner: Scanner, mark: tuple[int, int, str], said: str) -> None:
    """What is wrong with a mark is said."""
    with pytest.raises(ValueError, match=said):
        scanner.scan(TEXT, marks=[mark])
    with pytest.raises(ValueError, match="there are 1 texts, but 2 lists of marks on them"):
        scanner.scan_many([TEXT], marks=[(), ()])


@given(st.text("ab. \n“", max_size=60), st.lists(st.tuples(*2 * [st.integers(0, 60)], st.sampled_from(KINDS))))
def test_any_marks(scanner: Scanner, text: str, spans: list[tuple[int, int, str]]) -> None:
    """Whatever is marked, the sentences cover every word once and in order, and none crosses an edge of a mark."""
    size = len(text)
    marks = [(min(a, b, size), min(max(a, b), size), kind) for a, b, kind in spans]
    sentences = scanner.scan(text, marks=marks).sentences
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    words = {a for a in range(size) if not text[a].isspace() and (not a or text[a - 1].isspace())}
    edges = {edge for a, b, _ in marks for edge in (a, b)}
    for sentence in sentences:
        assert not [a for a in words & edges if sentence.span.start < a < sentence.span.end]
