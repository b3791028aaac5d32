"""What silences are asked for on the command line, and what is told of them at the end of a scan."""

from typing import TYPE_CHECKING

from factcheck_cli.terminal.console import fail, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck_cli.log import Log
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.silence import Quiet


def asked(since: str | None, paths: "Sequence[str]", *, suppressions: bool) -> "tuple[Quiet, ...]":
    """Who has silences to tell of, or the end of the program where that cannot be known."""
    found: list[Quiet] = []
    if suppressions:
        from factcheck_cli.quiet.suppressed import today

        found.append(today())
    if since is not None:
        from factcheck_cli.quiet.since import SinceError
        from factcheck_cli.quiet.since import since as changed

        try:
            found.append(changed(since, paths))
        except SinceError as error:
            fail(str(error))
    return tuple(found)


def tell(counts: "Counts", log: "Log", *, summed: bool, shown: bool, known: bool) -> None:
    """What there is to tell of silences; how many there are, unless a summary has said it, or says it of the known."""
    from factcheck_cli.quiet.counts import summed as how_many

    for place, message in counts.warnings():
        log.warning(place, message)
    for place, message in counts.notes():
        log.note(place, message)
    silent = {kind: number for kind, number in counts.silent.items() if number and not (known and kind == "known")}
    if silent and not summed:
        hint = "" if shown or "suppressed" not in silent else "; --report-suppressed shows what is suppressed"
        say(f"{how_many(silent)}{hint}")
