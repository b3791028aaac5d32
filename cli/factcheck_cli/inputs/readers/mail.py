"""E-mails: the text of one, or its HTML where it has no other, with what it quotes of earlier letters."""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import count
from typing import Any, Final, NamedTuple

from factcheck_cli.inputs.readers.article import About, Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.html import Page
from factcheck_cli.inputs.readers.mapped import Mapped, Piece
from factcheck_cli.lines import Lines

_PIECE: Final = re.compile(r"(?P<soft>=[ \t]*\r?\n)|=(?P<byte>[0-9A-Fa-f]{2})|[^=]+|=")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_QUOTED: Final = re.compile(r"(?:[ \t]*>)+[ \t]?")

_FURNITURE: Final = ("mail", "code")
"""What a signature is, and what a program writes above a letter that is quoted: it claims nothing."""
_INTRODUCES: Final = re.compile(r"On\b.{0,200}(?:@|\b(?:19|20)\d\d\b|\d:\d\d).{0,200}\bwrote:")
_EARLIER: Final = re.compile(r"-{2,}\s*(?:Original|Forwarded) message\s*-{2,}|Begin forwarded message:", re.IGNORECASE)
_HEAD: Final = re.compile(r"(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments?)\s*:", re.IGNORECASE)
_WRAPPED: Final = 3  # lines that it may take to say who wrote
_SIGNATURE: Final = 8  # lines of a signature, at most


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    message = message_from_bytes(data, policy=policy.default)
    about = About()
    about.keep("title", _header(message, "subject"))
    about.keep("byline", ", ".join(name or address for name, address in getaddresses([_header(message, "from")])))
    about.keep("date", _header(message, "date"))
    about.keep("language", _header(message, "content-language"))
    body = message.get_body(("plain", "html"))
    if not isinstance(body, EmailMessage):
        raise UnreadableError("there is no text in this e-mail; save what is attached to it")
    source, mapped = _text(data, body)
    builder = Builder()
    numbers = count(1)
    label = None if source else (lambda: {"paragraph": next(numbers)})
    if body.get_content_subtype() == "html":
        for block in Page(mapped.text).blocks:
            block.pieces = list(mapped.moved(block.pieces))
            if _INTRODUCES.fullmatch(block.text()):
                block.kinds = (*block.kinds, *_FURNITURE)
            block.write(builder, label)
    else:
        _write(builder, mapped, label)
    yield builder.article(Lines(source) if source else None, about)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except Exception:  # noqa: BLE001 - the library trips over many a broken header
        return ""


def _text(data: bytes, body: EmailMessage) -> tuple[str, Mapped]:
    """The source, and the text of a part of it; no source where the text does not stand in it as people read it."""
    charset = body.get_content_charset("utf-8")
    try:
        source = data.decode(charset, "replace")
    except LookupError:
        charset = "utf-8"
        source = data.decode(charset, "replace")
    payload = body.get_payload(decode=True)
    text = payload.decode(charset, "replace") if isinstance(payload, bytes) else ""
    written = str(body.get_payload())
    coding = str(body.get("content-transfer-encoding", "7bit")).strip().lower()
    head = max(source.find("\n\n"), source.find("\r\n\r\n"), 0)
    if coding == "quoted-printable" and (at := source.find(written, head)) >= 0:
        return source, Mapped(_unquoted(written, at, charset))
    at = source.find(text, head) if coding != "base64" else -1
    if at >= 0:
        return source, Mapped([(text, at, 0)])
    return "", Mapped([(text, -1, 0)])  # in base64 nobody reads a line


def _unquoted(written: str, start: int, charset: str) -> Iterator[Piece]:
    """Quoted-printable text, decoded. Of a character that a line end parts the place ends there."""
    decoder = getincrementaldecoder(charset)("replace")
    begun = end = -1  # where the bytes of a character begin, and end in its line
    for found in _PIECE.finditer(written):
        at = start + found.start()
        if found["byte"]:
            begun, end = (at, at + len(found[0])) if begun < 0 else (begun, end)
            end = at + len(found[0]) if end == at else end
            if text := decoder.decode(bytes.fromhex(found["byte"])):
                yield text, begun, end - begun
                begun = -1
        elif not found["soft"]:
            begun = -1
            yield decoder.decode(b"", True) + found[0], at, 0
            decoder.reset()


def _write(builder: Builder, mapped: Mapped, label: Callable[[], dict[str, Any]] | None) -> None:
    """Paragraphs, parted by empty lines and where a quotation begins or ends, or what is none of the letter."""
    before: tuple[str, ...] | None = None
    for start, stripped, end, kinds in _lines(mapped.text):
        if not stripped or kinds != before:
            builder.begin(kinds, label)
            before = kinds
        if not stripped:
            continue
        for text, at, size in mapped.cut(start, start + len(stripped)):
            if size:
                builder.put(text, at, size)
            else:
                builder.write(text, at)
        builder.blank("\n", end)
    builder.close()


class _Line(NamedTuple):
    """A line of a letter: where its text begins, that text, where it ends, and how often it is quoted."""

    start: int
    text: str
    end: int
    depth: int


def _parsed(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        line, begun, depth = found[0], 0, 0
        if ">" in line and (mark := _QUOTED.match(line)):
            begun, depth = mark.end(), mark[0].count(">")
        stripped = line[begun:].strip()
        start = found.start() + (line.find(stripped, begun) if stripped else begun)
        yield _Line(start, stripped, found.start() + len(line.rstrip("\r\n")), depth)


def _lines(text: str) -> Iterator[tuple[int, str, int, tuple[str, ...]]]:
    """The lines, each with what it is: of the letter, of one that it quotes, or none of either."""
    lines = list(_parsed(text))
    signed = -1  # how deep the quotation stands that is signed
    introduced = 0  # lines that say who wrote what follows
    earlier, heads = False, 0
    for number, line in enumerate(lines):
        if line.depth != signed:
            signed = line.depth if _signs(text, lines, number) else -1
        if _EARLIER.fullmatch(line.text):
            earlier, heads, signed = True, 1, -1
        elif heads:
            heads = _heads(line.text, heads)
        introduced = max(introduced - 1, 0) or _introduces(lines, number)
        furniture = signed >= 0 or heads or introduced
        kinds: tuple[str, ...] = ("mail",) if line.depth or earlier else ()
        yield line.start, line.text, line.end, _FURNITURE if furniture else kinds


def _heads(line: str, before: int) -> int:
    """Whether a line is in the head of an earlier letter: 1 where that may begin yet, 2 in it, 0 behind it."""
    if not line:
        return 1 if before == 1 else 0
    if _HEAD.match(line):
        return 2
    return 2 if before > 1 and ("@" in line or line.endswith(";")) else 0  # addresses take more than a line


def _signs(text: str, lines: Sequence[_Line], number: int) -> bool:
    """Whether a signature begins; without the blank that makes the line one, if it is no longer than those are."""
    line = lines[number]
    if line.text != "--":
        return False
    if text[line.start : line.end] == "-- ":
        return True
    below = lines[number + 1 : number + 2 + _SIGNATURE]
    return len(below) <= _SIGNATURE or any(one.depth != line.depth for one in below)


def _introduces(lines: Sequence[_Line], number: int) -> int:
    """How many lines from this one on say who wrote what is quoted below."""
    first = lines[number]
    if not first.text.startswith("On "):
        return 0
    whole = ""
    for end in range(number, min(number + _WRAPPED, len(lines))):
        line = lines[end]
        if line.depth != first.depth or not line.text:
            return 0
        whole = f"{whole} {line.text}".lstrip()
        if line.text.endswith("wrote:"):
            below = next((one.depth for one in lines[end + 1 : end + 1 + _WRAPPED] if one.text), 0)
            return end - number + 1 if below > first.depth or _INTRODUCES.fullmatch(whole) else 0
    return 0
