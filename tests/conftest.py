"""What all tests share: how many examples hypothesis tries, and golden files."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"

# The speed of the machine is no property of the code: no deadline, no complaint about slow generation.
# In CI each run tries the same examples, so that a failure is the change's doing.
settings.register_profile(
    "bounded",
    max_examples=100,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", settings.get_profile("bounded"), max_examples=5_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, which writes golden files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Each scan of the command line freezes what is in memory by then, for it ends soon; a run of tests does not."""
    yield
    gc.unfreeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `check(name, text)`: the text must equal the file `tests/golden/<name>`, to the byte in UTF-8."""
    update: bool = request.config.getoption("--update-golden")

    def check(name: str, text: str) -> None:
        __tracebackhide__ = True
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        elif not path.is_file():
            pytest.fail(f"no golden file {name}: write it with --update-golden")
        assert text == path.read_bytes().decode(), f"{name} differs: if it should, write it anew with --update-golden"

    return check
