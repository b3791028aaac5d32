"""What tests of inputs share: a folder to stand in, and ends of the processes that read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck_cli.inputs.readers.cage import stop


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own to stand in, and a cache that the tests share."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def _stopped() -> Iterator[None]:
    """Ends the process that reads when all tests are done."""
    yield
    stop()
