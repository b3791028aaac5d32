"""Lint compares only patterns of which one may find all that the other does, and misses none by that."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factcheck import linting
from factcheck.diagnostic import Diagnostic, has_errors
from factcheck.language.compile import compile_files
from factcheck.load import check, parsed
from factcheck.span import Source

_WORDS = ("may", "sink", "{boat}", "{any}", "sail~v", "sailed", "quay", "(may | might)", ",")
_BETWEEN = ("[well]", "...2", "<word>", "[may | ,]", "")
_PATTERN = st.tuples(*map(st.sampled_from, (_WORDS, _BETWEEN, _WORDS))).map(" ".join)
_LINE = st.lists(st.sampled_from(_WORDS) | _PATTERN, min_size=1, max_size=3).map(" | ".join)
_HEAD = "pack made\n\nlist boat = ferry | tug | tug boat\nlist any = {boat} | quay | may sink\n"


def _told(lines: list[str]) -> list[tuple[str, str, int]] | None:
    """What comparing finds in rules with these patterns; None where they are wrong."""
    rules = (
        f'\nrule r{number} : note\n    "M."\n    match {line}\n    flag "Quay."\n' for number, line in enumerate(lines)
    )
    source = Source("made.fact", _HEAD + "".join(rules))
    problems: list[Diagnostic] = []
    files = parsed([source], problems)
    compiled = compile_files(files, problems)
    if has_errors(problems):
        return None
    found, unfinished = linting.compared(files, compiled.written, [])
    assert not unfinished
    return sorted((one.code, one.message.split(" `")[0], one.labels[0].span.start) for one in found)


@given(st.lists(_LINE, min_size=2, max_size=5))
@settings(deadline=None)
def test_all_are_compared_that_need_be(lines: list[str]) -> None:
    """As much is found as where each pattern is compared with every other."""
    found = _told(lines)
    assume(found is not None)
    with pytest.MonkeyPatch.context() as patch:
        everything = lambda near, _pattern: [one for one, _ in near._all]  # noqa: E731, SLF001 -- what it has instead
        patch.setattr("factcheck.linting._Near.of", everything)
        assert found == _told(lines)


def test_rules_that_begin_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many rules that share most words each is compared with few, which takes few steps."""
    monkeypatch.setattr(linting, "_STEPS", 60_000)
    monkeypatch.setattr(linting, "_STEPS_PER_CHARACTER", 0)
    lines = [f"could ...5 word{number} (sink | sail~v)" for number in range(300)]
    assert _told([*lines, "could ...3 word7 sink"]) == []
    assert [code for code, *_ in _told(["could ...3 word7 sink", *lines]) or ()] == ["FC103"]


def test_a_name_given_twice() -> None:
    """Where two packs have one name, and rules of one name with other lines, that is reported, and nothing of lines."""
    rule = 'pack made\n\nrule r : note\n    "M."\n    match quay\n{more}    flag "Quay."\n    pass "Mill."\n'
    texts = (rule.format(more="    match quay\n"), rule.format(more=""))
    problems: list[Diagnostic] = []
    check([Source(f"{number}.fact", text) for number, text in enumerate(texts)], problems)
    assert [one.code for one in problems] == ["FC025"]
