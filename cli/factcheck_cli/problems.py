"""Problems of rule files as other programs read them: JSON, SARIF 2.1.0, and the annotations of GitHub's workflows."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from factcheck import Diagnostic
from factcheck.catalogue import CATALOGUE
from factcheck.diagnostic import Label, severity_of
from factcheck.span import Source
from factcheck.version import __version__

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Json = dict[str, Any]


def written_as(form: str, problems: Sequence[Diagnostic]) -> bytes:
    """The problems in one of the formats."""
    return {"json": as_json, "sarif": as_sarif, "github": as_annotations}[form](problems)


def as_json(problems: Sequence[Diagnostic]) -> bytes:
    """One array of records."""
    return _dumped([one.to_record() for one in problems])


def as_sarif(problems: Sequence[Diagnostic]) -> bytes:
    """A log of one run. The rules of its tool are the codes of the catalogue; columns are code points."""
    numbers = {code: number for number, code in enumerate(CATALOGUE)}
    driver = {"name": "factcheck", "version": __version__, "rules": [_rule(code) for code in CATALOGUE]}
    results = [_result(one, numbers[one.code]) for one in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def as_annotations(problems: Sequence[Diagnostic]) -> bytes:
    """A workflow command a line, which GitHub shows beside the line of the file."""
    return "".join(f"{_annotation(one)}\n" for one in problems).encode()


def _dumped(value: object) -> bytes:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


# ---- SARIF ----


def _rule(code: str) -> Json:
    entry = CATALOGUE[code]
    return {
        "id": code,
        "name": "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", entry.title)),
        "shortDescription": as_text(entry.title),
        "fullDescription": as_text(entry.meaning),
        "help": as_text(f"{entry.meaning} `factcheck explain {code}` says the same."),
        "defaultConfiguration": {"level": severity_of(code).value},
    }


def _result(problem: Diagnostic, number: int) -> Json:
    """One problem. Its first place is where it is, the others are where it comes from."""
    main, *others = problem.labels or (None,)
    found = {
        "ruleId": problem.code,
        "ruleIndex": number,
        "level": problem.severity.value,
        "message": as_text(": ".join(filter(None, (problem.message, problem.help)))),
        "locations": [_location(problem.source, main)],
    }
    if others:
        found["relatedLocations"] = [_location(problem.source, label) for label in others]
    return found


def _location(source: Source, label: Label | None) -> Json:
    place: Json = {"artifactLocation": {"uri": _uri(source.name)}}
    if label is None:
        return {"physicalLocation": place}
    begin, end = source.place(label.span.start), source.place(label.span.end)
    place["region"] = {
        "startLine": begin.line,
        "startColumn": begin.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {"physicalLocation": place} | ({"message": as_text(label.text)} if label.text else {})


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def as_text(text: str) -> Json:
    """A message. To the format braces are places to fill in, and square brackets before round ones a link."""
    braced = text.replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", braced)}


# ---- GitHub ----


def _annotation(problem: Diagnostic) -> str:
    properties = {"file": Path(problem.source.name).as_posix()}
    if problem.labels:
        span, place = problem.labels[0].span, problem.source.place
        begin, end = place(span.start), place(span.end)
        properties |= {"line": str(begin.line), "col": str(begin.column), "endLine": str(end.line)}
        if end.line == begin.line and end.column > begin.column:
            properties["endColumn"] = str(end.column)
    properties["title"] = f"{problem.code}: {problem.title}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(filter(None, (problem.message, problem.help)))
    return f"::{problem.severity.value} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
