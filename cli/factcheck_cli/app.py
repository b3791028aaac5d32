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
    _open_closed()
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


def _open_closed() -> None:
    """Gives what was closed by whoever started the program (`>&-`) to nobody, here and in processes started from here.

    Else the next file that is opened would be taken for it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            file = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the program runs
            os.set_inheritable(file.fileno(), True)
            setattr(sys, name, file)


def lighten() -> None:
    """Keeps the start-up from work that is of no use to it: see `Press` for its end."""
    gc.disable()
    # NumPy brings a library of linear algebra along, which would start threads that nothing here ever uses.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    main()
