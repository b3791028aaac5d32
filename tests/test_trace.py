"""One rule followed on a sentence: each stage says what the rule does there, and the level is that without it."""

from pathlib import Path

import pytest

from factcheck import Scanner
from factcheck.trace import Trace, trace

HOUSE = """\
pack house

list nobody = officials | experts

rule told : attributed
    "Told."
    match   source:(<name>) [, ...4 ,] said
    match   source:({nobody}) ...2 say~
    except  said nothing
    except  say~ no word
    unless  denied
    when    outside quote
    flag    "Voss said so."
    pass    "Voss said nothing."

rule long : possible
    "Long."
    match   source:(<name>) said [that] it may
    flag    "Voss said it may rain."
    pass    "Voss said so."

rule maybe : possible
    "Maybe."
    match   may | state could
    when    outside aside
            # and a second condition
    when    outside quote
    flag    "The state could act."
    pass    "It rains."

rule same : probable
    "The same."
    match   may
    when    outside question
    flag    "It may rain."
    pass    "May it rain?"

rule asks : no-claim
    "A question."
    when    in question
    flag    "Is it so?"
    pass    "It is so."

rule also : note
    "Also."
    match   rain*
    when    with other
    flag    "Perhaps it rains."
    pass    "It rains."
"""
OTHER = """\
pack other

rule perhaps : possible
    "Perhaps."
    match   perhaps
    flag    "Perhaps it rains."
    pass    "It rains."

amend house/told
    match   <name> {house.nobody}
    except  said that
"""


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """Six rules, one of them amended."""
    folder = tmp_path_factory.mktemp("rules")
    for name, text in (("house", HOUSE), ("other", OTHER)):
        (folder / f"{name}.fact").write_text(text, "utf-8")
    return Scanner([folder / "house.fact", folder / "other.fact"], builtin=False, cache=False)


def one(scanner: Scanner, text: str, rule: str) -> Trace:
    """The trace of the rule on a text of one sentence."""
    (found,) = trace(scanner, text, rule)
    return found


def places(found: Trace) -> list[tuple[str, int, tuple[str, ...], str]]:
    """The patterns: the field, the number of the line, what they find, how near they come."""
    return [
        (each.field, int(each.line.rpartition(":")[2]), tuple(words.text for words in each.matches), each.nearest)
        for each in found.attempts
    ]


def test_words_and_shapes(scanner: Scanner) -> None:
    """The sentence as patterns see it."""
    found = one(scanner, "Ruth Abara won't pay 30 crowns on 3 May 2024.", "house/told")
    assert found.words == ("Ruth", "Abara", "won't", "pay", "30", "crowns", "on", "3", "May", "2024", ".")
    assert ("name", "Ruth Abara") in found.runs
    assert ("number", "30") in found.runs
    assert ("date", "3 May 2024") in found.runs


def test_each_pattern_is_tried(scanner: Scanner) -> None:
    """Those of the rule, then those of its amendments, with the lines they are written in."""
    found = one(scanner, "Experts here now say no word, Voss said.", "house/told")
    assert places(found) == [
        ("match", 7, ("Voss said",), ""),
        ("match", 8, ("Experts here now say",), ""),
        ("match", 10, (), "gets as far as “Voss”, but `{house.nobody}` does not follow"),
        ("except", 9, (), ""),
        ("except", 10, ("say no word",), ""),
        ("except", 11, (), ""),
        ("unless", 11, (), ""),
    ]
    assert [each.line.rpartition("/")[2].partition(":")[0] for each in found.attempts][2] == "other.fact"


@pytest.mark.parametrize(
    ("text", "rule", "near"),
    [
        ("Officials here left.", "house/told", "gets as far as “Officials”, but `...2 say~` does not follow"),
        ("They said so.", "house/told", "finds “said”, but `source:({nobody}) ...2` does not stand before it"),
        ("It rained in May.", "house/maybe", "would match “May”, but the capital there makes a name of it"),
        ("The State could act.", "house/maybe", "would match “State could”, but the capital there makes a name of it"),
        ("The state may not.", "house/long", "finds “may”, but `it` does not stand before it"),
        ("It is dry.", "house/maybe", ""),
    ],
)
def test_how_near_it_comes(scanner: Scanner, text: str, rule: str, near: str) -> None:
    """Of what matches nothing it is told how far it gets."""
    assert near in [each.nearest for each in one(scanner, text, rule).attempts]


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("Voss said nothing.", "house/told", ("except", "said nothing", "house/told", 9)),
        ("Voss said that it rains.", "house/told", ("except", "said that", "house/told", 11)),
        ("Voss said he denied it.", "house/told", ("unless", "denied", "house/told", 11)),
        ("“Voss said so.”", "house/told", ("when", "", "", 12)),
        ("It rained, “it may rain”.", "house/maybe", ("when", "", "", 27)),
        ("Voss said it may rain.", "house/told", ("longer", "Voss said it may", "house/long", None)),
        ("It may rain.", "house/maybe", ("later", "may", "house/same", None)),
        ("It rains.", "house/also", ("when", "", "", 47)),
    ],
)
def test_what_takes_a_hit_away(scanner: Scanner, text: str, rule: str, said: tuple[str, str, str, int | None]) -> None:
    """The line or the rule that won, as in the account of the sentence."""
    (hit, *_) = one(scanner, text, rule).hits
    assert hit.weighed is None
    assert hit.silenced
    silencer, by, other, line = said
    assert (hit.silenced.silencer, hit.silenced.by_text, hit.silenced.by_rule) == (silencer, by, other)
    assert hit.silenced.line.endswith(f".fact:{line}" if line else "")
    assert bool(hit.silenced.line) == bool(line)


def test_conditions_are_told_one_by_one(scanner: Scanner) -> None:
    """Each `when` with its line, and whether it holds where the hit stands."""
    (hit,) = one(scanner, "It rained, “it may rain”.", "house/maybe").hits
    assert [(each.line.rpartition(":")[2], each.text, each.holds) for each in hit.conditions] == [
        ("25", "outside aside", True),
        ("27", "outside quote", False),
    ]
    assert hit.places == ("quote",)
    (hit,) = one(scanner, "Perhaps it rains.", "house/also").hits
    assert [each.holds for each in hit.conditions] == [True]


def test_rule_of_conditions_alone(scanner: Scanner) -> None:
    """It has no pattern; its hit is the sentence."""
    found = one(scanner, "Is it so?", "house/asks")
    assert found.attempts == ()
    (hit,) = found.hits
    assert (hit.words.text, hit.places) == ("Is it so?", ("question",))
    assert (found.sentence.level, found.without) == ("no-claim", "asserted")


def test_level_without_the_rule(scanner: Scanner) -> None:
    """What the rule overrides comes back where it is gone, as if it were switched off."""
    found = one(scanner, "Voss said it may rain.", "house/long")
    assert (found.sentence.level, found.without) == ("possible", "probable")  # by `same`, and `told` beside it
    assert [hit.weighed.level for hit in found.hits if hit.weighed] == ["possible"]
    assert one(scanner, "It may rain.", "house/same").without == "possible"
    assert one(scanner, "It rains.", "house/same").without == "asserted"


def test_offsets_are_those_of_the_text(scanner: Scanner) -> None:
    """In each sentence of a text, whatever stands before it; lines choose the sentences."""
    text = "It rains.\n\nVoss said so. It may rain.\n"
    assert [found.line for found in trace(scanner, text, "house/told")] == [1, 3, 3]
    found = trace(scanner, text, "house/told", [3])
    assert [found.line for found in found] == [3, 3]
    (hit,) = found[0].hits
    assert text[hit.words.span.start : hit.words.span.end] == hit.words.text == "Voss said"


def test_record(scanner: Scanner) -> None:
    """JSON has the sentence as a scan has it, and what the rule does beside it."""
    record = one(scanner, "Voss said nothing.", "house/told").to_record("a.txt")
    assert record["doc"] == "a.txt"
    assert record["level"] == "asserted"
    assert record["patterns"][0]["matches"] == [{"start": 0, "end": 9, "text": "Voss said"}]
    assert record["hits"][0]["silenced"]["silencer"] == "except"
    assert record["hits"][0]["finding"] is None
    assert record["without_rule"] == "asserted"


def test_unknown_rule(scanner: Scanner) -> None:
    """A rule that is not there cannot be followed."""
    with pytest.raises(ValueError, match="not in list"):
        trace(scanner, "It rains.", "house/gone")


def test_every_built_in_rule_can_be_followed() -> None:
    """On a story each rule's findings are those of the scan, and its lines are as many as its patterns."""
    scanner = Scanner()
    text = (Path(__file__).parents[1] / "docs" / "examples" / "harbour.txt").read_text("utf-8")
    sentences = scanner.scan(text).sentences
    for rule in {finding.rule for sentence in sentences for finding in sentence.findings}:
        traces = trace(scanner, text, rule)
        assert tuple(found.sentence for found in traces) == sentences
        for found in traces:
            kept = [hit.weighed.finding for hit in found.hits if hit.weighed]
            assert kept == [finding for finding in found.sentence.findings if finding.rule == rule]
            assert all((hit.weighed is None) != (hit.silenced is None) for hit in found.hits)
