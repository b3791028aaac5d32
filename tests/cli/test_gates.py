"""Gates: --fail-at, --fail-on and --max-unverified; and severities, which all formats follow."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck import Document, Scanner, Sentence
from factcheck.language.program import LADDER, Program
from factcheck_cli.config.limit import Limit
from factcheck_cli.config.rules import RuleSet
from factcheck_cli.config.severity import changed
from factcheck_cli.formats.results import Report
from factcheck_cli.gates import Gates, reached, told
from factcheck_cli.inputs.text import Text
from factcheck_cli.options import SEVERITIES, Severity
from factcheck_cli.quiet.counts import Counts
from factcheck_cli.quiet.quieter import Quieter
from factcheck_cli.quiet.silence import Note, Sentences, Silence, Teller
from factcheck_cli.tally import Gate, Met, Tally
from factcheck_cli.terminal.style import Style

Run = Callable[..., Result]
CONFIG = "factcheck.toml"
HARBOUR = """\
The mill quay closed on Monday. Officials say the wall could fall before the winter.

“We moved the boats,” said Ruth Abara. “The rope may have been cut.” Some believe it was.

“Nobody was hurt.” It is not clear whether the ferry, reportedly, will sail.
"""


def put(path: Path, content: str) -> None:
    """The file with this content, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def said(result: Result) -> list[str]:
    """The lines on standard error, without the program's name."""
    return [line.removeprefix("factcheck: ") for line in result.stderr.splitlines()]


# --fail-on -----------------------------------------------------------------------------------------------------------


def test_fail_on_names_the_sentences(scan: Run) -> None:
    """The severity of a finding, not the level of its sentence, is what counts."""
    result = scan("article.txt", "--fail-on", "warning")
    assert result.exit_code == 1
    assert said(result) == [
        "1 of 4 sentences has a finding of severity warning or above",
        "article.txt:1: unverified: Officials say it could sink before the winter.",
    ]
    assert scan("article.txt", "--fail-on", "error").exit_code == 0
    assert scan("article.txt", "--fail-on", "error").stderr == ""


def test_fail_on_follows_the_configuration(run: Run, folder: Path) -> None:
    """Rule over pack over level over the rule's own."""
    base = 'builtin = false\nrules = ["house.fact"]\nfail-on = "error"\n\n[severity]\n'
    for lines, status in (
        ('unverified = "error"\n', 1),
        ('possible = "error"\n', 1),
        ('unverified = "error"\nhouse = "note"\n', 0),
        ('house = "error"\n', 1),
        ('house = "error"\n"house/unnamed" = "warning"\n"house/chance" = "warning"\n', 0),
        ('house = "note"\n"house/unnamed" = "error"\n', 1),
    ):
        put(folder / CONFIG, base + lines)
        assert run("scan", "article.txt").exit_code == status, lines


def test_only_what_is_reported_counts(scan: Run) -> None:
    """--at-most sets the limit, as for the reports."""
    assert scan("--fail-on", "warning", text="The quay could sink.").exit_code == 1
    assert scan("--fail-on", "warning", "--at-most", "unverified", text="The quay could sink.").exit_code == 0


def test_a_sentence_without_a_finding_follows_its_level(run: Run, folder: Path) -> None:
    """A quotation of nobody is reported by a rule of ours, which has the severity of the level, or its own."""
    text = "The boat lay in the harbour.\n\n“Nobody came to see it.”\n\nThe quay was empty.\n"
    put(folder / "a.txt", text)
    for lines, severity in (
        ("", "warning"),
        ('unverified = "error"\n', "error"),
        ('unverified = "error"\nfactcheck = "note"\n', "note"),
        ('unverified = "note"\n"factcheck/no-speaker" = "error"\n', "error"),
    ):
        put(folder / CONFIG, f"builtin = true\n\n[severity]\n{lines}")
        (row,) = json.loads(run("scan", "a.txt", "--format", "sarif").stdout)["runs"][0]["results"]
        assert (row["ruleId"], row["level"]) == ("factcheck/no-speaker", severity)
        assert run("scan", "a.txt", "--fail-on", "error").exit_code == (severity == "error")


RULES = RuleSet(packs=("ipcc", "numbers"))
TEXTS = [
    HARBOUR,
    "“It sank.”",
    "Officials say it is very likely that 300 boats, some say, could sink. “It may,” he said.",
    "By all accounts the ferry is allegedly late. Two officials said the thruster had been due for repair since March.",
    "There is no evidence that the mill closed. The union denied that it had accused the company of saving.",
    "The harbour could stay closed, according to a report by the port authority.",
    "It is not clear whether anybody knows. Ada Voss has confirmed it. Is it open? Perhaps.",
    "A preliminary investigation found that the bow thruster had failed. Experts believe so. She was probably right.",
]
SEVERE = st.dictionaries(
    st.sampled_from([*LADDER, "hedge", "doubt", "attribution", "factcheck", "doubt/unnamed-source", "hedge/could"]),
    st.sampled_from(SEVERITIES),
    max_size=5,
)


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """All rules, and opt-in packs, which note something."""
    return RULES.scanner()


ASKED = st.fixed_dictionaries({
    "at_most": st.sampled_from(["", *LADDER]),
    "packs": st.sampled_from([(), ("numbers",), ("ipcc", "numbers")]),
    "severities": SEVERE.map(lambda given_: tuple(given_.items())),
})  # fmt: skip


@dataclass(frozen=True)
class Silent:
    """Silences some rules, and with the name of none whole sentences."""

    wholly: ClassVar[bool] = False

    rules: frozenset[str]

    def about(self, _text: Text, _program: Program, _counts: Counts, /) -> Teller:
        """What is silent in the text."""

        def told(sentences: Sentences) -> Iterator[Silence]:
            for row, found in enumerate(sentences.rules):
                if gone := frozenset(number for number, rule in enumerate(found) if rule in self.rules):
                    yield Silence(row, Note("suppressed"), gone)
                elif "" in self.rules and row % 2:
                    yield Silence(row, Note("known"))

        return told


SILENT = st.frozensets(st.sampled_from(["", *(rule.id for rule in RULES.scanner().program.rules)])).map(Silent)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), ASKED, st.sampled_from(SEVERITIES), SILENT)
def test_columns_count_what_reports_report(
    scanner: Scanner, texts: list[str], asked: dict[str, Any], on: Severity, silent: Silent
) -> None:
    """A sentence meets --fail-on exactly when a report has a result about it that is as severe, and is not silent."""
    style = Style(**asked)
    mine = scanner.with_severities(changed(scanner.program, style.severities))
    inputs = [Text(f"{number}.txt", text) for number, text in enumerate([*texts, " ".join(texts)])]
    found: dict[Gate, Met] = {}
    quieter = Quieter(mine, [silent])
    parts = mine.parts([one.text for one in inputs], [one.name for one in inputs])
    judged = [(part, quieter.hushed(part, inputs)) for part in parts]
    assert len(judged) == 1
    documents = [
        replace(document, quiet=hushed.by_document(part).get(number, {}) if hushed else {})
        for part, hushed in Gates(on=on).watched(judged, inputs, style, found)
        for number, document in enumerate(part.documents())
    ]
    expected = []
    for text, document in zip(inputs, documents, strict=True):
        shown = [
            one
            for one in document.sentences
            if (level := _reported(document, one))
            and (not style.at_most or level in LADDER[: LADDER.index(style.at_most) + 1])
        ]
        report = Report(text, document, shown, style)
        for sentence in shown:
            if any(_weight(one.severity) >= _weight(on) for one in report.of(sentence)):
                line = document.text.count("\n", 0, sentence.span.start) + 1
                expected.append(f"{text.name}:{line}: {_reported(document, sentence)}: ")
    met = found[Gate("on", on)]
    assert met.count == len(expected)
    assert all(place.startswith(begin) for place, begin in zip(met.first, expected, strict=False))


def _reported(document: Document, sentence: Sentence) -> str | None:
    left = document.quiet.get(sentence.index)
    return left.level if left else sentence.level


def _weight(severity: str) -> int:
    return [*SEVERITIES].index(severity)  # type: ignore[arg-type]


# --max-unverified ----------------------------------------------------------------------------------------------------


def test_the_share_of_unverified_claims_is_told_in_any_case(scan: Run) -> None:
    """Of sentences that claim something; the first places only where it is too large."""
    result = scan("article.txt", "--max-unverified", "20%")
    assert result.exit_code == 1
    assert said(result) == [
        "1 of 4 claims is unverified (25.0%), more than --max-unverified 20%",
        "article.txt:1: unverified: Officials say it could sink before the winter.",
    ]
    result = scan("article.txt", "--max-unverified", "25%")
    assert (result.exit_code, said(result)) == (0, ["1 of 4 claims is unverified (25.0%), within --max-unverified 25%"])
    assert scan("article.txt", "--max-unverified", "20%", "-q").stderr == ""


def test_a_plain_number_counts_sentences(scan: Run) -> None:
    """No share, but so many."""
    assert scan("article.txt", "--max-unverified", "1").exit_code == 0
    assert scan("article.txt", "--max-unverified", "0").exit_code == 1


def test_sentences_that_claim_nothing_count_for_nothing(run: Run) -> None:
    """A text of questions has no claims, and no share of them."""
    result = run("scan", "--max-unverified", "0%", text="Who sank it?")
    assert (result.exit_code, said(result)) == (0, ["0 of 0 claims are unverified, within --max-unverified 0%"])


def test_the_share_is_that_of_all_texts(scan: Run, folder: Path) -> None:
    """Whatever each of them would reach alone, with any number of jobs."""
    for number in range(9):
        put(folder / "texts" / f"{number}.txt", "It sank. It rose.\n")
    put(folder / "texts" / "9.txt", "Officials say it sank. It rose.\n")
    for jobs in ("1", "2"):
        result = scan("texts", "--max-unverified", "5%", "--jobs", jobs)
        assert (result.exit_code, said(result)) == (
            0,
            ["1 of 20 claims is unverified (5.0%), within --max-unverified 5%"],
        )


@pytest.mark.parametrize("limit", ["lots", "0.5", "101%", "-1", ""])
def test_a_limit_that_is_none_is_wrong_usage(scan: Run, limit: str) -> None:
    """It is told how to write it."""
    result = scan("article.txt", f"--max-unverified={limit}")
    assert result.exit_code == 2
    assert said(result) == [f"--max-unverified {limit}: write a share, such as 10%, or a number of sentences"]


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 100))
def test_shares_are_exact(unverified: int, others: int, percent: int) -> None:
    """A share that is reached to the dot is not exceeded."""
    claims = unverified + others
    assert Limit(percent, is_share=True).is_exceeded(unverified, claims) == (unverified * 100 > percent * claims)


def test_a_limit_of_the_configuration_is_named_by_its_line(run: Run, folder: Path) -> None:
    """Whoever wonders what failed looks there, not for an option that nobody has given."""
    put(folder / CONFIG, 'builtin = false\nrules = ["house.fact"]\nmax-unverified = "20%"\n')
    result = run("scan", "article.txt")
    assert result.exit_code == 1
    assert said(result) == [
        "1 of 4 claims is unverified (25.0%), more than max-unverified 20% (factcheck.toml:3)",
        "article.txt:1: unverified: Officials say it could sink before the winter.",
    ]
    result = run("scan", "article.txt", "--max-unverified", "1")
    assert said(result) == ["1 of 4 claims is unverified (25.0%), within --max-unverified 1"]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("paths", [("plain", "desk"), ("desk", "plain")])
def test_gates_of_files_with_and_without_a_configuration(
    run: Run, folder: Path, paths: tuple[str, str], jobs: str
) -> None:
    """A limit holds for the run, whichever path has it; levels for the files below; options for all."""
    for path in paths:
        put(folder / path / "a.txt", "Officials say it sank. It may rot. It rose.\n")
    lines = 'builtin = false\nrules = ["../house.fact"]\nmax-unverified = "20%"\nfail-at = "unverified"\n'
    put(folder / "desk" / CONFIG, lines)
    house = ("--no-builtin", "--rules", "house.fact", "--jobs", jobs)
    places = [f"{path}/a.txt:1: unverified: Officials say it sank." for path in paths]
    share = "2 of 6 claims are unverified (33.3%), more than"
    result = run("scan", *paths, *house)
    assert result.exit_code == 1
    assert said(result) == [
        "1 of 3 sentences held to it is at or below unverified",
        "desk/a.txt:1: unverified: Officials say it sank.",
        f"{share} max-unverified 20% (desk/factcheck.toml:3)",
        *places,
    ]
    told = said(run("scan", *paths, *house, "--fail-at", "possible", "--max-unverified", "1"))
    assert told[0] == "4 of 6 sentences are at or below possible"
    assert told[-3:] == [f"{share} --max-unverified 1", *places]
    put(folder / "desk" / CONFIG, lines.replace('fail-at = "unverified"\n', ""))
    result = run("scan", *paths, *house, "--fail-on", "error")
    assert said(result) == [f"{share} max-unverified 20% (desk/factcheck.toml:3)", *places]


# All -----------------------------------------------------------------------------------------------------------------


def test_gates_count_by_the_settings_of_each_file(run: Run, folder: Path) -> None:
    """Each limit is told for itself, in the order of the files."""
    put(
        folder / CONFIG,
        'builtin = false\nrules = ["house.fact"]\nfail-at = "unverified"\n\n'
        '[[overrides]]\npaths = ["strict/"]\nfail-at = "possible"\n\n[[overrides]]\npaths = ["calm/"]\n'
        'fail-on = "error"\n',
    )
    for path in ("calm/a.txt", "news/a.txt", "strict/a.txt"):
        put(folder / path, "It sank. The quay could sink.\n")
    for jobs in ("1", "2"):
        result = run("scan", "calm", "news", "strict", "--jobs", jobs)
        assert result.exit_code == 1
        assert said(result) == [
            "1 of 2 sentences held to it is at or below possible",
            "strict/a.txt:1: possible: The quay could sink.",
        ]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "html", "pretty", "sarif", "junit", "markdown", "github"])
def test_gates_are_the_same_beside_every_format(scan: Run, folder: Path, form: str) -> None:
    """And with any number of jobs; of many places the first are named."""
    for number in range(3):
        put(folder / "texts" / f"{number}.txt", HARBOUR)
    gates = ("--fail-at", "possible", "--fail-on", "warning")
    one, two = (scan("texts", *gates, "--format", form, "--jobs", jobs) for jobs in ("1", "2"))
    assert one.exit_code == two.exit_code == 1
    assert one.stderr == two.stderr
    assert said(one)[:5] == [
        "6 of 21 sentences are at or below possible",
        "texts/0.txt:1: unverified: Officials say the wall could fall before the winter.",
        "texts/0.txt:3: possible: “The rope may have been cut.”",
        "texts/1.txt:1: unverified: Officials say the wall could fall before the winter.",
        "… and 3 more",
    ]


def test_places_are_those_of_the_source(scan: Run, folder: Path) -> None:
    """Rows are named by their file and number, so that `explain` takes the place; long sentences are cut."""
    long = "The quay could sink, " + "and the mill with it, " * 20 + "in the end."
    put(
        folder / "rows.jsonl",
        json.dumps({"text": "It sank.", "id": "one"}) + "\n" + json.dumps({"text": long, "id": "two"}),
    )
    place = said(scan("rows.jsonl", "--fail-at", "possible"))[1]
    assert place.startswith("rows.jsonl:2: possible: The quay could sink, and the mill")
    assert place.endswith(" …")
    assert len(place) < 140


def test_sentences_held_to_a_gate_are_counted(run: Run, folder: Path) -> None:
    """Where files have gates of their own each is of the sentences of these."""
    put(folder / CONFIG, 'fail-at = "unverified"\n\n[[overrides]]\npaths = ["desk/"]\nfail-at = "possible"\n')
    put(folder / "a.txt", "It sank. Officials say it burnt. It was late.\n")
    put(folder / "desk" / "b.txt", "The quay could sink. It is old.\n")
    told = run("scan", "a.txt", "desk/b.txt").stderr
    assert "1 of 3 sentences held to it is at or below unverified\n" in told
    assert "1 of 2 sentences held to it is at or below possible\n" in told
    assert "1 of 3 sentences is at or below unverified\n" in run("scan", "a.txt").stderr


SHAPES = {
    "sarif": '"level":"{}"',
    "github": "::{} file",
    "gitlab": '"severity":"{}"',
    "rdjson": '"severity":"{}"',
    "checkstyle": 'severity="{}"',
    "jsonl": '"severity":"{}"',
}
CALLED = {
    "github": {"note": "notice"},
    "gitlab": {"note": "info", "warning": "minor", "error": "critical"},
    "rdjson": {"note": "INFO", "warning": "WARNING", "error": "ERROR"},
    "checkstyle": {"note": "info"},
}


def test_severities_reach_every_report(run: Run, folder: Path) -> None:
    """SARIF, GitHub, GitLab, reviewdog and Checkstyle say it in their words; JSON lines by name."""
    put(folder / "a.txt", "The quay could sink.\n")
    for severity in SEVERITIES:
        put(folder / CONFIG, f'[severity]\nhedge = "{severity}"\n')
        for form, shape in SHAPES.items():
            word = shape.format(CALLED.get(form, {}).get(severity, severity))
            assert word in run("scan", "a.txt", "--format", form).stdout.replace('": "', '":"'), (form, word)


def test_a_tally_of_gates_adds_up() -> None:
    """Counts are added, and the first places stay the first."""
    one, two = Tally(1, Counter({"unverified": 2})), Tally(1, Counter({"unverified": 5, "asserted": 1}))
    gate = Gate("at", "unverified")
    one.met[gate] = Met(2, ["a:1", "a:2"], 2)
    two.met[gate] = Met(5, ["b:1", "b:2", "b:3"], 6)
    whole = Tally()
    for each in (one, two):
        whole.add(each)
    assert whole.met == {gate: Met(7, ["a:1", "a:2", "b:1"], 8)}
    assert list(told(whole, None)) == [
        "7 of 8 sentences are at or below unverified",
        "a:1",
        "a:2",
        "b:1",
        "… and 4 more",
    ]
    assert reached(whole, None)
