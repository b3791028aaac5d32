"""Two hundred broken and hostile files: each ends as scanned, skipped or failed, in time and in little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile_inputs import files

SECONDS = 10
MEGABYTES = 500

PROBE = """
import json, resource, sys, time
from pathlib import Path
from factcheck_cli.log import Minutes
from factcheck_cli.inputs.text import How
from factcheck_cli.work.settings import Settings
from factcheck_cli.work.press import Press
from factcheck_cli.inputs.parts import Inputs
from factcheck_cli.log import Log
from factcheck_cli.terminal.style import Style
from factcheck_cli.inputs.readers.cage import stop

settings = Settings(
    rules=("house.fact",), packs=(), builtin=False, select=(), ignore=(), cache=True, segment="auto", at_most=None,
    format="jsonl", to_file=False, style=Style(), how=How(),
)
press = Press(settings)
for path in sys.argv[1:]:
    begun = time.monotonic()
    documents, told = 0, []
    for printed in press.printed(Inputs((path,), settings.how).parts(Log(quiet=True))):
        documents += printed.tally.documents
        told += printed.told
    ends = [("failed" if one.is_failure else "skipped" if one.is_skip else "note", one.message) for one in told]
    print(json.dumps({"path": path, "documents": documents, "told": ends, "seconds": time.monotonic() - begun}))
stop()
own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
status = Path("/proc/self/status")
if status.exists():  # what the process before had, which tests make large, is counted in the figure above
    own = int(status.read_text().partition("VmHWM:")[2].split()[0])
print(json.dumps({"own": own / 1024, "others": others / 1024}))
"""
"""Scans files as a scan does, and tells of each how it ended."""

HOUSE = """\
pack house
rule chance : possible
    "Only a possibility."
    match   could | may
    flag    "The quay could sink."
    pass    "The quay sank."
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix does")
def test_every_file_ends_well(tmp_path: Path) -> None:
    """No file stops the scan; those that are not scanned say why; none takes too long or too much memory."""
    hostile = files()
    assert len(hostile) >= 200
    for name, data in hostile.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "house.fact").write_text(HOUSE, "utf-8")
    command = [sys.executable, "-c", PROBE, *hostile]
    environment = {**os.environ, "FACTCHECK_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert not done.returncode, done.stderr.decode()
    *ends, memory = map(json.loads, done.stdout.splitlines())
    assert [end["path"] for end in ends] == list(hostile)
    for end in ends:
        failed = [message for kind, message in end["told"] if kind != "note"]
        assert end["documents"] or failed or end["told"], end
        assert all("\n" not in message and len(message) < 400 for _, message in end["told"]), end
        assert end["seconds"] < SECONDS, end
    assert memory["own"] < MEGABYTES, memory
    assert memory["others"] < MEGABYTES, memory
    assert not done.stderr, done.stderr.decode()
