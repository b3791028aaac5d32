"""Which line a character stands on: the same as counting them, and once over a text however many are asked for."""

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from factcheck_cli.inputs.text import Text
from factcheck_cli.lines import Lines

TEXTS = st.text(st.sampled_from("a\n\r\x85\u2028é🙂"))


@given(TEXTS, st.data())
def test_lines_are_those_that_counting_tells(text: str, data: st.DataObject) -> None:
    """Only line feeds end them; columns count from the last one."""
    at = data.draw(st.integers(0, len(text)))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    assert (Lines(text).number(at), Lines(text).place(at)) == (line, (line, column))
    assert bisect_left([number for number, one in enumerate(text) if one == "\n"], at) + 1 == line


def test_a_text_looks_for_its_lines_once() -> None:
    """A long text with many sentences is told in no time."""
    text = Text("long.txt", "The quay is closed.\n" * 200_000)
    assert [text.number(at) for at in range(0, len(text.text), 20)] == [*range(1, 200_001)]
