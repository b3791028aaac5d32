"""Problems of rule files as other programs read them: JSON, SARIF 2.1.0, and the annotations of GitHub's workflows."""

from collections.abc import Sequence
from typing import Any

from factcheck import Diagnostic
from factcheck.catalogue import CATALOGUE
from factcheck.diagnostic import Label, severity_of
from factcheck.span import Source
from factcheck_cli.formats import github, sarif
from factcheck_cli.formats.results import Spot
from factcheck_cli.formats.sarif import as_text

Json = dict[str, Any]


def written_as(form: str, problems: Sequence[Diagnostic]) -> bytes:
    """The problems in one of the formats."""
    return {"json": as_json, "sarif": as_sarif, "github": as_annotations}[form](problems)


def as_json(problems: Sequence[Diagnostic]) -> bytes:
    """One array of records."""
    return _dumped([one.to_record() for one in problems])


def as_sarif(problems: Sequence[Diagnostic]) -> bytes:
    """A log of one run. The rules of its tool are the codes of the catalogue."""
    numbers = {code: number for number, code in enumerate(CATALOGUE)}
    return sarif.log([_rule(code) for code in CATALOGUE], (_result(one, numbers[one.code]) for one in problems))


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
        "name": sarif.named(entry.title),
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
    found = sarif.location(_spot(source, label))
    return found | ({"message": as_text(label.text)} if label and label.text else {})


def _spot(source: Source, label: Label | None) -> Spot:
    if label is None:
        return Spot(source.name)
    return Spot(source.name, *source.place(label.span.start), *source.place(label.span.end))


# ---- GitHub ----


def _annotation(problem: Diagnostic) -> str:
    properties = github.place(_spot(problem.source, problem.labels[0] if problem.labels else None))
    message = "\n".join(filter(None, (problem.message, problem.help)))
    return github.command(problem.severity.value, {**properties, "title": f"{problem.code}: {problem.title}"}, message)
