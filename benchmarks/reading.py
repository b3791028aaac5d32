"""Measures what reading a format costs beside the library that reads it: `python benchmarks/reading.py`.

The library's own time is that of the least use of it which brings the text: its parser is kept from file to file where
it can be, and of XML and HTML all text is collected, paragraph by paragraph. Where that library is but a parser of XML
the one that others read the format with is measured, too. Measured are forty short articles, and one long one made of
all of them.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from factcheck_cli.inputs.readers.article import Asked, Reader

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "made"))

from made_articles import Block, articles, made

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

RUNS = 15
TIMES = 3  # that the long article has each of the short ones


def best(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each, the least of a few runs, in which they take turns."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, times in zip(works, taken, strict=True):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
    return [1_000 * min(times) for times in taken]


# What libraries do ---------------------------------------------------------------------------------------------------


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _markdown(data: bytes) -> object:
    return _parser().parse(data.decode())


def _rst(data: bytes) -> object:
    from docutils.core import publish_doctree

    return publish_doctree(data.decode(), settings_overrides={"report_level": 5, "_disable_config": True})


def _html(data: bytes) -> object:
    import trafilatura

    return trafilatura.extract(data.decode(), output_format="txt", include_comments=False, favor_recall=True)


def _pdf(data: bytes) -> object:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def _xml(data: bytes, ends: frozenset[str]) -> list[str]:
    """All text, cut where elements of these names end."""
    texts: list[str] = []
    found: list[str] = []

    def end(name: str) -> None:
        if name in ends:
            found.append("".join(texts))
            texts.clear()

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda _name, _attributes: None
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.Parse(data, True)  # noqa: FBT003 - as the library has it
    return found


def _zipped(part: str, ends: frozenset[str], data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _xml(archive.read(part), ends)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _epub(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = []
        for name in archive.namelist():
            if name.endswith((".xml", ".opf")):
                _xml(archive.read(name), frozenset())
            elif name.endswith(".xhtml"):
                page = _Texts()
                page.feed(archive.read(name).decode())
                page.close()
                found.append(page.texts)
        return found


def _mail(data: bytes) -> object:
    from email import message_from_bytes, policy

    body = message_from_bytes(data, policy=policy.default).get_body(("plain", "html"))
    assert body
    return body.get_content()


def _parquet(data: bytes) -> object:
    from pyarrow import parquet

    return [row for batch in parquet.ParquetFile(io.BytesIO(data)).iter_batches(64) for row in batch.to_pylist()]


def _python_docx(data: bytes) -> object:
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _feedparser(data: bytes) -> object:
    import feedparser

    return [entry.description for entry in feedparser.parse(data).entries]


OTHERS: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "docx": ("python-docx", _python_docx),
    "feed": ("feedparser", _feedparser),
}
"""By the modules of our readers: what others read such files with."""


# Files ---------------------------------------------------------------------------------------------------------------


def _feed(blocks: Sequence[Block]) -> bytes:
    """A feed with an item for each paragraph."""
    items = (f"<item><title>The quay</title><description>{escape(one.text)}</description></item>" for one in blocks)
    return f"<?xml version='1.0'?><rss><channel>{''.join(items)}</channel></rss>".encode()


def _table(blocks: Sequence[Block]) -> bytes:
    """A Parquet table with a row for each paragraph."""
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table({"text": [one.text for one in blocks]}), file)
    return file.getvalue()


def _in(form: str) -> Callable[[list[Block]], bytes]:
    return lambda blocks: made(blocks, form)


FORMATS: dict[str, tuple[Callable[[list[Block]], bytes], Callable[[bytes], object]]] = {
    "markdown": (_in("md"), _markdown),
    "rst": (_in("rst"), _rst),
    "html": (_in("html"), _html),
    "docx": (_in("docx"), partial(_zipped, "word/document.xml", frozenset(("w:p",)))),
    "odt": (_in("odt"), partial(_zipped, "content.xml", frozenset(("text:p", "text:h")))),
    "epub": (_in("epub"), _epub),
    "pdf": (_in("pdf"), _pdf),
    "mail": (_in("eml"), _mail),
    "feed": (_feed, partial(_xml, ends=frozenset(("description",)))),
    "parquet": (_table, _parquet),
}
"""By the modules of their readers: what makes a file of an article, and what the library does with it."""


def _each(read: Callable[[bytes], object], files: Sequence[bytes]) -> None:
    for data in files:
        read(data)


def _all(read: Reader, data: bytes) -> object:
    return list(read(data, Asked("a")))


def main() -> None:
    """Prints a row a library: its milliseconds, and those of the reader around it."""
    short = articles()
    long = [[block for blocks in short * TIMES for block in blocks]]
    print("| reader | 40 short: library | reader | | one long: library | reader | |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in sys.argv[1:] or FORMATS:
        file_of, library = FORMATS[name]
        read: Reader = import_module(f"factcheck_cli.inputs.readers.{name}").read
        for called, other in [(name, library), *([OTHERS[name]] if name in OTHERS else [])]:
            cells = []
            for corpus in (short, long):
                files = [file_of(blocks) for blocks in corpus]
                alone, whole = best(partial(_each, other, files), partial(_each, partial(_all, read), files))
                cells.append(f"{alone:.1f} | {whole:.1f} | {whole / alone:.2f}")
            print(f"| {called} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
