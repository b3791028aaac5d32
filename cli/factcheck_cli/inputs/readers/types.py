"""The types of files that are read: what tells each by its name or its content, and what reads it."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

ZIP: Final = "zip"
"""The type of a zip file until all of it has been asked what it is."""

HEAD: Final = 1 << 12
"""Bytes at the beginning of a file that tell what it is."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of file: what people call it, what names of such files end in, the module and the extra that read it."""

    title: str
    suffixes: tuple[str, ...]
    module: str
    extra: str = ""
    rows: bool = False
    """Whether it is a table, which a folder does not hold as articles."""
    many: bool = False
    """Whether a file holds many documents, each with a number."""
    streamed: bool = False
    """Whether its reader takes it piece by piece from the disk."""


TYPES: Final = {
    "text": Type("plain text", (".txt", ".text"), ""),
    "markdown": Type("Markdown", (".md", ".markdown", ".mkd"), "markdown"),
    "rst": Type("reStructuredText", (".rst", ".rest"), "rst", "rst"),
    "html": Type("HTML", (".html", ".htm", ".xhtml"), "html", "html"),
    "docx": Type("a Word document", (".docx", ".docm"), "docx"),
    "odt": Type("an OpenDocument text", (".odt",), "odt"),
    "epub": Type("an EPUB book", (".epub",), "epub"),
    "pdf": Type("PDF", (".pdf",), "pdf", "pdf"),
    "email": Type("an e-mail", (".eml",), "mail"),
    "feed": Type("an RSS or Atom feed", (".rss", ".atom"), "feed", many=True),
    "warc": Type("a web archive", (".warc", ".warc.gz"), "warc", "warc", rows=True, many=True, streamed=True),
    "jsonl": Type("JSON lines", (".jsonl", ".ndjson"), "", rows=True, many=True),
    "json": Type("JSON", (".json",), "json_rows", rows=True, many=True),
    "csv": Type("a table of comma-separated values", (".csv",), "", rows=True, many=True),
    "tsv": Type("a table of values parted by tabs", (".tsv",), "", rows=True, many=True),
    "parquet": Type("a Parquet table", (".parquet",), "parquet", "arrow", rows=True, many=True, streamed=True),
}
"""By the name that `--type` takes."""

ARTICLES: Final = tuple(suffix for one in TYPES.values() if not one.rows for suffix in one.suffixes)
"""What names of the files end in that are taken from folders."""

_CODE: Final = tuple(
    f".{suffix}"
    for suffix in (  # noqa: SIM905 - suffixes read best in lines
        "bash bat c cc cpp cs css cxx go h hpp java js jsx kt kts lua mjs php pl pm ps1 py pyi r rb rs scala scss sh "
        "sql swift ts tsx vb zsh"
    ).split()
)
"""What names of program code end in."""

_XML: Final = re.compile(
    rb"(?:<\?xml[^>]*>)?(?>(?>\s*<!--.*?-->)*)\s*(?:<\?[^>]*>\s*)*<(!doctype\s+html|[\w:]+)",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before the first element, from the first sign on: nowhere may two runs of blanks share what there is."""
_FEEDS: Final = (b"rss", b"feed", b"rdf:rdf")
_ARRAY: Final = re.compile(rb"\s*\[\s*\{\s*\"")
_HEADER: Final = re.compile(rb"(?:[!-9;-~]{2,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_MAILED: Final = re.compile(
    rb"^(?:received|message-id|mime-version|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_GZIP: Final = b"\x1f\x8b"
_JUNK: Final = 1024  # bytes that may stand before a PDF
_BEGINNINGS: Final = {b"%PDF-": "pdf", b"PK\x03\x04": ZIP, b"PAR1": "parquet", b"WARC/1.": "warc"}
_REFUSED: Final = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "this is a document of an old office program; save it as .docx or .odt",
    b"{\\rtf": "this is RTF, which is not read; save it as .docx or .odt",
}


REPORT: Final = b'<meta name="generator" content="factcheck '
"""What an HTML report has in its head."""
INDEX: Final = "index.html"
"""What the first page of one is called that is a folder."""
_SENTENCE: Final = rb'\s*\{"doc":"(?:[^"\\]|\\.)*","index":\d+,"start":\d+,"end":\d+,"text":"'
_RESULTS: Final = {
    re.compile(rb"\s*\[" + _SENTENCE): "json",
    re.compile(_SENTENCE): "jsonl",
    re.compile(rb'\{"\$schema":"[^"]*","version":"[\d.]+","runs":\[\{"tool":\{"driver":\{"name":"factcheck"'): "text",
}
_SUMMARY: Final = re.compile(rb"## factcheck\n\n[\d,]+ sentences? in [\d,]+ documents?, graded by their wording, ")


class UnknownTypeError(Exception):
    """The content is of a type that is not read; says which, and what to do."""


def named(path: str) -> str:
    """The type that the path's name says, or nothing."""
    low = path.lower()
    return next((name for name, one in TYPES.items() if low.endswith(one.suffixes)), "")


def is_code(path: str) -> bool:
    """Whether the path's name is that of program code."""
    return path.lower().endswith(_CODE)


def made_here(head: bytes) -> tuple[str, str]:
    """What a file is that begins so, if factcheck wrote it for people or programs, and the type to read it as."""
    if REPORT in head and _marked_up(head) == "html":
        return "this is a report", "html"
    if _SUMMARY.match(head):
        return "this is a summary", "markdown"
    return next((("these are results", kind) for begun, kind in _RESULTS.items() if begun.match(head)), ("", ""))


def told(head: bytes) -> str:
    """The type that the first bytes of a file show beyond doubt, or nothing. Raises UnknownTypeError.

    `ZIP` is that of which the whole has to be asked.
    """
    head = head.removeprefix(codecs.BOM_UTF8)
    for begun, kind in _BEGINNINGS.items():
        if head.startswith(begun):
            return kind
    for begun, said in _REFUSED.items():
        if head.startswith(begun):
            raise UnknownTypeError(said)
    if head.startswith(_GZIP):
        return _packed(head)
    return "pdf" if b"%PDF-" in head[:_JUNK] else _marked_up(head)


def _marked_up(head: bytes) -> str:
    """The type of a text that begins as no prose does, or nothing."""
    if found := _XML.match(head.lstrip()):
        root = found[1].lower()
        if root == b"html" or root.startswith(b"!doctype"):
            return "html"
        if root in _FEEDS:
            return "feed"
    if _ARRAY.match(head):
        return "json"
    header = _HEADER.match(head)
    return "email" if header and _MAILED.search(header[0]) else ""


def is_json(head: bytes) -> bool:
    """Whether a file whose name says so begins as JSON does, and not with an object on the first line as JSON lines."""
    begun = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begun.startswith((b"[", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    first, end, _ = begun.partition(b"\n")
    return bool(end) and begun.startswith(b"{") and not first.rstrip().endswith(b"}")


def _packed(head: bytes) -> str:
    import zlib

    try:
        begun = zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        begun = b""
    if begun.startswith(b"WARC/1."):
        return "warc"
    raise UnknownTypeError("this is packed with gzip; unpack it, and scan what is in it")
