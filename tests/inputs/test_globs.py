"""Patterns of paths: as the library reads them, and never long."""

import time

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from factcheck_cli.inputs.globs import spec

_PARTS = st.sampled_from(["a", "b", "*", "*", "?", "**", "/", "/**/", "[ab]", "\\*", "."])
_STEP = st.text("ab.*", min_size=1, max_size=4)
_PATH = st.builds(
    lambda steps, end: "/".join(steps) + end, st.lists(_STEP, min_size=1, max_size=7), st.sampled_from(["", "/"])
)


@given(st.lists(_PARTS, min_size=1, max_size=10).map("".join), _PATH)
@example("**/a/**/b*a/**/*b", "a/a/bba/a/ab")
@example("*a*b/**/*a?*", "aab/ab/b.aa")
def test_as_the_library_reads_them(pattern: str, path: str) -> None:
    """What a pattern fits does not change because it is looked for in fewer ways."""
    try:
        plain = GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        reject()
    assert spec([pattern]).check_file(path).include == plain.check_file(path).include


def test_other_characters_are_no_slash() -> None:
    """As git has it; to the library a slash is a character that is none of these."""
    assert not spec(["/a[!d]b"]).match_file("a/b")
    assert spec(["/a[!d]b"]).match_file("acb")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 12 + "*b", "a" * 120 + ".txt"),
        ("*[!x]" * 12 + "*b", "a" * 120 + ".txt"),
        ("*?" * 12 + "b", "a" * 120 + ".txt"),
        ("**/a/" * 12 + "b", "a/" * 120 + "c.txt"),
        ("/x/" + "**/a*/" * 12 + "b", "x/" + "a/" * 120 + "c.txt"),
    ],
    ids=["stars", "stars and others", "stars and any", "steps", "steps below"],
)
def test_a_strangers_pattern_takes_no_time(pattern: str, path: str) -> None:
    """Whatever shares there are of a path among its stars."""
    began = time.process_time()
    assert not spec([pattern]).match_file(path)
    assert time.process_time() - began < 1
