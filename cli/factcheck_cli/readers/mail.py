"""E-mails: the text of one, or its HTML where it has no other, with what it quotes of earlier letters."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from factcheck_cli.readers.article import About, Article, Asked, Builder, Lines, UnreadableError
from factcheck_cli.readers.html import Page
from factcheck_cli.readers.mapped import Mapped, Piece

_PIECE: Final = re.compile(r"(?P<soft>=[ \t]*\r?\n)|=(?P<byte>[0-9A-Fa-f]{2})|[^=]+|=")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_QUOTED: Final = re.compile(r"(?:[ \t]*>)+[ \t]?")


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    message = message_from_bytes(data, policy=policy.default)
    about = About()
    about.keep("title", _header(message, "subject"))
    about.keep("byline", _header(message, "from"))
    about.keep("date", _header(message, "date"))
    about.keep("language", _header(message, "content-language"))
    body = message.get_body(("plain", "html"))
    if not isinstance(body, EmailMessage):
        raise UnreadableError("there is no text in this e-mail; save what is attached to it")
    source, mapped = _text(data, body)
    builder = Builder()
    if body.get_content_subtype() == "html":
        for block in Page(mapped.text).blocks:
            block.pieces = list(mapped.moved(block.pieces))
            block.write(builder)
    else:
        _write(builder, mapped)
    yield builder.article(Lines(source), about)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except Exception:  # noqa: BLE001 - the library trips over many a broken header
        return ""


def _text(data: bytes, body: EmailMessage) -> tuple[str, Mapped]:
    """The source, and the text of a part of it."""
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
    # All that can be said of it is where the part begins.
    at = max(source.find(written.strip()[:60], head), 0)
    return source, Mapped([(text, at, 1)])


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


def _write(builder: Builder, mapped: Mapped) -> None:
    """Paragraphs, parted by empty lines and where a quotation begins or ends."""
    depth, kinds = -1, list[str]()
    for found in _LINE.finditer(mapped.text):
        line, begun, now = found[0], 0, 0
        if ">" in line and (mark := _QUOTED.match(line)):
            begun, now = mark.end(), mark[0].count(">")
        stripped = line[begun:].strip()
        if not stripped or now != depth:
            kinds = ["mail"] if now else []
            builder.begin(kinds)
            depth = now
        if not stripped:
            continue
        start = found.start() + line.find(stripped, begun)
        for text, at, size in mapped.cut(start, start + len(stripped)):
            if size:
                builder.put(text, at, size)
            else:
                builder.write(text, at)
        builder.blank("\n", found.start() + len(line.rstrip("\r\n")))
    builder.close()
