"""What the program asks of the C library, where there is one that can be asked."""

import ctypes
import sys
from types import SimpleNamespace

import pytest

from factcheck_cli.work import memory


def test_freed_memory_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both thresholds are set, on Linux only, and only where the C library has them."""
    asked: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda *option: asked.append(option))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(sys, "platform", "darwin")
    memory.keep()
    assert asked == []
    monkeypatch.setattr(sys, "platform", "linux")
    memory.keep()
    assert [option for option, _ in asked] == [-3, -1]
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    memory.keep()
    assert len(asked) == 2
