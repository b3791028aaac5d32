"""Patterns of paths as git writes them: a library reads them, and none of them takes long, whoever wrote it."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Final

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

# What the library makes of a pattern: of a star, of two as a step of the path, and of two as the first step.
_STAR: Final = "[^/]*"
_STEPS: Final = "(?:/.+)?/"
_FIRST: Final = "^(?:.+/)?"
_OTHER: Final = re.compile(r"\[\^(?!/)")
"""Any character but some. To git a slash is none of these."""
_BETWEEN: Final = re.compile(r"\[\^/\]\*(?P<inner>(?:\\.|\[(?:\\.|[^]\\])+\]|[^][()\\])*?)(?=\[\^/\]\*)", re.DOTALL)
"""A star and what it must lead to before the next star."""


class _Swift(GitIgnoreSpecPattern):
    """A pattern that looks for each of its parts once.

    After a star whatever comes before the next one may be taken where it is met first: the next star takes the rest. So
    do steps between two times any number of steps. All else would be tried for nothing, and in the worst case for ever:
    once for each way to share a path among the stars.
    """

    __slots__ = ()

    @classmethod
    def pattern_to_regex(cls, pattern: str) -> tuple[str | None, bool | None]:  # type: ignore[override]
        """The expression of a line of a file, which is text, and whether it leaves out what it matches."""
        regex, include = super().pattern_to_regex(pattern)
        return regex and _swift(regex), include


spec = partial(GitIgnoreSpec.from_lines, pattern_factory=_Swift, backend="simple")
"""Patterns, a line each, ready to match. Raises ValueError where one is none."""


def patterns(line: str) -> Iterable[tuple["re.Pattern[str]", bool]]:
    """The expressions of a line of an ignore file, each with whether it leaves out what it fits: none or one."""
    for pattern in spec([line]).patterns:
        if pattern.regex is not None and pattern.include is not None:
            yield pattern.regex, pattern.include


def _swift(regex: str) -> str:
    first, *others = _OTHER.sub("[^/", regex).split(_STEPS)
    if others and first.startswith(_FIRST):
        first = f"^(?>(?:.+?/)??{_once(first.removeprefix(_FIRST))}(?=/))"
    else:
        first = _once(first)
    inner = [f"(?>(?:/.+?)??/{_once(one)}(?=/))" for one in others[:-1]]
    return "".join((first, *inner, *(f"{_STEPS}{_once(one)}" for one in others[-1:])))


def _once(steps: str) -> str:
    """Within a step of the path, the same."""
    return _BETWEEN.sub(r"(?>[^/]*?\g<inner>)", steps)
