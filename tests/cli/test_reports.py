"""Reports for other programs: what is reported, where it stands, and that no text breaks out of its format."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sarif_kit import validation_errors
from typer.testing import Result

from factcheck import Scanner
from factcheck_cli.formats import sarif
from factcheck_cli.formats.markdown import escaped
from factcheck_cli.formats.xml import element
from factcheck_cli.inputs.reading import texts
from factcheck_cli.inputs.text import How, Part
from factcheck_cli.log import Minutes
from factcheck_cli.own import OWN
from factcheck_cli.quiet.suppressed import SIDECAR
from factcheck_cli.terminal.style import Style

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

SUFFIXES = {
    "sarif": "sarif",
    "concise": "txt",
    "github": "txt",
    "gitlab": "json",
    "rdjson": "json",
    "checkstyle": "xml",
    "junit": "xml",
    "annotations": "jsonld",
    "markdown": "md",
}
HOSTILE = """\
Officials say <img src=x onerror=alert(1)> could call @root, #12 and ![x](https://x.example) ]]> --> &amp;.

“It may sink {0}.
::error file=a::%0A::stop-commands::x“ \x01\x1b[31m\u2028\ufffe
Officials say: 100%, it could be “🚢 café”, or www.x.example | `code` \\n.\r
"""
NAME = "100%,a:b ]]><&\"'#.txt"


@pytest.fixture
def hostile(folder: Path) -> str:
    """A text full of what means something in the formats, in a file of such a name."""
    if os.name == "nt":
        pytest.skip("no file can be called so here")
    (folder / NAME).write_bytes(HOSTILE.encode())
    return NAME


@pytest.fixture
def unread(folder: Path) -> tuple[str, ...]:
    """A row of a file that is broken, a file that is not there, a text in another language, and a sidecar."""
    (folder / "rows.jsonl").write_text('{"text": "It sank."}\n{"text": <b>}\n', "utf-8")
    german = "Der Kai wurde am Montag geschlossen, weil die Mauer nach Angaben der Stadt einstürzen könnte. "
    (folder / "kai.txt").write_text(german * 3, "utf-8")
    (folder / f"kai.txt{SIDECAR}").write_text("", "utf-8")
    return "rows.jsonl", "gone [1] & <2>.pdf", "kai.txt", f"kai.txt{SIDECAR}"


# Golden files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", SUFFIXES)
def test_report_of_an_article(scan: Run, golden: Golden, form: str) -> None:
    """What each report of the article and of a row looks like."""
    Path("rows.jsonl").write_text('{"text": "It sank. It may float.", "id": "b"}\n', "utf-8")
    result = scan("article.txt", "rows.jsonl", "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    golden(f"reports/article-{form}.txt", result.stdout)


@pytest.mark.parametrize("form", SUFFIXES)
def test_report_of_what_was_not_read(scan: Run, unread: tuple[str, ...], golden: Golden, form: str) -> None:
    """Each format that has a place for it names what could not be read; some have one for what was skipped, too."""
    result = scan(*unread, "--format", form)
    assert result.exit_code == 3
    golden(f"reports/unread-{form}.txt", result.stdout)


@pytest.mark.parametrize("form", ["gitlab", "rdjson", "checkstyle", "junit", "sarif"])
def test_report_of_nothing_but_what_was_not_read(scan: Run, form: str) -> None:
    """It is whole, too."""
    out = scan("gone.txt", "--format", form).stdout
    assert "gone.txt" in out
    if form in {"checkstyle", "junit"}:
        ET.fromstring(out)  # noqa: S314 - our own
    else:
        json.loads(out)


def test_no_unread_input_is_passed_over(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many the first are named, and how many more there are."""
    monkeypatch.setattr("factcheck_cli.log._NAMED", 2)
    Path("rows.jsonl").write_text("x\n" * 5, "utf-8")
    out = scan("rows.jsonl", "--format", "markdown").stdout
    assert out.endswith("- rows.jsonl:2: 3 more behind this could not be read\n")
    assert out.count("rows.jsonl") == 3


@pytest.mark.parametrize("form", SUFFIXES)
def test_report_of_a_hostile_article(scan: Run, hostile: str, golden: Golden, form: str) -> None:
    """Nothing in a text or a name is taken for a part of the format."""
    result = scan(hostile, "--format", form)
    assert result.exit_code == 0
    golden(f"reports/hostile-{form}.txt", result.stdout)


# What holds for each format ------------------------------------------------------------------------------------------


def log(scan: Run, *arguments: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """The run in the log of a scan, which is held to the schema of the standard."""
    found = json.loads(scan(*arguments, "--format", "sarif").stdout)
    assert validation_errors(found) == []
    (one,) = found["runs"]
    return one


def test_sarif_is_that_of_the_standard(scan: Run, hostile: str) -> None:
    """It holds to the schema; each result names one of the rules, and ranks the higher the weaker its sentence is."""
    one = log(scan, "article.txt", hostile)
    rules = {rule["id"]: rule for rule in one["tool"]["driver"]["rules"]}
    assert list(rules) == ["house/unnamed", "house/chance", "house/named", *OWN]
    assert rules["house/unnamed"]["help"]["text"].startswith(
        "Nobody who can be named stands behind this. No reader can weigh them. Name the source."
    )
    assert rules["house/unnamed"]["properties"]["tags"] == ["house", "sourcing"]
    assert one["columnKind"] == "unicodeCodePoints"
    for result in one["results"]:
        assert result["ruleId"] in rules
        assert result["rank"] == pytest.approx(100 * (1 - result["properties"]["confidence"]), abs=0.06)


def test_sarif_tells_what_was_not_read(scan: Run, unread: tuple[str, ...]) -> None:
    """Each input with its place; a run that could not read all was not successful, one that skipped some was."""
    (invocation,) = log(scan, *unread)["invocations"]
    assert not invocation["executionSuccessful"]
    levels = [one["level"] for one in invocation["toolExecutionNotifications"]]
    assert levels == ["error", "error", "note"]
    (region,) = invocation["toolExecutionNotifications"][0]["locations"]
    assert region["physicalLocation"]["region"] == {"startLine": 2, "endLine": 2}
    (invocation,) = log(scan, "article.txt", "kai.txt")["invocations"]
    assert invocation["executionSuccessful"]
    assert "invocations" not in log(scan, "article.txt")


def test_github_has_a_command_a_line(scan: Run, hostile: str) -> None:
    """Each line is a command of ours, however the text breaks its own."""
    lines = scan(hostile, "--format", "github").stdout.split("\n")
    assert lines.pop() == ""
    assert len(lines) > 2
    assert all(re.fullmatch(r"::warning file=100%25%2Ca%3Ab [^:]*::[^\r\n]*", line) for line in lines)


def test_gitlab_has_what_its_schema_asks_for(scan: Run, hostile: str) -> None:
    """Each result has a fingerprint of its own, a severity of the scale, a path below the root, and a line."""
    Path("b.txt").write_text("It may sink.", "utf-8")
    found = json.loads(scan("article.txt", hostile, str(Path.cwd() / "b.txt"), "--format", "gitlab").stdout)
    assert len({one["fingerprint"] for one in found}) == len(found) > 3
    for one in found:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not Path(one["location"]["path"]).is_absolute()
        assert one["location"]["lines"]["begin"] >= 1


def test_rdjson_counts_bytes(scan: Run, hostile: str) -> None:
    """Columns point at the bytes of the words in their line, as the format has it."""
    found = json.loads(scan(hostile, "--format", "rdjson").stdout)
    assert found["source"] == {"name": "factcheck"}
    lines = HOSTILE.encode().split(b"\n")
    for one in found["diagnostics"]:
        assert set(one) == {"message", "location", "severity", "code"}
        assert one["severity"] in {"ERROR", "WARNING", "INFO"}
        start, end = (one["location"]["range"][side] for side in ("start", "end"))
        assert start["line"] == end["line"]
        words = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode()
        assert one["message"].startswith(f"“{words}”:")


@pytest.mark.parametrize("form", ["checkstyle", "junit"])
def test_xml_is_whole(scan: Run, hostile: str, form: str) -> None:
    """A strict parser reads it, and the counts are those of what is in it."""
    root = ET.fromstring(scan("article.txt", hostile, "--format", form).stdout)  # noqa: S314 - we have written it
    if form == "checkstyle":
        assert [file.get("name") for file in root] == ["article.txt", NAME]
        assert all(error.get("severity") == "warning" for error in root.iter("error"))
        return
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall(".//failure"))
        assert len({case.get("name") for case in suite}) == len(suite)


@given(st.text())
def test_xml_takes_any_text(text: str) -> None:
    """Whatever a text holds, it comes back from an attribute, but for what XML cannot hold at all."""
    back = ET.fromstring(element("a", {"b": text})).get("b")  # noqa: S314 - we have written it
    assert back == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def test_junit_says_what_passed(scan: Run) -> None:
    """Sentences that claim something are tests; those at the limit or below have failed, the limit is `--at-most`."""
    for limit, failures in (("unverified", 1), ("attributed", 3), ("asserted", 4)):
        root = ET.fromstring(scan("article.txt", "--format", "junit", "--at-most", limit).stdout)  # noqa: S314
        assert (root[0].get("tests"), root[0].get("failures")) == ("4", str(failures))
    Path("twice.txt").write_text("It may sink. It may sink.", "utf-8")
    root = ET.fromstring(scan("twice.txt", "--format", "junit").stdout)  # noqa: S314
    assert [case.get("name") for case in root[0]] == ["It may sink.", "It may sink. (2)"]


def test_annotations_find_their_words(scan: Run, hostile: str) -> None:
    """The words stand at their position, and between what stands around them."""
    found = json.loads(scan(hostile, "--format", "annotations").stdout)
    assert len({one["id"] for one in found}) == len(found) > 2
    for one in found:
        quote, position = one["target"]["selector"]
        assert HOSTILE[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in HOSTILE
        assert [body["purpose"] for body in one["body"]] == ["commenting", "tagging", "tagging"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b> [a](b) `c` *d* _e_ a|b \\", "\\<b\\> \\[a\\](b) \\`c\\` \\*d\\* \\_e\\_ a\\|b \\\\"),
        ("@root #12 !3 R&D", "\\@<!-- -->root \\#<!-- -->12 \\!<!-- -->3 R\\&<!-- -->D"),
        ("http://a.example www.b.example: no", "http\\://a.example www\\.b.example: no"),
        ("a\n\n# b\x01", "a \\# b␁"),
    ],
)
def test_markdown_is_escaped(text: str, written: str) -> None:
    """Nothing is taken for markup, nobody is called, and no address is a link."""
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("env", "root"),
    [
        ({}, ""),
        (
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_REPOSITORY": "desk/news",
                "GITHUB_SHA": "abc",
            },
            "https://github.com/desk/news/blob/abc/",
        ),
        (
            {"GITLAB_CI": "true", "CI_PROJECT_URL": "https://gitlab.example/desk/news", "CI_COMMIT_SHA": "abc"},
            "https://gitlab.example/desk/news/-/blob/abc/",
        ),
    ],
)
def test_markdown_links_to_the_commit(
    scan: Run, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], root: str
) -> None:
    """In a pipeline links lead to the files of the commit, elsewhere to those beside the summary."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    page = scan("article.txt", "--format", "markdown").stdout
    assert f"[article.txt:1](<{root}article.txt#L1>): Officials say" in page


# What is reported ----------------------------------------------------------------------------------------------------


def reported(scan: Run, *arguments: str) -> list[tuple[str, str]]:
    """Severity and rule of each result."""
    results = log(scan, *arguments)["results"]
    return [(one["level"], one["ruleId"]) for one in results]


def test_weak_sentences_are_reported(scan: Run) -> None:
    """Each finding that counts in a sentence at `probable` or below, or at the level that is named."""
    weak = [("warning", "house/unnamed"), ("warning", "house/chance")]
    assert reported(scan, "article.txt") == weak
    assert reported(scan, "article.txt", "--at-most", "unverified") == weak[:1]
    said = [("warning", "house/named"), ("warning", "factcheck/quotation")]
    assert reported(scan, "article.txt", "--at-most", "attributed") == [*weak, *said]
    own = [("warning", "factcheck/statement")]
    assert reported(scan, "article.txt", "--at-most", "established") == [*own, *weak, *said]


def test_no_weak_sentence_is_passed_over(scan: Run) -> None:
    """Of a quotation that nobody is found to say there is no finding, and a result all the same."""
    Path("quoted.txt").write_text("“It sank in the night, and nobody knows why.”\n", "utf-8")
    assert reported(scan, "quoted.txt") == [("warning", "factcheck/no-speaker")]


def test_severity_and_notes_are_those_of_rules(scan: Run) -> None:
    """A rule's severity is that of its results; what packs that were asked for note is reported anywhere, as notes."""
    rules = Path("house.fact").read_text("utf-8").replace("    suggest", "    severity error\n    suggest")
    note = 'rule boats : note\n    "Which boats?"\n    match   boats\n    flag    "Boats left."\n    pass    "It left."'
    Path("house.fact").write_text(f"{rules}\n{note}\n", "utf-8")
    assert reported(scan, "article.txt") == [
        ("error", "house/unnamed"),
        ("warning", "house/chance"),
        ("note", "house/boats"),
    ]
    lines = scan("article.txt", "--format", "github").stdout.splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_fingerprints_stay_when_lines_move(scan: Run) -> None:
    """They hang on rule, words and sentence alone; of two alike each has its own."""

    def fingerprints() -> list[str]:
        return [one["partialFingerprints"][sarif.FINGERPRINT] for one in log(scan, "a.txt")["results"]]

    Path("a.txt").write_text("It may sink. Officials say so. It may sink.", "utf-8")
    before = fingerprints()
    assert len(set(before)) == 3
    Path("a.txt").write_text("A line.\n\nOne more.\n\nIt may\nsink. Officials say so.\n\nIt may sink.", "utf-8")
    assert fingerprints() == before


# Places --------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from([
    "Officials say", "it could sink", "it may rise", "the café", "🚢", "e\u0301", "“quoted”", "said Ada Moss", "\t",
])  # fmt: skip
ENDS = st.sampled_from([". ", ".\n", ".\n\n", ".\r\n", "? ", " "])
ARTICLES = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=4), ENDS), min_size=1, max_size=8)


def cut(lines: list[str], region: dict[str, int]) -> str:
    """What stands in a region of the source."""
    first, last = region["startLine"] - 1, region["endLine"] - 1
    if first == last:
        return lines[first][region["startColumn"] - 1 : region["endColumn"] - 1]
    between = lines[first + 1 : last]
    return "\n".join([lines[first][region["startColumn"] - 1 :], *between, lines[last][: region["endColumn"] - 1]])


SCANNER = Scanner()


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@given(parts=ARTICLES)
def test_regions_hold_the_reported_words(form: str, parts: list[tuple[list[str], str]]) -> None:
    """Whatever an article holds, the region of each result in the source holds its words, markup aside."""
    written = "".join(" ".join(words) + end for words, end in parts)
    source = {
        "text": written,
        "markdown": f"# It may sink\n\n> {written}",
        "html": f"<p>It may <b>\n{written}</b></p>",
    }[form]
    part = Part("a", "a", data=source.encode())
    minutes = Minutes()
    for text in texts(part, How(type=form, whole_page=True, any_language=True), minutes):
        document = SCANNER.scan(text.text, marks=text.marks)
        page = sarif.report(text, document, document.sentences, Style(at_most="established"))
        for line in page.splitlines():
            if not line:
                continue
            result = json.loads(line.rstrip(b","))
            places = [*result["locations"], *result.get("relatedLocations", [])]
            for place in places:
                region = place["physicalLocation"]["region"]
                there = cut(source.split("\n"), region)
                assert plain(there, form) == plain(region["snippet"]["text"], form)
    assert not any(told.is_failure for told in minutes.told)


def plain(text: str, form: str) -> str:
    """A text without the markup that may stand in it, white space as single blanks."""
    if form == "html":
        text = re.sub(r"</?b>", "", text)
    return " ".join(text.replace("\n>", "\n").split()) if form == "markdown" else " ".join(text.split())


def test_places_without_lines_are_told(folder: Path, run: Run) -> None:
    """A row of a table has no line that could be named, nor has a paragraph of a Word document: a word says which."""
    (folder / "rows.csv").write_text('text\n"Fine.\nIt may sink."\nIt may rise.\n', "utf-8")
    found = log(run, "scan", "rows.csv")["results"]
    assert [one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for one in found] == ["row 2", "row 3"]
    assert all("region" not in one["locations"][0]["physicalLocation"] for one in found)
    annotations = run("scan", "rows.csv", "--format", "github").stdout
    assert "file=rows.csv,title=possible%3A hedge/may::Row 2: “may”" in annotations


# Files, processes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("a.sarif", b'{"$schema"'),
        ("a.sarif.json", b'{"$schema"'),
        ("a.rdjson", b'{"source"'),
        ("a.jsonld", b'[\n{"@context"'),
        ("a.md", b"## factcheck"),
        ("a.parquet", b"PAR1"),
        ("a.json", b'[\n{"doc"'),
    ],
)
def test_format_follows_the_name(scan: Run, folder: Path, name: str, opening: bytes) -> None:
    """Where a name says which report is meant, it need not be said again."""
    assert scan("article.txt", "-o", name).exit_code == 0
    assert (folder / name).read_bytes().startswith(opening)


def test_xml_may_be_several_formats(scan: Run) -> None:
    """A name in .xml leaves a choice."""
    result = scan("article.txt", "-o", "out.xml")
    said = "factcheck: out.xml: several formats are XML; choose with --format checkstyle or --format junit\n"
    assert (result.exit_code, result.stderr) == (2, said)


@pytest.mark.parametrize("form", [*SUFFIXES, "parquet"])
def test_processes_write_the_same(start: Callable[..., "subprocess.Popen[bytes]"], folder: Path, form: str) -> None:
    """With two processes a report is the same to the byte, whatever fails between, and no file is left."""
    rows = "".join(json.dumps({"text": f"It may sink {n}. It sank. " * 400}) + "\n" for n in range(160))
    (folder / "rows.jsonl").write_text(rows, "utf-8")
    for jobs in ("1", "2"):
        paths = ["article.txt", "gone.txt", "rows.jsonl", "article.txt"]
        process = start(*paths, "--format", form, "-o", f"out.{jobs}", "--jobs", jobs, stderr=subprocess.PIPE)
        process.communicate(timeout=120)
        assert process.returncode == 3
    assert (folder / "out.1").read_bytes() == (folder / "out.2").read_bytes()
    names = ["article.txt", "house.fact", "out.1", "out.2", "rows.jsonl"]
    assert sorted(path.name for path in folder.iterdir()) == names


@pytest.mark.parametrize("form", SUFFIXES)
def test_report_of_nothing_is_whole(scan: Run, form: str) -> None:
    """Without a document, or without a result, a report is there and says so."""
    result = scan("-", "--format", form, text="It sank.")
    assert result.exit_code == 0
    if form in {"concise", "github"}:
        assert result.stdout == ""
    elif SUFFIXES[form] in {"json", "sarif", "jsonld"}:
        json.loads(result.stdout)
    elif SUFFIXES[form] == "xml":
        ET.fromstring(result.stdout)  # noqa: S314 - we have written it
    else:
        assert result.stdout.startswith("## factcheck\n\n1 sentence in 1 document,")
