"""`factcheck stats`: what is counted is what a scan tells, by date, outlet and so on, in every format."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from typer.testing import Result

from factcheck import Scanner
from factcheck.document import Speaker
from factcheck.language.program import KINDS
from factcheck_cli.html_report.levels import MEANINGS
from factcheck_cli.stats.command import Form
from factcheck_cli.stats.groups import USED, WITHIN, By
from factcheck_cli.stats.page import page
from factcheck_cli.stats.periods import periods
from factcheck_cli.stats.sourced import OF_SENTENCES, within
from factcheck_cli.stats.totals import Counts, Stats
from factcheck_cli.tally import WITHOUT_SOURCE
from factcheck_cli.terminal.reason import UNNAMED, decisive, named, unnamed
from factcheck_cli.terminal.style import Style
from news import articles

Run = Callable[..., Result]
SVG = "{http://www.w3.org/2000/svg}"

ROWS = [
    {"id": "a", "text": "Officials say it may sink.", "date": "2026-01-03", "outlet": "Quay Post", "byline": "By Ada"},
    {"id": "b", "text": "Ruth Abara said it sank.", "date": "3 March 2026", "outlet": "Quay Post", "byline": "Ada"},
    {
        "id": "c",
        "text": "It sank. Experts say so.",
        "date": "2026-03-31T23Z",
        "outlet": "=Echo",
        "byline": ["A", "B"],
    },
    {"id": "d", "text": "Did it sink?"},
]


@pytest.fixture
def rows(folder: Path) -> Path:
    """Write `rows.jsonl`, of four short documents."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return path


@pytest.fixture
def count(run: Run) -> Callable[..., dict[str, Any]]:
    """Return `count(*arguments)`: the JSON that stats prints with all rules, which must go well."""

    def counted(*arguments: str) -> dict[str, Any]:
        result = run("stats", *arguments, "--format", "json")
        assert result.exit_code == 0, result.stderr
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    return counted


def parsed(chart: str) -> ET.Element:
    """The chart's own element; the end of the test where it is no XML."""
    return ET.fromstring(chart)  # noqa: S314 - we drew it


def groups(found: dict[str, Any]) -> dict[str | None, int]:
    """How many documents each group has."""
    return {one["name"]: one["documents"] for one in found["groups"]}


# What is counted -----------------------------------------------------------------------------------------------------


def test_counts_are_those_of_a_scan(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """Levels, kinds of sources, names, findings of rules, and which decided: as the objects of a scan have them."""
    texts = list(articles(7, 60_000))
    (folder / "news.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    levels, kinds, people, nobody = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    findings, decides = Counter[str](), Counter[str]()
    for document in Scanner().scan_many(texts):
        for sentence in document.sentences:
            levels[sentence.level] += 1
            findings.update(one.rule for one in sentence.findings)
            if found := decisive(sentence):
                decides[found.rule] += 1
            source = sentence.source
            if source and sentence.level not in WITHOUT_SOURCE:
                kinds[source.kind] += 1
                if source.kind == UNNAMED:
                    nobody[unnamed(source)] += 1
                elif source.refers or source.kind != "pronoun":
                    people[within(named(source))] += 1
    told = count("news.jsonl", "--top", "0")
    assert told["documents"] == len(texts)
    assert {level: one["sentences"] for level, one in told["levels"].items() if one["sentences"]} == levels
    assert {kind: number for kind, number in told["sources"]["kinds"].items() if number} == kinds
    assert {one["name"]: one["sentences"] for one in told["named"]} == people
    assert {one["name"]: one["sentences"] for one in told["unnamed"]} == nobody
    assert {one["rule"]: one["findings"] for one in told["rules"]} == findings
    assert {one["rule"]: one["decides"] for one in told["rules"] if one["decides"]} == decides
    assert sum(one["findings"] for one in told["packs"]) == findings.total()
    assert told["claims"] == levels.total() - levels["no-claim"]


@pytest.mark.parametrize("by", WITHIN)
def test_groups_of_sentences_are_those_of_a_scan(count: Callable[..., dict[str, Any]], folder: Path, by: str) -> None:
    """Sources, kinds, rules and packs with their documents and levels; all that a source has is told of it."""
    texts = list(articles(7, 60_000))
    (folder / "news.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    levels, documents = Counter[tuple[str | None, str]](), Counter[str | None]()
    for document in Scanner().scan_many(texts):
        seen = set[str | None]()
        for sentence in document.sentences:
            rules = {one.rule for one in sentence.findings}
            source = sentence.source if sentence.level not in WITHOUT_SOURCE else None
            own: dict[str, set[str | None]] = {
                "rule": {*rules},
                "pack": {rule.partition("/")[0] for rule in rules},
                "kind": {source.kind} if source else set(),
                "source": {called(source)} if source else set(),
            }
            levels.update((name, sentence.level) for name in own[by])
            seen |= own[by]
        documents.update(seen)
    told = count("news.jsonl", "--by", by, "--top", "1")["groups"]
    assert {one["name"]: one["documents"] for one in told} == documents
    assert {
        (one["name"], level): number["sentences"]
        for one in told
        for level, number in one["levels"].items()
        if number["sentences"]
    } == levels
    sizes = [sum(number["sentences"] for number in one["levels"].values()) for one in told if one["name"]]
    assert sizes == sorted(sizes, reverse=True)
    assert ("decides" in told[0]) == (by in USED)


def called(source: Speaker) -> str | None:
    """What a source is called among those of many texts."""
    if source.kind == UNNAMED:
        return unnamed(source)
    return None if source.kind == "pronoun" and not source.refers else within(named(source))


def test_any_number_of_processes_counts_the_same(run: Run, folder: Path) -> None:
    """The page of two processes is that of one, names that are as frequent in the same order."""
    for number, text in enumerate(articles(8, 200_000)):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    one, two = (run("stats", ".", "--by", "folder", "--jobs", jobs).stdout for jobs in ("1", "2"))
    assert one == two


def test_a_long_text_is_one_document(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """It is read in pieces, and counted once."""
    (folder / "2026-01-01.txt").write_text("It could sink. " * 150_000, "utf-8")
    told = count("2026-01-01.txt", "--by", "month")
    assert (told["documents"], told["sentences"]) == (1, 150_000)
    assert groups(told) == {"2026-01": 1}


def test_shares_come_with_their_interval(count: Callable[..., dict[str, Any]], rows: Path) -> None:
    """The share of unnamed sources is of the sentences on a source; of none there is neither share nor interval."""
    told = count(rows.name, "--by", "outlet")
    assert told["sources"]["unnamed"] == {"sentences": 2, "share": 0.6667, "low": 0.2077, "high": 0.9385}
    assert told["levels"]["unverified"] == {"sentences": 2, "share": 0.5}
    assert told["levels"]["no-claim"] == {"sentences": 1, "share": None}
    nobody = told["groups"][-1]
    assert nobody["name"] is None
    assert nobody["sources"]["unnamed"] == {"sentences": 0, "share": None, "low": None, "high": None}


# Groups --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", {"2026": 3, None: 1}),
        ("quarter", {"2026-Q1": 3, None: 1}),
        ("month", {"2026-01": 1, "2026-03": 2, None: 1}),
        ("week", {"2026-W01": 1, "2026-W10": 1, "2026-W14": 1, None: 1}),
        ("day", {"2026-01-03": 1, "2026-03-03": 1, "2026-03-31": 1, None: 1}),
        ("outlet", {"Quay Post": 2, "=Echo": 1, None: 1}),
        ("byline", {"Ada": 2, "A, B": 1, None: 1}),
        ("folder", {".": 4}),
        ("type", {"jsonl": 4}),
    ],
)
def test_rows_by_their_fields(
    count: Callable[..., dict[str, Any]], rows: Path, by: str, expected: dict[str | None, int]
) -> None:
    """Time in its order, others the largest first, and last those of which it is not told."""
    assert list(groups(count(rows.name, "--by", by)).items()) == list(expected.items())


def test_other_fields_and_other_tables(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """Fields may be called as they like, in JSON lines, CSV and Parquet alike, and times be numbers."""
    parquet = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    told = [{"text": "It sank.", "when": 1_767_398_400, "site": "Echo", "who": "Ada"}]
    (folder / "t.jsonl").write_text(json.dumps(told[0]), "utf-8")
    (folder / "t.csv").write_text("text,when,site,who\nIt sank.,1767398400,Echo,Ada\n", "utf-8")
    parquet.write_table(arrow.Table.from_pylist(told), folder / "t.parquet")
    fields = ("--date-field", "when", "--outlet-field", "site", "--byline-field", "who")
    for name in ("t.jsonl", "t.csv", "t.parquet"):
        assert groups(count(name, "--by", "day", *fields)) == {"2026-01-03": 1}
        assert groups(count(name, "--by", "outlet", *fields)) == {"Echo": 1}
        assert groups(count(name, "--by", "byline", *fields)) == {"Ada": 1}


def test_files_by_what_they_say_and_where_they_are(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """A page's own date goes before that of its path; outlets and bylines come from its head, or from front matter."""
    for below in ("2026/11", "2025"):
        (folder / "desk" / below).mkdir(parents=True)
    (folder / "desk/2026/11/a.txt").write_text("It sank.", "utf-8")
    (folder / "desk/2025/b-2025-02-03.txt").write_text("It sank.", "utf-8")
    (folder / "desk/2025/c.md").write_text(
        "---\ndate: 2024-05-06\nauthor: Ada Voss\noutlet: Echo\n---\nIt sank.\n", "utf-8"
    )
    (folder / "desk/d.html").write_text(
        '<html><head><meta property="og:site_name" content="Quay Post"><meta name="author" content="By Ruth Abara">'
        '<meta property="article:published_time" content="2023-07-08"></head><body><p>It sank.</p></body></html>',
        "utf-8",
    )
    assert groups(count("desk", "--by", "month", "--whole-page")) == {
        "2023-07": 1,
        "2024-05": 1,
        "2025-02": 1,
        "2026-11": 1,
    }
    outlets = groups(count("desk", "--by", "outlet", "--whole-page"))
    assert outlets == {"Echo": 1, "Quay Post": 1, None: 2}
    assert groups(count("desk", "--by", "byline", "--whole-page")) == {"Ada Voss": 1, "Ruth Abara": 1, None: 2}
    assert groups(count("desk", "--by", "folder", "--whole-page")) == {"desk/2025": 2, "desk": 1, "desk/2026/11": 1}
    assert groups(count("desk", "--by", "type", "--whole-page")) == {"text": 2, "html": 1, "markdown": 1}


def test_a_feed_is_an_outlet(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """Its title, not that of an item or of its picture; and each item has its date."""
    (folder / "feed.rss").write_text(
        "<rss version='2.0'><channel><title>Quay\n Post</title><image><title>Logo</title></image>"
        "<item><title>One</title><description>It sank.</description>"
        "<pubDate>Thu, 26 Nov 2026 08:00 GMT</pubDate></item>"
        "</channel></rss>",
        "utf-8",
    )
    assert groups(count("feed.rss", "--by", "outlet")) == {"Quay Post": 1}
    assert groups(count("feed.rss", "--by", "day")) == {"2026-11-26": 1}


def test_periods_follow_one_another() -> None:
    """Over the ends of years, and no more of them than asked for and one."""
    assert list(periods("2025-11", "2026-02", "month", 9)) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert list(periods("2025-Q4", "2026-Q1", "quarter", 9)) == ["2025-Q4", "2026-Q1"]
    assert list(periods("2026-W52", "2027-W01", "week", 9)) == ["2026-W52", "2026-W53", "2027-W01"]
    assert list(periods("2025-12-31", "2026-01-01", "day", 9)) == ["2025-12-31", "2026-01-01"]
    assert list(periods("2024", "2026", "year", 9)) == ["2024", "2025", "2026"]
    assert len(list(periods("1900-01-01", "2026-01-01", "day", 9))) == 10


def test_documents_without_a_group_are_told(run: Run, rows: Path) -> None:
    """How many, one of them, and the remedy; --quiet leaves it out."""
    result = run("stats", rows.name, "--by", "month")
    assert result.stderr == (
        "factcheck: 1 document of 4 without a date that tells the month is counted as “undated”, such as d; "
        "--date-field names the field of a row with the date\n"
    )
    assert "undated *" in result.stdout
    result = run("stats", rows.name, "--by", "outlet")
    assert "1 document of 4 without an outlet is counted as “no outlet”, such as d; --outlet-field" in result.stderr
    assert not run("stats", rows.name, "--by", "outlet", "--quiet").stderr
    assert not run("stats", rows.name, "--by", "folder").stderr


def test_dates_that_do_not_tell_the_group_are_shown(run: Run, folder: Path) -> None:
    """So that one sees what to mend."""
    (folder / "a.jsonl").write_text('{"id": "a", "text": "It sank.", "date": "3/4/2026"}\n', "utf-8")
    result = run("stats", "a.jsonl", "--by", "month")
    assert "such as a, dated “3/4/2026” (write it as 2026-11-26); --date-field names" in result.stderr


def test_small_groups_are_marked(run: Run, rows: Path) -> None:
    """Below the number of documents that is asked for, in every format."""
    page = run("stats", rows.name, "--by", "outlet", "--min-documents", "2").stdout
    assert "  Quay Post  " in page
    assert "  =Echo *  " in page
    assert "* fewer than 2 documents: the shares say little." in page
    assert "*" not in run("stats", rows.name, "--by", "outlet", "--min-documents", "0").stdout


def test_columns_without_room_are_named(run: Run, rows: Path) -> None:
    """Groups are told of all levels where there is room; else those that are left out stand below, by name."""
    said = " ".join(run("stats", rows.name, "--by", "outlet").stdout.split())
    left = "No room here for claims, probable, attributed, asserted, established; --format csv has all."
    assert left in said
    counts = Counts.of([1] * (1 + len(OF_SENTENCES) + len(KINDS)))
    stats = Stats(counts, "outlet", {"Quay Post": counts}, 0, [], Counter(), Counter(), dropped=False, without="")
    wide = page(stats, 0, Style(columns=130))
    assert "probable  attributed  asserted  established  sourced" in wide
    assert "No room" not in wide


# Formats -------------------------------------------------------------------------------------------------------------


def test_the_page(run: Run, rows: Path, golden: Callable[[str, str], None]) -> None:
    """Levels, sources, groups, names and rules, in 80 columns."""
    page = run("stats", rows.name, "--by", "month", "--min-documents", "2").stdout
    assert max(map(len, page.splitlines())) <= 80
    golden("cli/stats.txt", page)


def test_csv_has_a_row_a_group(run: Run, rows: Path, folder: Path) -> None:
    """Or one of all; a cell that a spreadsheet would run is guarded; a file begins with a byte order mark."""
    found = list(csv.DictReader(io.StringIO(run("stats", rows.name, "--by", "outlet", "--format", "csv").stdout)))
    assert [row["outlet"] for row in found] == ["Quay Post", "'=Echo", "no outlet"]
    assert [row["documents"] for row in found] == ["2", "1", "1"]
    assert [row["few"] for row in found] == ["1", "1", "1"]
    assert found[2]["unnamed_share"] == ""
    assert run("stats", rows.name, "-o", "out.csv").exit_code == 0
    written = (folder / "out.csv").read_text("utf-8")
    assert written.startswith("\ufeffgroup,documents,")
    assert written.splitlines()[1].startswith("all,4,5,4,")


@pytest.mark.parametrize("form", get_args(Form))
@pytest.mark.parametrize("by", get_args(By))
def test_all_groups_are_written_in_all_formats(run: Run, rows: Path, folder: Path, by: str, form: str) -> None:
    """The same groups in each, and where there is no text there is none."""
    names = [
        one["name"] for one in json.loads(run("stats", rows.name, "--by", by, "--format", "json").stdout)["groups"]
    ]
    result = run("stats", rows.name, "--by", by, "--format", form)
    assert result.exit_code == 0
    shown = [name for name in names if name]
    assert shown
    missing = [name for name in shown if name not in result.stdout]
    assert not missing or (form == "svg" and len(names) > 2)
    if form == "csv":
        assert len(result.stdout.splitlines()) == 1 + len(names)
    (folder / "empty.jsonl").write_text("", "utf-8")
    assert run("stats", "empty.jsonl", "--by", by, "--format", form).exit_code == 0


def test_sources_and_rules_have_their_own_columns(run: Run, rows: Path) -> None:
    """The kind of a source, and what a rule finds and decides."""
    page = run("stats", rows.name, "--by", "source", "--top", "2").stdout
    assert re.search(r"By source +kind +documents +sentences +unverified", page)
    assert re.search(r"experts \* +anonymous +1 +1 +100%", page)
    assert "  and 1 more source; --top 0 shows all\n" in page
    assert "Levels are those of the sentences that rest on it." in page
    found = list(csv.DictReader(io.StringIO(run("stats", rows.name, "--by", "rule", "--format", "csv").stdout)))
    (may,) = (row for row in found if row["rule"] == "hedge/may")
    assert [may[name] for name in ("documents", "sentences", "findings", "decides")] == ["1", "1", "1", "0"]


def test_a_long_text_has_a_source_in_one_document(count: Callable[..., dict[str, Any]], folder: Path) -> None:
    """Also where it is read in pieces."""
    (folder / "long.txt").write_text("Ruth Abara said it sank. The mill closed. " * 60_000, "utf-8")
    (group,) = count("long.txt", "--by", "source")["groups"]
    assert (group["name"], group["documents"]) == ("Ruth Abara", 1)


def test_json_without_groups(count: Callable[..., dict[str, Any]], rows: Path) -> None:
    """There are none, and the whole is told all the same."""
    told = count(rows.name, "--top", "1")
    assert (told["by"], told["groups"], told["documents"]) == (None, [], 4)
    assert len(told["named"]) == 1


@pytest.mark.parametrize("by", ["month", "outlet", "source", ""])
def test_charts_are_readable(run: Run, rows: Path, folder: Path, by: str) -> None:
    """Well-formed, with a title and a description for those who do not see it, and colours for night."""
    assert run("stats", rows.name, *(["--by", by] if by else []), "-o", "out.svg", "--quiet").exit_code == 0
    source = (folder / "out.svg").read_text("utf-8")
    chart = parsed(source)
    assert chart.tag == f"{SVG}svg"
    assert chart.get("role") == "img"
    assert [one.get("id") for one in chart[:2]] == (chart.get("aria-labelledby") or "").split()
    assert chart[0].text == (f"Levels by {by}" if by else "Levels")
    assert chart[1].text == (
        "4 documents, 5 sentences, 4 claims: 2 unverified, 1 attributed, 1 asserted, 1 no-claim. "
        "2 of 3 sourced sentences whose source has no name."
    )
    assert "prefers-color-scheme:dark" in source
    words = {one.text for one in chart.iter(f"{SVG}text")}
    assert set(MEANINGS) - {"no-claim"} <= words
    assert not list(chart.iter(f"{SVG}script"))


def test_what_is_written_in_a_chart_is_escaped(run: Run, folder: Path) -> None:
    """A name from a stranger is text in it, and no element."""
    row = {"text": "It sank.", "outlet": "<script>alert('1')</script>&\x1b[31m"}
    (folder / "row.jsonl").write_text(json.dumps(row), "utf-8")
    chart = parsed(run("stats", "row.jsonl", "--by", "outlet", "--format", "svg").stdout)
    assert not list(chart.iter(f"{SVG}script"))
    assert any("<script>" in (one.text or "") for one in chart.iter(f"{SVG}title"))


def test_months_without_documents_are_gaps(run: Run, rows: Path) -> None:
    """Time goes on in a chart, though nothing was published."""
    chart = parsed(run("stats", rows.name, "--by", "month", "--format", "svg").stdout)
    words = [one.text for one in chart.iter(f"{SVG}text")]
    assert [word for word in words if word and word.startswith("2026")] == ["2026-01", "2026-02", "2026-03"]
    assert len(list(chart.iter(f"{SVG}circle"))) == 2


def test_too_many_periods_for_a_chart(run: Run, folder: Path) -> None:
    """The end of the program, which names a coarser unit; a table takes them."""
    (folder / "row.jsonl").write_text(
        '{"text": "It sank.", "date": "2020-01-01"}\n{"text": "It sank.", "date": "2026-01-01"}\n', "utf-8"
    )
    result = run("stats", "row.jsonl", "--by", "day", "--format", "svg")
    said = "factcheck: --by day: more than 400 are too many for a chart; draw it --by week, or take csv\n"
    assert (result.stderr, result.exit_code) == (said, 2)
    assert run("stats", "row.jsonl", "--by", "day").exit_code == 0


@pytest.mark.parametrize(("first", "by"), [("2016", "month"), ("1980", "quarter"), ("1901", "year")])
def test_periods_that_fit_into_a_chart_are_named(run: Run, folder: Path, first: str, by: str) -> None:
    """Those of which there is room for all, however long the time is."""
    rows = [{"text": "It sank.", "date": f"{year}-01-01"} for year in (first, "2026")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = run("stats", "rows.jsonl", "--by", "day", "--format", "svg")
    assert f"draw it --by {by}, or take csv" in result.stderr
    assert run("stats", "rows.jsonl", "--by", by, "--format", "svg").exit_code == 0


def test_charts_of_nothing(run: Run, folder: Path) -> None:
    """An empty text and a text without a date make charts that say so."""
    (folder / "empty.txt").touch()
    for arguments in (("empty.txt",), ("empty.txt", "--by", "month"), ("article.txt", "--by", "month")):
        parsed(run("stats", *arguments, "--format", "svg").stdout)
    assert run("stats", "empty.txt").stdout == "1 document, 0 sentences, 0 claims\n"


# Mistakes ------------------------------------------------------------------------------------------------------------


def mistakes() -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Arguments, what is said of them, and the status."""
    yield ("article.txt", "-o", "out.pdf"), "out.pdf: no statistics are written as .pdf; give it a name in .csv", 2
    yield ("article.txt", "-o", "article.txt"), "article.txt: this is to be scanned and -o would replace it", 2
    yield ("article.txt", "--rules", "house.fact", "-o", "house.fact", "--format", "csv"), "-o would replace it", 2
    yield ("gone.txt", "-o", "out.csv"), "nothing could be counted; out.csv is left as it was", 3
    yield ("article.txt", "gone.txt"), "1 could not be read, 1 counted", 3
    yield ("article.txt", "--select", "hegde"), "hegde", 2
    yield ("article.txt", "--by", "decade"), "decade", 2


@pytest.mark.parametrize(("arguments", "words", "status"), list(mistakes()))
def test_mistakes_are_told(run: Run, arguments: tuple[str, ...], words: str, status: int) -> None:
    """With their remedies, and the statuses of a scan."""
    result = run("stats", *arguments)
    assert words in result.stderr
    assert result.exit_code == status


def test_texts_come_through_a_pipe(run: Run) -> None:
    """As for a scan."""
    assert run("stats", text="Officials say it sank.").stdout.startswith("1 document, 1 sentence, 1 claim\n")


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("Officials", "officials"),
        ("A source close to Ruth Abara", "a source close to Ruth Abara"),
        ("US officials", "US officials"),
        ("OFFICIALS", "officials"),
        ("two Selby officials", "two Selby officials"),
    ],
)
def test_people_without_a_name_are_told_as_within_a_sentence(words: str, called: str) -> None:
    """The names in it stay names."""
    assert unnamed(words) == called


def test_dates_in_folders_above_count(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever one stands in a checkout; what is above that is no business of the articles."""
    root = folder / "1999-01" / "desk"
    (root / ".git").mkdir(parents=True)
    story = root / "news" / "2026" / "03" / "story.txt"
    story.parent.mkdir(parents=True)
    story.write_text("The quay could sink.\n", "utf-8")
    (root / "undated.txt").write_text("The quay could sink.\n", "utf-8")
    for here, path in ((root, "news"), (root / "news", "."), (story.parent.parent, "."), (story.parent, "story.txt")):
        monkeypatch.chdir(here)
        groups = json.loads(run("stats", path, "--by", "month", "--format", "json").stdout)["groups"]
        assert [one["name"] for one in groups] == ["2026-03"]
    monkeypatch.chdir(root)
    assert "1999" not in run("stats", "undated.txt", "--by", "month", "--format", "json").stdout
