"""What reports tell of a document: results, each about some words, and where in the source these stand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from factcheck.language.program import LADDER, NOTE
from factcheck.span import Source, Span
from factcheck_cli.config.severity import severity_of
from factcheck_cli.own import OWN, own_rule
from factcheck_cli.terminal.cues import is_whole, quoted
from factcheck_cli.terminal.reason import decisive, message, named
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck import Document, Finding, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.hush import Hush
    from factcheck_cli.quiet.silence import Note
    from factcheck_cli.terminal.style import Style

LIMIT: Final = "probable"
"""Sentences at this level or below are reported unless `--at-most` names another."""

_LINES: Final = ("line", "column", "end_line", "end_column")
_SIZE: Final = 16  # bytes of a fingerprint


class Spot(NamedTuple):
    """Where words stand: the file, and in it lines and columns from 1, the last column not included; 0: not known.

    `where` tells what the source has instead of lines, or besides: `page 3`.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    where: str = ""

    def called(self) -> str:
        """The place on one line: `article.txt:3:14`, `article.pdf (page 3)`."""
        numbers = "".join(f":{number}" for number in (self.line, self.column) if number)
        return f"{self.file}{numbers}" + (f" ({self.where})" if self.where else "")


class Result(NamedTuple):
    """Some words of a sentence, the rule that reports them, and what it says of them."""

    rule: str
    message: str
    suggest: str
    severity: str
    text: str
    span: Span
    spot: Spot
    sentence: "Sentence"
    fingerprint: str
    """The same as long as rule, words and sentence are, wherever in the document these stand."""
    suppressed: "tuple[Note, ...]" = ()
    """By what it is suppressed, if so."""

    @property
    def advice(self) -> str:
        """What is the matter, and what to write instead."""
        return f"{clean(self.message)} {clean(self.suggest)}".rstrip()

    @property
    def told(self) -> str:
        """The same on one line, behind the words it is about unless these are all of the sentence."""
        return self.advice if self.span == self.sentence.span else f"{quoted(self.text)}: {self.advice}"

    @property
    def told_with_place(self) -> str:
        """The same, for formats that know no place but lines; behind what the source has instead."""
        return f"{self.spot.where[:1].upper()}{self.spot.where[1:]}: {self.told}" if self._needs_place else self.told

    @property
    def _needs_place(self) -> bool:
        return bool(self.spot.where) and not self.spot.column


class Report:
    """What is reported of the sentences of a document that are shown.

    Of each sentence at the limit or below, and of those that claim something only: each finding that counts there,
    and if there is none what is the matter all the same. Of any sentence what the packs note that were asked for.
    """

    def __init__(self, text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style") -> None:
        self._text, self._document, self._shown, self._packs = text, document, sentences, style.packs
        self._quiet: Mapping[int, Hush] = document.quiet or {}
        self._severities = dict(style.severities)
        self.limit = LADDER.index(style.at_most or LIMIT)
        self._seen = Counter[str]()

    @property
    def results(self) -> Iterator[Result]:
        """They, in the order of the text."""
        return (one for one in self.every if not one.suppressed)

    @property
    def every(self) -> Iterator[Result]:
        """The same, with those that are suppressed."""
        for sentence in self._shown:
            yield from self._of(sentence)

    def of(self, sentence: "Sentence") -> Iterator[Result]:
        """Those about a sentence."""
        return (one for one in self._of(sentence) if not one.suppressed)

    def left(self, sentence: "Sentence") -> "Sentence | None":
        """The sentence as it is reported, if it is."""
        hush = self._quiet.get(sentence.index)
        if hush is None:
            return sentence
        return None if hush.level is None else hush.left(sentence)

    def _of(self, sentence: "Sentence") -> Iterator[Result]:
        """All those about a sentence but those that are silent for another reason than that they are suppressed."""
        left = self.left(sentence)
        found = self._found(sentence)
        reported = found if left is sentence else self._found(left) if left else {}
        notes = self._quiet[sentence.index].suppressed if left is not sentence else ()
        for key, one in (found | reported).items():
            of = sentence if left is None or key not in reported else left
            span, text = (of.span, of.text) if isinstance(one, str) or is_whole(of, one) else (one.span, one.text)
            result = self._result(of, span, text, one)
            if key in reported:
                yield result
            elif notes:
                yield result._replace(suppressed=_about(result.rule, notes))

    def _found(self, sentence: "Sentence") -> "dict[tuple[str, Span], Finding | str]":
        """What is reported of a sentence, by rule and words: a rule that finds the same words twice says so once."""
        weak = self.reaches(sentence)
        findings = [one for one in sentence.findings if (weak and self._counts(one, sentence)) or self._is_asked(one)]
        first = decisive(sentence)
        if weak and first and first not in findings:
            findings.append(first)
        if weak and not findings:
            own = own_rule(sentence.level, has_source=bool(sentence.source))
            return {(own, sentence.span): own}
        return {(one.rule, one.span): one for one in sorted(findings, key=lambda one: one.span)}

    def reaches(self, sentence: "Sentence") -> bool:
        """Whether it claims something, at the limit or below."""
        return sentence.level in LADDER and LADDER.index(sentence.level) <= self.limit

    def _counts(self, one: "Finding", sentence: "Sentence") -> bool:
        """Whether it is at the limit or below, and no aside or the like, which would have set a lower level."""
        return one.level in LADDER and LADDER.index(sentence.level) <= LADDER.index(one.level) <= self.limit

    def _is_asked(self, one: "Finding") -> bool:
        return one.level == NOTE and one.rule.partition("/")[0] in self._packs

    def _result(self, sentence: "Sentence", span: Span, text: str, found: "Finding | str") -> Result:
        """What a finding, or a rule of ours, says of some words."""
        rule = found if isinstance(found, str) else found.rule
        key = (rule, " ".join(text.split()), " ".join(sentence.text.split()))
        said = (
            (OWN[found], "", severity_of(self._severities, found, sentence.level))
            if isinstance(found, str)
            else (message(sentence, found), found.suggest, NOTE if found.level == NOTE else found.severity)
        )
        return Result(rule, *said, text, span, self.spot(span), sentence, self._fingerprint(*key))

    def _fingerprint(self, *parts: str) -> str:
        key = "\0".join((self._text.name if self._text.among else "", *parts))
        self._seen[key] += 1
        return blake2b(f"{key}\0{self._seen[key]}".encode(), digest_size=_SIZE).hexdigest()

    def spot(self, span: Span) -> Spot:
        """Where in the source some words stand."""
        text, among = self._text, self._text.among
        if text.origin:
            place = text.origin.where.place(*span)
            line, column, end_line, end_column = (int(place.pop(name, 0)) for name in _LINES)
            where = ", ".join(f"{title} {value}" for title, value in place.items())
            if among and not line:
                where = ", ".join(filter(None, (f"document {among.number}", where)))
            return Spot(among.file if among else text.name, line, column, end_line, end_column, where)
        if among:
            line = among.number if among.is_line else 0
            return Spot(among.file, line, end_line=line, where="" if line else f"row {among.number}")
        begin, end = self._source.place(span.start), self._source.place(span.end)
        return Spot(text.name, *begin, *end)

    @cached_property
    def _source(self) -> Source:
        return Source(self._text.name, self._document.text)

    def around(self, span: Span, size: int) -> tuple[str, str]:
        """The characters before and behind some words."""
        whole = self._document.text
        return whole[max(span.start - size, 0) : span.start], whole[span.end : span.end + size]


def _about(rule: str, notes: "Sequence[Note]") -> "tuple[Note, ...]":
    """Those notes that are about a rule; all, where what they are about is known by another name."""
    names = {rule, rule.partition("/")[0]}
    return tuple(note for note in notes if not note.rules or names & set(note.rules)) or tuple(notes)


def source_of(sentence: "Sentence") -> str:
    """Who vouches for a sentence, as far as somebody does."""
    return f"Source: {named(sentence.source)} ({sentence.source.kind})" if sentence.source else ""


def uri(name: str) -> str:
    """The address of a file: relative as its path is, with all in it escaped that would mean something there."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def posix(name: str) -> str:
    """Its path with slashes, and without the dot that begins it."""
    return Path(name).as_posix()
