"""Sentences told apart: by the source they rest on, by its kind, by the rules and packs that find something in them."""

from collections.abc import Sequence

import numpy as np

from factcheck.graded import Graded
from factcheck.language.program import KINDS
from factcheck.text.columns import Rows
from factcheck_cli.stats.sourced import names, sourced


def grouped(part: Graded, by: str) -> tuple[Rows, Rows, Sequence[str]]:
    """Sentences, the numbers of their groups, and what these are called; a sentence may be in several."""
    if by in {"source", "kind"}:
        of = sourced(part)
        if by == "kind":
            return of.sentence, of.kind, KINDS
        called = names(part, of)
        numbers = {name: number for number, name in enumerate(dict.fromkeys(called))}
        return of.sentence, np.array([numbers[name] for name in called], np.intp), tuple(numbers)
    rules = part.program.rules
    called = [rule.id if by == "rule" else rule.pack for rule in rules]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(called))}
    label = np.array([numbers[name] for name in called], np.intp).take(part.findings.rule)
    # A rule that finds several words in a sentence has it once.
    pairs = np.unique(part.findings.sentence * len(numbers) + label)
    return pairs // len(numbers), pairs % len(numbers), tuple(numbers)
