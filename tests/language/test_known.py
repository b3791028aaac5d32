"""Patterns that were parsed before are what parsing them anew gives."""

from pathlib import Path

import orjson
import pytest
from hypothesis import given

from damaged import VALID
from factcheck import cache
from factcheck.language import parse as parser
from factcheck.language.known import Known
from factcheck.language.parse import parse
from factcheck.load import parsed
from factcheck.span import Source
from odd_file import made


@given(made())
def test_known_patterns_are_the_same(text: str) -> None:
    """Those of any file, through JSON and back, and those that are used twice in it."""
    source = Source("made.fact", text)
    known = Known()
    file, problems = parse(source, known)
    again = Known(orjson.loads(orjson.dumps(known.kept())))
    assert parse(source, again) == (file, problems)
    assert not again.grown
    assert orjson.dumps(again.kept()) == orjson.dumps(known.kept())


def test_what_is_known_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file that has changed only what is new is parsed, and only what is still there is kept."""
    known = Known()
    parse(Source("a.fact", "list a = x y\nlist b = (x | y) z"), known)
    seen: list[str] = []
    real = parser.pattern_grammar

    def watched(word: str) -> object:
        seen.append(word)
        return real(word)

    monkeypatch.setattr(parser, "pattern_grammar", watched)
    again = Known(known.kept())
    parse(Source("a.fact", "list a = x y\nlist c = new"), again)
    assert len(seen) == 1
    assert again.grown
    assert list(again.kept()) == ["x y", "new"]


@pytest.mark.parametrize("kept", [None, 3, [1], {"x y": 3}, {"x y": []}, {"x y": [99, 0, 1]}, {"x y": [11, 0, 1]}])
def test_what_is_damaged_is_parsed(kept: object) -> None:
    """Whatever is kept under the text, the tree is that of the pattern."""
    source = Source("a.fact", "list a = x y")
    assert parse(source, Known(kept)) == parse(source)


def test_files_are_remembered_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file of patterns for each, written when there is something new in it, and not where nobody asks for it."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    source = Source("house.fact", VALID)
    first = parsed([source], [])
    assert not (tmp_path / "cache").exists()
    assert parsed([source], [], cached=True) == first
    (kept,) = (tmp_path / "cache").iterdir()
    before = kept.stat().st_mtime_ns
    assert parsed([source], [], cached=True) == first
    assert kept.stat().st_mtime_ns == before
    parsed([Source("house.fact", "list a = new")], [], cached=True)
    assert list(cache.read_json(kept.stem, kept.suffix)) == ["new"]
    cache.write(kept.stem, b"no JSON", kept.suffix)
    assert parsed([source], [], cached=True) == first


def test_names_are_those_of_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one name in two folders are two, the built-in packs are the same wherever one stands."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    for folder, number in (("a", 2), ("b", 3)):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        parsed([Source("house.fact", "list a = x"), Source("factcheck_rules/made.fact", "list a = y")], [], cached=True)
        assert len(list((tmp_path / "cache").iterdir())) == number
