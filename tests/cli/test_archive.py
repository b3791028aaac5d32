"""`scan --db`: what a run leaves in an archive, what the next one takes from it, and what keeps it from either."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from archived import MILL, QUAY, asked, inputs, is_sound
from factcheck import Scanner
from factcheck.text import piece
from factcheck_cli.formats.jsonl import of_columns
from factcheck_cli.inputs.text import Text
from factcheck_cli.options import Format
from factcheck_cli.store import keep
from factcheck_cli.store.keep import Keeper, Ruled
from factcheck_cli.store.opened import to_write
from factcheck_cli.store.sheet import card
from factcheck_cli.store.shelf import Group, Shelf

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 120  # seconds
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")


@pytest.fixture
def texts(folder: Path) -> list[str]:
    """Inputs of several kinds, one of them not to be read."""
    return inputs(folder)


# What has not changed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", get_args(Format))
def test_what_is_kept_prints_as_what_is_scanned(run: Run, texts: list[str], folder: Path, format_: str) -> None:
    """A scan that takes all or some documents from an archive writes what it would without one, to the byte."""

    def written(*options: str) -> bytes:
        done = run("scan", *texts, "--pack", "numbers", "--format", format_, "-o", "out", *options)
        assert done.exit_code == 0
        return (folder / "out").read_bytes()

    plain = written()
    assert written("--db", "a.db") == plain
    assert written("--db", "a.db") == plain
    assert written("--db", "a.db", "--at-most", "possible") == written("--at-most", "possible")
    (folder / "quay.md").write_text(QUAY.replace("Monday", "Friday") + "\nIt may rain.\n", "utf-8")
    assert written("--db", "a.db") == written()
    is_sound(folder / "a.db")


def test_unchanged_documents_are_not_scanned(
    run: Run, texts: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what has changed goes through the scanner; the run says how many have not."""
    run("scan", *texts, "--db", "a.db")
    (folder / "mill.txt").write_text(f"{MILL}\nIt may rain.\n", "utf-8")
    scanned = []
    parts = Scanner.parts

    def seen(self: Scanner, given: list[str], names: list[str], **rest: Any) -> Any:  # noqa: ANN401 - as it is
        scanned.extend(names)
        return parts(self, given, names, **rest)

    monkeypatch.setattr(Scanner, "parts", seen)
    done = run("scan", *texts, "--db", "a.db")
    assert scanned == ["mill.txt"]
    assert "a.db: kept as run 2: 7 documents, 6 of them unchanged and not scanned again" in done.stderr
    assert asked("a.db", "SELECT documents, unchanged, sentences FROM run") == [(7, 0, 21), (7, 6, 22)]


@pytest.mark.parametrize(
    "options",
    [("--segment", "lines"), ("--ignore", "hedge"), ("--pack", "numbers"), ("--no-builtin", "--rules", "house.fact")],
    ids=" ".join,
)
def test_other_rules_and_settings_scan_anew(run: Run, texts: list[str], options: list[str]) -> None:
    """What levels depend on is part of what has to be the same; both results are kept beside one another."""
    first = run("scan", *texts, "--db", "a.db")
    done = run("scan", *texts, "--db", "a.db", *options)
    assert "unchanged" not in done.stderr
    assert done.stdout == run("scan", *texts, *options).stdout
    again = run("scan", *texts, "--db", "a.db")
    assert (again.stdout, "7 of them unchanged" in again.stderr) == (first.stdout, True)


def test_changed_rules_scan_anew(scan: Run, folder: Path) -> None:
    """A rule file of the same name with other rules in it is another one."""
    scan("article.txt", "--db", "a.db")
    house = folder / "house.fact"
    house.write_text(house.read_text("utf-8").replace("weight  0.9", "weight  0.8"), "utf-8")
    done = scan("article.txt", "--db", "a.db")
    assert "unchanged" not in done.stderr
    assert done.stdout == scan("article.txt").stdout


def test_other_titles_are_other_documents(run: Run, folder: Path) -> None:
    """What the source says of itself is kept with the text, and is looked at, too."""
    (folder / "quay.md").write_text(QUAY, "utf-8")
    run("scan", "quay.md", "--db", "a.db")
    (folder / "quay.md").write_text(QUAY.replace("The quay", "The pier"), "utf-8")
    assert "unchanged" not in run("scan", "quay.md", "--db", "a.db").stderr
    assert asked("a.db", "SELECT title, byline, dated, date, type, current FROM document ORDER BY id") == [
        ("The quay", "Ruth Abara", "2026-03-02", "2026-03-02", "markdown", 0),
        ("The pier", "Ruth Abara", "2026-03-02", "2026-03-02", "markdown", 1),
    ]


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html"])
def test_long_texts_are_kept_in_one(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    """A text that is scanned in pieces is one document, and printed from the archive as it was from its pieces."""
    monkeypatch.setattr(piece, "LONGEST", 200)
    (folder / "long.txt").write_text("\n\n".join(f"{MILL}\nBerth {n} may close." for n in range(12)), "utf-8")
    plain = run("scan", "article.txt", "long.txt", "mill.txt", "--format", format_).stdout
    first, second = (
        run("scan", "article.txt", "long.txt", "mill.txt", "--format", format_, "--db", "a.db") for _ in "12"
    )
    assert (first.stdout, second.stdout) == (plain, plain)
    of_long = "FROM sentence JOIN document ON document.id = sentence.document WHERE name = 'long.txt'"
    lines = asked("a.db", f"SELECT sentence.number {of_long}")
    starts = asked("a.db", f"SELECT start {of_long}")
    text = (folder / "long.txt").read_text("utf-8")
    assert [line for (line,) in lines] == [text.count("\n", 0, start) + 1 for (start,) in starts]
    is_sound(folder / "a.db")


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in rules, and those that capture."""
    return Scanner(packs=["numbers", "icd203"])


@pytest.fixture(scope="module")
def shelf(scanner: Scanner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Keeper, Shelf]]:
    """An archive, to write to and to read from."""
    path = tmp_path_factory.mktemp("archive") / "a.db"
    kept = Keeper(path, to_write(path))
    kept.begin([Ruled("key", {}, scanner.program.rules)], [])
    shelf = Shelf(path, "key", scanner.program, scanner.matcher.symbols.lexicon)
    yield kept, shelf
    shelf.close()
    kept.close()
    is_sound(path)


_WORDS = st.sampled_from([
    *("Officials say", "Ruth Abara,", "head of the board,", "said", "she", "it", "could", "may", "40 per cent", "rose"),
    *("the ferry", "the minister", "denied", "likely", "We", "\n\n", "“", "”", ".", "?", "é", "😀"),
    *("\0", "\r\n", "\t", "\u2028"),
])  # fmt: skip
_TEXTS = st.lists(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=40), min_size=1, max_size=6)


@given(given_=_TEXTS)
def test_odd_texts_come_back_as_they_were(scanner: Scanner, shelf: tuple[Keeper, Shelf], given_: list[str]) -> None:
    """Whatever is scanned, its lines and objects are the same when it is read from the archive, in any order."""
    kept, reader = shelf
    texts = [Text(f"{number}", text) for number, text in enumerate(given_)]
    cards = [card(text) for text in texts]
    parts = list(scanner.parts(given_, [text.name for text in texts]))
    sheets = list[Any]()
    list(Group(texts, cards, [], "key").noted(parts, sheets))
    kept.take(sheets)
    same = [one for one in reader.same(cards) if one]
    for order in (slice(None), slice(None, None, -1)):
        own = texts[order]
        plain = list(scanner.parts([text.text for text in own], [text.name for text in own]))
        (back,) = reader.parts(Group(own, [], same[order], "key"))
        assert of_columns(back) == b"".join(map(of_columns, plain))
        assert list(back.documents()) == [document for part in plain for document in part.documents()]


# What is kept --------------------------------------------------------------------------------------------------------


def test_all_of_a_run_is_kept(run: Run, texts: list[str]) -> None:
    """The run with its counts and who was not read, documents, sentences, findings: as the JSON lines have them."""
    done = run("scan", *texts, "nowhere.txt", "--db", "a.db")
    assert done.exit_code == 3
    records = [json.loads(line) for line in done.stdout.splitlines()]
    ((state, documents, sentences, failures, levels),) = asked(
        "a.db", "SELECT state, documents, sentences, failures, levels FROM run"
    )
    assert (state, documents, sentences, failures) == ("finished", 7, len(records), 1)
    assert sum(json.loads(levels).values()) == len(records)
    assert asked("a.db", "SELECT name, message FROM unread") == [
        ("nowhere.txt", "there is no such file or folder; check the path")
    ]
    found = json.loads(
        f"[{','.join(run('search', '--db', 'a.db', '--sort', 'date', '--format', 'jsonl').stdout.splitlines())}]"
    )
    added = ("place", "about", "run", "row")
    plain = [{key: value for key, value in record.items() if key not in added} for record in records]
    for record in plain:
        for finding in record["findings"]:
            for key in ("place", "captures", "range"):
                finding.pop(key, None)
    kept = [{key: value for key, value in record.items() if key not in added} for record in found]
    order = [(record["doc"], record["start"], record["text"]) for record in plain]
    assert sorted(kept, key=lambda one: order.index((one["doc"], one["start"], one["text"]))) == plain


def test_states_of_a_document_are_told_apart(run: Run, folder: Path) -> None:
    """A search sees the newest state of each document, gone ones too; under a run what that has seen."""

    def found(*options: str) -> list[str]:
        lines = run("search", "--db", "a.db", "--format", "jsonl", *options).stdout.splitlines()
        return sorted(json.loads(line)["text"] for line in lines)

    pages = folder / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("The mill may close.", "utf-8")
    (pages / "b.txt").write_text("The ferry sank.", "utf-8")
    run("scan", "pages", "--db", "a.db")
    (pages / "a.txt").write_text("The mill has closed.", "utf-8")
    (pages / "b.txt").unlink()
    run("scan", "pages", "--db", "a.db")
    assert found() == ["The ferry sank.", "The mill has closed."]
    assert found("--run", "1") == ["The ferry sank.", "The mill may close."]
    assert found("--run", "2") == found("--run", "last") == ["The mill has closed."]
    (pages / "a.txt").write_text("The mill may close.", "utf-8")
    assert "1 of them unchanged" in run("scan", "pages", "--db", "a.db").stderr
    assert found() == ["The ferry sank.", "The mill may close."]
    assert found("--run", "last") == ["The mill may close."]


def test_rows_of_the_same_name_are_all_kept(run: Run, folder: Path) -> None:
    """Two rows with the same id are two documents, and both the newest; twice the same text is one."""
    rows = [{"id": "a", "text": text} for text in ("It may sink.", "It sank.", "It may sink.")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for _ in range(2):
        done = run("scan", "rows.jsonl", "--db", "a.db")
        assert len(done.stdout.splitlines()) == 3
        assert asked("a.db", "SELECT name, file, current FROM document") == [("a", "rows.jsonl", 1)] * 2


def test_processes_keep_the_same(start: Start, texts: list[str], folder: Path) -> None:
    """`--jobs` keeps what one process keeps, in the same order, and takes the same from it."""
    (folder / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"{MILL} Berth {n} may close.", "more": "x" * 20_000}) + "\n" for n in range(150)),
        "utf-8",
    )
    outputs, errors = [], b""
    for options in (("--db", "one.db"), ("--db", "two.db", "--jobs", "2"), ("--db", "two.db", "--jobs", "2")):
        program = start(*texts, "many.jsonl", *options, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output, errors = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0
        outputs.append(output)
    assert outputs[0] == outputs[1] == outputs[2]
    assert b"157 of them unchanged" in errors
    for table in ("document", "sentence", "finding", "source", "naming"):
        both = (asked(name, f"SELECT * FROM {table}") for name in ("one.db", "two.db"))  # noqa: S608 - a name of ours
        one, two = ([row[:6] + row[7:] if table == "document" else row for row in rows] for rows in both)
        assert one == two
    is_sound(folder / "two.db")


def test_what_a_run_beside_has_kept_is_not_scanned_again(
    scanner: Scanner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two runs at once the second one scans what was new to both; that is told of older runs alone."""
    monkeypatch.setattr(keep, "is_alive", lambda *_: True)
    text = Text("a.txt", MILL)
    path, kept = folder / "a.db", list[Any]()
    list(Group([text], [card(text)], [], "key").noted(scanner.parts([MILL], ["a.txt"]), kept))
    runs = [Keeper(path, to_write(path)) for _ in range(2)]
    for run in runs:
        run.begin([Ruled("key", {}, scanner.program.rules)], [])
    for run in runs:
        run.take(kept)
        run.close()
    assert [run.again for run in runs] == [0, 0]
    later = Keeper(path, to_write(path))
    later.begin([Ruled("key", {}, scanner.program.rules)], [])
    later.take(kept)
    later.close()
    assert later.again == 1


def test_two_scans_at_once_lose_nothing(start: Start, folder: Path) -> None:
    """Four programs that write to a new archive at the same time all finish, and all that they saw is there once."""
    for name in ("a", "b"):
        rows = [{"id": f"{name if n % 2 else 'both'} {n}", "text": f"Berth {n} may close. {MILL}"} for n in range(300)]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    inputs = ["a.jsonl", "b.jsonl", "a.jsonl", "b.jsonl"]
    programs = [start(name, "--db", "a.db", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for name in inputs]
    for program in programs:
        _, errors = program.communicate(timeout=PATIENCE)
        assert (program.returncode, b"kept as run" in errors) == (0, True)
    assert asked("a.db", "SELECT state, documents FROM run") == [("finished", 300)] * 4
    assert asked("a.db", "SELECT count(*), sum(current) FROM document") == [(600, 600)]
    assert asked("a.db", "SELECT run, count(*) FROM seen GROUP BY run") == [(run, 300) for run in (1, 2, 3, 4)]
    is_sound(folder / "a.db")


@pytest.mark.parametrize("gate", [("--fail-at", "unverified"), ("--max-unverified", "0")])
def test_gates_by_levels_need_no_new_scan(run: Run, texts: list[str], gate: tuple[str, str]) -> None:
    """What meets them is told from what is kept, in the same words."""
    first, second = (run("scan", *texts, "--db", "a.db", *gate) for _ in range(2))
    assert (first.stdout, first.exit_code) == (second.stdout, second.exit_code)
    assert first.exit_code == 1
    assert "7 of them unchanged and not scanned again" in second.stderr
    told = [[line for line in one.stderr.splitlines() if "kept as run" not in line] for one in (first, second)]
    assert told[0] == told[1]
    assert any(": unverified: " in line for line in told[0])


# Runs that do not finish ---------------------------------------------------------------------------------------------


def test_interrupted_run_is_taken_up(run: Run, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run has kept when it is interrupted stays; the next that is to do the same says that it goes on."""
    take = Keeper.take

    def stopped(self: Keeper, kept: Any) -> None:  # noqa: ANN401 - as it is
        take(self, kept)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "take", stopped)
        assert run("scan", *texts, "--db", "a.db").exit_code == 130
    assert asked("a.db", "SELECT state FROM run") == [("interrupted",)]
    other = run("scan", "article.txt", "--db", "a.db")
    assert "interrupted" not in other.stderr
    done = run("scan", *texts, "--db", "a.db")
    assert "a.db: run 1 was interrupted after 7 documents; this one takes it up" in done.stderr
    assert "a.db: kept as run 3: 7 documents, 7 of them unchanged and not scanned again" in done.stderr
    assert asked("a.db", "SELECT state, resumes FROM run") == [
        ("interrupted", None),
        ("finished", None),
        ("finished", 1),
    ]
    assert "interrupted" not in run("scan", *texts, "--db", "a.db").stderr


def test_run_of_a_dead_process_is_recognised(run: Run) -> None:
    """A run whose process is gone was interrupted, whatever it says itself; one whose process lives was not."""
    run("scan", "article.txt", "--db", "a.db")
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with closing(sqlite3.connect("a.db")) as database:
        again = (
            "INSERT INTO run(ruleset, state, started, beat, inputs, host, process)"
            " SELECT ruleset, 'running', started, beat, inputs, host, ? FROM run WHERE id = 1"
        )
        for process in (gone.pid, os.getppid()):
            database.execute(again, (process,))
        database.commit()
    states = [
        json.loads(line)["state"]
        for line in run("search", "--db", "a.db", "--runs", "--format", "jsonl").stdout.splitlines()
    ]
    assert states == ["finished", "interrupted", "running"]
    assert "run 2 was interrupted after 0 documents" in run("scan", "article.txt", "--db", "a.db").stderr


@needs_unix
def test_names_that_are_no_text_are_kept(scan: Run, folder: Path) -> None:
    """A file name that is not UTF-8 is kept as it is shown."""
    name = os.fsdecode(b"qu\xe4y.txt")
    (folder / name).write_text("It could sink.", "utf-8")
    for _ in range(2):
        assert scan(name, "--db", "a.db").exit_code == 0
    assert asked("a.db", "SELECT name FROM document") == [("qu\ufffdy.txt",)]
    assert asked("a.db", "SELECT inputs FROM run") == [('["qu\ufffdy.txt"]',)] * 2


def test_where_nothing_was_scanned_no_run_is_kept(run: Run, folder: Path) -> None:
    """Articles that are all gone leave no empty run behind, and what was kept before stays the last."""
    (folder / "none.jsonl").write_text("", "utf-8")
    assert run("scan", "article.txt", "--db", "a.db").exit_code == 0
    for path, status in (("gone.txt", 3), ("none.jsonl", 0)):
        for options in ((), ("-o", "out.csv"), ("--jobs", "2")):
            done = run("scan", path, "--db", "a.db", *options)
            assert done.exit_code == status
            assert "a.db: nothing was scanned, so no run is kept\n" in done.stderr
            assert "a.db" not in run("scan", path, "--db", "a.db", "--quiet", *options).stderr
    assert run("search", "--db", "a.db", "--run", "last", "--format", "jsonl").stdout.count("\n") == 4
    assert run("search", "--db", "a.db", "--runs", "--format", "jsonl").stdout.count("\n") == 1
    is_sound(folder / "a.db")


def test_quiet_says_nothing_of_the_archive(scan: Run) -> None:
    """`--quiet` leaves notes out."""
    assert scan("article.txt", "--db", "a.db", "--quiet").stderr == ""


def test_scan_without_an_archive_loads_none(folder: Path) -> None:
    """Whoever keeps nothing does not wait for the database to be imported."""
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app", "scan", "article.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert imported.isdisjoint({"sqlite3", "factcheck_cli.store", "factcheck_cli.store.schema"})


def test_a_shelf_that_was_closed_opens_again(run: Run, folder: Path) -> None:
    """As each scan of a watch needs it to."""
    run("scan", "article.txt", "--db", "a.db")
    (folder / "b.txt").write_text("It sank.", "utf-8")
    scanner = Scanner()
    shelf = Shelf(folder / "a.db", "none", scanner.program, scanner.matcher.symbols.lexicon)
    one = [card(Text("b.txt", "It sank."))]
    assert shelf.same(one) == [None]
    shelf.close()
    assert shelf.same(one) == [None]
    shelf.close()


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "pretty"])
def test_silences_scan_only_their_own_documents_anew(run: Run, folder: Path, form: str) -> None:
    """What a comment silences of a sentence takes more than is kept, which is told; what a baseline knows does not."""
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Officials say mill {name} could sink. Experts say it fell.", "utf-8")
    assert run("baseline", "create", "a.txt", "b.txt", "--no-config").exit_code == 0
    (folder / "a.txt").write_text("Officials say mill a could sink. It might rot. Experts say it fell.", "utf-8")
    comment = "<!-- factcheck: ignore doubt because the desk knows them -->"
    (folder / "c.md").write_text(f"{comment} Officials say it could burn.", "utf-8")
    given_ = ("scan", "a.txt", "b.txt", "c.md", "--no-config", "--baseline", "factcheck-baseline.jsonl")
    plain = run(*given_, "--format", form).stdout
    first, second = (run(*given_, "--format", form, "--db", "a.db") for _ in range(2))
    assert (first.stdout, second.stdout) == (plain, plain)
    assert "a.db: kept as run 1: 3 documents\n" in first.stderr
    assert (
        "a.db: kept as run 2: 3 documents, 2 of them unchanged and not scanned again, "
        "1 unchanged, too, but scanned again, for more is asked for than is kept\n"
    ) in second.stderr
    last = run("scan", "a.txt", "a.txt", "--no-config", "--db", "a.db", "--format", "html").stderr
    assert "1 document, 1 of them unchanged but scanned again" in last
    is_sound(folder / "a.db")
