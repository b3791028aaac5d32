"""Front matter: what an article says of itself before it begins, between lines of dashes or plus signs."""

import re
import tomllib
from typing import Final

from factcheck_cli.readers.article import About

_YAML: Final = re.compile(r"---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML: Final = re.compile(r"\+\+\+[ \t]*\r?\n(.*?\n)?\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_PAIR: Final = re.compile(r"(?P<name>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_ENTRY: Final = re.compile(r"[ \t]*-[ \t]+(.*)")
_NAMES: Final = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "date": "date",
    "published": "date",
    "lang": "language",
    "language": "language",
    "outlet": "outlet",
    "publication": "outlet",
}


def front_matter(source: str) -> tuple[int, About]:
    """Where the article itself begins, and what was said before."""
    about = About()
    start = 1 if source.startswith("\ufeff") else 0
    if found := _YAML.match(source, start):
        for name, value in _pairs(found[1] or ""):
            about.keep(name, value)
    elif found := _TOML.match(source, start):
        try:
            table = tomllib.loads((found[1] or "").replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError):
            table = {}
        for key, value in table.items():
            if key.lower() in _NAMES:
                about.keep(_NAMES[key.lower()], ", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return (found.end() if found else start), about


def _pairs(text: str) -> "list[tuple[str, str]]":
    """The names that we know, with their values on one line or as a list below."""
    found = []
    for pair in _PAIR.finditer(text):
        name, value = _NAMES.get(pair["name"].lower()), pair["value"]
        if name and not value:
            entries = []
            for line in text[pair.end() :].lstrip("\r\n").split("\n"):
                if not (entry := _ENTRY.match(line)):
                    break
                entries.append(_bare(entry[1]))
            value = ", ".join(entries)
        elif value.startswith("[") and value.endswith("]"):
            value = ", ".join(_bare(one) for one in value[1:-1].split(","))
        if name:
            found.append((name, _bare(value)))
    return found


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
