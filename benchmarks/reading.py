"""Measures what reading a format costs beside the library that reads it: `python benchmarks/reading.py`."""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from xml.parsers import expat

from factcheck_cli.readers.article import Asked, Reader

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "made"))

from made_articles import articles, made

RUNS = 5


def best(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, the least of a few runs."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return 1_000 * min(taken)


def _markdown(files: list[bytes]) -> None:
    from markdown_it import MarkdownIt

    for data in files:
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())


def _html(files: list[bytes]) -> None:
    import trafilatura

    for data in files:
        trafilatura.extract(data.decode(), output_format="txt", include_comments=False, favor_recall=True)


def _pdf(files: list[bytes]) -> None:
    import pypdfium2

    for data in files:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            document[number].get_textpage().get_text_range()


def _docx(files: list[bytes]) -> None:
    for data in files:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda _name, _attributes: None
        parser.EndElementHandler = lambda _name: None
        parser.CharacterDataHandler = lambda _text: None
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parser.Parse(archive.read("word/document.xml"), True)  # noqa: FBT003 - as the library has it


LIBRARIES = {"md": ("markdown", _markdown), "html": ("html", _html), "pdf": ("pdf", _pdf), "docx": ("docx", _docx)}


def _read(read: Reader, files: list[bytes]) -> None:
    for data in files:
        list(read(data, Asked("a")))


def main() -> None:
    """Prints a line a format: milliseconds for forty articles, of the library and of the reader around it."""
    for form, (module, library) in LIBRARIES.items():
        files = [made(blocks, form) for blocks in articles()]
        read = import_module(f"factcheck_cli.readers.{module}").read
        alone = best(partial(library, files))
        whole = best(partial(_read, read, files))
        print(f"{form:<5} library {alone:7.1f} ms  reader {whole:7.1f} ms  {whole / alone:5.2f} times")


if __name__ == "__main__":
    main()
