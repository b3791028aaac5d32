"""Texts with rules of their own in one scan: what stands around pages, and what is kept, is of all that are used."""

import csv
import io
import json
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import Result

from factcheck import Scanner
from factcheck.works import Works
from factcheck_cli.config.rules import RuleSet, Scanners
from factcheck_cli.inputs.text import Part
from factcheck_cli.work import presses
from factcheck_cli.work.press import Press, Printed

Run = Callable[..., Result]
QUAY = "pack quay\n\nrule talk : unverified\n  match gossip by the quay\n  weight 0.9\n"
QUAY += '  message "Nobody says who talks."\n  flag "The gossip by the quay is of a sale."\n  pass "They talk."\n'
OVERRIDDEN = '[[overrides]]\npaths = ["desk/"]\nrules = ["quay.fact"]\n'
OWN = 'pack own{0}\n\nrule only : possible\n  match may\n  message "Own."\n  flag "It may sink."\n  pass "It sank."\n'
NEWS, DESK = "The quay could sink.\n", "The gossip by the quay is of a sale.\n"


@pytest.fixture
def newsroom(folder: Path) -> Path:
    """A folder where all texts of a desk have one more pack."""
    (folder / "quay.fact").write_text(QUAY, "utf-8")
    (folder / "factcheck.toml").write_text(OVERRIDDEN, "utf-8")
    for name, text in (("news", NEWS), ("desk", DESK)):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.usefixtures("newsroom")
def test_a_table_has_the_columns_of_all(run: Run, jobs: str) -> None:
    """A signal that was not asked of a text has no value there; texts that are not scanned bring no columns."""
    found = run("scan", "news", "desk", "--format", "csv", "--jobs", jobs)
    news, desk = csv.DictReader(io.StringIO(found.stdout))
    hedge = json.loads(run("scan", "news").stdout)["signals"]["hedge"]
    assert (news["signal_quay"], float(news["signal_hedge"]), desk["signal_quay"]) == ("", hedge, "0.9")
    assert (news["text"], desk["rules"]) == (NEWS.strip(), "quay/talk")
    assert "signal_quay" not in run("scan", "news", "--format", "csv").stdout
    assert "signal_quay" in run("scan", "desk", "--format", "csv").stdout


def test_texts_of_a_rule_set_are_scanned_together(newsroom: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one by one, which takes several times as long."""
    found = list[int]()
    whole = Press.printed

    def printed(self: Press, parts: Sequence[Part], *rest: Any) -> Iterator[Printed]:  # noqa: ANN401 - as it is
        found.append(len(parts))
        return whole(self, parts, *rest)

    for number in range(5):
        (newsroom / "desk" / f"{number}.txt").write_text(DESK, "utf-8")
    monkeypatch.setattr(Press, "printed", printed)
    for options in (("--format", "csv"), ("--format", "jsonl"), ("--db", "a.db")):
        assert run("scan", "news", "desk", *options).exit_code == 0
    assert found == [1, 6] * 3


@pytest.mark.parametrize("options", [("--format", "csv"), ("--format", "sarif"), ("--db", "a.db")])
@pytest.mark.usefixtures("newsroom")
def test_rows_are_written_as_they_come(
    start: Callable[..., "subprocess.Popen[bytes]"], options: tuple[str, ...]
) -> None:
    """What stands before them hangs on the rules, and not on what comes in the end."""
    with start("-", "--text-field", "text", *options, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b'{"text":"The quay could sink."}\n')
        process.stdin.flush()
        printed = b""
        while b"The quay could sink." not in printed:
            more = os.read(process.stdout.fileno(), 1 << 16)
            assert more, "it has ended without the row"
            printed += more
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rules each scanner has that is made from now on."""
    found, whole = list[int](), Scanner._use  # noqa: SLF001 - all ways to make one go through it

    def use(self: Scanner, matcher: Any) -> None:  # noqa: ANN401 - as it is
        whole(self, matcher)
        found.append(len(self.program.rules))

    monkeypatch.setattr(Scanner, "_use", use)
    return found


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ('text-field = "t{}"', 1),
        ('severity.house = "note"', 1),
        ('severity.house = "note"\ntext-field = "t{}"', 1),
        ('ignore = ["house/chance"]', 2),
        ('select = ["house"]\nignore = ["house/chance"]\nat-most = "{}"', 2),
    ],
)
def test_texts_of_equal_rules_share_what_scans_them(
    folder: Path, run: Run, made: list[int], said: str, kinds: int
) -> None:
    """However many overrides there are, and whatever else they say: each would take some 70 MB."""
    levels = ("unverified", "possible", "probable", "attributed")
    config = 'rules = ["house.fact"]\nbuiltin = false\n'
    for number, level in enumerate(levels):
        (folder / f"d{number}").mkdir()
        (folder / f"d{number}" / "a.txt").write_text(NEWS, "utf-8")
        config += f'[[overrides]]\npaths = ["d{number}/"]\n{said.format(level)}\n'
    (folder / "factcheck.toml").write_text(config, "utf-8")
    found = run("scan", "d0", "d1", "d2", "d3", "article.txt")
    assert found.exit_code == 0
    assert len(made) == kinds
    alone = [run("scan", f"d{number}").stdout for number in range(len(levels))]
    assert found.stdout == "".join(alone) + run("scan", "article.txt").stdout


def test_shared_scanners_are_as_those_of_their_own(folder: Path) -> None:
    """A choice of rules and severities gives the same program, warnings and files, however it was come by."""
    files = RuleSet(rules=("house.fact",), packs=("numbers",))
    sets = [
        files,
        files._replace(ignore=("house/chance",)),
        files._replace(ignore=("house/chance",), severities=(("house", "error"),)),
        files._replace(select=("house", "hedge", "numbers")),
        files._replace(severities=(("house/named", "note"), ("possible", "error"))),
    ]
    text = (folder / "article.txt").read_text("utf-8")
    for several in (sets, sets[::-1]):
        scanners = Scanners()
        for one in several:
            shared, own = scanners.of(one), Scanner(one.rules, packs=one.packs, select=one.select, ignore=one.ignore)
            assert [rule.id for rule in shared.program.rules] == [rule.id for rule in own.program.rules]
            assert (shared.warnings, shared.sources) == (own.warnings, own.sources)
            assert shared.program.signals == own.program.signals
            levels = [[(each.level, each.confidence) for each in by.scan(text).sentences] for by in (shared, own)]
            assert levels[0] == levels[1]
            assert scanners.of(one) is shared


@pytest.mark.usefixtures("newsroom")
def test_scanners_rest_while_others_are_at_work(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rule sets there are, few are in memory at once; where files alternate room is made for them."""
    text, told = "", list[str]()
    for number in range(5):
        desk = folder / f"desk{number}"
        desk.mkdir()
        (desk / "own.fact").write_text(OWN.format(number), "utf-8")
        (desk / "a.txt").write_text("It may sink.\n", "utf-8")
        text += f'[[overrides]]\npaths = ["desk{number}/"]\nrules = ["desk{number}/own.fact"]\n'
    (folder / "factcheck.toml").write_text(f"builtin = false\n{text}", "utf-8")
    rest = Works.rest

    def resting(self: Works) -> None:
        told.append(next((rule.id.partition("/")[0] for rule in self.program.rules), "none"))
        rest(self)

    monkeypatch.setattr(Works, "rest", resting)
    result = run("scan", "desk0", "desk1", "desk2", "desk3", "desk4", "--format", "csv")
    rows = [line.split(",")[0] for line in result.stdout.splitlines()[1:]]
    assert rows == [f"desk{number}/a.txt" for number in range(5)]
    assert all(f"own{number}/only" in result.stdout for number in range(5))
    # While they are loaded the first ones go; then each comes back for its text, and goes again for the others.
    assert told == ["none", "own0", "own1", "own2", "own3", "own4", "own0", "own1", "own2"]


def test_scanners_that_alternate_are_woken_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of files in an odd order takes more memory, and hardly more time."""
    slept = list[Works]()
    monkeypatch.setattr(Works, "rest", lambda self: slept.append(self))  # noqa: PLW0108 - a method
    works = [Works.__new__(Works) for _ in range(6)]
    rota = presses._Rota()  # noqa: SLF001 - what is tested
    for one in works * 100:
        rota.use(one)
    assert len(slept) < 3 * len(works)


def test_rules_that_change_meanwhile_end_the_scan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes load the files anew: no scan is by two versions of them."""
    monkeypatch.setattr(presses, "key_of", lambda _sources: "what they said before")
    result = run("scan", "news", "desk", "--jobs", "2")
    assert result.exit_code == 2
    assert result.stderr == "factcheck: rule files were changed while the scan was under way; run it again\n"


@pytest.mark.parametrize("paths", [("desk",), ("desk/a.txt",), ("news", "desk"), (".",)])
@pytest.mark.usefixtures("newsroom")
def test_rules_of_some_texts_are_selected(run: Run, paths: tuple[str, ...]) -> None:
    """Of the rules of other texts none is used then."""
    result = run("scan", *paths, "--select", "quay")
    assert (result.exit_code, result.stderr.count("error")) == (0, 0)
    rules = {one["rule"] for row in result.stdout.splitlines() for one in json.loads(row)["findings"]}
    assert rules == {"quay/talk"}


@pytest.mark.usefixtures("newsroom")
def test_baselines_are_of_the_rules_that_are_used(run: Run) -> None:
    """Whether the folder is named or its file, they are the same."""
    assert run("baseline", "create", "desk", "-o", "1.jsonl").exit_code == 0
    assert run("baseline", "create", "desk/a.txt", "-o", "2.jsonl").exit_code == 0
    first, second = (
        json.loads(Path(name).read_text("utf-8").splitlines()[0])["rules"] for name in ("1.jsonl", "2.jsonl")
    )
    assert first == second
    for name in ("1.jsonl", "2.jsonl"):
        assert run("scan", "desk", "--baseline", name).stderr == f"factcheck: {name}: 1 known, 0 new\n"


@pytest.mark.usefixtures("newsroom")
def test_parquet_has_the_columns_of_all(run: Run) -> None:
    """The same, with null for what was not asked."""
    assert run("scan", "news", "desk", "-o", "out.parquet").exit_code == 0
    news, desk = (row["signals"] for row in pq.read_table("out.parquet").to_pylist())
    hedge = json.loads(run("scan", "news").stdout)["signals"]["hedge"]
    assert (news["quay"], news["hedge"], desk["quay"], desk["hedge"]) == (None, hedge, 0.9, 0.0)


@pytest.mark.usefixtures("newsroom")
def test_a_log_names_the_rules_of_all(run: Run) -> None:
    """Of SARIF, whatever path comes first; without those of texts that are not scanned."""

    def named(*paths: str) -> set[str]:
        (log,) = json.loads(run("scan", *paths, "--format", "sarif").stdout)["runs"]
        return {rule["id"] for rule in log["tool"]["driver"]["rules"]}

    assert {"quay/talk", "hedge/could"} <= named("news", "desk")
    assert "quay/talk" in named("desk")
    assert "quay/talk" not in named("news")


@pytest.mark.parametrize("target", ["report.html", "report/"])
def test_a_report_names_the_packs_of_all(run: Run, newsroom: Path, target: str) -> None:
    """Its list tells the messages of all rules, its foot the packs."""
    assert run("scan", "news", "desk", "-o", target).exit_code == 0
    page = newsroom / target
    shown = (page / "index.html" if page.is_dir() else page).read_text("utf-8")
    assert "quay" in shown.partition("with the rules of")[2].partition("</p>")[0]
    assert "Nobody says who talks." in shown.partition("What weakened them")[2].partition("</section>")[0]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_archive_keeps_each_text_under_its_rules(run: Run, newsroom: Path, jobs: str) -> None:
    """In one run; nothing that is unchanged is scanned again, a change of the override is one of its texts alone."""
    scan = ("scan", "news", "desk", "--db", "a.db", "--jobs", jobs)
    assert run(*scan).stderr == "factcheck: a.db: kept as run 1: 2 documents\n"
    assert (
        run(*scan).stderr == "factcheck: a.db: kept as run 2: 2 documents, 2 of them unchanged and not scanned again\n"
    )
    with closing(sqlite3.connect(newsroom / "a.db")) as database:
        kept = database.execute("SELECT document.name, settings FROM document JOIN ruleset ON ruleset.id = ruleset")
        assert {name: json.loads(settings)["rules"] for name, settings in kept} == {
            "news/a.txt": [],
            "desk/a.txt": ["quay.fact"],
        }
    (found,) = run("search", "--db", "a.db", "--rule", "quay/talk", "--format", "jsonl").stdout.splitlines()
    assert json.loads(found)["doc"] == "desk/a.txt"
    (newsroom / "quay.fact").write_text(QUAY.replace("0.9", "0.8"), "utf-8")
    assert "1 of them unchanged" in run(*scan).stderr
    (found,) = run("search", "--db", "a.db", "--rule", "quay/talk", "--format", "jsonl").stdout.splitlines()
    assert json.loads(found)["signals"]["quay"] == 0.8
    last = json.loads(run("search", "--db", "a.db", "--runs", "--format", "jsonl").stdout.splitlines()[-1])
    assert (last["state"], last["documents"], last["unchanged"]) == ("finished", 2, 1)


@pytest.mark.usefixtures("newsroom")
def test_a_run_of_one_desk_is_kept_under_its_rules(run: Run) -> None:
    """Though the folder that is named has others."""
    assert run("scan", "desk", "--db", "a.db").exit_code == 0
    (kept,) = run("search", "--db", "a.db", "--runs", "--format", "jsonl").stdout.splitlines()
    assert json.loads(kept)["settings"]["rules"] == ["quay.fact"]


@pytest.mark.usefixtures("newsroom")
def test_ways_to_write_a_path_are_one_to_an_archive(run: Run) -> None:
    """A document is not kept twice, and is printed under the name that was given."""
    assert run("scan", "news", "--db", "a.db").exit_code == 0
    found = run("scan", "./news/a.txt", "--db", "a.db")
    assert json.loads(found.stdout)["doc"] == "./news/a.txt"
    assert "1 of them unchanged" in found.stderr
    assert "1 of them unchanged" in run("scan", str(Path("news/a.txt").resolve()), "--db", "a.db").stderr
    for here in (".", "./"):
        assert [json.loads(row)["doc"] for row in run("scan", here).stdout.splitlines()][-1] == "news/a.txt"


def test_rule_files_in_use_are_no_articles(run: Run, newsroom: Path) -> None:
    """A hook names whatever is in the commit; others are read, for somebody named them."""
    (newsroom / "desk" / "quay.fact").write_text(QUAY, "utf-8")
    (newsroom / "factcheck.toml").write_text(OVERRIDDEN.replace("quay.fact", "desk/quay.fact"), "utf-8")
    result = run("scan", "desk/quay.fact", "desk/a.txt")
    assert result.exit_code == 0
    assert {json.loads(row)["doc"] for row in result.stdout.splitlines()} == {"desk/a.txt"}
    assert "desk/quay.fact: skipped: this is a rule file that texts are scanned by, and no article" in result.stderr
    assert "read here as a text" in run("scan", "quay.fact").stderr


def test_broken_rules_stop_their_texts_alone(run: Run, newsroom: Path) -> None:
    """Also where names are given that only rules of some texts have."""
    (newsroom / "bad.fact").write_text("rule bro\n", "utf-8")
    (newsroom / "wire").mkdir()
    (newsroom / "wire" / "a.txt").write_text(NEWS, "utf-8")
    broken = '[[overrides]]\npaths = ["wire/"]\nrules = ["bad.fact"]\n'
    (newsroom / "factcheck.toml").write_text(f'select = ["hedge", "quay"]\n{OVERRIDDEN}{broken}', "utf-8")
    assert run("scan", "news").exit_code == 0
    result = run("scan", "news", "desk", "wire")
    assert result.exit_code == 2
    assert result.stderr.count("bad.fact") == 1
    assert {json.loads(row)["doc"] for row in result.stdout.splitlines()} == {"news/a.txt", "desk/a.txt"}


INNER = {"desk/factcheck.toml": 'rules = ["../quay.fact"]\n', "news/factcheck.toml": 'at-most = "possible"\n'}


def each_with_its_own(newsroom: Path) -> None:
    """Gives each of the folders a configuration of its own, of which one has the pack."""
    (newsroom / "factcheck.toml").unlink()
    for name, content in INNER.items():
        (newsroom / name).write_text(content, "utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("paths", [("desk", "news"), ("news", "desk"), (".",), ("article.txt", "desk", "news")])
def test_a_name_that_is_typed_need_be_known_to_one_configuration(
    run: Run, newsroom: Path, paths: tuple[str, ...], jobs: str
) -> None:
    """Elsewhere it stands for no rule."""
    each_with_its_own(newsroom)
    found = run("scan", *paths, "--select", "quay", "--format", "concise", "--jobs", jobs)
    assert (found.exit_code, found.stderr) == (0, "")
    assert [line.partition(":")[0] for line in found.stdout.splitlines()] == ["desk/a.txt"]
    found = run("scan", *paths, "--ignore", "quay", "--format", "concise", "--jobs", jobs)
    assert "quay/talk" not in found.stdout
    assert found.exit_code == 0


@pytest.mark.parametrize("paths", [("desk", "news"), (".",), ("article.txt",)])
def test_a_name_that_is_typed_and_nowhere_known_is_wrong_usage(
    run: Run, newsroom: Path, paths: tuple[str, ...]
) -> None:
    """It is told once, and nothing is scanned."""
    each_with_its_own(newsroom)
    found = run("scan", *paths, "--select", "hedge,quai")
    known = f"did you mean `{'quantity' if 'article.txt' in paths else 'quay'}`?"
    assert found.stderr == f"factcheck: no pack, rule or tag is called `quai`: {known}\n"
    assert (found.stdout, found.exit_code) == ("", 2)


@pytest.mark.parametrize("paths", [(".",), ("desk", "."), (".", "desk")])
def test_a_broken_configuration_stops_those_below_it_not(run: Run, newsroom: Path, paths: tuple[str, ...]) -> None:
    """Files that have another one are scanned, also where it holds for the folder that is named."""
    each_with_its_own(newsroom)
    (newsroom / "factcheck.toml").write_text("at-mos = 3\n", "utf-8")
    found = run("scan", *paths, "--format", "concise")
    wrong = "factcheck: factcheck.toml:1: there is no key `at-mos`: did you mean `at-most`?\n"
    assert (found.exit_code, found.stderr) == (2, wrong)
    docs = {line.partition(":")[0] for line in found.stdout.splitlines()}
    assert docs == {"desk/a.txt", "news/a.txt"}
    found = run("scan", "article.txt")
    assert (found.exit_code, found.stderr, found.stdout) == (2, wrong, "")


def test_what_holds_for_a_whole_run_is_told_where_it_is_not_used(run: Run, newsroom: Path) -> None:
    """A run has one baseline: that of the first path's configuration, or none."""
    each_with_its_own(newsroom)
    (newsroom / "desk" / "factcheck.toml").write_text('max-unverified = "1%"\nrules = ["../quay.fact"]\n', "utf-8")
    said = "desk/factcheck.toml:1: note: `max-unverified` is not used, for a run has one in all, "
    remedy = "; scan these files alone, or give --max-unverified\n"
    found = run("scan", "news", "desk")
    assert found.stderr == f"factcheck: {said}and the first configuration names none{remedy}"
    assert found.exit_code == 0
    (newsroom / "news" / "factcheck.toml").write_text('max-unverified = "90%"\n', "utf-8")
    assert f"{said}that of news/factcheck.toml:1{remedy}" in run("scan", "news", "desk").stderr
    for options in ((), ("--max-unverified", "90%")):
        found = run("scan", *(("desk", "news") if not options else ("news", "desk")), *options)
        assert ("desk" in found.stderr, "news/factcheck.toml:1: note" in found.stderr) == (not options, not options)


def test_the_archive_and_the_baseline_are_no_forgotten_articles(run: Run, newsroom: Path) -> None:
    """They are not counted with what a folder leaves out."""
    assert run("baseline", "create", "news", "-o", "known.jsonl").exit_code == 0
    found = run("scan", ".", "--db", "all.db", "--baseline", "known.jsonl")
    assert (newsroom / "all.db").exists()
    assert "left out" not in found.stderr
    assert "is not used" not in found.stderr
    assert "left out" in run("scan", ".").stderr
