"""The account of a grade: complete enough to work the level out again by hand."""

from itertools import islice
from pathlib import Path

import pytest

from factcheck import Scanner
from factcheck.document import Explanation
from factcheck.explanation import explain
from factcheck.judge.account import Judged, accounts
from factcheck.judge.hits import Role
from factcheck.judge.reference import Reader
from factcheck.judge.silence import Silences

CASES = Path(__file__).parents[1] / "golden" / "cases"
LADDER = ("unverified", "possible", "probable", "attributed", "asserted", "established")
HOUSE = """\
pack house
    title "House"

rule told : attributed
    "Told."
    match   source:(<name>) said
    except  said nothing
    unless  denied
    flag    "Voss said so."

rule long : possible
    "Long."
    match   source:(<name>) said [that] it may
    flag    "Voss said it may rain."

rule maybe : possible
    "Maybe."
    match   may
    when    outside quote
    flag    "It may rain."

amend house/maybe
    except  may day
"""

OWN = """\
pack own
rule zap : note
    "Zap."
    match zap
    when outside aside
    flag "It has zap."
rule wap : note
    "Wap."
    match wap
    when with other
    flag "It has wap and eff."
"""
OTHER = """\
pack other
rule eff : note
    "Eff."
    match eff
    flag "It has eff."

amend own/zap
    # the place that fails
    when outside quote

amend other/eff
    when without own
"""


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in packs alone."""
    return Scanner(cache=False)


@pytest.fixture
def house(tmp_path: Path) -> Scanner:
    """Four rules that silence each other."""
    path = tmp_path / "house.fact"
    path.write_text(HOUSE, "utf-8")
    return Scanner(path, builtin=False, cache=False)


def by_hand(one: Explanation) -> str:
    """The level as the account says it is worked out."""
    counting = [weighed.level for weighed in one.weighed if not weighed.fate]
    if "no-claim" in counting:
        return "no-claim"
    floor = [one.base] if one.quoted or not counting else []
    return min(counting + floor, key=LADDER.index)


def texts() -> list[str]:
    """All sentences and articles of the golden cases, as texts."""
    lines = (line for name in ("decisions.txt", "scope.txt") for line in (CASES / name).read_text("utf-8").splitlines())
    sentences = [line.split(" | ", 2)[2] for line in lines if line and not line.startswith("#")]
    articles = [path.read_text("utf-8").split("\n----\n")[0] for path in sorted((CASES / "articles").iterdir())]
    return ["\n\n".join(islice(sentences, n, None, 10)) for n in range(10)] + articles


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:30])
def test_the_level_can_be_worked_out_again(scanner: Scanner, text: str) -> None:
    """From findings that count and the level without them, as the account's words say, follows the level."""
    explained = explain(scanner, text)
    assert tuple(one.sentence for one in explained) == scanner.scan(text).sentences
    for one in explained:
        assert by_hand(one) == one.sentence.level
        assert tuple(weighed.finding for weighed in one.weighed) == one.sentence.findings
        assert all(level != one.sentence.level for _, level in one.without)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Voss said nothing.", ("house/told", "Voss said", "except", "said nothing", "house/told", 7)),
        ("Voss said he denied it.", ("house/told", "Voss said", "unless", "denied", "house/told", 8)),
        ("It rained on May Day, “it may rain”.", ("house/maybe", "may", "when", "", "", 19)),
        ("It is may day.", ("house/maybe", "may", "except", "may day", "house/maybe", 23)),
        ("Voss said it may rain.", ("house/told", "Voss said", "longer", "Voss said it may", "house/long", None)),
    ],
)
def test_what_silenced_a_hit(house: Scanner, text: str, said: tuple[str, str, str, str, str, int | None]) -> None:
    """A silenced hit names its rule, what silenced it, on which words, and the line where that is written."""
    (one,) = explain(house, text)
    rule, words, silencer, by_text, by_rule, line = said
    found = next(each for each in one.silenced if each.rule == rule)
    assert (found.text, found.silencer, found.by_text, found.by_rule) == (words, silencer, by_text, by_rule)
    assert found.line.endswith(f"house.fact:{line}") if line else not found.line


def test_only_the_lines_asked_for(scanner: Scanner) -> None:
    """A sentence that runs over several lines belongs to each of them."""
    text = "Voss left. The quay\nis closed. It rained.\n\nThe end came."
    found = {line: [one.sentence.text.split()[0] for one in explain(scanner, text, [line])] for line in range(1, 6)}
    assert found == {1: ["Voss", "The"], 2: ["The", "It"], 3: [], 4: ["The"], 5: []}


def test_counterfactuals(scanner: Scanner) -> None:
    """Each finding that alone keeps the level down is named with the level without it; several are named together."""
    (one,) = explain(scanner, "The guard allegedly left.")
    assert one.without == ((("allegedly",), "asserted"),)
    (one,) = explain(scanner, "Reportedly the guard allegedly left.")
    assert one.without == ((("Reportedly", "allegedly"), "asserted"),)


def test_the_failing_condition_is_named(tmp_path: Path) -> None:
    """Of several `when` lines the account names the one that is not met, also where others add it."""
    for name, text in {"own": OWN, "other": OTHER}.items():
        (tmp_path / f"{name}.fact").write_text(text, "utf-8")
    scanner = Scanner([tmp_path / "own.fact", tmp_path / "other.fact"], builtin=False, cache=False)
    (one,) = explain(scanner, "He said “It has zap” here.")
    assert [(s.silencer, Path(s.line).name) for s in one.silenced] == [("when", "other.fact:9")]
    (one,) = explain(scanner, "It has wap and eff.")
    assert not [s for s in one.silenced if s.silencer in {"longer", "later"} and not s.by_rule]


def test_a_silencing_is_told_once(scanner: Scanner) -> None:
    """Of matches within each other that one line takes away the widest is told."""
    (one,) = explain(scanner, "There is no evidence that the dam leaks, Ruth Abara said.")
    told = [(s.rule, s.silencer, s.line) for s in one.silenced]
    assert len(told) == len(set(told))


def test_wordless_rules_are_left_out_and_change_nothing() -> None:
    """What is told of rules with words is the same as if the hits of all rules were looked at."""
    scanner = Scanner()
    for path in sorted(CASES.rglob("*.txt"))[:20]:
        (part,) = scanner.parts([path.read_text("utf-8")])
        hits = scanner.matcher.hits(part.article)
        judged = Judged(hits, part.findings, part.sources, part.grades)
        numbers = range(len(part.grades))
        reader = Reader(part.article, scanner.program.lists)
        every = Silences(scanner.resolver, reader, hits, part.findings)
        for one in accounts(scanner.resolver, scanner.grader, part.article, judged, numbers):
            plain = [
                gone
                for gone in every.of(one.sentence)
                if scanner.program.rules[gone.hit.rule].match
                and not (gone.by and gone.by.role is Role.MATCH and gone.by.rule == gone.hit.rule)
            ]
            assert set(one.silenced) <= set(plain)
            assert {(gone.hit.rule, gone.silencer, gone.pattern) for gone in one.silenced} == {
                (gone.hit.rule, gone.silencer, gone.pattern) for gone in plain
            }
