"""What is printed: what becomes of the parts of its input, in one process or in several, and what is written."""

from typing import TYPE_CHECKING, Final

from factcheck_cli.output.sink import reason
from factcheck_cli.tally import Tally
from factcheck_cli.terminal.console import fail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from factcheck_cli.archive import NoArchive
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.log import Log
    from factcheck_cli.output.sink import Out
    from factcheck_cli.watch.reprints import Reprints
    from factcheck_cli.work.press import Printed
    from factcheck_cli.work.presses import Presses
    from factcheck_cli.work.worker import Kept

LEFT: Final = "what is left"
"""What is told of as not read where nobody knows what it is."""


def printed(  # noqa: PLR0913, PLR0917 - all that a scan has to do with
    presses: "Presses",
    parts: "Iterable[Part]",
    jobs: int,
    out: "Out",
    log: "Log",
    keep: "NoArchive",
    reprints: "Reprints | None" = None,
) -> Tally:
    """Writes the beginning, the pages of all texts, and the end, and keeps what is to be kept; what was counted."""
    press = presses.first
    parts = press.fitted(parts)
    tally = Tally()
    between = b""
    out.write(press.format.begin(presses.rulebook, press.settings.style, file=press.settings.to_file))
    try:
        for one in worked(presses, parts, jobs, out, log, reprints):
            log.tell(one.told)
            if one.output:
                out.write(between)
                out.put(one.output)
                between = press.format.between
            keep.take(one.kept)
            tally.add(one.tally)
            log.show(tally)
            del one  # its pages may be large
    finally:
        log.clear()
    tally.unread = log.unread
    if told := press.format.unread(log.unread):
        out.write(between + told)
    out.write(press.format.end(tally, press.settings.style))
    return tally


def worked(  # noqa: PLR0913, PLR0917 - the same
    presses: "Presses",
    parts: "Iterable[Part]",
    jobs: int,
    out: "Out",
    log: "Log",
    reprints: "Reprints | None" = None,
) -> "Iterator[Printed | Kept]":
    """What becomes of the parts, in this process, perhaps as before, or in several."""
    from factcheck_cli.inputs.parts import shares
    from factcheck_cli.work.press import Printed

    if reprints:
        yield from reprints.printed(presses, parts, log.begin)
        return
    if jobs == 1:
        for share in shares(parts):
            yield from presses.of(share[0]).printed(share, log.begin)
        return
    from factcheck_cli.log import Told
    from factcheck_cli.work.nurse import DeadWorkerError
    from factcheck_cli.work.pool import SegmentError, shared
    from factcheck_cli.work.worker import RulesChangedError

    try:
        yield from shared(presses.loaded, shares(parts), jobs, out.folder)
    except DeadWorkerError:
        why = "worker processes die as soon as they start; scan with --jobs 1"
        yield Printed(b"", Tally(), [Told(LEFT, why, is_failure=True)])
    except RulesChangedError:
        log.clear()
        fail("rule files were changed while the scan was under way; run it again")
    except SegmentError as error:
        log.clear()
        said = f"{error.folder}: the pages of --jobs cannot wait for their turn here: {reason(error.error)}"
        fail(f"{said}; --jobs 1 needs no room for them")
