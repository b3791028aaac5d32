"""Reports for other programs have the shape that their formats ask for."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from typer.testing import Result

from made_articles import Block, made

Run = Callable[..., Result]

HOSTILE = (
    "Officials say <img src=x> could call @root ]]> --> &amp;.\n“It may sink\x01\x1b[31m\u2028\ufffe.“ 🚢 may rise.\r\n"
)
SHAPES = Path(__file__).parents[1] / "shapes"
"""What the formats ask for, each file with where that is described."""


def complaints(form: str, page: str) -> list[str]:
    """What is wrong with a report by the shape of its format."""
    (path,) = SHAPES.glob(f"{form}.*")
    if path.suffix == ".json":
        schema = Draft202012Validator(json.loads(path.read_text("utf-8")))
        return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(json.loads(page))]
    shape = etree.XMLSchema(etree.parse(path))
    shape.validate(etree.fromstring(page.encode()))
    return [f"{error.line}: {error.message}" for error in shape.error_log]


@pytest.mark.parametrize("form", ["rdjson", "gitlab", "checkstyle", "junit"])
def test_reports_have_the_shape_of_their_format(scan: Run, form: str) -> None:
    """Of texts, rows, a page, a Word document, hostile words, every severity, and of nothing at all."""
    rules = Path("house.fact").read_text("utf-8").replace("    suggest", "    severity error\n    suggest")
    note = 'rule boats : note\n    "Which boats?"\n    match   boats\n    flag    "Boats left."\n    pass    "It left."'
    Path("house.fact").write_text(f"{rules}\n{note}\n", "utf-8")
    Path("rows.jsonl").write_text('{"text": "It sank. It may float.", "id": "b"}\n', "utf-8")
    Path("page.html").write_text(f"<p>It <b>may</b>\nsink.</p><p>{'Officials say so. ' * 3}</p>", "utf-8")
    Path("a&b.txt").write_text(HOSTILE, "utf-8")
    blocks = [
        Block("heading", "Quay closed"),
        Block("paragraph", "Officials say it could sink."),
        Block("row", "It | may"),
    ]
    for kind in ("docx", "pdf"):
        Path(f"quay.{kind}").write_bytes(made(blocks, kind))
    inputs = ["article.txt", "rows.jsonl", "page.html", "quay.docx", "quay.pdf", "a&b.txt"]
    page = scan(*inputs, "--whole-page", "--at-most", "attributed", "--format", form).stdout
    assert complaints(form, page) == []
    assert len(re.findall(r"could|may", page)) > 8
    Path("empty.txt").write_text("", "utf-8")
    assert complaints(form, scan("empty.txt", "--format", form).stdout) == []


@pytest.mark.parametrize("form", ["rdjson", "gitlab"])
def test_shapes_ask_for_all_that_is_needed(scan: Run, form: str) -> None:
    """A report that lacks a key, or has another type, is complained of."""
    page = json.loads(scan("article.txt", "--format", form).stdout)
    results = page["diagnostics"] if form == "rdjson" else page
    needed = ["message", "location"] if form == "rdjson" else list(results[0])
    for key in needed:
        kept = results[0].pop(key)
        assert complaints(form, json.dumps(page)), key
        results[0][key] = [kept]
        assert complaints(form, json.dumps(page)), key
        results[0][key] = kept
    assert complaints(form, json.dumps(page)) == []


@pytest.mark.parametrize(
    ("form", "right", "wrong"),
    [
        ("checkstyle", 'severity="warning"', 'severity="grave"'),
        ("checkstyle", 'line="1"', 'line="0"'),
        ("checkstyle", ' name="article.txt"', ""),
        ("junit", "<failure", "<broken"),
        ("junit", 'tests="4"', 'tests="four"'),
        ("junit", 'line="4"', 'line=""'),
    ],
)
def test_shapes_of_xml_refuse_what_is_wrong(scan: Run, form: str, right: str, wrong: str) -> None:
    """An attribute that is missing or wrong, or another element, is complained of."""
    page = scan("article.txt", "--format", form).stdout
    assert right in page
    assert complaints(form, page) == []
    broken = page.replace(right, wrong).replace("</failure", "</broken" if "broken" in wrong else "</failure")
    assert complaints(form, broken)
