"""Files that are broken, or made to do harm: names and contents."""

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Iterator

from made_articles import FORMATS, articles, made, pdf, zipped

DEEP = 100_000
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_ZEROS = b" " * (1 << 20)
_WORD = "xmlns:w='urn:w'"


def files() -> dict[str, bytes]:
    """All of them, by name."""
    return dict(_all())


def _all() -> Iterator[tuple[str, bytes]]:
    sound = {form: made(articles()[0], form) for form in FORMATS}
    yield from _cut(sound)
    yield from _noisy(sound)
    yield from _misnamed(sound)
    yield from _zips(sound)
    yield from _deep()
    yield from _texts()
    yield from _pdfs(sound["pdf"])
    yield from _others()


def _cut(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files that end too early."""
    for form, data in sound.items():
        for part in (1, 10, 50, 90, 99):
            yield f"cut-{part}.{form}", data[: max(1, len(data) * part // 100)]
        yield f"empty.{form}", b""


def _noisy(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files of which some bytes are others."""
    chance = random.Random(7)  # noqa: S311 - the same files each time
    for form, data in sound.items():
        for number in range(5):
            noisy = bytearray(data)
            for _ in range(2 + 8 * number):
                noisy[chance.randrange(len(noisy))] = chance.randrange(256)
            yield f"noise-{number}.{form}", bytes(noisy)


def _misnamed(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files whose names say something else."""
    for form, other in zip(FORMATS, [*FORMATS[3:], *FORMATS[:3]], strict=True):
        yield f"named-{form}.{other}", sound[form]
    yield "rows.txt", b'{"text": "It may sink."}\n{"text": "It sank."}\n'
    yield "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    yield "program.docx", b"\x7fELF" + bytes(512)
    yield "old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    yield "rich.odt", b"{\\rtf1 It may sink.}"
    yield "packed.txt", gzip.compress(b"It may sink.")
    yield "prose.parquet", b"It may sink."
    yield "prose.warc", b"It may sink."
    yield "prose.csv", b"It may sink."


def _stored(name: str, data: bytes, extra: dict[str, str | bytes], claimed: int | None = None) -> bytes:
    """A zip file with a part that is packed well, or claims another size than it has."""
    packed = bytearray(zipped({**extra, name: data}))
    if claimed is not None:
        at = packed.rfind(b"PK\x01\x02")
        packed[at + 24 : at + 28] = struct.pack("<I", claimed)
    return bytes(packed)


def _zips(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Zip files that unfold, lie or are locked."""
    large = _ZEROS * 120
    body = f"<w:document {_WORD}><w:body><w:p><w:r><w:t>It may sink.</w:t></w:r></w:p></w:body></w:document>"
    yield "bomb.docx", _stored("word/document.xml", large, {})
    yield "text-bomb.docx", _stored("word/document.xml", body.replace("It", "It may " * 4_000_000).encode(), {})
    yield "bomb.odt", _stored("content.xml", large, {"mimetype": "application/vnd.oasis.opendocument.text"})
    yield "bomb.epub", _stored("META-INF/container.xml", large, {"mimetype": "application/epub+zip"})
    yield "liar.docx", _stored("word/document.xml", body.encode(), {}, claimed=5)
    yield "giant.docx", _stored("word/document.xml", body.encode(), {}, claimed=0xFFFFFFF0)
    yield "many.docx", zipped({f"{n}": "" for n in range(51_000)} | {"word/document.xml": body})
    yield "entities.docx", zipped({"word/document.xml": f"{BOMB}<w:document {_WORD}><w:t>&j;</w:t></w:document>"})
    yield (
        "outside.docx",
        zipped({"word/document.xml": f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:p {_WORD}>&x;</w:p>'}),
    )
    mime = {"mimetype": "application/vnd.oasis.opendocument.text"}
    yield "entities.odt", zipped({**mime, "content.xml": f"{BOMB}<a>&j;</a>"})
    yield "entities.epub", zipped({"META-INF/container.xml": f"{BOMB}<a>&j;</a>"})
    yield "deep.docx", zipped({"word/document.xml": "<p>" * DEEP + "It may sink." + "</p>" * DEEP})
    yield "deep.odt", zipped({**mime, "content.xml": "<list-item>" * DEEP + "</list-item>" * DEEP})
    yield "no-text.docx", zipped({"word/document.xml": b"", "a": b""})
    yield "other.docx", zipped({"a.txt": "It may sink."})
    yield "path.epub", zipped({"META-INF/container.xml": '<a><rootfile full-path="../../etc/passwd"/></a>'})
    yield "loop.epub", zipped({"META-INF/container.xml": '<a><rootfile full-path="META-INF/container.xml"/></a>'})
    locked = bytearray(sound["docx"])
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        locked[place + at] |= 1
    yield "locked.docx", bytes(locked)
    yield "locked.odt", zipped({**mime, "content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.comment = b"PK\x05\x06" * 100
    yield "comment.docx", stored.getvalue()
    yield "bad-check.docx", stored.getvalue().replace(b"may sink", b"may rise")


def _deep() -> Iterator[tuple[str, bytes]]:
    """Structures without end."""
    yield "deep.html", b"<div>" * DEEP + b"It may sink." + b"</div>" * DEEP
    yield "deep-spans.html", b"<p>" + b"<span>It may " * 30_000
    yield "deep-lists.html", b"<ul><li>x" * 20_000
    yield "deep-tables.html", b"<table><tr><td>x" * 20_000
    yield "unclosed.html", b"<" * 100_000
    yield "comments.html", b"<!--" * 300_000
    yield "sections.html", b"<![CDATA[" * 10_000
    yield "ends.html", b"</p>" * 100_000
    yield "attribute.html", b"<html><p title='" + b"a" * 5_000_000 + b"'>It may sink.</p></html>"
    yield "attributes.html", b"<html><p " + b"a=b " * 300_000 + b">It may sink.</p></html>"
    yield "entities.html", b"<html><p>" + b"&nbsp;&#x41;&" * 30_000 + b"</p></html>"
    yield "entity-bomb.html", BOMB.encode() + b"<html><p>&j; It may sink.</p></html>"
    yield "scripts.html", b"<html><script>" * 50_000
    yield "deep-quotes.md", b">" * DEEP + b" It may sink."
    yield "deep-lists.md", b"\n".join(b" " * n + b"- x" for n in range(2_000))
    yield "brackets.md", b"[" * 10_000
    yield "links.md", b"[a](" * 10_000
    yield "stars.md", b"*a **b " * 20_000
    yield "ticks.md", b"".join(b"`" * n + b" " for n in range(1_500))
    yield "pipes.md", b"|" * 100_000 + b"\n" + b"|-" * 50_000
    yield "front.md", b"---\n" + b"a: b\n" * 20_000
    yield "html.md", b"<div>\n\n" * 10_000
    yield "deep.rst", b"\n".join(b" " * n + b"x" for n in range(2_000))
    yield "stars.rst", b"*a **b ``c " * 20_000
    yield "include.rst", b".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n\nIt may sink.\n"
    yield "deep.rss", b"<rss><channel><item><description>" + b"<a>" * DEEP
    yield "entities.rss", BOMB.encode() + b"<rss><channel><item><title>&j;</title></item></channel></rss>"
    yield "items.rss", b"<rss><channel>" + b"<item><title>It may</title></item>" * 5_000 + b"</channel></rss>"
    yield (
        "parts.eml",
        b"Message-ID: <1>\nMIME-Version: 1.0\nSubject: x\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
    )
    yield "header.eml", b"From: a\nMessage-ID: <1>\nSubject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\n\nIt may sink."
    yield (
        "soft.eml",
        (
            b"From: a\nMessage-ID: <1>\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
            + b"=\n" * 300_000
        ),
    )
    yield "charset.eml", b"From: a\nMessage-ID: <1>\nContent-Type: text/plain; charset=nonsense\n\nIt may sink \xff."
    yield "arrow.eml", b"From: a\nMessage-ID: <1>\nTo: b\n\n" + b">" * 500_000
    yield "cells.csv", b"text\n" + b'"' * 1_000_000
    yield "wide.csv", b"text" + b",x" * 200_000 + b"\nIt may sink.\n"


def _texts() -> Iterator[tuple[str, bytes]]:
    """Texts in mixed encodings."""
    mixed = "It may sink. Café.".encode() + "Café".encode("cp1252") + "Café".encode("utf-16-le")
    for form in ("txt", "md", "html", "rst", "rss", "eml", "csv"):
        yield f"mixed.{form}", mixed
        yield f"wide.{form}", "It may sink. Café.".encode("utf-16")
        yield f"nul.{form}", b"It may\0 sink."
    yield "latin.html", b"<html><meta charset='iso-8859-1'><p>Caf\xe9 may sink.</p></html>"
    yield "liar.html", b"<html><meta charset='utf-7'><p>+ADw-script+AD4- Caf\xe9 may sink.</p></html>"
    yield "surrogate.html", b"<html><p>It may &#xD800; sink &#0; &#x110000;.</p></html>"
    yield "directions.md", "It \u202emay\u202c sink \u2066now\u2069.".encode()


def _pdfs(sound: bytes) -> Iterator[tuple[str, bytes]]:
    """PDFs that are locked, turn in circles, or hold nothing."""
    yield (
        "locked.pdf",
        sound.replace(
            b"trailer << ",
            b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /O ("
            + b"a" * 32
            + b") /U ("
            + b"b" * 32
            + b") /P -4 >> /ID [(a) (a)] ",
        ),
    )
    yield "circle.pdf", sound.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    yield "count.pdf", sound.replace(b"/Count 1", b"/Count 2000000000")
    yield "length.pdf", sound.replace(b"/Length ", b"/Length 9999999")
    yield "blank.pdf", pdf([[]])
    yield "pages.pdf", pdf([[(700, 12, "It may sink.")]] * 1_500)
    yield "numbers.pdf", b"%PDF-1.7\n" + b"1 0 obj [" * DEEP
    yield "junk.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 100


def _others() -> Iterator[tuple[str, bytes]]:
    """Archives and tables."""
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\n"
    )
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>It may sink.</p></html>"
    yield "short.warc", head + b"Content-Length: 99999999\r\n\r\n" + page
    yield "negative.warc", head + b"Content-Length: -5\r\n\r\n" + page
    yield "head.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000
    yield "bomb.warc.gz", gzip.compress(head + b"Content-Length: 120000000\r\n\r\n" + page + _ZEROS * 120)
    yield "cut.warc.gz", gzip.compress(head + b"Content-Length: 100\r\n\r\n" + page)[:-20]
    yield "deep.json", b"[" * DEEP
    yield "deep-objects.json", b'[{"text": ' * DEEP
    yield "empty-objects.json", b'[{"text": "It may sink."}' + b",{}" * 9_000_000 + b"]"
    yield "keys.json", b'[{"text": "It may sink."' + b"".join(b',"%d": 0' % n for n in range(300_000)) + b"}]"
    yield "cut.json", b'[{"text": "It may sink."}, {"text": "It'
    yield "noise.json", b'[{"text": "It may \xff\xfe sink.\0"}]'
    yield "cut.parquet", b"PAR1" + bytes(100) + b"PAR1"
    yield "length.parquet", b"PAR1" + bytes(100) + struct.pack("<I", 0x7FFFFFFF) + b"PAR1"
