"""Time in turns: several tasks, each once a round, and of each its best time."""

import gc
import time
from collections.abc import Callable, Mapping
from math import inf
from typing import TypeVar

T = TypeVar("T")
Task = Callable[[], object]
Clock = Callable[[], float]


def best(tasks: Mapping[str, Task], rounds: int, clock: Clock = time.process_time) -> dict[str, float]:
    """Seconds that each task took in its best round.

    A machine that others use may be twice as slow for minutes. In turns all are slowed alike. The first round counts
    no more than the others: what a task keeps for the next time it has then.
    """
    found = dict.fromkeys(tasks, inf)
    for _ in range(rounds):
        for name, task in tasks.items():
            found[name] = min(found[name], seconds_of(task, clock)[0])
    return found


def seconds_of(task: Callable[[], T], clock: Clock = time.process_time) -> tuple[float, T]:
    """Seconds that a task takes, and what it gives."""
    gc.collect()  # what was done before is not this one's work
    started = clock()
    given = task()
    return clock() - started, given
