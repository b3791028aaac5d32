"""Puts articles together: into one file, their list before them, or into a folder with a file an article.

A file is best for some articles: it can be mailed and opens anywhere. A browser takes long to open thousands in one;
in a folder each is a page that stands alone, and the list stays short. Either appears whole or not at all.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

import orjson

from factcheck_cli.html_report.index import Index
from factcheck_cli.html_report.markup import numbered
from factcheck_cli.html_report.shell import Place, Turn, closing, opening
from factcheck_cli.inputs.readers.types import INDEX, REPORT
from factcheck_cli.output.lock import locked
from factcheck_cli.output.sink import Out, destination, reason
from factcheck_cli.output.unfinished import unfinished_folder
from factcheck_cli.terminal.console import counted, fail

if TYPE_CHECKING:
    from factcheck_cli.log import Log
    from factcheck_cli.work.rulebook import Rulebook

ARTICLES: Final = "articles"
IGNORE: Final = ".factcheckignore"
"""Keeps a later scan of the folder around from reading the report as articles."""

_MANY: Final = 20_000_000  # bytes of a file that a browser opens in a moment
_BLOCK: Final = 1 << 18  # bytes that are copied at a time
_SLUG: Final = 60  # characters of an article's name in that of its file


class _Articles(Protocol):
    """Where articles go."""

    def add(self, number: int, head: dict[str, Any], html: str) -> str:
        """Puts the article there; the name of its page, empty where all are one."""


class Binder(Out):
    """Takes articles one after the other, as bytes or as files of them, each behind a line that tells of it."""

    def __init__(self, articles: _Articles, folder: Path | None) -> None:
        super().__init__(self._take, folder)
        self._articles = articles
        self.index = Index()
        self.count = 0
        self.title = ""

    def put(self, pages: bytes | Path) -> None:
        """Takes the articles, or those that the file holds, which is then removed."""
        if isinstance(pages, bytes):
            self._take(pages)
            return
        with pages.open("rb") as file:
            while line := file.readline():
                head = orjson.loads(line)
                self._add(head, file.read(head["size"]))
        pages.unlink()

    def _take(self, pages: bytes | memoryview) -> None:
        data, at = bytes(pages), 0
        while at < len(data):
            start = data.index(b"\n", at) + 1
            head = orjson.loads(data[at:start])
            at = start + head["size"]
            self._add(head, data[start:at])

    def _add(self, head: dict[str, Any], html: bytes) -> None:
        page = ""
        if html:
            self.count += 1
            self.title = head["title"]
            page = self._articles.add(self.count, head, html.decode())
        self.index.add(head, page, "a1" if page else f"a{self.count}")


def bind(target: Path | None, rulebook: "Rulebook", log: "Log", /, *, folder: bool) -> AbstractContextManager[Binder]:
    """What takes articles and makes the report of them at the end, which is not reached where the scan fails."""
    return _folder(target, rulebook, log) if target and folder else _file(target, rulebook, log)


# A file --------------------------------------------------------------------------------------------------------------


class _Spool:
    """Keeps articles until their list can be written before them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, number: int, _head: dict[str, Any], html: str) -> str:
        self._file.write(numbered(html, number).encode())
        return ""


@contextmanager
def _file(target: Path | None, rulebook: "Rulebook", log: "Log") -> Iterator[Binder]:
    with destination(target) as out, _kept(out.folder) as spool:
        binder = Binder(_Spool(spool), out.folder)
        yield binder
        many = binder.count != 1 or bool(binder.index.passed or any(log.unread.every()))
        title = f"{counted(binder.count, 'article') if many else binder.title} – factcheck"
        here = Place(title, many, up="#index" if many else "")
        out.write(opening(here).encode())
        if many:
            out.write(_listed(binder.index, rulebook, log).encode())
        size = spool.tell()
        spool.seek(0)
        while block := spool.read(_BLOCK):
            out.write(block)
        out.write(closing(rulebook.packs, here).encode())
        if size > _MANY and target:
            remedy = "; -o FOLDER/ makes a page of each, which open at once" if binder.count > 1 else ""
            log.note(str(target), f"with {size / 1e6:,.0f} MB a browser takes long to open this{remedy}")


@contextmanager
def _kept(beside: Path | None) -> Iterator[IO[bytes]]:
    """A file for as long as it is needed. Of one beside the file that is written, errors are told as of this."""
    try:
        with tempfile.TemporaryFile(dir=beside) as spool:
            yield spool
    except OSError as error:
        if beside:
            raise
        why = f"articles cannot wait here for their list: {reason(error)}"
        fail(f"{tempfile.gettempdir()}: {why}; -o FILE needs no such room")


def _listed(index: Index, rulebook: "Rulebook", log: "Log") -> str:
    return index.html(rulebook.rules, log.unread)


# A folder ------------------------------------------------------------------------------------------------------------


class _Pages:
    """Writes a page for each article, which leads to those before and behind it: so it waits for the next one."""

    def __init__(self, folder: Path, rulebook: "Rulebook") -> None:
        self._folder, self._packs = folder, rulebook.packs
        self._before: Turn | None = None
        self._waiting: tuple[Turn, str] | None = None

    def add(self, number: int, head: dict[str, Any], html: str) -> str:
        turn = Turn(f"{number:04}-{_slug(head['name'])}.html", head["title"])
        self.turn(turn)
        self._waiting = (turn, html)
        return f"{ARTICLES}/{turn.link}"

    def turn(self, after: Turn | None = None) -> None:
        """Writes the article that waits."""
        if not self._waiting:
            return
        here, html = self._waiting
        place = Place(f"{here.title} – factcheck", up=f"../{INDEX}", before=self._before, after=after)
        page = opening(place) + numbered(html, 1) + closing(self._packs, place)
        (self._folder / ARTICLES / here.link).write_bytes(page.encode())
        self._before, self._waiting = here, None


def _slug(name: str) -> str:
    """The name of an article as far as a file of any system can be called so; its end tells most."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().removesuffix(".txt")).strip("-")
    return plain[-_SLUG:].strip("-") or "article"


@contextmanager
def _folder(target: Path, rulebook: "Rulebook", log: "Log") -> Iterator[Binder]:
    """A folder is made beside its place, and put there at the end; an earlier report is replaced, nothing else is."""
    try:
        place = target.resolve()
    except (OSError, RuntimeError):  # the second before Python 3.13
        fail(f"{target}: this cannot be written: the link leads to itself; remove it")
    try:
        if os.path.isdir(place.parent):
            _mend(place)
        _check(target, place)
        with unfinished_folder(place) as made:
            (made / ARTICLES).mkdir()
            pages = _Pages(made, rulebook)
            binder = Binder(pages, place.parent)
            yield binder
            pages.turn()
            here = Place(f"{counted(binder.count, 'article')} – factcheck")
            page = opening(here) + _listed(binder.index, rulebook, log) + closing(rulebook.packs, here)
            (made / INDEX).write_bytes(page.encode())
            (made / IGNORE).write_text("# These pages are made by factcheck, and no articles.\n*\n", "utf-8")
            _put(made, place)
    except OSError as error:
        fail(f"{target}: this cannot be written: {reason(error)}")


def _check(target: Path, place: Path) -> None:
    """The end of the program where something other than a report is in the way."""
    if not os.path.isdir(place.parent):
        fail(f"{target}: there is no folder {place.parent} to write to; make it first")
    if not os.path.exists(place):
        return
    if not os.path.isdir(place):
        fail(f"{target}: this is a file; name a folder, or give -o a name in .html")
    found = {each.name for each in place.iterdir()}
    if not found:
        return
    index = place / INDEX
    with suppress(OSError):
        if found <= {INDEX, ARTICLES, IGNORE} and REPORT in index.read_bytes()[:2_000]:
            return
    other = min(found - {INDEX, ARTICLES, IGNORE}, default=INDEX)
    fail(f"{target}: this folder holds what is no report ({other}), and -o would replace it; name another")


def _put(made: Path, place: Path) -> None:
    """Puts the folder in its place; what was there goes when the new one is there."""
    with locked(place.parent):
        if not os.path.exists(place):
            made.replace(place)
            return
        old = _old(place)
        shutil.rmtree(old, ignore_errors=True)
        place.replace(old)
        try:
            made.replace(place)
        except OSError:
            old.replace(place)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _mend(place: Path) -> None:
    """Puts the old report back where a killed program had no time to put the new one; else what is left of it goes."""
    old = _old(place)
    if not os.path.isdir(old):
        return
    with locked(place.parent):
        if os.path.exists(place):
            shutil.rmtree(old, ignore_errors=True)
        elif os.path.isdir(old):
            old.replace(place)


def _old(place: Path) -> Path:
    """Where a report waits for the new one to be in its place."""
    return place.with_name(f".{place.name}.factcheck-old")
