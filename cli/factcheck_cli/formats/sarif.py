"""SARIF 2.1.0, which code scanning and editors read: one log, one run, a result a line."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck.version import __version__
from factcheck_cli.formats.results import Report, Result, Spot, source_of, uri
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.own import OWN
from factcheck_cli.quiet.suppressed import SIDECAR

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck.language.program import Rule
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told
    from factcheck_cli.quiet.silence import Note
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "factcheckSentence/v1"
SUPPRESSED: Final = True
"""What is suppressed can be told as such."""
BETWEEN: Final = b","
"""What parts the pages of two documents."""

_REGION: Final = ("startLine", "startColumn", "endLine", "endColumn")
_END: Final = b"\n]}]}\n"
_PRECISIONS: Final = ((0.95, "very-high"), (0.85, "high"), (0.7, "medium"), (0.0, "low"))
"""How often a rule is right, in the words of GitHub's code scanning, from these weights on."""

Json = dict[str, Any]


def begin(rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """All up to the results, with the rules that were asked."""
    own = [{"id": rule, "shortDescription": as_text(said)} for rule, said in OWN.items()]
    return head([*map(_rule, rulebook.rules.values()), *own])


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    found = Report(text, document, sentences, style)
    return lines(_result(one, found) for one in (found.every if style.suppressed else found.results))


def end(tally: "Tally", _style: "Style", /) -> bytes:
    """The closing brackets, behind what could not be read and what was skipped."""
    unread = [_notification(one) for one in tally.unread.every()] if tally.unread else []
    if not (tally.unread and unread):
        return _END
    invocation = {"executionSuccessful": not tally.unread.failures, "toolExecutionNotifications": unread}
    return b'\n],"invocations":[' + orjson.dumps(invocation) + b"]}]}\n"


# What rule files share -----------------------------------------------------------------------------------------------


def log(rules: Sequence[Json], results: Iterable[Json]) -> bytes:
    """A whole log of one run."""
    return head(rules) + lines(results) + _END


def head(rules: Sequence[Json]) -> bytes:
    """All of a log up to its results, and the rules these name; columns are code points."""
    driver = {"name": "factcheck", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": []}
    whole = orjson.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    return whole.removesuffix(b"]}]}")


def lines(results: Iterable[Json]) -> bytes:
    """Results, a line each."""
    return BETWEEN.join(b"\n" + orjson.dumps(one) for one in results)


def as_text(text: str) -> Json:
    """A message. To the format braces are places to fill in, and square brackets before round ones a link."""
    braced = text.replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", braced)}


def named(title: str) -> str:
    """A title as the format has names: `UnnamedSource`."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", title))


# Articles ------------------------------------------------------------------------------------------------------------


def _notification(one: "Told") -> Json:
    """What became of an input. What is skipped may be called by its id, so where it is nobody knows."""
    record: Json = {"level": "note" if one.is_skip else "error", "message": as_text(f"{one.name}: {said(one)}")}
    return record if one.is_skip else record | {"locations": [location(spot_of(one.name))]}


def _rule(rule: "Rule") -> Json:
    """What a rule is: its message, what its author says of it, and how often it is right."""
    said = " ".join(filter(None, (rule.message, rule.because, rule.suggest)))
    properties: Json = {
        "tags": [rule.pack, *rule.tags],
        "precision": next(name for weight, name in _PRECISIONS if rule.weight >= weight),
        "problem.severity": "recommendation" if rule.severity == "note" else rule.severity,
        "level": rule.level,
        "weight": rule.weight,
    }
    return {
        "id": rule.id,
        "name": named(rule.name),
        "shortDescription": as_text(rule.message),
        "fullDescription": as_text(" ".join(filter(None, (rule.message, rule.because)))),
        "help": as_text(f"{said} `factcheck explain {rule.id}` shows how it is written."),
        "defaultConfiguration": {"level": rule.severity},
        "properties": properties,
    }


def _result(one: Result, found: Report) -> Json:
    """A result. The weaker its sentence is, the higher it ranks."""
    sentence = one.sentence
    record: Json = {
        "ruleId": one.rule,
        "level": one.severity,
        "message": as_text(one.told),
        "locations": [location(one.spot, one.text)],
        "partialFingerprints": {FINGERPRINT: one.fingerprint},
        "properties": {"level": sentence.level, "confidence": sentence.confidence, "sentence": sentence.text},
    }
    if sentence.confidence is not None:
        record["rank"] = round(100 * (1 - sentence.confidence), 1)
    if one.suppressed:
        record["suppressions"] = [_suppression(note) for note in one.suppressed]
    if sentence.source:
        place = location(found.spot(sentence.source.span), sentence.source.text)
        record["relatedLocations"] = [{**place, "message": as_text(source_of(sentence))}]
    return record


def _suppression(note: "Note") -> Json:
    """Where it is suppressed, and why."""
    until = f" (until {note.until})" if note.until else ""
    kind = "external" if SIDECAR in note.place else "inSource"
    return {"kind": kind, "status": "accepted", "justification": f"{note.reason}{until}"}


def location(spot: Spot, text: str = "") -> Json:
    """Where words stand, and the words."""
    physical: Json = {"artifactLocation": {"uri": uri(spot.file)}}
    places = (spot.line, spot.column, spot.end_line, spot.end_column)
    region: Json = {name: number for name, number in zip(_REGION, places, strict=True) if number}
    if spot.column and text:
        region["snippet"] = {"text": text}
    found: Json = {"physicalLocation": physical | ({"region": region} if region else {})}
    if spot.where:
        found["logicalLocations"] = [{"fullyQualifiedName": spot.where}]
    return found
