"""The published schema and the program take the same configurations, and refuse the same."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from typer.testing import Result

from factcheck_cli.config.keys import OVERRIDES, PATHS, keys, options, per_path
from factcheck_cli.config.new import STARTER
from factcheck_cli.config.problem import ConfigError, Problem
from factcheck_cli.config.read import read
from factcheck_cli.config.schema import schema
from wrong_configs import CONFIG, WRONG

Run = Callable[..., Result]
DOCS: Final = Path(__file__).parents[2] / "docs"
CHECK: Final = jsonschema.Draft7Validator(schema())

BEYOND: Final = {
    "no such rule file",
    "no such pack, rule or tag",
    "an opt-in pack that is not loaded",
    "no such file to extend",
    "a folder to extend",
    "extending itself",
    "extending in a circle",
    "an address for a path",
    "the home of nobody",
    "a pattern that is none",
    "severity of no level",
    "severity of no rule",
    "severity of a pack that is not loaded",
    "severity of a note",
}
"""What no schema can know: which files, rules and packs there are, and which patterns fit."""


def taken(text: str) -> bool:
    """Whether the schema takes it."""
    return CHECK.is_valid(tomllib.loads(text))


def read_as(text: str) -> list[Problem]:
    """What the program says of it; files that are not there are beyond a schema."""
    file = Path(CONFIG)
    file.write_text(text, "utf-8")
    try:
        read(file)
    except ConfigError as error:
        return [one for one in error.problems if "there is no such file" not in one.message]
    return []


def _readable() -> Iterator[str]:
    for name, content in WRONG.items():
        try:
            tomllib.loads(content if isinstance(content, str) else content.decode())
        except (ValueError, RecursionError):
            continue
        yield name


@pytest.mark.parametrize("name", list(_readable()))
def test_what_the_program_refuses_the_schema_does(name: str) -> None:
    """All but what no schema can know."""
    assert taken(str(WRONG[name])) == (name in BEYOND)


def test_the_published_schema_is_that_of_the_program(run: Run) -> None:
    """`factcheck config schema > docs/factcheck.schema.json` writes it."""
    assert run("config", "schema").stdout == (DOCS / "factcheck.schema.json").read_text("utf-8")
    jsonschema.Draft7Validator.check_schema(schema())


def test_every_key_is_in_the_schema_and_every_option_that_could_be_is_a_key() -> None:
    """Options of the output, and of how much is told, are no keys: they belong to a run, not to texts."""
    properties = schema()["properties"]
    assert set(properties) == {*keys(), OVERRIDES}
    assert set(properties[OVERRIDES]["items"]["properties"]) == {PATHS, *per_path()}
    of_output = {"--format", "--output", "--full", "--quiet", "--no-progress", "--color", "--watch"}
    of_run = {"--config", "--no-config", "--no-cache", "--since", "--no-suppressions", "--no-baseline", "--no-db"}
    assert options() - {key.option for key in keys().values()} == of_output | of_run


ODD: Final[tuple[Any, ...]] = (
    *(True, False, 0, -1, 3, 2.5, "", " ", "x", "possible", "error", "lines", "jsonl", "text", "a,b", "a, b", ","),
    *("0", "10%", "12.5 %", "100%", "100.0%", "110%", "1.5", "drafts/", "# notes", "/", "!", "!a", "a\0b", "icd203"),
    *([], [""], [" "], ["x"], ["a", ""], [1], [[]], ["a,b"], ["#"], ["/", "a"], ["ipcc", "numbers"], ["ipc"]),
    *({}, {"hedge": "note"}, {"house/chance": "error"}, {"error": "note"}, {"jobs": "note"}, {"hedge": "grave"}),
    *({"hedge": {"could": "note"}}, {"overrides": "note"}, {"hedge": 1}, [{}], [{"paths": "x"}]),
)
"""Values that some keys take, and some do not."""


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(name)} = {written(one)}' for name, one in value.items())}}}"
    return f"[{', '.join(map(written, value))}]" if isinstance(value, list) else json.dumps(value)


@pytest.mark.parametrize("key", [*keys(), PATHS, OVERRIDES, "fail_at"])
def test_they_take_the_same_values(key: str) -> None:
    """Of each key, at the top and in overrides; dates and times nowhere."""
    top = "" if key == PATHS else "{}"
    inner = f'[[{OVERRIDES}]]\nsegment = "lines"\n' + ("{}" if key == PATHS else f'{PATHS} = "a"\n{{}}')
    for around, value in product(filter(None, (top, inner)), [*map(written, ODD), "2026-03-01", "09:30:00"]):
        if key == "segment" and around == inner:
            continue
        text = around.format(f"{key} = {value}\n")
        problems = read_as(text)
        if problems and all(re.search(r"file.*no such|names a folder", one.message) for one in problems):
            continue
        assert taken(text) == (not problems), (text, problems)


_EXAMPLE: Final = re.compile(r"^```toml(?P<title>[^\n]*)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)


def _examples() -> Iterator[str]:
    for page in sorted(DOCS.rglob("*.md")):
        for found in re.finditer(
            r"^```toml(?P<title>[^\n]*)\n(?P<text>.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            if found["title"] in {"", f" title={CONFIG}"}:  # others are no configurations, or show mistakes
                yield found["text"]


def test_they_take_what_is_recommended() -> None:
    """Examples of these pages, and the configuration to start with, also with all of its keys."""
    every = re.sub(r"^# (?=\S+( =|\]+$))", "", STARTER.read_text("utf-8"), flags=re.MULTILINE)
    for text in (*_examples(), STARTER.read_text("utf-8"), every):
        assert (taken(text), read_as(text)) == (True, []), text
