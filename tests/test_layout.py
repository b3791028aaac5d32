"""The shape of the code: small modules, each saying on its first line what it is for."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("engine", "cli", "rules", "tests", "benchmarks")
MODULES = sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MOST_LINES = 500


@pytest.mark.parametrize("name", MODULES)
def test_module_is_small(name: str) -> None:
    """No module has more than 500 lines: one that grows past them holds two ideas."""
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", MODULES)
def test_module_says_what_it_is_for(name: str) -> None:
    """The first line of a module's docstring is a sentence about it."""
    docstring = ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8")), clean=False) or ""
    summary = docstring.partition("\n")[0]
    assert summary.strip()
    assert summary.endswith((".", "?"))


def test_rules_are_data() -> None:
    """The package of built-in rules holds no code, only a docstring."""
    (module,) = (ROOT / "rules").rglob("*.py")
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
