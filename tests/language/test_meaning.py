"""What statements, fields and conditions mean: which findings are left, and what they carry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck import Finding, RuleError, Scanner
from factcheck.load import load

Make = Callable[..., Scanner]


def rule(head: str, *lines: str) -> str:
    """A rule of these lines, with a message, and with examples on a word of its own."""
    own = f"zzz{head.split(maxsplit=1)[0]}"
    body = ['"It is tried."', *lines, f"match {own}", f'flag "{own}"', 'pass "It works."']
    return f"rule {head}\n" + "".join(f"    {line}\n" for line in body)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return `make(text, …)`: a scanner with a pack `p0`, `p1` … of each of the texts."""

    def scanner(*texts: str) -> Scanner:
        for number, text in enumerate(texts):
            head = "" if text.startswith("pack") else f"pack p{number}\n\n"
            (tmp_path / f"{number}.fact").write_text(head + text, "utf-8")
        return Scanner([tmp_path], builtin=False, cache=False)

    return scanner


def findings(scanner: Scanner, text: str) -> list[Finding]:
    """All findings of a text, in order."""
    return [finding for sentence in scanner.scan(text).sentences for finding in sentence.findings]


def found(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    """The rules that fire on a text and the words they fire on."""
    return [(finding.rule, finding.text) for finding in findings(scanner, text)]


def levels(scanner: Scanner, text: str) -> list[str]:
    """The level of each sentence."""
    return [sentence.level for sentence in scanner.scan(text).sentences]


# ---- except and unless ----

EXCEPT = [
    ("match could", "except could not", "They could not, but she could.", ["could"]),
    ("match could ... win", "except not", "They could not win.", ["could not win"]),
    ("match could ... win", "except could not", "They could not win.", []),
    ("match could not win", "except could not", "They could not win.", []),
    ("match could", "except {soft}", "They could well, but she could.", ["could"]),
    ("match could", "unless surely", "Surely they could.", []),
    ("match could", "unless surely", "Surely. They could.", ["could"]),
    ("match could", "unless they ...4 win", "They could, she said, win.", []),
    ("match could", "except <start> they could", "They could.", []),
    ("match [they] could", "except they", "Now they could.", ["could"]),
]


@pytest.mark.parametrize(("match", "silence", "text", "expected"), EXCEPT)
def test_except_and_unless(match: str, silence: str, text: str, expected: list[str], make: Make) -> None:
    """An `except` silences hits that share a spelt-out token with it, an `unless` its rule in the whole sentence."""
    scanner = make("list soft = could well | might well\n" + rule("a : possible", match, "except yyy {soft}", silence))
    assert [words for _, words in found(scanner, text)] == expected


# ---- containment ----


def test_longer_rule_wins(make: Make) -> None:
    """Within a pack a hit inside a longer one goes, wherever its rule stands."""
    scanner = make(rule("b : possible", "match could not") + rule("a : possible", "match could"))
    assert found(scanner, "They could not, she could.") == [("p0/b", "could not"), ("p0/a", "could")]


def test_later_rule_wins_ties(make: Make) -> None:
    """Of equal hits that of the rule named later stays."""
    scanner = make(rule("b : possible", "match could") + rule("a : probable", "match can | could"))
    assert found(scanner, "They could.") == [("p0/a", "could")]


def test_partial_overlaps_stay(make: Make) -> None:
    """Hits that overlap without one holding the other both stay."""
    scanner = make(rule("a : possible", "match they could") + rule("b : possible", "match could win"))
    assert found(scanner, "So they could win.") == [("p0/a", "they could"), ("p0/b", "could win")]


def test_packs_do_not_override(make: Make) -> None:
    """Across packs nothing is overridden."""
    scanner = make(rule("a : possible", "match could"), rule("a : possible", "match could not"))
    assert found(scanner, "They could not.") == [("p0/a", "could"), ("p1/a", "could not")]


# ---- conditions ----

WHEN = [
    ("in quote", "“They could,” he said. She could.", 1),
    ("outside quote", "“They could,” he said. She could, and he could.", 2),
    ("not in quote", "“They could,” he said. She could, and he could.", 2),
    ("in question", "Could they? They could.", 1),
    ("outside question", "Could they? They could, they could.", 2),
    ("in aside", "They (who could) left and could.", 1),
    ("outside aside", "They (who could) left and could and could.", 2),
    ("in heading", "How They Could Win\n\nThey could, they said, and then they left.", 1),
    ("outside heading", "How They Could Win\n\nThey could and could, they said, and left.", 2),
    ("in caption", "They could.", 0),
    ("in quote or in question", "“They could,” he said. Could she? He could.", 2),
    ("in quote and in question", "“They could,” he said. Could she? He could.", 0),
    ("not (in quote or in question)", "“They could,” he said. Could she? He could.", 1),
    ("not in quote and not in question", "“They could,” he said. Could she? He could.", 1),
    ("not not in quote", "“They could,” he said. He could.", 1),
    ("in question or in quote and in aside", "Could she (“could”)?", 2),
    ("with p1", "They could. They could perhaps.", 1),
    ("without p1", "They could, could. They could perhaps.", 2),
    ("with p1 or in question", "They could. They could perhaps. Could they?", 2),
]


@pytest.mark.parametrize(("when", "text", "count"), WHEN)
def test_when(when: str, text: str, count: int, make: Make) -> None:
    """A condition keeps a rule's hits where it holds and no others."""
    # By an amendment, for a rule's own example would have to meet the condition.
    scanner = make(
        rule("a : possible", "match could"), rule("b : possible", "match perhaps"), f"amend p0/a\n    when {when}\n"
    )
    assert [name for name, _ in found(scanner, text)].count("p0/a") == count


def test_conditions_hold_at_the_first_owned_token(make: Make) -> None:
    """What counts is the place of the first token that the pattern spells out."""
    scanner = make(rule("a : possible", "match could ...4 win"), "amend p0/a\n    when outside quote\n")
    assert found(scanner, "They could “win” it.") == []
    assert found(scanner, "They could now win.") == [("p0/a", "could now win")]


def test_several_whens_are_joined_by_and(make: Make) -> None:
    """Each `when` of a rule must hold."""
    text = rule("a : possible", "match could", "when outside quote", "when outside question")
    assert found(make(text), "Could they? “They could,” he said. He could.") == [("p0/a", "could")]


def test_no_claim_by_conditions_alone(make: Make) -> None:
    """A rule for no-claim may have conditions and no pattern: it hits the whole sentence."""
    text = 'rule a : no-claim\n    "A question."\n    when in question\n    flag "Is it so?"\n    pass "It is so."\n'
    scanner = make(text)
    assert levels(scanner, "Is it so? It is so.") == ["no-claim", "asserted"]
    assert found(scanner, "Is it so?") == [("p0/a", "Is it so?")]


# ---- captures ----


def test_capture_is_leftmost_then_longest(make: Make) -> None:
    """Of the ways to read the kept span a capture starts leftmost and is longest there."""
    text = rule("a : attributed", "match [now] who:(they | they all) [all] [...3 sources] say")
    (finding,) = findings(make(text), "So they all say.")
    assert [(name, words) for name, _, words in finding.captures] == [("who", "they all")]


def test_source_has_the_kind_that_is_given(make: Make) -> None:
    """`source.KIND:( … )` makes the sentence's source, of that kind; without a kind a name is a person's."""
    scanner = make(rule("a : attributed", "match source.collective:(crews) say", "match source:(<name>) says"))
    (first, second) = scanner.scan("Now crews say so. Ruth Abara says so.").sentences
    assert (first.source and (first.source.text, first.source.kind)) == ("crews", "collective")
    assert (second.source and (second.source.text, second.source.kind)) == ("Ruth Abara", "person")


def test_anonymous_source_is_unverified(make: Make) -> None:
    """What only an anonymous source vouches for is unverified."""
    scanner = make(rule("a : attributed", "match source.anonymous:(insiders) say"))
    assert levels(scanner, "Now insiders say so.") == ["unverified"]


# ---- fields ----


def test_findings_carry_the_fields(make: Make) -> None:
    """Level, weight, severity, message and range are the rule's; the defaults are 0.8, warning and no range."""
    scanner = make(
        rule("a : probable", "match likely", "weight 0.65", "severity error", "range 55 80", "tags x, y")
        + rule("b : possible", "match might")
    )
    first, second = findings(scanner, "It is likely. It might.")
    assert (first.level, first.weight, first.severity, first.range) == ("probable", 0.65, "error", (55.0, 80.0))
    assert (second.level, second.weight, second.severity, second.range) == ("possible", 0.8, "warning", None)
    assert first.message == "It is tried."


def test_light_findings_leave_the_level(make: Make) -> None:
    """A finding of weight below 0.5, and a note, leave the level alone."""
    scanner = make(rule("a : possible", "match might", "weight 0.49") + rule("b : note", "match could"))
    assert levels(scanner, "It might. It could.") == ["asserted", "asserted"]
    assert len(findings(scanner, "It might. It could.")) == 2


def test_polarity(make: Make) -> None:
    """The polarity of the finding that sets the level is the sentence's."""
    scanner = make(rule("a : attributed", "match denied", "polarity negative"))
    assert [s.polarity for s in scanner.scan("They denied it. They saw it.").sentences] == ["negative", "positive"]


def test_signals(make: Make) -> None:
    """A finding raises its pack's signal and those it names; `signal off` hides a pack's own."""
    shown = rule("a : possible", "match might", "weight 0.6", "signal hedge 0.9")
    hidden = "pack quiet\n    signal off\n" + rule("a : possible", "match could")
    (sentence,) = make(shown, hidden).scan("It might and could.").sentences
    assert sentence.signals["p0"] == 0.6
    assert sentence.signals["hedge"] == 0.9
    assert sentence.signals["doubt"] == 0
    assert "quiet" not in sentence.signals


# ---- amend and disable ----

AMENDMENTS = [
    ("match perhaps", "It is perhaps so.", [("p0/a", "perhaps")]),
    ("except might well", "It might well.", []),
    ("unless surely", "Surely it might.", []),
    ("when outside quote", "“It might,” he said.", []),
]


@pytest.mark.parametrize("target", ["p0/a", "p0", "*"])
@pytest.mark.parametrize(("field", "text", "expected"), AMENDMENTS)
def test_amend_adds(target: str, field: str, text: str, expected: list[tuple[str, str]], make: Make) -> None:
    """An amendment adds to a rule, to all rules of a pack, or to all rules."""
    scanner = make(rule("a : possible", "match might"), f"amend {target}\n    {field}\n")
    assert found(scanner, text) == expected
    assert found(scanner, "It might.") == [("p0/a", "might")]


def test_amend_replaces(make: Make) -> None:
    """An amendment replaces weight, level, message and severity; the last one counts."""
    amendments = (
        'amend *\n    weight 0.1\namend p0/a\n    weight 0.9\n    level probable\n    severity note\n    "New."\n'
    )
    (finding,) = findings(make(rule("a : possible", "match might"), amendments), "It might.")
    assert (finding.weight, finding.level, finding.severity, finding.message) == (0.9, "probable", "note", "New.")


def test_amend_signals(make: Make) -> None:
    """An amendment's signal takes the place of the rule's own of that name, else it is added."""
    raising = rule("a : possible", "match might", "signal hedge 0.7", "signal doubt 0.4")
    amendments = "amend p0/a\n    signal hedge 0.2\namend *\n    signal weasel 0.3\n    signal p0 0.9\n"
    scanner = make(raising, amendments)
    assert scanner.program.rules[0].signals == (("hedge", 0.2), ("doubt", 0.4), ("weasel", 0.3), ("p0", 0.9))
    signals = scanner.scan("It might.").sentences[0].signals
    assert (signals["hedge"], signals["doubt"], signals["weasel"]) == (0.2, 0.4, 0.3)


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        ("signal hegde 0.5", "FC037", "did you mean `hedge`?"),
        ("signal hedge 1.5", "FC031", "a signal and a weight from 0 to 1"),
        ("signal hedge", "FC031", "a signal and a weight from 0 to 1"),
    ],
)
def test_amend_wrong_signal(field: str, code: str, said: str, make: Make) -> None:
    """A signal that there is not, or without its weight, is told as that of a rule is."""
    with pytest.raises(RuleError, match=said) as error:
        make(rule("a : possible", "match might"), f"amend p0/a\n    {field}\n")
    assert [one.code for one in error.value.diagnostics] == [code]


def test_examples_run_before_amendments(make: Make) -> None:
    """A rule's own examples hold for the rule as written, an amendment's own for the rule as amended."""
    text = 'amend p0/a\n    except might\n    flag "zzza"\n    pass "It might."\n'
    assert found(make(rule("a : possible", "match might", 'flag "It might."'), text), "It might.") == []
    with pytest.raises(RuleError, match="FC061"):
        make(rule("a : possible", "match might"), text.replace("except might", "except could"))


def test_amended_rule_keeps_its_place(make: Make) -> None:
    """An amendment does not make a rule one named later."""
    rules = rule("a : possible", "match might") + rule("b : possible", "match might | may")
    assert found(make(rules, "amend p0/a\n    weight 1\n"), "It might.") == [("p0/b", "might")]


def test_amend_list(make: Make) -> None:
    """`+` adds forms to a list and `-` takes them away, for all that name it."""
    rules = "list soft = may | might | could well\nlist all = {soft} | can\n" + rule("a : possible", "match {all}")
    scanner = make(rules, "amend list p0.soft + perhaps | so to speak\namend list p0.soft - may | could well\n")
    text = "It may, might, could well, can, perhaps, so to speak."
    assert [words for _, words in found(scanner, text)] == ["might", "can", "perhaps", "so to speak"]


def test_disable(make: Make) -> None:
    """A rule or a pack is switched off; its lists stay."""
    soft = "list soft = may | might\n" + rule("a : possible", "match {soft}") + rule("b : possible", "match could")
    user = rule("u : possible", "match {p0.soft} well")
    text = "It may well and could."
    assert found(make(soft, user + "disable p0/b\n"), text) == [("p0/a", "may"), ("p1/u", "may well")]
    assert found(make(soft, user + "disable p0\n"), text) == [("p1/u", "may well")]


def test_gone_targets_are_warnings(make: Make) -> None:
    """What is no longer there to amend or disable is a warning, whatever the amendment's examples say."""
    user = 'amend p0/gone\n    weight 1\n    flag "It might."\ndisable p9\namend list p0.gone + x\n'
    assert [w.code for w in make(rule("a : possible", "match might"), user).warnings] == ["FC101"] * 3


# ---- order and reading ----


def test_lines_go_on(make: Make) -> None:
    """A pattern goes on inside brackets and next to a bar, comments and all."""
    text = "list soft = may | # one\n    might\n    | could # two\nlist more = (\n    {soft}\n\n    can\n)\n"
    scanner = make(text.replace("{soft}\n\n", "{soft} |\n") + rule("a : possible", "match {more}"))
    assert [words for _, words in found(scanner, "It may, might, could, can.")] == ["may", "might", "could", "can"]


def test_carriage_returns_and_mark_are_read(tmp_path: Path) -> None:
    """A file with carriage returns and a byte order mark loads as one without."""
    text = "pack house\n\n" + rule("a : possible", "match might")
    path = tmp_path / "house.fact"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert [r.id for r in load([path], builtin=False, cached=False).program.rules] == ["house/a"]


def test_cache_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from the cache is what was compiled, warnings too."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "house.fact"
    lines = (
        'match source:(<name>) [, ...8 ,] (say~ | *ing) "',
        "except \\( 'No' <end>",
        "when outside quote or with house",
        "range 5 9",
    )
    path.write_text("pack house\n\nlist idle = x\n" + rule("a : possible", *lines), "utf-8")
    first, second = load([path], builtin=False), load([path], builtin=False)
    assert first.program == second.program
    assert first.warnings == second.warnings
    assert first.warnings
