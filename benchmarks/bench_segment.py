"""How long a text takes to be read as words and marks, and these as sentences."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize("stage", ["lex", "segment"])
def bench_segment(measure_stage: Callable[[str, str], None], stage: str, size: str) -> None:
    """The stage by itself."""
    measure_stage(stage, size)
