"""The one renderer: a diagnostic as a caret snippet for people to read."""

import unicodedata
from collections.abc import Callable, Iterable

from factcheck.diagnostic import Diagnostic, Label, Severity
from factcheck.span import Source, Span

_WINDOW = 100  # columns of a source line that are shown; longer lines are cut around the label
_BOLD, _RED, _YELLOW, _BLUE, _OFF = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[0m"


def render(diagnostic: Diagnostic, *, color: bool = False) -> str:
    """The diagnostic as several lines of text without a final line break; `color` adds ANSI codes."""
    paint = _paint if color else _plain
    tone = _RED if diagnostic.severity is Severity.ERROR else _YELLOW
    head = paint(f"{diagnostic.severity.value}[{diagnostic.code}]", _BOLD + tone)
    lines = [f"{head}: {paint(visible(diagnostic.message), _BOLD)}"]
    if diagnostic.labels:
        lines += _snippets(diagnostic, lambda text: paint(text, _BLUE), lambda text: paint(text, tone))
    else:
        lines.append(f"  {paint('-->', _BLUE)} {visible(diagnostic.source.name)}")
    if diagnostic.help:
        margin = " " * _margin(diagnostic)
        first, *rest = diagnostic.help.split("\n")
        lines.append(f"{margin}{paint('=', _BLUE)} help: {visible(first)}")
        lines += [f"{margin}        {visible(line)}" for line in rest]
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """All diagnostics, a blank line between, and a line that counts them."""
    found = list(diagnostics)
    if not found:
        return ""
    parts = [render(d, color=color) for d in found]
    return "\n\n".join([*parts, summary(found)]) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """A line such as `2 errors, 1 warning`."""
    found = [d.severity for d in diagnostics]
    counts = [(found.count(s), s.value) for s in Severity if s in found]
    return ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in counts)


def visible(text: str) -> str:
    """The text with a visible sign for each control character: a rule file must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _sign(c) for c in text)


def _sign(char: str) -> str:
    code = ord(char)
    if code < 0x20:  # noqa: PLR2004
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"  # noqa: PLR2004


def _margin(diagnostic: Diagnostic) -> int:
    places = [diagnostic.source.place(label.span.start).line for label in diagnostic.labels]
    return len(str(max(places, default=0))) + 1 if places else 2


def _plain(text: str, _style: str) -> str:
    return text


def _paint(text: str, style: str) -> str:
    return f"{style}{text}{_OFF}"


def _snippets(diagnostic: Diagnostic, frame: Callable[[str], str], mark: Callable[[str], str]) -> list[str]:
    source, margin = diagnostic.source, _margin(diagnostic)
    blank = " " * margin
    main = source.place(diagnostic.labels[0].span.start)
    name = f"{visible(source.name)}:{main.line}:{main.column}"
    lines = [f"{' ' * (margin - 1)}{frame('-->')} {name}", f"{blank}{frame('|')}"]
    for label in sorted(diagnostic.labels, key=lambda one: one.span):
        number = source.place(label.span.start).line
        shown, carets = _excerpt(source, label, number)
        lines.append(f"{frame(f'{number:>{margin - 1}} |')} {shown}")
        lines.append(f"{blank}{frame('|')} {mark(carets)}".rstrip())
    return lines


def _excerpt(source: Source, label: Label, number: int) -> tuple[str, str]:
    """The source line, cut to a window around the label, and the line of carets below it."""
    line = source.line(number)
    span = Span(min(label.span.start, line.end), min(label.span.end, line.end))
    text, start, end = source.text[line.start : line.end], span.start - line.start, span.end - line.start
    left = max(0, start - _WINDOW // 2) if len(text) > _WINDOW else 0
    right = min(len(text), left + _WINDOW)
    end = min(end, right)
    before = "…" if left else ""
    shown = before + _columns(text[left:right]) + ("…" if right < len(text) else "")
    pad = len(before) + width(text[left:start])
    carets = "^" * max(1, width(text[start:end]))
    return shown.rstrip(), " " * pad + carets + (f" {visible(label.text)}" if label.text else "")


def _columns(text: str) -> str:
    return visible(text.replace("\t", "    "))


def width(text: str) -> int:
    """Terminal columns the text takes: wide letters two, combining marks none, a tab four."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_char_width(c) for c in text)


def _char_width(char: str) -> int:
    if char == "\t":
        return 4
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
