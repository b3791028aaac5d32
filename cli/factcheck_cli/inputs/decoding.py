"""Bytes to text: by the byte order mark, else UTF-8, else what it plainly is; what was guessed is noted."""

import codecs
import re

from factcheck_cli.log import Report
from factcheck_cli.terminal.console import counted

# The UTF-32 mark of little-endian order starts with that of UTF-16, so it stands before it.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Byte order marks with the codec and the name of what they mark."""

_WHOLE = re.compile(r"[^\0-\x7f\ufffd]")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_REMEDY = "save it as UTF-8"

BLANK = "there is no text in it"
"""What is noted of a file with nothing but white space."""


def decode(data: bytes, name: str, report: Report) -> str | None:
    """The text of the file called `name`; None when it is no text, which is reported."""
    text, said = _decoded(data)
    if text is None:
        report.failure(name, said)
    elif not text or text.isspace():
        report.note(name, BLANK)
    elif said:
        report.note(name, said)
    return text


def _decoded(data: bytes) -> tuple[str | None, str]:
    """The text and what to say of how it was found, or None and what is wrong."""
    for mark, codec, title in MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec)
            if text is None:
                return None, f"this begins as {title} does, but is not {title} all through; {_REMEDY}"
            return _without_nul(text)
    if b"\0" in data:
        text = _wide(data)
        guess = f"this is read as UTF-16, though no byte order mark says so; {_REMEDY} if letters look wrong"
        return (text, guess) if text else _without_nul("\0")
    text = _strictly(data, "utf-8")
    return (text, "") if text is not None else _not_utf8(data)


def _without_nul(text: str) -> tuple[str | None, str]:
    if "\0" in text:
        return None, f"this is a binary file (it holds NUL characters); name a file of text, or {_REMEDY}"
    return text, ""


def _wide(data: bytes) -> str | None:
    """The text of UTF-16 without a mark, where it is plain.

    Of most characters one byte, always the same, is zero, and none is a control character, as small numbers would be.
    """
    for codec, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        text = _strictly(data, codec) if 2 * high.count(0) > len(high) else None
        if text is not None and not _CONTROL.search(text):
            return text
    return None


def _not_utf8(data: bytes) -> tuple[str | None, str]:
    """Damaged UTF-8, if more letters of it are whole than broken; else Windows-1252, if it can be."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(1 for _ in _WHOLE.finditer(text)) > broken:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        where = f"is broken, on line {line:,}" if broken == 1 else f"are broken, the first on line {line:,}"
        return text, f"{counted(broken, 'character')} {where}; {_REMEDY}"
    old = _strictly(data, "cp1252")
    if old is None:
        return None, f"this is neither UTF-8 nor Windows-1252 text; {_REMEDY}"
    return old, f"this is not UTF-8, so it is read as Windows-1252; {_REMEDY} if letters look wrong"


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
