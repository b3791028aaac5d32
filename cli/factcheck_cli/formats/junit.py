"""JUnit's XML, which CI servers count: a suite a document, a test a sentence; one that is reported has failed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.language.program import LADDER
from factcheck_cli.formats.results import Report, posix
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.formats.xml import DECLARATION, element, escaped
from factcheck_cli.terminal.style import clean, cut

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told, Unread
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

SUPPRESSED: Final = True
"""What is suppressed can be told as such."""
_SCANNED: Final = "is scanned"
"""The test that what was not read has failed, and what was skipped has skipped."""
_NAME: Final = 200  # columns of a sentence that is the name of a test


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening tag."""
    return f'{DECLARATION}<testsuites name="factcheck">\n'.encode()


def report(text: "Text", document: "Document", _sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The suite of a document, with all sentences that claim something: those that are not shown have passed."""
    found = Report(text, document, document.sentences, style)
    claims = [one for one in document.sentences if one.level in LADDER]
    failures = sum(_fails(found, one) for one in claims)
    quiet = _suppressed(document) if style.suppressed else {}
    counts = {"tests": len(claims), "failures": failures, "errors": 0, "skipped": len(quiet)}
    cases = "".join(f"  {case}\n" for case in _cases(found, claims, text.called, quiet))
    return (element("testsuite", {"name": clean(text.called), **counts}, f"\n{cases}") + "\n").encode()


def unread(found: "Unread", /) -> bytes:
    """A suite for each input that is not in the others."""
    return "".join(map(_unread, found.every())).encode()


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing tag."""
    return b"</testsuites>\n"


def _unread(one: "Told") -> str:
    name, spot = clean(one.name), spot_of(one.name)
    counts = {"tests": 1, "failures": 0, "errors": int(not one.is_skip), "skipped": int(one.is_skip)}
    # What is skipped may be called by its id, so where it is nobody knows.
    place = {} if one.is_skip else {"file": posix(spot.file)} | ({"line": spot.line} if spot.line else {})
    why = {"message": said(one)}
    told = element("skipped", why) if one.is_skip else element("error", {"type": "unread", **why}, escaped(one.message))
    case = element("testcase", {"classname": name, "name": _SCANNED, **place}, told)
    return element("testsuite", {"name": name, **counts}, f"\n  {case}\n") + "\n"


def _suppressed(document: "Document") -> dict[int, str]:
    """The claims that are suppressed, each with why."""
    return {
        one.index: "; ".join(note.told() for note in left.suppressed)
        for one in document.sentences
        if one.level in LADDER
        and (left := (document.quiet or {}).get(one.index))
        and left.level is None
        and left.suppressed
    }


def _fails(found: Report, sentence: "Sentence") -> bool:
    left = found.left(sentence)
    return left is not None and found.reaches(left)


def _cases(found: Report, claims: "Sequence[Sentence]", document: str, suppressed: Mapping[int, str]) -> Iterator[str]:
    """The tests. They are called by their sentences, which stay when lines move; of two alike the second says so."""
    seen = Counter[str]()
    for sentence in claims:
        name = cut(sentence.text, _NAME)
        seen[name] += 1
        called = f"{name} ({seen[name]})" if seen[name] > 1 else name
        spot = found.spot(sentence.span)
        place = {"file": posix(spot.file)} | ({"line": spot.line} if spot.line else {})
        attributes = {"classname": clean(document), "name": called, **place}
        if why := suppressed.get(sentence.index):
            yield element("testcase", attributes, element("skipped", {"message": f"suppressed: {clean(why)}"}))
        else:
            yield element("testcase", attributes, _failure(found, sentence) if _fails(found, sentence) else None)


def _failure(found: Report, sentence: "Sentence") -> str:
    results = list(found.of(sentence))
    said = "\n".join(f"{one.spot.called()}: {one.told} [{one.rule}]" for one in results)
    level = results[0].sentence.level
    message = f"{level}, confidence {sentence.confidence:.3f}: {results[0].told}"
    return element("failure", {"type": level, "message": message}, escaped(said))
