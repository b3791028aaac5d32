"""Web archives: an article for each page that a server answered with."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from factcheck_cli.inputs.readers.article import MOST, Article, Asked, Lost, UnreadableError
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.readers.html import declared, page_article

_OK: Final = 200
_PAGES: Final = frozenset(("text/html", "application/xhtml+xml", "text/plain"))


def read(data: bytes, asked: Asked) -> Iterator[Article | Lost | None]:
    """The pages in their order; None for each other answer."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    others = 0
    with io.BytesIO(data) if data else Path(asked.path).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            http = record.http_headers
            kind = str(record.http_content_type).lower()
            if kind not in _PAGES or http.status_code != _OK:
                others += 1
                yield None
                continue
            body = record.reader.read(MOST)
            if charset := record.http_charset:
                body = _recoded(body, charset)
            yield _page(body, str(record.headers.get("WARC-Target-URI") or "").strip("<>"), kind, asked)
    if others:
        asked.note(f"{others:,} answers of servers in it are no pages, and left out")


def _page(body: bytes, address: str, kind: str, asked: Asked) -> Article | Lost:
    try:
        if kind == "text/plain":
            article = Article(decoded(body, asked))
        else:
            article = page_article(decoded(declared(body), asked), asked)
    except UnreadableError as error:
        return Lost(str(error))
    article.name = address
    return article


def _recoded(body: bytes, charset: str) -> bytes:
    """The body in UTF-8, as far as it is what the server said."""
    try:
        return body.decode(charset).encode("utf-8", "surrogatepass")
    except (LookupError, UnicodeError):
        return body
