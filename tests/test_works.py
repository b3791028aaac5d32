"""Scanners that rest: what is large goes, comes back from the cache, and finds the same."""

import gc
import weakref
from pathlib import Path

import pytest

from factcheck import Scanner, cache

TEXT = "Officials say the quay could sink. “It sank,” said Ada Voss of the harbour board."


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    return tmp_path


def found(scanner: Scanner) -> list[dict[str, object]]:
    """What it finds in the text."""
    return scanner.scan_many([TEXT]).to_records()


def test_one_at_rest_is_gone_at_once_and_finds_the_same_when_it_is_back(kept: Path) -> None:
    """Nothing else holds it, not even in a circle; its program, and what was made of it, stay."""
    scanner = Scanner(packs="numbers")
    loud = scanner.with_severities({"hedge/could": "error"})
    before, severe = found(scanner), found(loud)
    gc.collect()
    gc.disable()
    try:
        held = [weakref.ref(one) for one in scanner.works.stages]
        scanner.works.rest()
        assert ([one() for one in held], scanner.works.is_awake) == ([None] * 3, False)
    finally:
        gc.enable()
    assert (found(scanner), found(loud)) == (before, severe)
    assert list(kept.glob("*.tables"))


def test_damaged_tables_are_made_anew(kept: Path) -> None:
    """As when a program is loaded."""
    scanner = Scanner()
    before = found(scanner)
    scanner.works.rest()
    for file in kept.glob("*.tables"):
        file.write_bytes(b"x")
    assert found(scanner) == before


@pytest.mark.parametrize("options", [{"cache": False}, {"select": "hedge"}])
def test_what_the_cache_does_not_know_never_rests(kept: Path, options: dict[str, object]) -> None:
    """To make it anew would take seconds."""
    scanner = Scanner(**options)  # type: ignore[arg-type] # options of any kind
    scanner.works.rest()
    assert scanner.works.is_awake
    for file in kept.glob("*.tables"):
        file.unlink()
    scanner = Scanner()
    for file in kept.glob("*.tables"):
        file.unlink()
    scanner.works.rest()
    assert scanner.works.is_awake
