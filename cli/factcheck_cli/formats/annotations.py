"""Web annotations as the W3C has them, in JSON-LD: an array, one a line, each of them whole in itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

import orjson

from factcheck.version import __version__
from factcheck_cli.formats.results import Report, Result, uri

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

BETWEEN: Final = b","
"""What parts the pages of two documents."""
_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_PDF: Final = "http://tools.ietf.org/rfc/rfc3778"
_AROUND: Final = 32  # characters before and behind the words, by which they are found again


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening bracket."""
    return b"["


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    found = Report(text, document, sentences, style)
    return BETWEEN.join(b"\n" + orjson.dumps(_annotation(one, text, found)) for one in found.results)


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing bracket."""
    return b"\n]\n"


def _annotation(one: Result, text: "Text", found: Report) -> dict[str, Any]:
    source = uri(one.spot.file) + (f"#row={text.among.number}" if text.among else "")
    body = {"type": "TextualBody", "format": "text/plain", "language": "en"}
    return {
        "@context": _CONTEXT,
        "id": uuid5(NAMESPACE_URL, f"{text.name}\0{one.fingerprint}").urn,
        "type": "Annotation",
        "motivation": "assessing",
        "generator": {"type": "Software", "name": f"factcheck {__version__}"},
        "body": [
            {**body, "value": one.advice, "purpose": "commenting"},
            {**body, "value": one.sentence.level, "purpose": "tagging"},
            {**body, "value": one.rule, "purpose": "tagging"},
        ],
        "target": {"source": source, "selector": _selectors(one, text, found)},
    }


def _selectors(one: Result, text: "Text", found: Report) -> list[dict[str, Any]]:
    """How the words are found: by what stands around them, and in a text as it is by their place as well."""
    prefix, suffix = found.around(one.span, _AROUND)
    quoted: dict[str, Any] = {"type": "TextQuoteSelector", "exact": one.text, "prefix": prefix, "suffix": suffix}
    if not text.origin:
        return [quoted, {"type": "TextPositionSelector", "start": one.span.start, "end": one.span.end}]
    page = text.origin.where.place(*one.span).get("page")
    if page is None:
        return [quoted]
    return [{"type": "FragmentSelector", "conformsTo": _PDF, "value": f"page={page}", "refinedBy": quoted}]
