"""How long the rules' patterns take to be matched."""

from collections.abc import Callable


def bench_match(measure_stage: Callable[[str, str], None], size: str) -> None:
    """All hits of the built-in packs."""
    measure_stage("match", size)
