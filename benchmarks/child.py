"""What a command takes as a process of its own: seconds, and the most memory it held.

Linux counts into a program's peak what the process that starts it held at that moment. So a small one starts it: this
very file, run as a script, which writes what the system says of its one child. It does so on Linux and macOS.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FACTCHECK = str(Path(sys.executable).parent / "factcheck")
"""The command beside the interpreter that measures."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds on the wall and of the processor, and the peak of memory in bytes: with workers that of the largest."""

    seconds: float
    processor: float
    peak: int


def usage(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Usage:
    """Run a command whose output nobody reads. CalledProcessError: it fails."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "usage.json"
        subprocess.run(
            [sys.executable, "-I", __file__, str(report), *command],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        return Usage(**json.loads(report.read_text("utf-8")))


def _main(report: Path, command: Sequence[str]) -> int:
    started = time.perf_counter()
    child = os.spawnv(os.P_NOWAIT, command[0], list(command))
    _, status, spent = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1_024
    found = Usage(seconds, spent.ru_utime + spent.ru_stime, spent.ru_maxrss * unit)
    report.write_text(json.dumps(asdict(found)), "utf-8")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), sys.argv[2:]))
