"""Costs of patterns: counted as the matcher works, the same every time, and what is spared is spared."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck import Scanner
from factcheck.judge import dfa, expense, profile
from factcheck.judge.dfa import DEAD, FLAGS
from factcheck.judge.expense import reasons
from factcheck.judge.hits import Role
from factcheck.judge.match import Matcher
from factcheck.judge.nfa import Goal
from factcheck.judge.profile import Cost, Profile
from factcheck.judge.reference import Reader, rule_patterns
from factcheck.judge.walk import follow, lane, ways
from factcheck.language.pattern import (
    Affix,
    Alt,
    Any,
    Capture,
    Edge,
    Gap,
    Lists,
    Mark,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
)
from factcheck.language.pattern import Words as Set
from factcheck.language.program import Program
from factcheck.text.article import Article, read_all

TEXTS = (
    (Path(__file__).parents[2] / "docs" / "examples" / "harbour.txt").read_text("utf-8"),
    "The mill closed in May. “It may open again,” said Ruth Abara. “We hope so.”",
    "",
    "Officials in Orrin say that the old quay, which is closed, could not be saved from the sea in a year.",
)
RULES = """\
pack house

list nobody = officials | experts | port officials
list words  = {words}

rule one : note
    "One."
    match   {{nobody}} ...8 say~
    match   source:(<name>) [, ...4 ,] said | said source:(<name>)
    except  (the | a) [<word>] (ferry | port)
    unless  <start> the <adverb>
    flag    "Officials say so."
    pass    "Officials slept."

rule two : note
    "Two."
    match   could [not] | may
    match   <word> again
    match   {{words}} ...12 {{words}} ...12 {{words}} year
    flag    "It could."
    pass    "It did."
"""
WORDS = " | ".join(f"{letter}{letter}{letter}" for letter in "abcdefghijklm") + " | of | in | a | the | from | to | was"


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """Two rules with patterns of both directions."""
    file = tmp_path_factory.mktemp("rules") / "house.fact"
    file.write_text(RULES.format(words=WORDS), "utf-8")
    return Scanner(file, builtin=False, cache=False)


def profiled(program: Program) -> tuple[Profile, Article, Matcher]:
    """The profile on the texts by a matcher that has read nothing yet."""
    matcher = Matcher(program)
    article = read_all(TEXTS, lexicon=matcher.symbols.lexicon)
    return profile.profile(matcher, [article]), article, matcher


def of(found: Profile, rule: int, role: Role, number: int) -> Cost:
    """The cost of one pattern."""
    return next(one for one in found.costs if (one.goal.rule, one.goal.role, one.number) == (rule, role, number))


def test_hits_are_those_of_the_reference(scanner: Scanner) -> None:
    """Each pattern is found wherever the definition finds it."""
    found, article, _ = profiled(scanner.program)
    reader = Reader(article, scanner.program.lists)
    assert len(found.costs) == 7
    for cost in found.costs:
        pattern = rule_patterns(scanner.program.rules[cost.goal.rule], cost.goal.role)[cost.number]
        spans = {
            (first, end)
            for sentence in range(len(article.sentences))
            for first, end, _ in reader.matches((pattern,), sentence)
        }
        assert cost.hits == len(spans)
        assert cost.places <= cost.steps
        assert not cost.crowded


def test_steps_are_those_of_the_automata(scanner: Scanner) -> None:
    """All patterns together take as many steps as the automata that the matcher works with."""
    found, article, matcher = profiled(scanner.program)
    symbols, way = matcher.symbols.of(article), ways(article)
    steps = 0
    for automaton, backwards in zip(matcher._dfas, (False, True), strict=True):  # noqa: SLF001 - what is compared with
        columns, places = automaton.columns(symbols), way.after if backwards else way.before
        first = automaton.step(places.astype(np.int32) << FLAGS, columns)
        begins = np.flatnonzero(first != DEAD)
        reached = np.zeros(len(symbols), np.uint8)
        there = lane(columns, way, slice(None), backwards=backwards)
        follow(automaton, there, begins, columns.take(begins), places.take(begins), reached=reached)
        steps += int((reached.take(begins).astype(int) + 1).sum())
    assert found.steps == steps
    assert found.tokens == len(article.tokens)


def test_shares_make_the_whole(scanner: Scanner) -> None:
    """Shares add up to all, and the most costly pattern stands first."""
    found, _, _ = profiled(scanner.program)
    assert sum(cost.share for cost in found.costs) == pytest.approx(1)
    assert [cost.share for cost in found.costs] == sorted((cost.share for cost in found.costs), reverse=True)
    assert all(cost.spares <= cost.share * found.steps + 1e-6 for cost in found.costs)


def test_what_is_spared_is_spared(scanner: Scanner) -> None:
    """Without a pattern there are as many steps less as it says."""
    found, _, _ = profiled(scanner.program)
    for cost in found.costs:
        rules = list(scanner.program.rules)
        rule = rules[cost.goal.rule]
        match, excepts, unless = (
            [
                one
                for number, one in enumerate(rule_patterns(rule, role))
                if (role, number) != (cost.goal.role, cost.number)
            ]
            for role in Role
        )
        rules[cost.goal.rule] = replace(rule, match=match, excepts=excepts, unless=unless)
        without, _, _ = profiled(replace(scanner.program, rules=tuple(rules)))
        assert found.steps - without.steps == cost.spares


def test_figures_are_the_same_every_time(scanner: Scanner) -> None:
    """By a matcher that has read much as by one that has read nothing; and however texts are put together."""
    found, _, _ = profiled(scanner.program)
    lexicon = scanner.matcher.symbols.lexicon
    scanner.scan_many(TEXTS)
    assert profile.profile(scanner.matcher, [read_all(TEXTS, lexicon=lexicon)]) == found
    assert profile.profile(scanner.matcher, [read_all([text], lexicon=lexicon) for text in TEXTS]) == found


def test_text_in_shares(scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many walks go together."""
    found, _, _ = profiled(scanner.program)
    monkeypatch.setattr(profile, "_TOGETHER", 3)
    assert profiled(scanner.program)[0] == found


def test_nothing_to_measure(scanner: Scanner) -> None:
    """Without a word nothing costs anything."""
    found = profile.profile(scanner.matcher, [])
    assert (found.tokens, found.steps) == (0, 0)
    assert {(cost.places, cost.steps, cost.share) for cost in found.costs} == {(0, 0, 0.0)}


def test_too_many_states_are_given_up(scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern whose states do not fit is said to be one; the others are counted."""
    monkeypatch.setattr(dfa, "MOST_ITEMS", 60)
    monkeypatch.setattr(dfa, "MAX_ITEMS", 1_000_000)
    found, _, _ = profiled(scanner.program)
    crowded = [cost for cost in found.costs if cost.crowded]
    assert 0 < len(crowded) < len(found.costs)
    (why, *_) = reasons(crowded[0], scanner.program.rules[1].match[2], scanner.program.lists, found.tokens)
    assert why.why == "it brings up so many states that they were not counted to the end"


CHEAP = Cost(
    goal=Goal(Role.MATCH, 0),
    number=0,
    backwards=False,
    places=5,
    steps=15,
    share=0.1,
    spares=0,
    states=9,
    hits=3,
    crowded=False,
    starts=(("the", 4), ("a", 1)),
)
LISTS: Lists = {"p.many": Set(lower=frozenset(f"word{n}" for n in range(300)))}


@pytest.mark.parametrize(
    ("cost", "pattern", "why"),
    [
        (CHEAP, Seq((Set(lower=frozenset({"the"})), Gap(12), Mark("x"))), []),
        (
            replace(CHEAP, places=20, steps=60),
            Seq((Set(lower=frozenset({"the"})), Mark("x"))),
            ["it begins with what is common: “the” (20% of its places), “a” (5% of its places)"],
        ),
        (
            replace(CHEAP, places=20, steps=60, backwards=True),
            Seq((Set(lower=frozenset({"the"})), Maybe(Run("name", possessive=True)), Alt((Any("word"), Mark(","))))),
            ["it ends with what is common: `<word>`, `,`, “the” (20% of its places), “a” (5% of its places)"],
        ),
        (
            replace(CHEAP, places=20, steps=60, starts=()),
            Seq((Maybe(Run("name", possessive=True)), Capture("what", "", Affix("", "ed")), Quote("closing"))),
            ["it begins with what is common: `<name>'s`, `*ed`"],
        ),
        (replace(CHEAP, places=9, steps=54), Seq((Set(lower=frozenset({"so"})), Gap(9), Edge("end"))), [
            "each try goes on for 6.0 words: a gap passes up to 9"
        ]),
        (replace(CHEAP, places=9, steps=50), Ref("p.many"), ["it begins with any of 300 words"]),
        (
            replace(CHEAP, places=9, steps=50, states=120),
            Seq((Set(lower=frozenset({"so"})), Gap(2), Ref("p.many"))),
            ["it brings up 120 states: gaps and alternatives multiply them"],
        ),
        (
            replace(CHEAP, crowded=True),
            Set(lower=frozenset({"so"})),
            ["it brings up so many states that they were not counted to the end"],
        ),
    ],
)  # fmt: skip
def test_reasons(cost: Cost, pattern: Pattern, why: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is common at its end, long gaps, large lists, many states; nothing where it is cheap."""
    monkeypatch.setattr(expense, "ENOUGH", 1_000)
    found = list(reasons(cost, pattern, LISTS, 1_000))
    assert [one.why for one in found] == why
    assert all(one.cheaper for one in found)
    assert cost.crowded or not list(reasons(cost, pattern, LISTS, 999))
