"""Pages that a scan keeps for the next one, which prints them again where a file is as it was."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from factcheck_cli.looked import sign
from factcheck_cli.quiet.suppressed import SIDECAR, Suppressions

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from factcheck_cli.presses import Presses
    from factcheck_cli.reading import Part, Text
    from factcheck_cli.settings import Settings
    from factcheck_cli.work import Printed

_MOST: Final = 1 << 28
"""Bytes of pages that are kept."""
_RECENT: Final = 2 * 10**9
"""Nanoseconds after a change within which there may be another that a file system gives the same time."""


class Reprints:
    """Prints parts in this process, with the rules that are loaded: those of before, if these are kept for longer."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, list[Printed]] = {}

    def printed(
        self, presses: "Presses", parts: "Iterable[Part]", announce: "Callable[[Text], object]"
    ) -> "Iterator[Printed]":
        """What becomes of the parts: what was printed of them the last time, where it would be the same."""
        now: dict[Hashable, list[Printed]] = {}
        room = _MOST
        for part in parts:
            press = presses.of(part)
            key = _key(press.settings, part)
            made = list["Printed"]()
            for one in self._kept.get(key) or press.printed((part,), announce):
                yield one
                room -= len(one.output)
                if room >= 0:
                    made.append(one)
            # What could not be read may be readable the next time, though its file is the same.
            if key is not None and room >= 0 and not any(told.is_failure for one in made for told in one.told):
                now[key] = made
        self._kept = now


def _key(settings: "Settings", part: "Part") -> "Hashable | None":
    """What the pages of a part depend on beside the rules; None where that is more than can be told."""
    if settings.db or part.stream or not all(isinstance(one, Suppressions) for one in settings.quiet):
        return None
    signs = sign(part.path), sign(f"{part.path}{SIDECAR}")
    if not signs[0] or any(one and time.time_ns() - int(one[0]) < _RECENT for one in signs):
        return None
    return replace(settings, quiet=()), part, signs, time.strftime("%Y-%m-%d")  # for suppressions expire
