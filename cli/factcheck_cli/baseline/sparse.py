"""Files that a sparse checkout of git leaves out: they are not there, and not gone either."""

import os
import subprocess
from functools import cache
from typing import Final

from factcheck_cli.upwards import is_checkout, upwards

_SKIPPED: Final = b"S "
"""What git puts before the names of files that it does not check out."""


@cache
def left_out(folder: str) -> frozenset[str]:
    """Their names from the folder on, as far as they are below it; none where it is in no checkout of git."""
    folder = os.path.abspath(folder)  # noqa: PTH100 - links stay links
    if not is_checkout(list(upwards(folder))[-1]):
        return frozenset()
    try:
        said = subprocess.run(
            ["git", "ls-files", "-t", "-z"],  # noqa: S607 - wherever it is installed
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:  # nobody can tell without git
        return frozenset()
    names = said.stdout.split(b"\0") if not said.returncode else ()
    return frozenset(os.fsdecode(name.removeprefix(_SKIPPED)) for name in names if name.startswith(_SKIPPED))
