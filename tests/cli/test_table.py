"""Tables of figures keep to the width that there is."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.render import width
from factcheck_cli.terminal.style import Style, clean
from factcheck_cli.terminal.table import Bar, Column, barred, table


def test_columns_that_can_be_spared_go_first() -> None:
    """Those of the highest number, until there is room; names are cut at their beginning."""
    columns = [
        Column("", ["hedge/could-have-been-so", "a"]),
        Column("hits", ["1", "12"]),
        Column("spare", ["123456", "1"], 1),
        Column("most", ["1234567", "1"], 2),
    ]
    assert table(columns, Style(60))[1] == "  hedge/could-have-been-so     1  123456  1234567"
    assert table(columns, Style(40))[1] == "  hedge/could-have-been-so     1  123456"
    assert table(columns, Style(38))[1] == "  …ge/could-have-been-so     1  123456"
    assert table(columns, Style(30))[1] == "  …ge/could-have-been-so     1"
    assert table(columns, Style(60))[0] == "                            hits   spare     most"


def test_bars_need_room() -> None:
    """Where there is little the rows stay as they are."""
    rows = table([Column("", ["a", "b"]), Column("n", ["1", "2"])], Style(80))
    bars = [Bar(0.5), Bar(1.0, mark=0.25)]
    assert barred(rows, bars, Style(16)) == [rows[0], "  a  1  ████", "  b  2  ██│█████"]
    assert barred(rows, bars, Style(15)) == rows
    assert barred(rows, [Bar(0.0), Bar(0.0, mark=1.0)], Style(16))[1:] == ["  a  1", "  b  2  ·······│"]


@given(st.text(st.sampled_from("ab -é\u0301港🙂\t\x07"), max_size=30))
def test_of_a_long_name_the_end_is_left(name: str) -> None:
    """As much as there is room for, behind dots."""
    plain = clean(name)
    while width(plain) > 8:
        plain = "…" + plain[2:]
    rows = table([Column("", [name, "quay " * 3]), Column("n", ["1", "2"])], Style(13))
    assert rows[1] == f"  {plain}{' ' * (8 - width(plain))}  1"


def test_a_name_as_long_as_a_book_is_cut_at_once() -> None:
    """It takes time in proportion to its length."""
    assert table([Column("", ["quay " * 200_000]), Column("n", ["1"])], Style(13))[1] == "  …ay quay  1"
