"""Kills a program with signal 9, which it can do nothing about, and has what it leaves looked at each time.

Two ways that miss different things: at moments drawn by lot over the time that the program takes, and before each of
its own steps with files, one after the other. `python tests/made/killed.py STEP MODULE ARGUMENT…` is how the second
one runs a program: as `python -m MODULE ARGUMENT…`, up to that step.
"""

import os
import random
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0
"""Seconds that any program may take."""
_STEPS: Final = frozenset(
    ["open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.copymode"]
)
"""What Python tells of a program's work with files (its audit events)."""

Check = Callable[[], object]
"""Looks at what is left, and raises where something is damaged."""


@dataclass(slots=True)
class Deaths:
    """What became of programs: how many were killed, and how many were done before it came to that."""

    killed: int = 0
    done: int = 0

    def add(self, status: int) -> None:
        """Counts one with this exit status. Raises AssertionError for one that has failed in another way."""
        if status == -signal.SIGKILL:
            self.killed += 1
        else:
            assert status in {0, 1}, f"the program ended with status {status}"
            self.done += 1


@dataclass(frozen=True, slots=True)
class Killer:
    """How a program runs: `-m MODULE ARGUMENT…` behind Python, in the folder, with nothing on its pipes."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] | None = None

    def at_random(self, times: int, check: Check, before: Check | None = None, seed: int = 0) -> Deaths:
        """Runs the program so many times, and kills it at some moment. Each time looks at what it has left.

        `before` prepares each run. How long the program takes is measured first, in a run that nothing ends.
        """
        chance, deaths = random.Random(seed), Deaths()  # noqa: S311 - no secret hangs on it
        if before:
            before()
        self.run()  # which may have rules to compile that the others find in their cache
        if before:
            before()
        begun = time.monotonic()
        self.run()
        takes = time.monotonic() - begun
        check()
        for _ in range(times):
            if before:
                before()
            program = self._start(self.command)
            try:
                program.wait(chance.uniform(0, takes))
            except subprocess.TimeoutExpired:
                program.kill()
            deaths.add(program.wait(PATIENCE))
            check()
        return deaths

    def at_steps(self, check: Check, before: Check | None = None, every: int = 1, most: int = 1_000) -> Deaths:
        """Runs the program again and again, and kills it before its first step with files, its second, and so on.

        Only steps in the folder count: what is read to start up is no matter. It ends with the run that no step ends.
        """
        deaths = Deaths()
        for step in range(1, most, every):
            if before:
                before()
            program = self._start([str(Path(__file__).resolve()), str(step), *self.command[1:]])
            deaths.add(program.wait(PATIENCE))
            check()
            if deaths.done:
                return deaths
        raise AssertionError(f"{most} steps, and the program is not done")

    def run(self) -> None:
        """Runs the program to its end. Raises AssertionError where it fails."""
        status = self._start(self.command).wait(PATIENCE)
        assert status in {0, 1}, f"the program ended with status {status}"

    def _start(self, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        environment = dict(os.environ if self.environment is None else self.environment)
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
        )


def _until(step: int) -> None:
    """Has this process end itself before its step of this number."""
    here, left = f"{Path.cwd().resolve()}{os.sep}", step

    def hear(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if event not in _STEPS or not given or isinstance(given[0], int):
            return
        path = os.path.abspath(os.fsdecode(str(given[0])))  # noqa: PTH100 - links stay links
        if f"{path}{os.sep}".startswith(here):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


if __name__ == "__main__":
    _, number, module, *rest = sys.argv
    sys.argv = [module, *rest]
    sys.path.pop(0)  # this folder, which is no business of the program
    _until(int(number))
    runpy.run_module(module, run_name="__main__", alter_sys=True)
