"""The end of a page: shares that add up, the sentences to be read first, and names."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck_cli import tally as tally_module
from factcheck_cli.formats.summary import shares, short_bar, summary, weak_row
from factcheck_cli.tally import Tally, Weak
from factcheck_cli.terminal.style import LEVELS, Style

COUNTS = st.dictionaries(st.sampled_from(list(LEVELS)), st.integers(1, 10**7), min_size=1)


def told(tally: Tally, style: Style = Style()) -> str:  # noqa: B008 - it is frozen
    """The summary as one text."""
    return "\n".join(summary(tally, style))


@given(COUNTS, st.integers(7, 100), st.integers(0, 1))
def test_shares_add_up(counts: dict[str, int], whole: int, least: int) -> None:
    """The parts make the whole, none is further than one from its due, and each has what is the least."""
    parts = shares(counts, whole, least=least)
    assert sum(parts.values()) == whole
    assert all(part >= least for part in parts.values())
    if not least:
        assert all(abs(part - counts[name] * whole / sum(counts.values())) < 1 for name, part in parts.items())


@given(COUNTS)
def test_short_bar_is_always_as_long(counts: dict[str, int]) -> None:
    """Bars of rows stand below one another."""
    assert len(short_bar(Counter(counts), Style())) == 10


def test_rows_of_levels() -> None:
    """Levels that occur have a row, in the order of the ladder; what rounds to nothing says so."""
    shown = told(Tally(1, Counter({"asserted": 9_990, "possible": 10})))
    assert "possible        10   <1%  ▓\nasserted     9,990  100%  ···" in shown
    assert "unverified" not in shown


def test_most_frequent_names() -> None:
    """Names are listed, the most frequent first, and no more than fit."""
    names = Counter({f"source {letter}": 1 for letter in "abcdefgh"}) + Counter({"officials": 3})
    shown = told(Tally(1, Counter({"unverified": 11}), unnamed=names))
    assert "Sources without a name: officials (3), source a," in shown
    assert ", and 3 more" in " ".join(shown.split())


def test_names_of_another_document_are_other_people() -> None:
    """Sources with a name are told of one document, and of several not."""
    tally = Tally()
    tally.add(Tally(1, Counter({"attributed": 1}), named=Counter({"Ruth Abara": 1})))
    assert "Named sources: Ruth Abara" in told(tally)
    tally.add(Tally(1, Counter({"attributed": 1}), named=Counter({"Ada Voss": 1})))
    assert "Named sources" not in told(tally)
    tally.add(Tally(1, Counter({"attributed": 1}), named=Counter({"Ada Voss": 1})))
    assert "Named sources" not in told(tally)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many names the frequent ones are kept."""
    monkeypatch.setattr(tally_module, "_KEPT", 5)
    tally = Tally()
    for number in range(50):
        tally.add(Tally(1, unnamed=Counter({"officials": 2, f"source {number}": 1})))
    assert tally.unnamed["officials"] == 100
    assert len(tally.unnamed) <= 10


def test_weakest_sentences_come_first(folder: Path) -> None:
    """In a text that is longer than a glance the weakest three stand in the summary, each with its line."""
    scanner = Scanner([folder / "house.fact"], builtin=False)
    text = "The quay sank.\n\n" * 10 + "It could rise. Officials say it sank.\n\nIt may rise. It may sink."
    document = scanner.scan(text, "news.txt")
    lines = told(Tally.of_page(document, document.sentences)).split("\n")
    first = lines.index("Read first")
    assert lines[first + 1 : first + 4] == [
        "  unverified  line 21: Officials say it sank.",
        "  possible    line 21: It could rise.",
        "  possible    line 23: It may rise.",
    ]


def test_what_says_the_same_is_read_once(folder: Path) -> None:
    """Within a text, and of several texts the first that says it."""
    scanner = Scanner(rules=[folder / "house.fact"], builtin=False)
    tally = Tally()
    for name in ("a.txt", "b.txt"):
        document = scanner.scan("It may sink. " * 12 + f"It may rise in {name}.", name=name)
        tally.add(Tally.of_page(document, document.sentences))
    assert [(one.document, one.text) for one in tally.weakest] == [
        ("a.txt", "It may sink."),
        ("a.txt", "It may rise in a.txt."),
        ("b.txt", "It may rise in b.txt."),
    ]


def test_rules_that_weaken(folder: Path) -> None:
    """Rules are counted where they set a weak level."""
    document = Scanner([folder / "house.fact"], builtin=False).scan("It could rise. Officials say it may sink.")
    assert "Weakened by: house/chance, house/unnamed" in told(Tally.of_page(document, document.sentences))


def test_long_name_leaves_room_for_the_sentence() -> None:
    """Of a long path the end is shown."""
    row = weak_row(
        Weak(0.2, "unverified", "a/very/long/path/" * 5 + "ferry.txt", ("line", 3), "It sank."), Style(), named=True
    )
    assert row.startswith("  unverified  …")
    assert row.endswith("/ferry.txt, line 3: It sank.")
