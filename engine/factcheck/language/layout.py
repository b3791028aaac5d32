"""Where a rule file's statements and fields begin and end: the lines of the file put together, before any grammar.

A field ends with its line, or goes on inside brackets and next to a `|`. Cutting first is what lets one bad field be
reported and all others still be read. One pass, linear in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.diagnostic import Diagnostic, Label, closest, did_you_mean
from factcheck.span import Source, Span

STATEMENTS = ("pack", "list", "rule", "amend", "disable")
PACK_FIELDS = ("title", "language", "version", "signal")
PATTERN_FIELDS = ("match", "except", "unless")
CONDITION_FIELDS = ("when",)
RULE_FIELDS = (
    "message",
    *PATTERN_FIELDS,
    *CONDITION_FIELDS,
    "weight",
    "signal",
    "severity",
    "polarity",
    "range",
    "because",
    "suggest",
    "tags",
    "flag",
    "pass",
)
AMEND_FIELDS = (
    *PATTERN_FIELDS,
    *CONDITION_FIELDS,
    "weight",
    "signal",
    "level",
    "message",
    "severity",
    "flag",
    "pass",
)
MAX_DEPTH = 24
MAX_BRACKETS = 5_000  # as many as a pattern may have positions

_WORDS = {*STATEMENTS, *PACK_FIELDS, *RULE_FIELDS, *AMEND_FIELDS}
_LINE = re.compile(r"(?P<indent>[^\S\n]*)(?P<head>[^\s:#\"“”‘{}()\[\]|]*)")
# A line that can only be a new statement or field: it ends one whose bracket was never closed.
_FRESH = re.compile(
    r"""(?P<indent>[^\S\n]*)(?:
        (?:pack|disable)[ \t]+[\w/-]+[ \t]*$ | list[ \t]+[\w-]+[ \t]*= | rule[ \t]+[\w-]+[ \t]*: | amend[ \t]+[\w*]
      | (?:flag|pass|because|suggest|title|message)[ \t]*["“] | weight[ \t]+[\d.] | tags[ \t]+\w | severity[ \t]+\w
      | ["“][^"\n]*["”][ \t]*$ | (?:match|except|unless|when|signal|polarity|range|level)[ \t]+\S )""",
    re.VERBOSE | re.MULTILINE,
)
_PATTERN_TOKEN = re.compile(
    r"""(?P<escape>\\[^\n])
      | (?P<word>\w+(?:['’]\w+)*(?:'(?!\w))?)
      | (?P<class><[^<>\n]*>(?:'s)?)
      | (?P<exact>'(?:\\.|[^'\\\n])*'?)
      | (?P<comment>\#[^\n]*)
      | (?P<open>[(\[{]) | (?P<close>[)\]}])
      | (?P<typographic>[“”‘…«»„])
      | (?P<line>\n) | (?P<bar>\|)
      | (?P<other>[^\S\n]+|.)""",
    re.VERBOSE,
)
_VALUE_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\\n])*"?) | (?P<comment>\#[^\n]*) | (?P<typographic>[“”‘’])
      | (?P<line>\n) | (?P<other>[^\s"\#“”‘’]+|[^\S\n]+)""",
    re.VERBOSE,
)
_MERGE = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=\s|\Z)[^\n]*", re.MULTILINE)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_CLOSING = {opening: closing for closing, opening in _PAIRS.items()}
_PLAIN = {"“": '\\"', "”": '\\"', "„": '\\"', "«": '\\"', "»": '\\"', "‘": "'", "’": "'", "…": "..."}


@dataclass(frozen=True, slots=True)
class Line:
    """A statement's head or a field: its first word and the span of what follows, comments at the end left out."""

    head: str
    span: Span
    rest: Span
    sound: bool
    """False when its brackets or strings do not close: there is nothing to parse then."""


def merges(source: Source) -> Iterator[Diagnostic]:
    """The marks that a merge which nobody has settled leaves in the file: the first of each block is told."""
    text = source.text
    within = False
    for found in _MERGE.finditer(text) if "<<<<<<<" in text or ">>>>>>>" in text else ():
        mark = found[0][0]
        if mark == "<" or not within:
            remedy = "settle it: keep the lines that are to stay, and take those with the marks away"
            span = Span(found.start(), found.start() + len(found[0].rstrip()))
            yield Diagnostic("FC007", "a merge has left its marks here", source, (Label(span),), remedy)
        within = mark != ">"


def cut(source: Source, problems: list[Diagnostic]) -> Iterator[Line]:
    """The file's statement heads and fields in order; what does not close is reported to `problems`."""
    text, at = source.text, 0
    while at < len(text):
        found = _LINE.match(text, at)
        head, start = (found["head"], found.end("indent")) if found else ("", at)
        if start >= len(text):
            return
        if text[start] in "\n#":
            at = _next_line(text, start)
            continue
        cursor = _Cursor(source, len(found["indent"]) if found else 0, problems)
        rest = start + len(head)
        known = head in _WORDS
        pattern = head in PATTERN_FIELDS or head in CONDITION_FIELDS or _is_list(text, head, rest)
        # Of an unknown field nothing is known, so nothing in it can be wrong but its name.
        end, at = cursor.pattern(rest) if pattern else cursor.value(rest, strict=known or not head)
        yield Line(head, Span(start, start + len(head)), _trimmed(text, rest, end), cursor.sound)


def _is_list(text: str, head: str, rest: int) -> bool:
    return head == "list" or (head == "amend" and re.match(r"[^\S\n]+list\b", text[rest : rest + 40]) is not None)


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (
        Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        if piece.strip()
        else Span(start, start)
    )


class _Cursor:
    """Reads one field to its end."""

    def __init__(self, source: Source, indent: int, problems: list[Diagnostic]) -> None:
        self.source, self.indent, self.problems = source, indent, problems
        self.sound = True

    def value(self, at: int, *, strict: bool) -> tuple[int, int]:
        """A plain field ends with its line: where its value ends, and where the next line starts."""
        text, end = self.source.text, at
        while found := _VALUE_TOKEN.match(text, at):
            if found["line"]:
                return end, found.end()
            if not found["comment"]:
                end = found.end()
            if strict and found["string"]:
                self._string(found)
            elif strict and found["typographic"]:
                self._typographic(found, 'strings stand between straight quotation marks: "…"')
                return end, _next_line(text, end)
            at = found.end()
        return end, at

    def _string(self, found: re.Match[str]) -> None:
        if len(found[0]) < 2 or not re.fullmatch(r'"(?:\\.|[^"\\])*"', found[0]):  # noqa: PLR2004
            self._report(
                "FC015",
                "this string is never closed",
                Span(*found.span()),
                'end it with a straight `"` on the same line',
            )

    def _typographic(self, found: re.Match[str], remedy: str) -> None:
        self._report("FC019", f"`{found[0]}` is a typographic mark", Span(*found.span()), remedy)

    def pattern(self, at: int) -> tuple[int, int]:
        """A pattern ends with its line unless a bracket is open or a `|` or `=` stands at the break."""
        text, end, bar = self.source.text, at, False
        opened: list[int] = []
        brackets = 0
        while found := _PATTERN_TOKEN.match(text, at):
            kind = found.lastgroup
            if kind == "line":
                if self._ends(found.end(), opened, bar=bar):
                    break
            elif kind == "open":
                brackets += 1
                self._open(found, opened, brackets)
            elif kind == "close":
                self._close(found, opened)
            else:
                self._check(found)
            at = found.end()
            if kind not in ("comment", "line") and found[0].strip():
                end, bar = at, found[0] in ("|", "=")
        if opened:
            self._unclosed(opened[-1])
        return end, _next_line(text, max(at, end)) if at < len(text) else len(text)

    def _check(self, found: re.Match[str]) -> None:
        if found.lastgroup == "exact" and not re.fullmatch(r"'(?:\\.|[^'\\])+'", found[0]):
            self._exact(found)
        elif found.lastgroup == "typographic":
            remedy = f"write `{_PLAIN[found[0]]}`; for the very mark write `\\{found[0]}`".replace('\\"', '"')
            self._typographic(found, remedy)

    def _open(self, found: re.Match[str], opened: list[int], brackets: int) -> None:
        opened.append(found.start())
        if brackets == MAX_BRACKETS + 1:
            remedy = f"at most {MAX_BRACKETS:,}: split it into several lists or rules"
            self._report("FC045", "this pattern has too many brackets", Span(*found.span()), remedy)
        if len(opened) == MAX_DEPTH + 1:
            remedy = f"at most {MAX_DEPTH} levels: name a part with `list`"
            self._report("FC017", "brackets nest too deep here", Span(*found.span()), remedy)

    def _ends(self, following: int, opened: list[int], *, bar: bool) -> bool:
        """Whether the field ends before the line that starts at `following`."""
        text = self.source.text
        fresh = _FRESH.match(text, following)
        if fresh and len(fresh["indent"].expandtabs(4)) <= self.indent:
            return True
        upcoming = text[following : following + 400].lstrip(" \t")
        return not (opened or bar or upcoming.startswith("|"))

    def _close(self, found: re.Match[str], opened: list[int]) -> None:
        opening = _PAIRS[found[0]]
        if opened and self.source.text[opened[-1]] == opening:
            opened.pop()
            return
        span = Span(*found.span())
        if opened:
            inner = Span(opened[-1], opened[-1] + 1)
            wanted = _CLOSING[self.source.text[opened.pop()]]
            self._report(
                "FC014",
                f"`{found[0]}` closes another kind of bracket",
                span,
                f"close `{self.source.text[inner.start]}` with `{wanted}` first",
                Label(inner, "opened here"),
            )
        else:
            self._report(
                "FC014",
                f"`{found[0]}` closes a bracket that was never opened",
                span,
                f"take it away, or write `\\{found[0]}` for the mark itself",
            )

    def _exact(self, found: re.Match[str]) -> None:
        if found[0] == "''":
            self._report(
                "FC016",
                "there is nothing between the quotes",
                Span(*found.span()),
                "write the exact form inside: `'May'`",
            )
        else:
            self._report(
                "FC016",
                "this exact form is never closed",
                Span(*found.span()),
                "end it with `'` on the same line; for an apostrophe write `\\'`",
            )

    def _unclosed(self, at: int) -> None:
        wanted = _CLOSING[self.source.text[at]]
        self._report(
            "FC013",
            f"`{self.source.text[at]}` is never closed",
            Span(at, at + 1),
            f"close it with `{wanted}`; for the mark itself write `\\{self.source.text[at]}`",
        )

    def _report(self, code: str, message: str, span: Span, remedy: str, *more: Label) -> None:
        if self.sound:  # the first problem of a field; what follows is mostly its echo
            self.problems.append(Diagnostic(code, message, self.source, (Label(span), *more), remedy))
        self.sound = False


def closes(source: Source, problems: list[Diagnostic]) -> bool:
    """Whether the brackets and quotes of a text that is one pattern close; what does not is reported."""
    cursor, at = _Cursor(source, 0, problems), 0
    while at < len(source.text):
        _, at = cursor.pattern(at)
    return cursor.sound


def without_comments(pattern: str) -> str:
    """The text of a pattern with a blank for each character of a comment, so that no offset moves."""
    if "#" not in pattern:
        return pattern
    return _PATTERN_TOKEN.sub(lambda found: " " * len(found[0]) if found["comment"] else found[0], pattern)


def is_message(source: Source, line: Line, fields: tuple[str, ...]) -> bool:
    """Whether the line is a message without its quotation marks, or without the first, and no field of another name."""
    rest = source.text[line.rest.start : line.rest.end]
    half = rest.count('"') == 1 and rest.endswith('"')
    return "message" in fields and (half or (line.head[:1].isupper() and not closest(line.head, fields)))


def _goes_on(text: str, line: Line) -> bool:
    """Whether the line stands further in than a pattern on the line above it."""
    begin = text.rfind("\n", 0, line.span.start) + 1
    above = _LINE.match(text, text.rfind("\n", 0, max(begin - 1, 0)) + 1)
    indent = len(text[begin : line.span.start].expandtabs(4))
    return above is not None and above["head"] in PATTERN_FIELDS and len(above["indent"].expandtabs(4)) < indent


def unknown(source: Source, line: Line, *, indented: bool, fields: tuple[str, ...]) -> Diagnostic:
    """The diagnostic for a line that starts with a word the language does not know."""
    span = line.span if line.head else Span(line.span.start, line.span.start + 1)
    word = line.head or source.text[span.start : span.end]
    if indented:
        remedy = did_you_mean(word, fields)
        if is_message(source, line, fields):
            remedy = 'a message stands between straight quotation marks: `"…"`'
        elif not remedy.startswith("did") and _goes_on(source.text, line):
            remedy = "if the pattern above goes on here, begin this line with `|`, or put all of it in brackets"
        return Diagnostic("FC012", f"unknown field `{word}`", source, (Label(span, "no field of this name"),), remedy)
    return Diagnostic(
        "FC011",
        f"unknown statement `{word}`",
        source,
        (Label(span, "no statement of this name"),),
        did_you_mean(word, STATEMENTS),
    )
