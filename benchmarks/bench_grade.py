"""How long hits take to become findings, findings levels and sources, and all of it a document."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize("stage", ["resolve", "grade", "document"])
def bench_grade(measure_stage: Callable[[str, str], None], stage: str, size: str) -> None:
    """The stage by itself."""
    measure_stage(stage, size)
