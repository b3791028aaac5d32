"""The format for people."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck.render import width
from factcheck_cli.pretty import end
from factcheck_cli.style import Style, hanging, lines
from factcheck_cli.tally import Tally

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
Golden = Callable[[str, str], None]


def test_pretty_page(scan: Run, golden: Golden) -> None:
    """The page of an article: level, wrapped sentence, source, cues; and the summary."""
    golden("cli/pretty.txt", scan("article.txt", "--format", "pretty").stdout)


def test_pretty_page_in_colour(scan: Run, golden: Golden) -> None:
    """In colour the level is painted and the cues are underlined; the words are the same."""
    colored = scan("article.txt", "--format", "pretty", "--color", "always").stdout
    golden("cli/pretty-color.txt", colored)
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == scan("article.txt", "--format", "pretty").stdout


def test_pretty_page_of_several_documents(scan: Run, folder: Path, golden: Golden) -> None:
    """Each document has its heading; one summary stands at the end and counts what is not shown, too."""
    (folder / "second.txt").write_text("It sank. Experts say it could rise again.", "utf-8")
    golden(
        "cli/pretty-two.txt", scan("article.txt", "second.txt", "--format", "pretty", "--at-most", "possible").stdout
    )


def test_control_characters_are_shown_as_signs(scan: Run) -> None:
    """An article cannot steer the terminal."""
    shown = scan("--format", "pretty", text="It could\x1b]0;sink\x07 tonight.").stdout
    assert "\x1b" not in shown
    assert "It could␛]0;sink␇ tonight." in shown


def test_nothing_is_printed_of_nothing(scan: Run) -> None:
    """Without a sentence there is neither a heading nor a summary."""
    assert scan("--format", "pretty", text="").stdout == ""


def test_summary_names_the_most_frequent_sources() -> None:
    """Unnamed sources are listed, the most frequent first, and no more than fit."""
    names = Counter({f"source {letter}": 1 for letter in "abcdefgh"}) + Counter({"officials": 3})
    shown = end(Tally(1, Counter({"unverified": 11}), names), Style()).decode()
    assert "Sources without a name: officials (3), source a," in shown
    assert ", and 3 more" in " ".join(shown.split())


def test_unnamed_sources_stand_in_order(start: Start, folder: Path) -> None:
    """Sources named as often as one another come in the order of the text, in every run."""
    (folder / "many.txt").write_text("Officials say it sank. Experts say no. " * 2 + "Officials say so.", "utf-8")
    process = start("many.txt", "--format", "pretty", stdout=subprocess.PIPE)
    assert b"Sources without a name: officials (3), experts (2)" in process.communicate(timeout=60)[0]


@given(st.text(max_size=300), st.integers(1, 60))
@example("\u0300", 1)
@example("\u0300 \u0300a", 1)
def test_lines_hold_all_the_words(text: str, room: int) -> None:
    """Wrapping loses no character but white space, and keeps to the width unless one wide letter is wider."""
    spans = lines(text, room)
    assert re.sub(r"\s", "", "".join(text[a:b] for a, b in spans)) == re.sub(r"\s", "", text)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert all(width(" ".join(text[a:b].split())) <= 2 * room for a, b in spans)


@pytest.mark.parametrize("columns", [10, 40, 200])
def test_wrapped_text_hangs_below_its_head(columns: int) -> None:
    """The lines after the first are indented as far as the first one's text."""
    first, *rest = hanging("head", "word " * 60, columns, 6)
    assert first.startswith("head  word")
    assert all(line.startswith("      word") for line in rest)


def test_long_cue_is_cut(scan: Run, folder: Path) -> None:
    """A cue that skips many words shows its beginning."""
    rule = 'rule r : note\n    "M."\n    match quay ...12 winter\n    flag "A quay in winter."\n    pass "A quay."\n'
    (folder / "long.fact").write_text(f"pack long\n\n{rule}", "utf-8")
    shown = scan(
        "--rules", "long.fact", "--format", "pretty", text="The quay at the old town sinks every winter."
    ).stdout
    assert "quay at the old town …  long/r — M." in shown
