"""`factcheck eval`: pages, JSON, the picture, and what it says when something is wrong."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import Result

from factcheck import Scanner
from factcheck.evaluate.comparison import comparison
from factcheck.evaluate.evaluation import evaluation
from factcheck.evaluate.trials import trial, tried
from factcheck.render import width
from factcheck_cli.log import Log
from factcheck_cli.measure.eval_page import Shown, page
from factcheck_cli.measure.gold_file import read
from factcheck_cli.terminal.style import Style

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

QUAY = """\
{"doc": "quay", "text": "The quay at Port Selby closed on Monday.", "label": "certain"}
{"doc": "quay", "text": "The wall could sink before the winter.", "label": "uncertain", "cues": ["could"]}
{"doc": "quay", "text": "Members may speak for three minutes.", "label": "certain"}
{"doc": "boat", "text": "Perhaps the boat was never there.", "label": "uncertain", "cues": ["Perhaps"]}
{"doc": "boat", "text": "It may have left, and nobody in the whole harbour would know of it.", "label": "uncertain"}
{"doc": "mast", "text": "The mast broke.", "label": "certain"}
"""
LEVELS = """\
{"doc": "a", "text": "Officials say the quay is safe.", "label": "unverified", "cues": ["Officials say"]}
{"doc": "a", "text": "The wall could sink.", "label": "possible", "cues": ["could"]}
{"doc": "b", "text": "Ada Moss said it sank.", "label": "attributed"}
{"doc": "b", "text": "She may go.", "label": "asserted"}
{"doc": "c", "text": "Allegedly it sank.", "label": "unverified", "cues": ["Allegedly"]}
"""
VOICES = """\
{"id": "v1", "text": "Ada Moss said it sank.", "label": "attributed", "cues": [{"text": "Ada Moss", "type": "source"}]}
{"id": "v2", "text": "Ben Reed said it sank.", "label": "attributed", "cues": [{"text": "it", "type": "source"}]}
{"id": "v3", "text": "It sank, he told us.", "label": "attributed", "cues": ["told", {"text": "he", "type": "source"}]}
{"id": "v4", "text": "It sank.", "label": "none"}
"""
NUMBERS = """\
{"text": "It may sink.", "certainty": 2}
{"text": "It sank.", "certainty": 5}
{"text": "Officials say it sank.", "certainty": 4}
{"text": "Ada Moss said it sank.", "certainty": 3.5}
"""
MINE = """\
pack mine

rule perhaps : possible
    "Only a possibility."
    match  perhaps
    weight 0.9
    signal hedge 0.9
    flag   "Perhaps it sank."
    pass   "It sank."

amend house/chance
    except may speak
    pass "Members may speak."
"""


@pytest.fixture(autouse=True)
def sets(folder: Path) -> Path:
    """A folder with a set of each kind, and a rule file that changes the house style."""
    for name, text in (("quay", QUAY), ("levels", LEVELS), ("voices", VOICES), ("numbers", NUMBERS)):
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    (folder / "mine.fact").write_text(MINE, "utf-8")
    return folder


@pytest.fixture
def measured(run: Run) -> Run:
    """Return `measured(*arguments)`: what `factcheck eval` says of the house style."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return run("eval", "--no-builtin", "--rules", "house.fact", *arguments, text=text)

    return invoke


# Pages ----------------------------------------------------------------------------------------------------------------

SHOWN = Shown(("pack", "rule", "level"), every_rule=False, worst=5, now="house.fact", against="other.fact")


def told(name: str, style: Style, *, compared: bool = False) -> str:
    """The page of a set in this folder."""
    house, mine = Scanner("house.fact", builtin=False), Scanner(["house.fact", "mine.fact"], builtin=False)
    (one,) = read([name], Log())
    now, *others = tried(*(trial(scanner, one.sentences) for scanner in ((mine, house) if compared else (house,))))
    return page(evaluation(name, one.sentences, now), comparison(now, *others) if others else None, SHOWN, style)


def bare(text: str) -> str:
    """The text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("name", ["quay", "levels", "voices", "numbers"])
def test_page(measured: Run, golden: Golden, name: str) -> None:
    """A page for each kind of set: in plain words, figures, tables, the worst errors in context."""
    result = measured(f"{name}.jsonl")
    assert (result.stderr, result.exit_code) == ("", 0)
    golden(f"cli/eval-{name}.txt", result.stdout)


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_page_of_any_width(golden: Golden, columns: int) -> None:
    """Narrow terminals get fewer columns of figures, wide ones all; no line is too long."""
    shown = told("quay.jsonl", Style(columns))
    golden(f"cli/eval-quay-{columns}.txt", shown)
    assert max(map(width, shown.split("\n"))) <= columns


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("name", ["quay", "levels", "voices", "numbers"])
def test_page_in_colour(name: str, columns: int) -> None:
    """Colours change no word; cues are underlined, and need no carets."""
    colored = told(f"{name}.jsonl", Style(columns, color=True), compared=True)
    plain = told(f"{name}.jsonl", Style(columns), compared=True)
    lines = [line for line in plain.split("\n") if not re.fullmatch(r"[ ^]+", line)]
    assert bare(colored).split("\n") == lines
    assert "\x1b[1m" in colored


def test_several_sets_have_an_overview(measured: Run, golden: Golden) -> None:
    """A row a set stands before their pages."""
    result = measured("quay.jsonl", "levels.jsonl", "voices.jsonl", "numbers.jsonl", "--per", "none", "--worst", "0")
    overview, *pages = result.stdout.split("\n\n\n")
    assert len(pages) == 4
    golden("cli/eval-overview.txt", overview + "\n")


def test_two_rule_sets(measured: Run, run: Run, golden: Golden) -> None:
    """A table of both, how many sentences change for better and for worse, the sign test, and the changes."""
    result = measured("quay.jsonl", "--rules", "mine.fact", "--per", "none", "--against", "house.fact")
    assert result.exit_code == 0
    assert "Against the built-in packs and house.fact; now house.fact, mine.fact" in result.stdout
    result = run("eval", "quay.jsonl", "--rules", "mine.fact", "--rules", "house.fact", "--against", "builtin")
    assert "Against the built-in packs; now the built-in packs and mine.fact, house.fact" in result.stdout
    golden("cli/eval-against.txt", told("quay.jsonl", Style(), compared=True))


def test_nothing_changes(run: Run) -> None:
    """The same rules twice."""
    result = run("eval", "quay.jsonl", "--against", "builtin", "--per", "none", "--worst", "0")
    assert "Against the built-in packs; now the built-in packs\nNothing changes." in result.stdout
    assert "Better" not in result.stdout


def test_tables_are_chosen(measured: Run) -> None:
    """`--per` names tables, `none` none; that of rules is shown whole when it is named."""
    heads = ("Packs", "Rules", "Levels")

    def shown(*arguments: str) -> list[bool]:
        return [f"\n{head} (" in measured("quay.jsonl", *arguments).stdout for head in heads]

    assert shown() == [True, True, True]
    assert shown("--per", "rule") == [False, True, False]
    assert shown("--per", "pack,level") == [True, False, True]
    assert shown("--per", "none") == [False, False, False]


def test_long_table_of_rules_is_cut(run: Run, folder: Path) -> None:
    """Fifteen rules are shown, unless the table is asked for."""
    words = [f"w{chr(97 + k)}" for k in range(20)]
    rule = 'rule {0} : possible\n    "M."\n    match {0}\n    signal hedge 0.9\n    flag "A {0}."\n    pass "B."\n'
    (folder / "many.fact").write_text("pack many\n" + "".join(rule.format(word) for word in words), "utf-8")
    (folder / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"A {word}.", "label": "uncertain"}) + "\n" for word in words), "utf-8"
    )
    few = run("eval", "many.jsonl", "--no-builtin", "--rules", "many.fact").stdout
    assert few.count("  many/") == 15
    assert "  and 5 more; --per rule shows all\n" in few
    every = run("eval", "many.jsonl", "--no-builtin", "--rules", "many.fact", "--per", "rule").stdout
    assert every.count("  many/") == 20


def test_worst_errors_are_counted(measured: Run) -> None:
    """As many as asked for, and how many there are."""
    shown = measured("quay.jsonl", "--worst", "1", "--no-builtin").stdout
    assert "Worst misses (1)" in shown
    shown = measured("levels.jsonl", "--worst", "1").stdout
    assert "Worst of those taken for surer (1)" in shown
    assert "people marked" not in measured("levels.jsonl", "--worst", "0").stdout


def test_one_fold(measured: Run, folder: Path) -> None:
    """Only the rows of the fold are measured."""
    rows = [json.loads(line) | {"fold": number % 2} for number, line in enumerate(QUAY.splitlines())]
    (folder / "folds.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert measured("folds.jsonl", "--fold", "1").stdout.startswith("folds.jsonl (3 sentences in 3 documents: ")


def test_select_and_ignore(measured: Run) -> None:
    """Rules that are left out raise nothing."""
    assert "No sentence is marked by hedge." in measured("quay.jsonl", "--ignore", "house/chance").stdout
    assert "house/chance" in measured("quay.jsonl", "--select", "house/chance").stdout


def test_standard_input(measured: Run) -> None:
    """`-` is standard input."""
    assert measured("-", text=QUAY).stdout.startswith("- (6 sentences in 3 documents: 3 certain, 3 uncertain)\n")


def test_one_document(measured: Run, folder: Path) -> None:
    """Of a single one nothing is told of others."""
    (folder / "one.jsonl").write_text(QUAY.replace("boat", "quay").replace("mast", "quay"), "utf-8")
    shown = measured("one.jsonl").stdout
    assert "All sentences are of one document: whether others are like it cannot be told." in shown


def test_nothing_labelled_so(measured: Run, folder: Path) -> None:
    """What cannot be said is a dash."""
    (folder / "flat.jsonl").write_text('{"text": "It sank.", "label": "certain"}\n' * 2, "utf-8")
    shown = measured("flat.jsonl").stdout
    assert "No sentence is marked by hedge.\nNo sentence is labelled uncertain.\n" in shown
    assert re.search(r"^  precision +– +–  of what", shown, re.MULTILINE)


# JSON -----------------------------------------------------------------------------------------------------------------


def test_json(measured: Run) -> None:
    """All of it is data: measures, tables, every error with its place, the comparison."""
    result = measured("quay.jsonl", "levels.jsonl", "--rules", "mine.fact", "--against", "house.fact", "--json")
    found: dict[str, Any] = json.loads(result.stdout)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert found["rules"] == ["house.fact", "mine.fact"]
    assert found["against"] == ["builtin", "house.fact"]
    quay, levels = found["sets"]
    keys = "set kind signals sentences documents labels left_out measures confusion packs rules levels reliability"
    errors = "false_alarms misses wrong_sources comparison"
    assert list(quay) == [*keys.split(), *errors.split()]
    assert (quay["set"], quay["kind"], levels["kind"]) == ("quay.jsonl", "signal", "level")
    assert list(quay["measures"]) == ["precision", "recall", "f1", "mcc", "ece", "ece_fired", "brier_skill"]
    assert list(levels["measures"]) == ["accuracy", "macro_f1", "macro_f1_five", "weighted_kappa"]
    for case in (*levels["false_alarms"], *levels["misses"]):
        marked = [case["text"][cue["start"] : cue["end"]] for cue in case["cues"]]
        assert marked == [cue["text"] for cue in case["cues"]]
        assert [case["text"][one["start"] : one["end"]] for one in case["findings"]] == [
            one["text"] for one in case["findings"]
        ]


def test_json_has_all_errors_unless_few_are_asked_for(measured: Run, folder: Path) -> None:
    """Without `--worst` none is left out."""
    (folder / "many.jsonl").write_text('{"text": "It may sink.", "label": "certain"}\n' * 9, "utf-8")
    every, few = (json.loads(measured("many.jsonl", "--json", *more).stdout) for more in ((), ("--worst", "2")))
    assert [len(found["sets"][0]["false_alarms"]) for found in (every, few)] == [9, 2]


def test_json_without_rules_of_others(run: Run) -> None:
    """The built-in packs are named; nothing is compared unless it is asked for."""
    found = json.loads(run("eval", "quay.jsonl", "--json").stdout)
    assert (found["rules"], found["against"]) == (["builtin"], None)
    assert re.fullmatch(r"[0-9a-f]{12}", found["builtin"])
    assert "comparison" not in found["sets"][0]


# The picture ----------------------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


def test_picture(measured: Run, folder: Path) -> None:
    """A panel for each set with probabilities: title, axes, diagonal, a point a bin with what it says."""
    result = measured("quay.jsonl", "levels.jsonl", "voices.jsonl", "--svg", "r.svg")
    assert (result.stderr, result.exit_code) == ("", 0)
    drawn = ET.fromstring((folder / "r.svg").read_text("utf-8"))  # noqa: S314 - it is ours
    texts = [one.text for one in drawn.iter(f"{SVG}text")]
    assert {"quay.jsonl", "voices.jsonl", "what hedge says", "share labelled uncertain", "sentences"} <= set(texts)
    assert "levels.jsonl" not in texts
    assert len([one for one in drawn.iter(f"{SVG}path") if one.get("class") == "ideal"]) == 2
    said = [one.text for one in drawn.iter(f"{SVG}title")]
    assert "says 0.70, 67% of 3 sentences labelled uncertain" in said


def test_picture_holds_odd_names(measured: Run, folder: Path) -> None:
    """A name is text, whatever stands in it, and one that is too long is cut."""
    name = "<b>&" + "x" * 60 + ".jsonl"
    (folder / name).write_text(QUAY, "utf-8")
    assert measured(name, "--svg", "r.svg").exit_code == 0
    drawn = ET.fromstring((folder / "r.svg").read_text("utf-8"))  # noqa: S314 - it is ours
    (title,) = (one.text or "" for one in drawn.iter(f"{SVG}text") if one.get("class") == "title")
    assert title.startswith("…x")
    assert len(title) == 44


def test_panels_stand_in_rows(measured: Run, folder: Path) -> None:
    """Three beside one another."""
    names = [f"q{number}.jsonl" for number in range(4)]
    for name in names:
        (folder / name).write_text(QUAY, "utf-8")
    assert measured(*names, "--svg", "r.svg").exit_code == 0
    drawn = ET.fromstring((folder / "r.svg").read_text("utf-8"))  # noqa: S314 - it is ours
    places = [one.get("transform") for one in drawn.findall(f"{SVG}g")]
    assert len(set(places)) == 4
    assert drawn.get("width") == str(3 * 408)


# What is wrong --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--signal", "hegde"], "factcheck: no loaded pack shows a signal `hegde`: did you mean `hedge`?\n"),
        (["--signal", "hedge+"], "factcheck: no loaded pack shows a signal ``: it is one of `hedge`, "),
        (["--per", "rules"], "factcheck: --per rules: there is no such table: did you mean `rule`?\n"),
        (["--svg", "-"], "factcheck: --svg writes a picture, which has no place among the figures; give it the name"),
        (["--svg", "./quay.jsonl"], "factcheck: quay.jsonl: this is to be measured and --svg would replace it; give"),
        (["--svg", "no/r.svg"], "factcheck: no/r.svg: there is no folder no to write to; make it first\n"),
        (["--svg", "."], "factcheck: .: this is a folder; name a file\n"),
        (["--select", "huose"], "factcheck: no pack, rule or tag is called `huose`: did you mean `house`?\n"),
        (["--against", "gone.fact"], "error[FC001]: there is no such file or folder"),
        (["--rules", "gone.fact"], "error[FC001]: there is no such file or folder"),
    ],
)
def test_wrong_usage(measured: Run, arguments: list[str], said: str) -> None:
    """It is told with its remedy, nothing is printed, and the status is 2."""
    result = measured("quay.jsonl", *arguments)
    assert result.stderr.startswith(said)
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("house.fact", "house.fact: this is to be read and --svg would replace it; give --svg another name"),
        ("mine.fact", "mine.fact: this is to be read and --svg would replace it; give --svg another name"),
        (
            "rules/desk.fact",
            "rules/desk.fact: this is to be read with what is in rules, and --svg would replace it; give --svg another",
        ),
        (
            "link.svg",
            "link.svg: this is to be read with what is in rules, and --svg would replace it; give --svg another name",
        ),
        ("other.fact", "other.fact: this is no picture that eval drew, and --svg would replace it; give --svg another"),
        ("other.svg", "other.svg: this is no picture that eval drew, and --svg would replace it; give --svg another"),
    ],
)
def test_a_picture_replaces_pictures_alone(measured: Run, folder: Path, name: str, said: str) -> None:
    """Rules that are read, on either side, and whatever eval has not drawn stay as they are."""
    (folder / "rules").mkdir()
    (folder / "rules" / "desk.fact").write_text(MINE.replace("pack mine", "pack desk"), "utf-8")
    (folder / "link.svg").symlink_to("rules/desk.fact")
    (folder / "other.fact").write_text("disable hedge/may\n", "utf-8")
    (folder / "other.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>\n', "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    result = measured("quay.jsonl", "--rules", "rules", "--against", "mine.fact", "--svg", name)
    assert result.stderr.startswith(f"factcheck: {said}")
    assert (result.stdout, result.exit_code) == ("", 2)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_a_picture_is_drawn_anew(measured: Run, folder: Path) -> None:
    """One of its own, and an empty file, are replaced."""
    (folder / "r.svg").touch()
    assert [measured("quay.jsonl", "--svg", "r.svg").exit_code for _ in range(2)] == [0, 0]


def test_no_picture_of_levels(measured: Run) -> None:
    """Sets without probabilities leave nothing to draw."""
    result = measured("levels.jsonl", "--svg", "r.svg")
    assert (
        result.stderr == "factcheck: --svg draws probabilities, and sets of levels or numbers have none; leave it out\n"
    )
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--fold", "x", "This must be a whole number."), ("--worst", "-1", "This must be 0 or more.")],
)
def test_wrong_numbers(measured: Run, option: str, value: str, said: str) -> None:
    """Numbers are checked before anything is read."""
    result = measured("quay.jsonl", option, value)
    assert said in result.stderr
    assert result.exit_code == 2


def test_wrong_rows_are_left_out(measured: Run, folder: Path) -> None:
    """Each is named, the others are measured, and the status is 3."""
    (folder / "odd.jsonl").write_text(QUAY + '{"text": "It sank."}\nIt sank.\n', "utf-8")
    result = measured("odd.jsonl", "--per", "none")
    assert result.stderr == (
        "factcheck: odd.jsonl:7: this row has no `label`; write uncertain or certain, attributed or none, or a level\n"
        "factcheck: odd.jsonl:8: this row is not JSON (unexpected character, expected a JSON value, character 1); "
        "write one object a line\n"
        "factcheck: 2 could not be read, 6 sentences measured\n"
    )
    assert result.stdout.startswith("odd.jsonl (6 sentences")
    assert result.exit_code == 3


def test_wrong_sets_are_left_out(measured: Run, folder: Path) -> None:
    """A file that measures several things, or no word that is asked for, is named, and the others are measured."""
    (folder / "mixed.jsonl").write_text(QUAY + LEVELS, "utf-8")
    row = {"text": "It must sink.", "label": "uncertain", "sense": "epistemic", "verb": "must", "cues": ["must"]}
    (folder / "must.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    result = measured("mixed.jsonl", "must.jsonl", "numbers.jsonl", "gone.jsonl")
    first, second, third, *_ = result.stderr.splitlines()
    assert first.startswith("factcheck: mixed.jsonl: rows of one file measure one thing, and these do several: ")
    assert second == "factcheck: gone.jsonl: there is no such file or folder; check the path"
    assert third.startswith("factcheck: must.jsonl: no row of this file marks one of may, might, could, whose senses")
    assert result.stdout.startswith("numbers.jsonl (4 sentences")
    assert result.exit_code == 3


def test_nothing_is_measured(measured: Run) -> None:
    """Without any set there is no page; JSON has none."""
    result = measured("gone.jsonl")
    assert (result.stdout, result.exit_code) == ("", 3)
    assert json.loads(measured("gone.jsonl", "--json").stdout)["sets"] == []


def test_warnings_on_rules_are_told(run: Run, folder: Path) -> None:
    """As a scan tells them."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    result = run("eval", "quay.jsonl", "--no-builtin", "--rules", "odd.fact")
    told_first = "factcheck: odd.fact: 1 warning; `factcheck rules check odd.fact --no-builtin` shows it"
    assert result.stderr.splitlines()[0] == told_first


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (("quay",), "1 rule of it fires here and raises no measured signal; give it `signal hedge` or name its own"),
        (("quay", "wall"), "2 rules of it fire here and raise no measured signal; give them `signal hedge` or name th"),
        (("quay", "gone"), "1 rule of it fires here"),
    ],
)
def test_rules_that_measure_nothing(run: Run, folder: Path, rules: tuple[str, ...], said: str) -> None:
    """Whoever measures rules that raise no measured signal is told, unless one of the file does."""
    rule = 'rule {0} : note\n    "M."\n    match {0}\n    flag "A {0}."\n    pass "B."\n'
    text = "pack odd\n" + "".join(rule.format(word) for word in rules)
    (folder / "odd.fact").write_text(text, "utf-8")
    ones = "eval", "quay.jsonl", "--rules", "odd.fact"
    assert run(*ones).stderr.startswith(f"factcheck: odd.fact: note: {said}")
    assert run(*ones, "--signal", "hedge+odd").stderr == ""
    assert run("eval", "levels.jsonl", "--rules", "odd.fact").stderr == ""
    (folder / "odd.fact").write_text(text.replace("match quay", "match quay\n    signal hedge 0.9"), "utf-8")
    assert run(*ones).stderr == ""


def test_rules_are_named(run: Run) -> None:
    """Those that are measured stand in the head and in JSON, unless they are the built-in packs alone."""
    head = ("eval", "quay.jsonl", "--per", "none", "--worst", "0")
    assert "Rules: " not in run(*head).stdout
    chosen = run(*head, "--pack", "ipcc", "--ignore", "hedge/may,weasel").stdout
    assert "\nRules: the built-in packs and ipcc, without hedge/may, weasel.\n" in chosen
    only = run(*head, "--rules", "house.fact", "--select", "house").stdout
    assert "\nRules: the built-in packs and house.fact, of these only house.\n" in only
    both = run(*head, "--pack", "ipcc", "--against", "builtin").stdout
    assert "Against the built-in packs and ipcc; now the built-in packs and ipcc\n" in both
    found = json.loads(run("eval", "quay.jsonl", "--pack", "ipcc", "--ignore", "hedge/may", "--json").stdout)
    assert (found["packs"], found["select"], found["ignore"]) == (["ipcc"], [], ["hedge/may"])


def test_names_that_one_side_knows(run: Run) -> None:
    """They select, leave out and measure what there is of them; a name that neither knows is wrong."""
    ones = "eval", "quay.jsonl", "--rules", "house.fact", "--against", "builtin", "--per", "none"
    result = run(*ones, "--select", "house")
    assert "6 sentences" in result.stdout
    told_there = "Against the built-in packs, of these only house; now the built-in packs and house.fact, of these only"
    assert told_there in " ".join(result.stdout.split())
    assert [run(*ones, option, "house").exit_code for option in ("--ignore", "--signal")] == [0, 0]
    assert run("eval", "quay.jsonl", "--against", "house.fact", "--signal", "house").exit_code == 0
    result = run(*ones, "--select", "huose")
    assert result.stderr == "factcheck: no pack, rule or tag is called `huose`: did you mean `house`?\n"
    assert result.exit_code == 2
