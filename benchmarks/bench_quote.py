"""How long quotations take to be found, and where sentences, speech and asides start."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize("stage", ["quote", "place"])
def bench_quote(measure_stage: Callable[[str, str], None], stage: str, size: str) -> None:
    """The stage by itself."""
    measure_stage(stage, size)
