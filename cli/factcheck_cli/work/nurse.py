"""Texts that may kill a process, one by one in a process of their own: only the one that does it is lost."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from factcheck_cli.inputs.parts import Share
from factcheck_cli.inputs.text import Part
from factcheck_cli.log import Told
from factcheck_cli.tally import Tally
from factcheck_cli.work.press import Printed
from factcheck_cli.work.presses import Loaded
from factcheck_cli.work.worker import DONE, READY, Begun, Singly, Worker

_REMEDY = "perhaps for want of memory; split it and scan the parts"


class DeadWorkerError(Exception):
    """No worker process can be started: each dies before it has anything to do."""


def singly(loaded: Sequence[Loaded], share: Share, folder: Path) -> Iterator[Printed]:
    """What becomes of each text of the share. Raises DeadWorkerError."""
    nurse: Worker | None = None
    try:
        for part in share:
            first: int | None = 0
            while first is not None:
                if nurse is None:
                    nurse = Worker(loaded, folder)
                    if nurse.heard() != READY:
                        raise DeadWorkerError
                nurse.give(Singly(part, first))
                lives, first = yield from _followed(nurse, part, first)
                if not lives:
                    nurse.stop()
                    nurse = None
    finally:
        if nurse:
            nurse.stop()


def _followed(nurse: Worker, part: Part, first: int) -> Generator[Printed, None, tuple[bool, int | None]]:
    """What the process prints; whether it lives, and with which text of the part to go on, if there are more."""
    name = ""
    while (said := nurse.heard()) is not None:
        if said == DONE:
            return True, None
        if isinstance(said, Begun):
            name, first = said.name, first + 1
            yield Printed(b"", Tally(), said.told)
        elif isinstance(said, Printed):
            name = ""
            yield said
    if name:
        yield _lost(name, f"the process that scanned it died, {_REMEDY}")
        return False, first
    yield _lost(part.name, f"the process that read it died, {_REMEDY}")
    return False, None


def _lost(name: str, why: str) -> Printed:
    return Printed(b"", Tally(), [Told(name, why, is_failure=True)])
