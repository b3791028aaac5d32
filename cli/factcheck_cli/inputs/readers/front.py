"""Front matter: what an article says of itself before it begins, between lines of dashes or plus signs."""

import re
import tomllib
from collections.abc import Callable
from typing import Final

from factcheck_cli.inputs.readers.article import About

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


_KEY: Final = re.compile(rf"([a-z][\w-]*|(?i:{'|'.join(_NAMES)}))[ \t]*[:=](?![^\s])")
_REST: Final = r"[^\r\n]*(?:\r?\n|\r?\Z)"
_BEGUN: Final = re.compile(
    rf"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<said>{_KEY.pattern}{_REST}(?:(?:{_KEY.pattern}|-[ \t]|#|[ \t]+\S){_REST})*)"
)
"""Lines that name something, and those that go on with it, below one that opens front matter."""
_PROSE: Final = re.compile(r"^(?![ \t\r\n#}\]]|-[ \t]|\.\.\.|[^\n]*:(?:\s|\Z)).", re.MULTILINE)
"""A line that no front matter in YAML has."""


def front_matter(source: str, note: Callable[[str], object]) -> tuple[int, About]:
    """Where the article itself begins, and what was said before; `note` hears of front matter that is never closed."""
    start = 1 if source.startswith("\ufeff") else 0
    if (found := _YAML.match(source, start)) and not _PROSE.search(found[1] or ""):
        return found.end(), _about("---", found[1] or "")
    if found := _TOML.match(source, start):
        return found.end(), _about("+++", found[1] or "")
    if found := _BEGUN.match(source, start):
        mark, said = found["mark"], found["said"]
        keys = [key[1] for key in map(_KEY.match, said.splitlines()) if key]
        if len(keys) > 1 or keys[0].lower() in _NAMES:
            last = 1 + len(said.splitlines())
            lines = f"lines 2 to {last} are" if last > 2 else "line 2 is"  # noqa: PLR2004 - line 1 is the mark
            what = f"the front matter that line 1 opens is never closed; {lines} taken for it and not scanned"
            note(f"{what}, write `{mark}` where it ends")
            return found.end(), _about(mark, said)
    return start, About()


def _about(mark: str, said: str) -> About:
    about = About()
    if mark == "---":
        for name, value in _pairs(said):
            about.keep(name, value)
        return about
    try:
        table = tomllib.loads(said.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        table = {}
    for key, value in table.items():
        if key.lower() in _NAMES:
            about.keep(_NAMES[key.lower()], ", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return about


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
