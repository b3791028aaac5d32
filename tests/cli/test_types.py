"""What the first bytes of a file tell of its type, and how soon."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck_cli.inputs.readers import types
from factcheck_cli.inputs.readers.types import HEAD, told

PLAIN = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?>\s*<!--.*?-->)*)\s*(?:<\?[^>]*>\s*)*<(!doctype\s+html|[\w:]+)",
    re.IGNORECASE | re.DOTALL,
)
"""The same with blanks wherever there may be some, which takes long where there are many."""
PIECES = st.sampled_from(
    [
        b" ",
        b"\n",
        b"\v",
        b"<?xml a?>",
        b"<?xml",
        b"<?p?>",
        b">",
        b"<!-- a -->",
        b"<!--",
        b"<!doctype  html",
        b"<p",
        b"a",
    ]
)


@given(st.lists(PIECES, max_size=9))
def test_the_first_element_is_that_of_the_plain_pattern(pieces: list[bytes]) -> None:
    """Whatever stands before it."""
    head = b"".join(pieces)
    plain, found = PLAIN.match(head), types._XML.match(head.lstrip())  # noqa: SLF001 - the pattern alone
    assert (found and found[1]) == (plain and plain[1])


@pytest.mark.parametrize("begun", [b"", b"<?xml a?>", b"<!-- a -->", b"<?a?>"])
def test_many_blanks_take_no_time(begun: bytes) -> None:
    """A head of nothing else is told a hundred times in less than the old pattern took for one."""
    head = begun + b" " * (HEAD - len(begun))
    before = time.process_time()
    assert [told(head) for _ in range(100)] == [""] * 100
    assert time.process_time() - before < 1
