"""What a search says beside what it finds: what is left out, and what may be meant where there is nothing."""

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from factcheck_cli.search.wanted import SOURCE, Wanted
from factcheck_cli.store.folded import folded
from factcheck_cli.terminal.console import counted

_NEAR: Final = ("*{}", "{}*", "*{}*")
"""How a part of a name is written as one that fits the whole, the nearest first."""


def hints(database: sqlite3.Connection, path: Path, wanted: Wanted, *, found: bool) -> Iterator[str]:
    """What there is to say; of what fits nothing only where nothing is found, but of rules always."""
    for column, given in (("name", wanted.rules), ("pack", wanted.packs)):
        known = {name for (name,) in database.execute(f"SELECT DISTINCT {column} FROM rule")} if given else set()  # noqa: S608 - of ours
        for one in given:
            if one not in known:
                yield f"nothing in this archive was found by `{one}`{_meant(one, known)}"
    for lack, query in wanted.left_out(database, path):
        many, one = query.documents(database)
        if many:
            are, such = ("is", ": ") if many == 1 else ("are", ", such as ")
            yield f"{counted(many, 'document')} {lack} {are} left out{such}{one}"
    if not found:
        yield from _of_nothing(database, wanted)


def _of_nothing(database: sqlite3.Connection, wanted: Wanted) -> Iterator[str]:
    for one in wanted.sources:
        if not database.execute(f"{SOURCE} LIMIT 1", [folded(one)] * 3).fetchone():
            yield f"no source in this archive has `{one}` in its name"
    for column, given in (("byline", wanted.bylines), ("outlet", wanted.outlets)):
        own = f"SELECT DISTINCT {column} FROM document WHERE {column} <> ''"  # noqa: S608 - of ours
        known = {folded(name): name for (name,) in database.execute(own)} if given else {}
        for one in given:
            if not known:
                yield f"no document in this archive has {'an' if column == 'outlet' else 'a'} {column}"
            elif not any(folded(one) in name for name in known):
                meant = _meant(folded(one), known, known)
                yield f"no {column} in this archive has `{one}` in it{meant}"
    if wanted.doc and not _fits(database, wanted.doc):
        yield f"no document or file in this archive is called `{wanted.doc}`{_called(database, wanted.doc)}"


def _meant(one: str, known: Collection[str], written: Mapping[str, str] = MappingProxyType({})) -> str:
    from factcheck.diagnostic import closest

    near = closest(one, known)
    return f"; did you mean `{written.get(near, near)}`?" if near else ""


def _fits(database: sqlite3.Connection, glob: str) -> bool:
    ask = "SELECT 1 FROM document WHERE name GLOB ? OR file GLOB ? LIMIT 1"
    return bool(database.execute(ask, (glob, glob)).fetchone())


def _called(database: sqlite3.Connection, doc: str) -> str:
    """What may be meant by a name that fits none: it as documents are called here, a part of theirs, or a slip."""
    plain = os.path.normpath(doc)
    for near in (plain, os.path.relpath(doc), *(form.format(plain) for form in _NEAR)):
        if _fits(database, near):
            return f"; write `{near}`"
    names = "SELECT name FROM document UNION SELECT file FROM document WHERE file <> ''"
    return _meant(doc, {name for (name,) in database.execute(names)})
