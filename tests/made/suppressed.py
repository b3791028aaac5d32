"""What tests of suppressions read of a scan."""

import json
from typing import Any

from typer.testing import Result


def records(result: Result) -> list[dict[str, Any]]:
    """The JSON lines, without what is told of the document on the first that is printed."""
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [{key: value for key, value in one.items() if key != "about"} for one in found]


def texts(result: Result) -> list[str]:
    """The sentences that are printed."""
    return [one["text"] for one in records(result)]
