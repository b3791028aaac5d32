"""`factcheck search`: what words and filters find in an archive, how that is printed, and what cannot be asked."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from archived import changed
from factcheck import Scanner
from factcheck_cli.inputs.text import Text
from factcheck_cli.search import page as search_page
from factcheck_cli.store import query
from factcheck_cli.store.keep import Keeper, Ruled
from factcheck_cli.store.opened import to_read, to_write
from factcheck_cli.store.query import Query, match
from factcheck_cli.store.sheet import card
from factcheck_cli.store.shelf import Group

Run = Callable[..., Result]

MILL = """\
The mill quay closed on Monday. Officials say the wall could fall before the winter.

“We moved the boats,” said Ruth Abara. “Nobody was hurt. The rope may have been cut.”
"""
OLD = "---\ntitle: The ferry\nauthor: Ada Voss\ndate: 2025-11-03\n---\nThe ferry may stop at the mill. Is it safe?\n"
NEW = "---\ntitle: The café\ndate: 2026-03-02\n---\nThe café on the quay has closed. She said that it was sold.\n"


@pytest.fixture
def search(run: Run, folder: Path) -> Run:
    """Return `search(*arguments)` in an archive of some articles."""
    (folder / "mill.txt").write_text(MILL, "utf-8")
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "new.md").write_text(NEW, "utf-8")
    (folder / "rows.jsonl").write_text(
        '{"id": "pier", "text": "The pier could close."}\n{"text": "It sank."}\n', "utf-8"
    )
    done = run("scan", "mill.txt", "old.md", "new.md", "rows.jsonl", "--db", "a.db", "-o", "out.jsonl")
    assert done.exit_code == 0

    def invoke(*arguments: str) -> Result:
        return run("search", "--db", "a.db", *arguments)

    return invoke


def texts(result: Result) -> list[str]:
    """The sentences that were found, in their order."""
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


WALL = "Officials say the wall could fall before the winter."
BOATS, ROPE = "“We moved the boats,” said Ruth Abara.", "The rope may have been cut.”"
FERRY, CAFE = "The ferry may stop at the mill.", "The café on the quay has closed."
PIER = "The pier could close."


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["wall"], {WALL}),
        (["WALL  winter"], {WALL}),
        (["wall ferry"], set()),
        (['"could fall"'], {WALL}),
        (["“could fall”"], {WALL}),
        (['"fall could"'], set()),
        (['"could fall'], {WALL}),
        (["win*"], {WALL}),
        (['"wall could" win*'], {WALL}),
        (["cafe"], {CAFE}),
        (["could", "--level", "possible"], {PIER}),
        (["--level", "unverified,possible", "--doc", "*.txt"], {WALL, ROPE}),
        (["--at-most", "possible"], {WALL, ROPE, FERRY, PIER}),
        (["--level", "no-claim"], {"Is it safe?"}),
        (["--source", "abara"], {BOATS, "“Nobody was hurt.", ROPE}),
        (["--source", "abara", "--source", "_"], set()),
        (["--source", "offic", "--kind", "anonymous"], {WALL}),
        (["--source", "ÁBARÁ", "--level", "possible"], {ROPE}),
        (["--byline", "voss", "may"], {FERRY}),
        (["--byline", "ádá V"], {FERRY, "Is it safe?"}),
        (["--byline", "voss", "--byline", "abara"], set()),
        (["--kind", "anonymous"], {WALL}),
        (["--rule", "hedge/may"], {ROPE, FERRY}),
        (["--rule", "hedge/may,hedge/could", "--pack", "attribution"], {WALL}),
        (["--pack", "hedge", "mill"], {FERRY}),
        (["--doc", "*.md", "mill"], {FERRY}),
        (["--doc", "rows.jsonl"], {PIER, "It sank."}),
        (["--doc", "pier"], {PIER}),
        (["--after", "2026", "quay"], {CAFE}),
        (["--after", "2026-03-02", "quay"], {CAFE}),
        (["--before", "2026-01", "may"], {FERRY}),
        (["--after", "2025-11-04", "--before", "2026-03-02"], set()),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_words_and_filters(search: Run, arguments: list[str], expected: set[str]) -> None:
    """All that is asked for has to hold at once."""
    assert set(texts(search(*arguments, "--format", "jsonl", "--quiet"))) == expected


def test_order_and_number(search: Run) -> None:
    """Without words the weakest come first; by date the newest; a limit takes the first."""
    by_confidence = texts(search("--format", "jsonl"))
    assert (by_confidence[0], by_confidence[-1]) == (WALL, "Is it safe?")
    assert texts(search("--sort", "date", "--format", "jsonl"))[:1] == [CAFE]
    assert texts(search("--limit", "2", "--format", "jsonl")) == by_confidence[:2]
    assert texts(search("quay", "--sort", "rank", "--format", "jsonl"))[0] in {CAFE, "The mill quay closed on Monday."}


def test_much_is_neither_ranked_nor_counted(search: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a search fits too much it answers at once: what was kept first, and how much there is at least."""
    for module in (query, search_page):
        monkeypatch.setattr(module, "MANY", 2)
    assert texts(search("the", "--format", "jsonl"))[:2] == ["The mill quay closed on Monday.", WALL]
    last = search("the", "--limit", "1", "--format", "pretty").stdout.splitlines()[-1]
    assert last == "More than 2 sentences; 1 shown, --limit 0 shows all"
    assert search("the", "--limit", "0", "--format", "pretty").stdout.splitlines()[-1] == "7 sentences"


def test_records_have_the_keys_of_a_scan(search: Run, folder: Path) -> None:
    """A line has what the scan's line has, and where the sentence stands in the archive's documents."""
    (line,) = search("café", "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    lines = map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines())
    (plain,) = [one for one in lines if one["text"] == CAFE]
    added = {"place": {"line": 5}, "about": {"type": "markdown", "title": "The café", "date": "2026-03-02"}, "run": 1}
    assert found == {key: value for key, value in plain.items() if key not in added} | added
    (line,) = search("pier", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["row"] == {"file": "rows.jsonl", "number": 1}


def test_page_for_people(search: Run, folder: Path) -> None:
    """A sentence has its place as `file:line`, its level, who vouches and the rules; the last line counts."""
    result = search("the wall", "--format", "pretty")
    assert result.stdout == (
        "mill.txt:1  unverified\n  Officials say the wall could fall before the winter.\n"
        "    Source: Officials (anonymous); attribution/said, doubt/unnamed-source,\n    hedge/could\n\n"
        "1 sentence in 1 document\n"
    )
    assert "old.md:6  possible  2025-11-03, Ada Voss\n" in search("ferry", "--format", "pretty").stdout
    assert "rows.jsonl:1 (pier)  possible\n" in search("pier", "--format", "pretty").stdout
    assert "rows.jsonl:2  asserted\n" in search("sank", "--format", "pretty").stdout
    assert (
        search("the", "--limit", "1", "--format", "pretty")
        .stdout.splitlines()[-1]
        .endswith("; 1 shown, --limit 0 shows all")
    )
    search("ferry", "-o", "found.txt")
    assert (folder / "found.txt").read_text("utf-8") == search("ferry", "--format", "pretty").stdout


def test_hits_are_painted(search: Run) -> None:
    """In colour the words that were found stand out, as they are written in the text."""
    result = search("cafe clos*", "--format", "pretty", "--color", "always")
    assert "The \x1b[4;1mcafé\x1b[0m on the quay has \x1b[4;1mclosed\x1b[0m." in result.stdout
    assert "\x1b" not in search("cafe", "--format", "pretty", "--color", "never").stdout


def test_nothing_found_says_so(search: Run) -> None:
    """To find nothing is no mistake: it is said to people, and the status is 0."""
    result = search("lighthouse", "--format", "pretty")
    assert (result.stdout, result.exit_code) == ("Nothing found.\n", 0)
    assert result.stderr == ""
    for form, lines in (("jsonl", 0), ("csv", 1)):
        result = search("lighthouse", "--format", form)
        assert (result.exit_code, len(result.stdout.splitlines())) == (0, lines)
        assert result.stderr == "factcheck: a.db: nothing was found\n"
        assert search("lighthouse", "--format", form, "--quiet").stderr == ""
    assert search("lighthouse", "-o", "found.txt").stderr == "factcheck: a.db: nothing was found\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--doc", "mill"], "no document or file in this archive is called `mill`; write `mill*`"),
        (["--doc", ".txt"], "no document or file in this archive is called `.txt`; write `*.txt`"),
        (["--doc", "ill"], "no document or file in this archive is called `ill`; write `*ill*`"),
        (["--doc", "./mill.txt"], "no document or file in this archive is called `./mill.txt`; write `mill.txt`"),
        (
            ["--doc", "mlil.txt"],
            "no document or file in this archive is called `mlil.txt`; did you mean `mill.txt`?",
        ),
        (["--doc", "lighthouse*"], "no document or file in this archive is called `lighthouse*`"),
        (["--source", "lighthouse"], "no source in this archive has `lighthouse` in its name"),
        (["--byline", "Ada Vos s"], "no byline in this archive has `Ada Vos s` in it; did you mean `Ada Voss`?"),
        (["--outlet", "tide"], "no document in this archive has an outlet"),
    ],
)
def test_what_may_be_meant_where_nothing_is_found(search: Run, arguments: list[str], expected: str) -> None:
    """What fits nothing at all is told, with what is near to it; the page for people says itself that there is none."""
    for form in ("jsonl", "pretty"):
        done = search(*arguments, "--format", form)
        first = "" if form == "pretty" else "factcheck: a.db: nothing was found\n"
        assert (done.exit_code, done.stderr) == (0, f"{first}factcheck: a.db: {expected}\n")
        assert search(*arguments, "--format", form, "--quiet").stderr == ""


def test_documents_without_a_date_are_told(search: Run) -> None:
    """Those that a date leaves out because they have none, of all that fit the rest."""
    for form in ("jsonl", "csv", "pretty"):
        done = search("quay", "--after", "2026", "--format", form)
        assert done.stderr == "factcheck: a.db: 1 document without a date is left out: mill.txt\n"
        done = search("--before", "2026", "--format", form)
        assert done.stderr == "factcheck: a.db: 3 documents without a date are left out, such as mill.txt\n"
    assert search("café", "--after", "2026", "--format", "jsonl").stderr == ""
    assert search("quay", "--after", "2026", "--format", "jsonl", "--quiet").stderr == ""


def test_table_is_safe_in_a_spreadsheet(run: Run, folder: Path) -> None:
    """CSV has a row a sentence, breaks as spaces, and no cell that a spreadsheet would run; a file has its mark."""
    (folder / "=a.txt").write_text("=1+2 may\nsink.", "utf-8")
    run("scan", "=a.txt", "--db", "a.db")
    assert run("search", "sink", "--db", "a.db", "-o", "found.csv").exit_code == 0
    data = (folder / "found.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["doc"], row["text"], row["rules"], row["cues"]) == ("'=a.txt", "'=1+2 may sink.", "hedge/may", "may")


def test_runs_are_listed(search: Run, run: Run) -> None:
    """Each run has a row, or a record with who was not read."""
    assert run("scan", "mill.txt", "nowhere.txt", "--db", "a.db").exit_code == 3
    page = search("--runs", "--format", "pretty").stdout.splitlines()
    assert page[0].split() == ["run", "started", "state", "documents", "unread", "inputs"]
    cells = [re.sub(r"\d{4}-\S+ \S+", "TIME", line).split() for line in page[1:]]
    assert cells[0] == ["1", "TIME", "finished", "5", "–", "mill.txt", "and", "3", "more"]
    assert cells[1] == ["2", "TIME", "finished", "1", "1", "mill.txt", "and", "1", "more"]
    second = json.loads(search("--runs", "--format", "jsonl").stdout.splitlines()[1])
    assert second["unread"] == [{"name": "nowhere.txt", "message": "there is no such file or folder; check the path"}]
    assert (second["inputs"], second["unchanged"], second["state"]) == (["mill.txt", "nowhere.txt"], 1, "finished")
    rows = list(csv.DictReader(io.StringIO(search("--runs", "--format", "csv").stdout, newline="")))
    assert [(row["run"], row["failures"], row["inputs"]) for row in rows] == [
        ("1", "0", "mill.txt old.md new.md rows.jsonl"),
        ("2", "1", "mill.txt nowhere.txt"),
    ]
    levels = json.loads(search("--runs", "--format", "jsonl").stdout.splitlines()[0])["levels"]
    assert {name: rows[0][name] for name in levels} == {name: str(count) for name, count in levels.items()}


def test_tables_of_runs_have_the_same_columns_for_all(search: Run, folder: Path) -> None:
    """Also where one has not finished, or took up another."""
    changed(folder / "a.db", "UPDATE run SET state = 'interrupted', finished = NULL, resumes = 7, levels = '{}'")
    (row,) = csv.DictReader(io.StringIO(search("--runs", "--format", "csv").stdout, newline=""))
    told = [row[name] for name in ("state", "finished", "documents", "failures", "resumes", "unverified")]
    assert told == ["interrupted", "", "5", "0", "7", ""]


def test_archive_of_the_environment(search: Run, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """FACTCHECK_DB names the archive where --db does not."""
    expected = search("wall", "--format", "jsonl").stdout
    monkeypatch.setenv("FACTCHECK_DB", "a.db")
    assert run("search", "wall", "--format", "jsonl").stdout == expected
    monkeypatch.setenv("FACTCHECK_DB", "nowhere.db")
    assert run("search", "wall").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--level", "unverifed"], "--level unverifed: there is no such level: did you mean `unverified`?"),
        (["--kind", "persons"], "--kind persons: there is no such kind: did you mean `person`?"),
        (["--after", "March"], "--after March: this is no date; write 2026-03-01, 2026-03 or 2026"),
        (["--after", "2026-13"], "--after 2026-13: this is no date; write 2026-03-01, 2026-03 or 2026"),
        (["--before", "2026-02-30"], "--before 2026-02-30: this is no date; write 2026-03-01, 2026-03 or 2026"),
        (["--before", "0000"], "--before 0000: this is no date; write 2026-03-01, 2026-03 or 2026"),
        (["--run", "first"], "--run first: a run is a number, or `last`; --runs lists them"),
        (["--run", "7"], "a.db: there is no run 7, the last is 1; --runs lists them"),
        (["--sort", "rank"], "--sort rank goes by words, and there are none; take confidence or date"),
        (["?!"], "`?!`: there is no word in this to search for"),
        (["wall", "-o", "found.docx"], "found.docx: give it a name in .jsonl, .csv or .txt, or choose with --format"),
        (["wall", "-o", "a.db"], "a.db: -o would replace the archive; give it another name"),
    ],
)
def test_questions_that_cannot_be_asked(search: Run, arguments: list[str], expected: str) -> None:
    """What is wrong is told with the remedy, and status 2."""
    done = search(*arguments)
    assert (done.exit_code, done.stderr) == (2, f"factcheck: {expected}\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            [],
            (
                "name the archive with --db FILE, in FACTCHECK_DB, or as `db` in a configuration; "
                "`factcheck scan PATH --db FILE` makes one"
            ),
        ),
        (["--db", "no.db"], "no.db: there is no such file; `factcheck scan PATH --db no.db` makes it"),
        (["--db", "there"], "there: this is a folder; name a file"),
        (
            ["--db", "empty.db"],
            "empty.db: there is nothing in this file yet; `factcheck scan PATH --db empty.db` fills it",
        ),
    ],
)
def test_archives_that_are_none(run: Run, folder: Path, arguments: list[str], expected: str) -> None:
    """Nothing is made by a search."""
    (folder / "there").mkdir()
    (folder / "empty.db").write_bytes(b"")
    done = run("search", "wall", *arguments)
    assert (done.exit_code, done.stderr) == (2, f"factcheck: {expected}\n")
    assert not (folder / "no.db").exists()
    assert (folder / "empty.db").read_bytes() == b""


def test_rules_without_a_finding_are_told(search: Run) -> None:
    """A rule or pack that the archive does not know may be a slip."""
    done = search("--rule", "hedge/mya", "--format", "jsonl")
    said = "nothing in this archive was found by `hedge/mya`; did you mean `hedge/may`?"
    expected = f"factcheck: a.db: nothing was found\nfactcheck: a.db: {said}\n"
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", expected)


# The language of questions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", ""),
        ("wall", '"wall"'),
        ("wall AND NOT winter", '"wall" "AND" "NOT" "winter"'),
        ("text:wall", '"text:wall"'),
        ("co-op's", '"co-op\'s"'),
        ("a* *", '"a"*'),
        ("(wall OR", '"(wall" "OR"'),
        ('"could fall" x', '"could fall" "x"'),
        ('"could fa"*', '"could fa"*'),
        ('"could', '"could"'),
        ("«der Kai»", '"der Kai"'),
        ('""', ""),
        ("— … ^", ""),
        ("a\0b", '"a" "b"'),
    ],
)
def test_what_is_typed_as_what_is_asked(said: str, expected: str) -> None:
    """Words of the index's own language are words like others."""
    assert match(said) == expected


SENTENCES = [
    "The wall could fall.",
    "A well could fall, or the mill.",
    "Mill AND wall.",
    "The NEAR wall, 40 per cent of it, fell.",
    "O'Hara's mill-wall co-op",
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An archive of these sentences."""
    path = tmp_path_factory.mktemp("archive") / "a.db"
    scanner, kept = Scanner(), Keeper(path, to_write(path))
    kept.begin([Ruled("key", {}, scanner.program.rules)], [])
    read = [Text(f"{number}", text) for number, text in enumerate(SENTENCES)]
    sheets = list[Any]()
    list(Group(read, [card(one) for one in read], [], "key").noted(scanner.parts(SENTENCES, ["a"] * len(read)), sheets))
    kept.take(sheets)
    kept.close()
    with closing(to_read(path)) as database:
        yield database


@given(
    said=st.text()
    | st.lists(st.sampled_from([*'"*(){}^:-+,“” ', "AND", "OR", "NOT", "NEAR(", "wall", "text"])).map(" ".join)
)
def test_no_question_is_a_mistake(database: sqlite3.Connection, said: str) -> None:
    """Whatever is typed, the index understands it."""
    asked = Query(match(said))
    sentences, _ = asked.count(database)
    assert len(list(asked.hits(database, "rank" if asked.words else "confidence", 0, marked=True))) == sentences


_WORDS = ("the", "wall", "well", "could", "fall", "mill", "and", "near", "40", "per", "cent", "hara", "co", "op")


@given(said=st.lists(st.sampled_from(_WORDS)))
def test_plain_words_find_what_holds_them_all(database: sqlite3.Connection, said: list[str]) -> None:
    """Plain words find the sentences that have every one of them, and no others."""
    found = [hit.row["text"] for hit in Query(match(" ".join(said))).hits(database, "confidence", 0)]
    held = [text for text in SENTENCES if set(said) <= set(re.findall(r"\w+", text.lower()))]
    assert sorted(found) == sorted(held)
