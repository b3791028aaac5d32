"""Very long texts, read in pieces: what is graded is what would be graded at once, but for what hangs together."""

import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck.explanation import explain
from factcheck.text import piece
from factcheck.text.piece import pieces
from factcheck_cli.formats.jsonl import of_columns

SCANNER = Scanner()
PARAGRAPHS = (
    "The mill closed in May. “It may open again,” said Ruth Abara. “We hope so.”",
    "Officials say the quay could flood.",
    "Ada Voss denied it. The harbour is dredged twice a year, the port said.",
)
TEXT = "\n\n".join(PARAGRAPHS * 6)
LINE = " ".join(PARAGRAPHS * 6)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Makes pieces of at most so many characters, cut in their last ones."""

    def set_to(longest: int, tail: int) -> None:
        monkeypatch.setattr(piece, "LONGEST", longest)
        monkeypatch.setattr(piece, "_TAIL", tail)

    return set_to


@pytest.mark.parametrize("text", [TEXT, LINE], ids=["paragraphs", "one line"])
@pytest.mark.parametrize("longest", [300, 500, 900])
def test_sentences_are_those_of_the_whole(short: Callable[[int, int], None], text: str, longest: int) -> None:
    """Spans, numbers, paragraphs and levels go on from piece to piece; each piece knows its own speakers."""
    whole = SCANNER.scan(text, "long.txt")
    short(longest, 200)
    in_pieces = SCANNER.scan(text, "long.txt")
    assert len(SCANNER.scan_many([text]).parts) > 1
    assert in_pieces.text == text
    assert in_pieces.to_records() == whole.to_records()
    assert [one.paragraph for one in in_pieces.sentences] == [one.paragraph for one in whole.sentences]


def test_every_format_numbers_alike(short: Callable[[int, int], None]) -> None:
    """JSON lines and tables made of columns have the numbers that objects have."""
    pytest.importorskip("pyarrow")
    short(300, 200)
    batch = SCANNER.scan_many(["", TEXT, "The quay may flood."], ["a", "b", "c"])
    assert len(batch) == 3
    records = batch.to_records()
    keys = ("doc", "index", "start", "end", "text")
    assert [{key: row[key] for key in keys} for row in batch.to_arrow().to_pylist()] == [
        {key: row[key] for key in keys} for row in records
    ]
    lines = b"".join(of_columns(part) for part in batch.parts)
    assert [json.loads(line) for line in lines.splitlines()] == records


def test_explanations_are_those_of_the_whole(short: Callable[[int, int], None]) -> None:
    """So are lines, sources and what was silenced."""
    whole = explain(SCANNER, TEXT)
    short(300, 200)
    assert [one.to_record("a") for one in explain(SCANNER, TEXT)] == [one.to_record("a") for one in whole]
    assert [one.line for one in explain(SCANNER, TEXT, {13})] == [13] * 3


def test_quotations_are_not_cut(short: Callable[[int, int], None]) -> None:
    """Where there is no paragraph to begin with, a piece begins outside quotations."""
    text = "It rained. “The quay may flood. The mill may close. The port may shut,” said Ruth Abara. It is May."
    for longest in range(90, len(text)):
        short(longest, 90)
        for one in pieces(text):
            assert one.text.count("“") == one.text.count("”")


@pytest.mark.parametrize(
    ("text", "longest", "start"),
    [
        ("It rained. " * 9 + "\n\nFerry is not safe - Abara\n\nIt is late. " + "It rained. " * 9, 150, "Ferry"),
        ("It rained.\n\n“We left. We wait.\n\n“We moved it. It is gone,” said Ruth Abara. It rained.", 60, "“We left."),
        ("It rained. It is open, said Ruth Abara. “We left and we wait. We are cold.” It rained.", 70, "It is open"),
        ("It rained. “We left. " + "We wait. " * 20 + "”", 80, "“We left."),
        ("It rained." + " " * 60 + "\n\n" + " " * 60 + "It is late.", 100, " "),
    ],
    ids=["behind a heading", "within a quotation", "before a quotation", "a long quotation", "blanks"],
)
def test_where_a_text_is_cut(short: Callable[[int, int], None], text: str, longest: int, start: str) -> None:
    """Where nothing is torn that hangs together, as far as the text has such a place."""
    whole = SCANNER.scan(text)
    short(longest, longest)
    first, second, *_ = pieces(text)
    assert second.text.startswith(start)
    assert first.text + second.text == text[: second.start + len(second.text)]
    in_pieces = SCANNER.scan(text)
    assert [one.paragraph for one in in_pieces.sentences] == [one.paragraph for one in whole.sentences]


def test_lines_are_whole(short: Callable[[int, int], None]) -> None:
    """Where each line is a sentence none is cut, but one that is longer than a piece."""
    short(100, 20)
    text = "\n".join(["It rained on the quay. It is late. " * 2] * 5) + "\n" + "far " * 60
    lines = [line.strip() for line in text.splitlines()]
    found = [one.text for one in SCANNER.scan(text, segment="lines").sentences]
    assert found[:5] == lines[:5]
    assert "".join(found[5:]).replace(" ", "") == "far" * 60


@given(
    st.text(st.sampled_from("aZ .\n“”\u0301😀"), max_size=80),
    st.integers(1, 12),
    st.sampled_from(["auto", "lines"]),
)
def test_pieces_make_the_text(text: str, longest: int, mode: str) -> None:
    """Whatever the text is, nothing of it is lost, and each piece starts where the last one ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piece, "LONGEST", longest)
        found = list(pieces(text, mode))  # type: ignore[arg-type]
        document = SCANNER.scan(text, segment=mode)  # type: ignore[arg-type]
    assert "".join(one.text for one in found) == text
    assert all(a.start + len(a.text) == b.start for a, b in pairwise(found))
    assert all(0 < len(one.text) <= longest for one in found) or not text
    assert [one.index for one in document.sentences] == list(range(len(document.sentences)))
    paragraphs = [one.paragraph for one in document.sentences]
    assert paragraphs == sorted(paragraphs)
    assert all(text[one.span.start : one.span.end] == one.text for one in document.sentences)
