"""Tables of figures keep to the width that there is."""

from factcheck_cli.style import Style
from factcheck_cli.table import Bar, Column, barred, table


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
