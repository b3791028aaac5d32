"""The same articles as files of every format: one source, written by a few lines a format."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path

SOURCE = Path(__file__).with_name("articles.txt")
FORMATS = ("txt", "md", "rst", "html", "docx", "odt", "epub", "pdf", "eml")
_TOP, _FOOT = 750, 40  # of a page of a PDF, in points
_KINDS = {"# ": "heading", "! ": "caption", "* ": "item", "| ": "row"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption, entry of a list or row of a table."""

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.split("|")]


def articles() -> list[list[Block]]:
    """The articles, each as its blocks."""
    return [[_block(line) for line in one.split("\n") if line] for one in SOURCE.read_text("utf-8").split("=====\n")]


def _block(line: str) -> Block:
    kind = _KINDS.get(line[:2], "paragraph")
    return Block(kind, line if kind == "paragraph" else line[2:])


def made(blocks: list[Block], form: str) -> bytes:
    """The article in a format."""
    return {
        "txt": _txt,
        "md": _md,
        "rst": _rst,
        "html": lambda b: _html(b).encode(),
        "docx": _docx,
        "odt": _odt,
        "epub": _epub,
        "pdf": _pdf,
        "eml": _eml,
    }[form](blocks)


def _txt(blocks: list[Block]) -> bytes:
    return "\n\n".join("\n\n".join(b.cells) if b.kind == "row" else b.text for b in blocks).encode()


def _md(blocks: list[Block]) -> bytes:
    lines, before = [], ""
    for block in blocks:
        if block.kind == "row":
            lines.append(f"| {' | '.join(block.cells)} |" + ("" if before == "row" else "\n|---|---|"))
        else:
            lines.append({"heading": "# ", "item": "* "}.get(block.kind, "") + block.text + "\n")
        before = block.kind
    return "\n".join(lines).encode()


def _rst(blocks: list[Block]) -> bytes:
    lines, before = [], ""
    for block in blocks:
        if block.kind == "row":
            if before != "row":
                lines.append(".. list-table::\n")
            lines += [f"   * - {block.cells[0]}", *(f"     - {cell}" for cell in block.cells[1:])]
        elif block.kind == "heading":
            lines.append(f"{block.text}\n{'=' * len(block.text)}\n")
        elif block.kind == "caption":
            lines.append(f".. figure:: a.png\n\n   {block.text}\n")
        else:
            lines.append(("* " if block.kind == "item" else "") + block.text + "\n")
        before = block.kind
    return ("\n".join(lines) + "\n").encode()


def _html(blocks: list[Block], head: str = "<!DOCTYPE html>") -> str:
    tags = {"heading": "h1", "caption": "figure><figcaption", "paragraph": "p"}
    parts, open_list = [], ""
    for block in blocks:
        outer = {"item": "ul", "row": "table"}.get(block.kind, "")
        if outer != open_list:
            parts += [f"</{open_list}>"] * bool(open_list) + [f"<{outer}>"] * bool(outer)
            open_list = outer
        if block.kind == "item":
            parts.append(f"<li>{escape(block.text)}</li>")
        elif block.kind == "row":
            parts.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in block.cells)}</tr>")
        else:
            tag = tags[block.kind]
            end = "></".join(reversed(tag.split("><")))
            parts.append(f"<{tag}>{escape(block.text)}</{end}>")
    parts += [f"</{open_list}>"] * bool(open_list)
    nav = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>Weather may change</a></li></ul></nav>"
    body = "\n".join(parts)
    return (
        f"{head}\n<html lang='en'><head><title>Page</title></head><body>{nav}<article>{body}</article>"
        "<footer><p>It may be copied.</p></footer></body></html>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


_FORMATS = "http://schemas.openxmlformats.org"
_TYPES = "application/vnd.openxmlformats"
_PACKAGE = {
    "[Content_Types].xml": f'<Types xmlns="{_FORMATS}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_TYPES}-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    f' ContentType="{_TYPES}-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_FORMATS}/package/2006/relationships"><Relationship Id="r1"'
    f' Type="{_FORMATS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
"""What other programs want to find in a Word document."""


def _docx(blocks: list[Block]) -> bytes:
    def paragraph(text: str, style: str = "", inner: str = "") -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{named}{inner}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    parts = []
    for block in blocks:
        if block.kind == "row":
            cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in block.cells)
            parts.append(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
        elif block.kind == "item":
            parts.append(paragraph(block.text, inner="<w:numPr/>"))
        else:
            parts.append(paragraph(block.text, {"heading": "Heading1", "caption": "Caption"}.get(block.kind, "")))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body>{''.join(parts)}</w:body></w:document>"
    return zipped({"word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{body}', **_PACKAGE})


def _odt(blocks: list[Block]) -> bytes:
    parts = []
    for block in blocks:
        text = escape(block.text)
        if block.kind == "heading":
            parts.append(f'<text:h text:outline-level="1">{text}</text:h>')
        elif block.kind == "row":
            cells = (f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in block.cells)
            parts.append(f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>")
        elif block.kind == "item":
            parts.append(f"<text:list><text:list-item><text:p>{text}</text:p></text:list-item></text:list>")
        else:
            style = ' text:style-name="Caption"' if block.kind == "caption" else ""
            parts.append(f"<text:p{style}>{text}</text:p>")
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "table"))
    body = f"<office:document-content {names}><office:body>{''.join(parts)}</office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


def _epub(blocks: list[Block]) -> bytes:
    article = (
        _html(blocks, '<?xml version="1.0" encoding="utf-8"?>').partition("<article>")[2].partition("</article>")[0]
    )
    item = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": f'<package><manifest>{item}</manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f"<html><body>{article}</body></html>",
        }
    )


def _eml(blocks: list[Block]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "Ruth Abara <ruth@selby.example>", "News", "<1@a>"
    message.set_content(_txt(blocks).decode() + "\n", cte="quoted-printable")
    return bytes(message)


def _pdf(blocks: list[Block]) -> bytes:
    """Lines of a fixed length, headings larger, a gap between paragraphs, the cells of a row beside each other."""
    pages: list[list[Shown]] = [[]]
    y = _TOP
    for block in blocks:
        size = 18 if block.kind == "heading" else 11
        for line in _wrapped(" ".join(block.cells), 80 if size == 11 else 50):
            if y < _FOOT:
                pages.append([])
                y = _TOP
            pages[-1].append((y, size, line))
            y -= size + 3
        y -= 14
    return pdf(pages)


def _wrapped(text: str, most: int) -> list[str]:
    found = [""]
    for word in text.split():
        if len(found[-1]) + len(word) >= most:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


Shown = tuple[int, int, str] | tuple[int, int, str, int]
"""A line of a PDF: its height, the size of its letters, its text, and how far from the left it begins."""


def pdf(pages: Sequence[Sequence[Shown]], info: bytes = b"") -> bytes:
    """A PDF of pages of lines."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding",
    ]
    objects[2] += b" /WinAnsiEncoding >>"
    kids = []
    for page in pages:
        shown = b"".join(
            b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj\n" % (size, *(left or (60,)), y, _escaped(text))
            for y, size, text, *left in page
        )
        objects.append(b"<< /Length %d >>\nstream\nBT\n%sET\nendstream" % (len(shown) + 5, shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< %s >>" % info)
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (len(objects) + 1, len(objects))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return data + head + table + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(data)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def write(folder: Path) -> None:
    """Writes all articles in all formats."""
    for number, blocks in enumerate(articles(), 1):
        for form in FORMATS:
            (folder / f"{number:02}.{form}").write_bytes(made(blocks, form))


if __name__ == "__main__":
    import sys

    write(Path(sys.argv[1]))
