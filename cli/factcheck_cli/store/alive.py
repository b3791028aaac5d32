"""Whether the process of a run still lives."""

import os
import platform
import sys
from datetime import UTC, datetime
from typing import Final

_SILENT: Final = 600  # seconds after which a run elsewhere that keeps nothing more is taken for dead


def is_alive(host: str, process: int, beat: str) -> bool:
    """Whether a run may be under way: its process lives, or, where nobody can ask, it has kept something of late."""
    if host == platform.node() and sys.platform != "win32":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return process != os.getpid()  # a number that has come round again
    return (datetime.now(UTC) - datetime.fromisoformat(beat)).total_seconds() < _SILENT
