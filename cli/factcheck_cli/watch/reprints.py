"""Pages that a scan keeps for the next one, which prints them again where a file is as it was."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zlib import crc32

from factcheck_cli.inputs.parts import shares
from factcheck_cli.quiet.suppressed import SIDECAR, Suppressions
from factcheck_cli.watch.looked import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from factcheck_cli.inputs.parts import Share
    from factcheck_cli.inputs.text import Part, Text
    from factcheck_cli.work.press import Printed
    from factcheck_cli.work.presses import Presses
    from factcheck_cli.work.settings import Settings

_MOST: Final = 1 << 28
"""Bytes of pages that are kept."""
_FEW: Final = 12
"""Parts that are scanned together, more or less: all of them again when one has changed."""
_LARGE: Final = 1 << 16  # bytes of a part that is scanned alone
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
        for share in (share for few in _few(parts) for share in shares(few)):
            press = presses.of(share[0])
            key = _key(press.settings, share)
            made = list["Printed"]()
            for one in self._kept.get(key) or press.printed(share, announce):
                yield one
                room -= len(one.output)
                if room >= 0:
                    made.append(one)
            # What could not be read may be readable the next time, though its file is the same.
            if key is not None and room >= 0 and not any(told.is_failure for one in made for told in one.told):
                now[key] = made
        self._kept = now


def _few(parts: "Iterable[Part]") -> "Iterator[list[Part]]":
    """A few parts at a time, for one by one takes longer. Their names say where to cut, so that a new one moves few."""
    found = list["Part"]()
    for part in parts:
        found.append(part)
        is_cut = crc32(f"{part.path}:{part.start}".encode(errors="surrogateescape")) % _FEW == 0
        if is_cut or len(found) > 2 * _FEW or part.size > _LARGE:
            yield found
            found = []
    yield found


def _key(settings: "Settings", share: "Share") -> "Hashable | None":
    """What the pages of a share depend on beside the rules; None where that is more than can be told."""
    if settings.db or not all(isinstance(one, Suppressions) for one in settings.quiet):
        return None
    texts = tuple(sign(part.path) for part in share)
    sidecars = tuple(sign(f"{part.path}{SIDECAR}") for part in share)
    last = time.time_ns() - _RECENT
    recent = any(int(one[0]) > last for one in (*texts, *sidecars) if one)
    if recent or None in texts or any(part.stream for part in share):
        return None
    return replace(settings, quiet=()), share, texts, sidecars, time.strftime("%Y-%m-%d")  # for suppressions expire
