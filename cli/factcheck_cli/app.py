"""The program `factcheck`: a plain command line is run at once, any other by the library that knows them all."""

import gc
import os
import signal
import sys
from typing import NoReturn

from factcheck_cli import quick


def main() -> None:
    """Runs the program."""
    lighten()
    told: list[int] = []

    def end(number: int, _: object) -> NoReturn:
        told.append(128 + number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    # So that a scan that is told to end takes its unfinished files and its processes along, as with Ctrl-C.
    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started it wants none
        signal.signal(signal.SIGINT, end)
    try:
        if run := quick.understood(sys.argv[1:]):
            run()
        else:
            from factcheck_cli.commands import run_any

            run_any(sys.argv[1:])
    except KeyboardInterrupt:
        # Typer sees to the rest; this is one that came before or after a command, or in one that was run at once.
        sys.exit(130)
    finally:
        if told:  # some libraries make Ctrl-C, or an error of their own, of what a handler raises
            sys.exit(told[0])


def lighten() -> None:
    """Keeps the start-up from work that is of no use to it: see `Press` for its end."""
    gc.disable()
    # NumPy brings a library of linear algebra along, which would start threads that nothing here ever uses.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    main()
