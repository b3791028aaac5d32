"""The page around articles: style, script, and the policy that nothing else is loaded or run."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from factcheck.language.program import Pack
from factcheck.version import __version__
from factcheck_cli.html_report.levels import MEANINGS, ball
from factcheck_cli.html_report.markup import text

MAKER: Final = f"factcheck {__version__}"
_HERE: Final = Path(__file__).parent
_KEYS: Final = {
    "j k": "next and previous sentence; arrow keys, too, once one is chosen",
    "n p": "next and previous note",
    "Esc": "back to this guide",
    "/": "to the filters",
}
_TURNING: Final = {"J K": "next and previous article", "u": "to the list of all"}


class Turn(NamedTuple):
    """Another article: where it is, and its title."""

    link: str
    title: str


class Place(NamedTuple):
    """What a page is called, whether it holds several articles, and where the list of all and its neighbours are.

    Of a page with several articles the script knows the neighbours.
    """

    title: str
    many: bool = False
    up: str = ""
    before: Turn | None = None
    after: Turn | None = None


@cache
def asset(name: str) -> str:
    """The text of a file beside this one."""
    return (_HERE / name).read_text("utf-8")


@cache
def _hash(asset: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()}'"


def opening(place: Place) -> str:
    """The page up to its articles."""
    style, script = asset("report.css"), asset("report.js")
    # Data islands are no scripts: the policy has no word for them, and none is needed.
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    before, after = _turn(place, place.before, "prev", "← Previous"), _turn(place, place.after, "next", "Next →")
    up = f'<a class="up" href="{text(place.up)}">All articles</a>' if place.up else ""
    nav = f'<nav aria-label="Articles">{before}{up}{after}</nav>' if up else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{text(MAKER)}">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(place.title)}</title>\n<style>{style}</style>\n<script>{script}</script>\n</head>\n"
        f"<body{' class=many' if place.many else ''}>\n"
        f'<header class="brand"><p><strong>factcheck</strong> judges wording, never truth. '
        "Unverified does not mean false; asserted does not mean true.</p>"
        f"{nav}</header>\n<main>\n"
    )


def _turn(place: Place, to: Turn | None, way: str, words: str, *, titled: bool = False) -> str:
    """A link to a neighbour; where the script knows it, it is without an address until then."""
    if not to:
        return f'<a class="{way}" rel="{way}" hidden>{words}{" <b></b>" * titled}</a>' if place.many else ""
    title = f" <b>{text(to.title)}</b>" if titled else ""
    return f'<a class="{way}" rel="{way}" href="{text(to.link)}" title="{text(to.title)}">{words}{title}</a>'


def closing(packs: Sequence[Pack], place: Place) -> str:
    """The page behind its articles."""
    before = _turn(place, place.before, "prev", "← Previous", titled=True)
    after = _turn(place, place.after, "next", "Next →", titled=True)
    turns = before + after and f'<nav class="turns" aria-label="Previous and next article">{before}{after}</nav>'
    named = ", ".join(f"{pack.name} {pack.version}".strip() for pack in packs)
    return (
        f"{turns}</main>\n" + "".join(_guide(place)) + '<p class="said" role="status" aria-live="polite"></p>\n'
        f"<footer><p>Made by {text(MAKER)} with the rules of {text(named) or 'no pack'}. "
        "Levels are read off the wording alone.</p></footer>\n</body>\n</html>\n"
    )


def _guide(place: Place) -> Iterator[str]:
    """What the levels mean, which keys there are, and the room for what is told of a sentence."""
    yield '<aside class="panel" aria-label="Guide, and what explains the chosen sentence"><div class="guide">'
    yield "<h2>How to read this</h2><p>The shade of a sentence shows how firmly the text itself stands behind it. "
    yield "The weaker the wording, the stronger the shade. Cues are underlined."
    yield '<span class="live"> Choose a sentence, or press <kbd>j</kbd>, to see why.</span></p><dl class="meanings">'
    for level, meaning in MEANINGS.items():
        yield f"<dt>{ball(level)}{level}</dt><dd>{meaning}</dd>"
    yield '</dl><div class="live keys"><h2>Keys</h2><dl>'
    for keys, meaning in (_KEYS | (_TURNING if place.up else {})).items():
        named = " ".join(f"<kbd>{key}</kbd>" for key in keys.split())
        yield f"<dt>{named}</dt><dd>{meaning}</dd>"
    yield '</dl><label><input type="checkbox" class="letters" checked> Letters are keys</label></div></div>'
    yield '<div class="told" hidden></div></aside>\n'
