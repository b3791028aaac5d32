"""Rule files put to their examples: what passes, what is touched, and what is done anew after a change."""

from pathlib import Path

import pytest

from factcheck import examination
from factcheck.examination import Examination, Examiner
from factcheck.language.probe import Kind
from factcheck.load import RuleError, builtin_sources, load
from factcheck.span import Source

HOUSE = """\
pack house

list nobody = officials | {far} | envoys
list far    = experts

rule unnamed : unverified
    "Nobody who can be named stands behind this."
    match   {nobody} [now] (say | says | claim~v)
    match   it is said
    except  officials say (nothing | no)
    except  {nobody} say they
    unless  in jest | for fun
    when    outside quote
    when    outside aside
    flag    "Officials say the quay is safe."
    pass    "Officials say nothing of it."
    pass    "Officials say it in jest."
    pass    "“Officials say so,” it reads."
"""
RULE = """
rule {name} : possible
    "Only a possibility."
    match   {match}
    flag    "{flag}"
    pass    "{quiet}"
"""


def rule(name: str, match: str, flag: str, quiet: str = "It sank.") -> str:
    """A rule with one `match` line, or several fields behind it."""
    return RULE.format(name=name, match=match, flag=flag, quiet=quiet)


def sources(*texts: str) -> list[Source]:
    """The texts as files a.fact, b.fact and so on."""
    return [Source(f"{chr(97 + number)}.fact", text) for number, text in enumerate(texts)]


def examined(*texts: str, builtin: bool = False) -> Examination:
    """What becomes of the examples of these files."""
    return Examiner(builtin=builtin).examine(sources(*texts))


def untouched(found: Examination) -> list[str]:
    """What no example touches: the file, line, kind and words of each."""
    places = ((part, part.source.place(part.span.start).line) for part in found.untouched)
    return [f"{part.source.name}:{line} {part.kind} {part.text}" for part, line in places]


# Coverage ------------------------------------------------------------------------------------------------------------


def test_each_kind_of_part_may_be_left_out() -> None:
    """A line, an alternative, an optional part, an entry, an exception and a condition that no example touches."""
    found = examined(HOUSE)
    assert untouched(found) == [
        "a.fact:3 list entry {far}",
        "a.fact:3 list entry envoys",
        "a.fact:4 list entry experts",
        "a.fact:8 optional part, taken [now]",
        "a.fact:8 alternative says",
        "a.fact:8 alternative claim~v",
        "a.fact:9 match it is said",
        "a.fact:10 alternative no",
        "a.fact:11 except {nobody} say they",
        "a.fact:12 alternative for fun",
        "a.fact:14 when outside aside",
    ]
    assert (len(found.parts), len(found.touched)) == (21, 10)


def test_all_of_it_may_be_touched() -> None:
    """One more example for each of these parts, and nothing is left."""
    more = """\
    flag    "Envoys now claim it."
    flag    "It is said that experts say so, as envoys says."
    pass    "Officials say no."
    pass    "Officials say they left."
    pass    "Officials say it for fun."
    pass    "The quay, which officials say is safe, sank."
"""
    assert untouched(examined(HOUSE + more)) == []


def test_what_stands_in_an_untouched_part_is_counted_and_not_named() -> None:
    """Of parts within one another the outermost is told of."""
    found = examined("pack house\n" + rule("r", "ash | (birch [and cedar]) elm | oak", "An ash fell."))
    assert untouched(found) == ["a.fact:5 alternative (birch [and cedar]) elm", "a.fact:5 alternative oak"]
    assert (len(found.parts), len(found.touched)) == (6, 2)


def test_a_rule_that_does_not_fire_is_named_alone() -> None:
    """Of a rule whose `flag` fails nothing else is told."""
    found = examined("pack house\n" + rule("r", "ash | elm", "An oak fell."))
    assert untouched(found) == ["a.fact:3 rule r"]


def test_another_rule_s_example_touches_nothing() -> None:
    """A sentence shows what its own rule does; that others fire on it by chance is asked of nobody."""
    text = "pack house\n" + rule("r", "ash | elm", "An ash fell.") + rule("s", "oak", "An oak and an elm fell.")
    assert untouched(examined(text)) == ["a.fact:5 alternative elm"]


def test_a_pass_touches_no_alternative() -> None:
    """What a `pass` silences has not been shown to fire."""
    text = "pack house\n" + rule("r", "ash | elm\n    except elm street", "An ash fell.", "In elm street.")
    assert untouched(examined(text)) == ["a.fact:5 alternative elm"]


def test_a_flag_touches_no_exception() -> None:
    """That an exception silences one hit of two is nothing that a `flag` would miss."""
    text = "pack house\n" + rule("r", "ash\n    except ash street", "An ash fell in ash street.")
    assert untouched(examined(text)) == ["a.fact:6 except ash street"]


def test_an_exception_beside_the_hit_is_not_touched() -> None:
    """An exception that matches and shares no word with a hit silences nothing."""
    text = "pack house\n" + rule("r", "ash\n    except elm\n    except ash street", "Ash.", "Elm in ash street.")
    assert untouched(examined(text)) == ["a.fact:6 except elm"]


def test_the_shortest_gaps_count() -> None:
    """A word that an optional part takes is not left out, though the gap beside it could pass it."""
    text = "pack house\n" + rule("r", "ash [and] ...2 elm", "Ash and elm fell.")
    assert untouched(examined(text)) == ["a.fact:5 optional part, left out [and]"]


def test_a_longer_hit_hides_a_shorter_one() -> None:
    """What a longer hit overrides has not fired."""
    text = "pack house\n" + rule("r", "ash | ash tree", "An ash tree fell.")
    assert untouched(examined(text)) == ["a.fact:5 alternative ash"]


def test_captures_do_not_matter() -> None:
    """A part is told of with all of its brackets, whatever is captured in it."""
    text = "pack house\n" + rule("r", "source:(<name>) say~ | say~ source:((the | a) crew)", "Ada Moss said so.")
    assert untouched(examined(text)) == ["a.fact:5 alternative say~ source:((the | a) crew)"]


def test_lists_may_be_touched_from_other_files() -> None:
    """An entry is touched by whichever of the files has an example that goes through it."""
    lists = "pack trees\n\nlist tall = ash | elm | oak\n" + rule("r", "{tall}", "An ash fell.")
    other = "pack house\n" + rule("r", "{trees.tall} tree", "An elm tree fell.")
    assert untouched(examined(lists, other)) == ["a.fact:3 list entry oak"]


def test_conditions_alone() -> None:
    """A rule without `match` hits every sentence: its conditions are touched where they do not hold."""
    text = (
        'pack core\nlist verb = is | sank\n\nrule bare : no-claim\n    "M."\n'
        "    when verbless\n    when outside quote\n"
        '    flag "The quay at noon."\n    pass "It sank."\n'
    )
    assert untouched(examined(text))[-1] == "a.fact:7 when outside quote"
    assert not any("verbless" in one for one in untouched(examined(text)))


def test_conditions_on_other_packs() -> None:
    """A `with` is touched where the other pack has found nothing."""
    text = "pack house\n" + rule("r", "ash\n    when with trees", "An ash and an elm.", "An ash.")
    assert untouched(examined(text, "pack trees\n" + rule("r", "elm", "An elm."))) == []


def test_headings() -> None:
    """A `flag` of a rule for headings is read as one; a `pass` as running text, which its condition silences."""
    text = "pack house\n" + rule("r", "may\n    when in heading", "Quay May Sink", "The quay may sink.")
    assert untouched(examined(text)) == []


def test_amendments_have_parts_of_their_own() -> None:
    """What an amendment adds is touched by its own examples, which run after all amendments."""
    house = "pack house\n" + rule("r", "ash", "An ash fell.")
    amendment = (
        "amend house/r\n    match elm\n    match oak\n    except ash street\n    weight 0.3\n"
        '    flag "An elm fell."\n    pass "In ash street."\n'
    )
    found = examined(house, amendment)
    assert untouched(found) == ["b.fact:3 match oak"]
    assert [(one.name, one.examples, one.passed) for one in found.examined] == [
        ("house/r", 2, 2),
        ("amend house/r", 2, 2),
    ]


def test_words_added_to_a_list_have_none() -> None:
    """An amended list is read on, and its own entries are touched through it."""
    house = "pack house\n\nlist tree = ash | elm\n" + rule("r", "{tree}", "An ash fell.")
    amendment = 'amend list house.tree + oak\namend house/r\n    match yew\n    flag "An elm, an oak, a yew."\n'
    assert untouched(examined(house, amendment)) == ["a.fact:3 list entry elm"]


def test_too_much_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the steps allowed it is told of no more parts that they are touched; the examples are run all the same."""
    monkeypatch.setattr(examination, "_STEPS", 0)
    monkeypatch.setattr(examination, "_STEPS_PER_CHARACTER", 0)
    found = examined(HOUSE)
    assert (found.complete, found.failures) == (False, ())
    assert {part.kind for part in found.touched} == {Kind.RULE}


# Examples ------------------------------------------------------------------------------------------------------------


def test_failures_are_those_of_a_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example that fails is told of as it is when the file is loaded; what was not run has not passed."""
    text = "pack house\n" + rule("r", "ash", "An elm.", "An ash.") + rule("s", "oak", "!", "Oaks.")
    monkeypatch.chdir(tmp_path)
    Path("a.fact").write_text(text, "utf-8")
    found = examined(text)
    with pytest.raises(RuleError) as caught:
        load(["a.fact"], builtin=False, cached=False)
    assert list(found.failures) == [one for one in caught.value.diagnostics if one.code < "FC100"]
    assert [(one.name, one.examples, one.run, one.passed) for one in found.examined] == [
        ("house/r", 2, 2, 0),
        ("house/s", 2, 1, 1),
    ]


def test_what_does_not_load_is_told_as_a_load_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All problems of files with errors, those of their examples too; built-in packs are not read anew for that."""
    texts = {
        "a.fact": "pack hedge\n" + rule("r", "ash", "An elm."),
        "b.fact": "pack house\n" + rule("r", "{nowhere}", "An elm.") + rule("s", "ash", "An elm.", "An oak."),
        "c.fact": "amend hedge/cuold\n    weight 0.2\n",
    }
    monkeypatch.chdir(tmp_path)
    for name, text in texts.items():
        Path(name).write_text(text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load(list(texts), cached=False)
    with pytest.raises(RuleError) as ours:
        Examiner().examine([Source(name, text) for name, text in texts.items()])
    assert str(ours.value) == str(caught.value)
    assert "pack `hedge` is defined in factcheck_rules/hedge.fact already" in str(ours.value)


def test_the_built_in_packs_pass() -> None:
    """All examples of the built-in packs are run, and pass."""
    found = Examiner(builtin=False).examine(builtin_sources())
    assert not found.failures
    assert sum(one.passed for one in found.examined) == sum(one.examples for one in found.examined) > 700


def test_files_may_build_on_the_built_in_packs() -> None:
    """Lists, rules and packs loaded before the files are known, and their rules do not stand in the way."""
    text = (
        "pack house\n"
        + rule("r", "{core.month} <number>\n    when with hedge", "It may be March 3.", "It is on March 3.")
        + 'amend hedge/may\n    except may speak\n    pass "Members may speak."\n    flag "It may rain."\n'
    )
    found = examined(text, builtin=True)
    assert (found.failures, found.warnings, untouched(found)) == ((), (), [])


# After a change ------------------------------------------------------------------------------------------------------


def test_only_what_a_change_can_matter_to_is_run_again() -> None:
    """The examples of a changed file, and of those that use its lists or ask for its findings, at whatever distance."""
    base = "pack base\n\nlist tree = ash | elm\n" + rule("r", "{tree}", "An ash.")
    lists = "pack lists\n\nlist tall = {base.tree} tree\n" + rule("r", "{tall}", "An ash tree.")
    user = "pack user\n" + rule("r", "{lists.tall} fell", "An ash tree fell.")
    asking = "pack asking\n" + rule("r", "fell\n    when with user", "An ash tree fell.")
    alone = "pack alone\n" + rule("r", "yew", "A yew.")
    amending = 'amend alone/r\n    match box\n    flag "A box."\n'
    examiner = Examiner(builtin=False)
    texts = [base, lists, user, asking, alone, amending]
    everything = ("a.fact", "b.fact", "c.fact", "d.fact", "e.fact", "f.fact")
    assert examiner.examine(sources(*texts)).run == everything
    assert examiner.examine(sources(*texts)).run == ()
    texts[0] = texts[0].replace("ash |", "oak | ash |")
    again = examiner.examine(sources(*texts))
    assert again.run == ("a.fact", "b.fact", "c.fact", "d.fact", "f.fact")
    assert sum(one.passed for one in again.examined) == 11
    texts[4] += "# a comment\n"
    assert examiner.examine(sources(*texts)).run == ("e.fact", "f.fact")


def test_what_is_known_is_not_lost_with_a_mistake() -> None:
    """A file that does not load now takes nothing from the others; mended, it alone is run."""
    one, other = "pack one\n" + rule("r", "ash", "An ash."), "pack other\n" + rule("r", "elm", "An elm.")
    examiner = Examiner(builtin=False)
    examiner.examine(sources(one, other))
    with pytest.raises(RuleError):
        examiner.examine(sources(one, other + "rule\n"))
    assert examiner.examine(sources(one, other)).run == ("b.fact",)


def test_a_file_may_come_and_go() -> None:
    """What is told is told of the files that are there."""
    one, other = "pack one\n" + rule("r", "ash", "An ash."), "pack other\n" + rule("r", "elm", "An elm.")
    examiner = Examiner(builtin=False)
    assert [found.name for found in examiner.examine(sources(one, other)).examined] == ["one/r", "other/r"]
    assert [found.name for found in examiner.examine(sources(one)).examined] == ["one/r"]
