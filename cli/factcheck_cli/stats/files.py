"""Statistics for programs: a row a group as CSV, all of them as JSON."""

import codecs
from collections.abc import Iterable
from typing import Any, Final

import orjson

from factcheck.language.program import KINDS
from factcheck.version import __version__
from factcheck_cli.formats.csv_table import guarded, rows
from factcheck_cli.stats.groups import NONE, USED
from factcheck_cli.stats.sourced import OF_SENTENCES
from factcheck_cli.stats.totals import Counts, Stats, Used, share

_DIGITS: Final = 4
_HEAD: Final = (
    "documents",
    "sentences",
    "claims",
    *OF_SENTENCES,
    "sourced",
    *KINDS,
    "unnamed_share",
    "unnamed_low",
    "unnamed_high",
    "few",
)


def csv(stats: Stats, *, to_file: bool) -> bytes:
    """A row a group, or one of all; `few` is 1 where the documents are fewer than was asked for."""
    groups = stats.groups if stats.by else {NONE: stats.whole}
    used = stats.used
    table: list[list[object]] = [
        [stats.by or "group", *_HEAD, *(Used._fields[1:] if stats.by in USED else ())],
        *([*_row(stats, name, one), *(used[name][1:] if used else ())] for name, one in groups.items()),
    ]
    page = rows(table)
    return codecs.BOM_UTF8 + page if to_file else page


def _row(stats: Stats, name: str, one: Counts) -> list[object]:
    low, high = one.interval
    shares = (share(one.unnamed, one.sourced), low, high) if one.sourced else (None, None, None)
    return [
        guarded(stats.called(name)),
        one.documents,
        one.sentences,
        one.claims,
        *one.levels.values(),
        one.sourced,
        *one.kinds.values(),
        *(None if number is None else round(number, _DIGITS) for number in shares),
        int(stats.is_few(one)),
    ]


def json(stats: Stats, top: int) -> bytes:
    """One object."""
    record = {
        "version": __version__,
        **_record(stats.whole),
        "by": stats.by or None,
        "min_documents": stats.few,
        "groups": [
            {"name": name or None, "few": stats.is_few(one), **_record(one), **_use(stats.used.get(name))}
            for name, one in stats.groups.items()
        ],
        "named": _names(stats.named.most_common(top or None)),
        "unnamed": _names(stats.unnamed.most_common(top or None)),
        "rare_names_dropped": stats.dropped,
        "rules": _used("rule", stats.rules),
        "packs": _used("pack", stats.packs),
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _record(one: Counts) -> dict[str, Any]:
    low, high = one.interval
    return {
        "documents": one.documents,
        "sentences": one.sentences,
        "claims": one.claims,
        "levels": {
            level: {"sentences": count, "share": _rounded(share(count, one.claims) if level != "no-claim" else None)}
            for level, count in one.levels.items()
        },
        "sources": {
            "sentences": one.sourced,
            "kinds": one.kinds,
            "unnamed": {
                "sentences": one.unnamed,
                "share": _rounded(share(one.unnamed, one.sourced)),
                "low": _rounded(low if one.sourced else None),
                "high": _rounded(high if one.sourced else None),
            },
        },
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)


def _names(names: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"name": name, "sentences": count} for name, count in names]


def _use(used: Used | None) -> dict[str, int]:
    return {"findings": used.findings, "decides": used.decides} if used else {}


def _used(title: str, found: Iterable[Used]) -> list[dict[str, Any]]:
    return [{title: one.name, "findings": one.findings, "decides": one.decides} for one in found]
