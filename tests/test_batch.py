"""Many texts at once: each as it is alone, as documents, records and Arrow columns."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck.judge.rows import Growing
from news import articles

SCANNER = Scanner()
TEXTS = [
    "Officials say the bridge could close.",
    "",
    "“We left,” said Ada Voss, the mayor.\n\nShe smiled. Why?",
    " \n ",
]
PIECES = (
    "Officials say",
    " the mill may close",
    ".",
    "\n\n",
    "“",
    "”",
    " she said",
    "?",
    "Ada Voss",
    "’",
    " \u0301",
    "é",
)
HOUSE = """pack house
    title    "House"
    language en
    version  1

rule closing : possible
    "Something may close."
    match  what:(the <word>) may close
    range  0.2 0.4
    flag   "The mill may close."
    pass   "The mill closed."
"""


def texts() -> st.SearchStrategy[list[str]]:
    """A few odd texts."""
    return st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=5)


@given(texts(), st.sampled_from(["auto", "lines"]))
def test_a_batch_is_its_texts_one_by_one(several: list[str], mode: str) -> None:
    """Nothing that stands in one document changes what is found in another."""
    batch = SCANNER.scan_many(several, segment=mode)  # type: ignore[arg-type]
    assert list(batch) == [SCANNER.scan(text, segment=mode) for text in several]  # type: ignore[arg-type]


def test_shares_of_news_are_the_articles_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where a batch goes through the stages in parts."""
    monkeypatch.setattr("factcheck.scan._SHARE", 5_000)
    several = list(articles(3, 30_000))
    batch = SCANNER.scan_many(several, map(str, range(len(several))))
    assert len(batch.parts) > 1
    assert len(batch) == len(several)
    assert list(batch) == [SCANNER.scan(text, str(number)) for number, text in enumerate(several)]


def test_records() -> None:
    """One record a sentence, with offsets into its own document."""
    batch = SCANNER.scan_many(TEXTS, list("abcd"))
    assert batch.to_records() == [record for document in batch for record in document.to_records()]
    assert [record["doc"] for record in batch.to_records()] == ["a", "c", "c", "c"]


def without_empty(value: object) -> object:
    """A record without the keys that only some have, so that a row of a table can be held to it."""
    if isinstance(value, dict):
        own = {key: without_empty(one) for key, one in value.items()}
        return {k: v for k, v in own.items() if k not in {"range", "captures", "beside", "refers"} or v}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


def test_an_arrow_table_has_the_records(tmp_path: Path) -> None:
    """The table's rows are the records."""
    path = tmp_path / "house.fact"
    path.write_text(HOUSE, "utf-8")
    scanner = Scanner(path)
    batch = scanner.scan_many([*TEXTS, "The mill may close.", *articles(5, 20_000)], segment="auto")
    table = batch.to_arrow()
    records = batch.to_records()
    rows = [without_empty(row) for row in table.to_pylist()]
    for row in rows:
        for finding in row["findings"]:  # type: ignore[index]
            if "captures" in finding:
                finding["captures"] = {one.pop("name"): one for one in finding["captures"]}
    assert rows == records
    assert any("captures" in finding for record in records for finding in record["findings"])
    assert any("refers" in (record["source"] or {}) for record in records)


def test_the_arrow_interface() -> None:
    """Whatever speaks it can read a batch."""
    batch = SCANNER.scan_many(TEXTS)
    assert pa.table(batch).equals(batch.to_arrow())  # type: ignore[arg-type, unused-ignore]


def test_an_empty_batch() -> None:
    """No texts are no documents, no records, and a table with columns but no row."""
    batch = SCANNER.scan_many([])
    assert not list(batch)
    assert not batch.to_records()
    assert batch.to_arrow().num_rows == 0
    assert batch.to_arrow().schema == SCANNER.scan_many(TEXTS).to_arrow().schema


def test_without_pyarrow_the_remedy_is_named() -> None:
    """The message says what to install."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\nfrom factcheck import Scanner\nScanner().scan_many([]).to_arrow()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pyarrow is missing; pip install 'factcheck-engine[arrow]' installs it" in done.stderr


def test_a_text_for_texts() -> None:
    """A single text is no list of its letters."""
    with pytest.raises(TypeError, match="scan_many takes several texts; put a single one into a list"):
        SCANNER.scan_many("The mill may close.")


def test_names_for_other_texts() -> None:
    """Names and texts come in pairs."""
    with pytest.raises(ValueError, match="there are 4 texts, but 1 names for them"):
        SCANNER.scan_many(TEXTS, ["a"])


def test_a_name_for_names() -> None:
    """A single name is no list of its letters, and a number no name."""
    with pytest.raises(TypeError, match="scan_many takes several names; put a single one into a list"):
        SCANNER.scan_many(TEXTS, "abcd")
    with pytest.raises(TypeError, match="name 2 is to be a str, not int"):
        SCANNER.scan_many(TEXTS, ["a", 2, "c", "d"])  # type: ignore[list-item]


def test_another_mode() -> None:
    """A mode that there is not is named, and those there are."""
    with pytest.raises(ValueError, match="segment is `auto` or `lines`, not 'line'"):
        SCANNER.scan_many(TEXTS, segment="line")  # type: ignore[arg-type]


def test_half_a_surrogate_pair() -> None:
    """What no UTF-8 can hold is scanned, but is no Arrow text; the document is named."""
    batch = SCANNER.scan_many(["It sank. \ud800 It rose."], ["odd.txt"])
    assert batch.to_records()
    with pytest.raises(ValueError, match=r"document 'odd\.txt' holds half a surrogate pair, which Arrow cannot"):
        batch.to_arrow()


def test_a_batch_is_shown_in_short() -> None:
    """Nobody wants to read all of its columns."""
    batch = SCANNER.scan_many(TEXTS)
    assert repr(batch) == "<batch of 4 documents, 4 sentences>"
    assert repr(batch.parts[0]) == "<4 documents graded, 4 sentences>"


def test_threads_share_a_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    """What several threads teach the scanner at once is right for all, also where they take turns at every step."""
    extend = Growing.extend

    def slowly(self: Growing, more: list[int]) -> None:
        time.sleep(0.0002)
        extend(self, more)

    monkeypatch.setattr(Growing, "extend", slowly)
    several = list(articles(11, 60_000))
    expected = [SCANNER.scan(text).to_records() for text in several]
    scanner = Scanner()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(scanner.scan, several))
    assert [document.to_records() for document in found] == expected
    assert [scanner.scan(text).to_records() for text in several] == expected


def test_bytes_among_texts() -> None:
    """What is no text is named."""
    with pytest.raises(TypeError, match="text 1 is to be a str, not bytes: decode it first"):
        SCANNER.scan_many([b"The mill may close."])  # type: ignore[list-item]
