"""Rules of our own: what stands for a rule where a sentence is reported and no rule says why."""

from typing import Final

PACK: Final = "factcheck"

UNREAD: Final = f"{PACK}/unread"
"""What stands for a rule where an input could not be read, in formats in which everything has one."""

OWN: Final = {
    "factcheck/no-speaker": "A quotation, and nobody is found who says it.",
    "factcheck/quotation": "A quotation, and its speaker stands behind it.",
    "factcheck/statement": "The writer's own statement.",
}
"""They, and what is said then."""


def own_rule(level: str, *, has_source: bool) -> str:
    """Which of them says why a sentence without a finding has its level."""
    return f"{PACK}/{'quotation' if has_source else 'statement' if level != 'unverified' else 'no-speaker'}"
