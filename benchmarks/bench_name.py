"""How long names take to be found, and numbers, money, dates and their like."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize("stage", ["name", "shape"])
def bench_name(measure_stage: Callable[[str, str], None], stage: str, size: str) -> None:
    """The stage by itself."""
    measure_stage(stage, size)
