"""What tests of baselines share: two articles, and how results and entries are read."""

import json
from pathlib import Path

from typer.testing import Result

NAME = "factcheck-baseline.jsonl"

MILL = """\
The mill quay closed on Monday. Officials say the wall could fall before the winter.

Ruth Abara moved the boats. The rope on the old crane may have been cut by hand.
"""
WEIR = """\
The weir was built by the council. Experts say it could flood the mill and the lower town.
"""


def new(result: Result) -> list[str]:
    """The texts of the sentences that a scan has printed as JSON lines."""
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


def entries(path: Path) -> list[dict[str, object]]:
    """The lines of a baseline behind the first."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
