"""Text and data as HTML holds them: whatever comes from an article, a rule or a name goes through here."""

from html import escape
from typing import Any

import orjson

ID, LINK = '="@', '="#@'
"""How ids and links to them begin until an article has its number; text has its quotation marks escaped, data too."""

_ODD = str.maketrans({"\r": "&#13;", "\0": "\N{SYMBOL FOR NULL}"})  # a parser would read these as others


def text(words: str) -> str:
    """The words as text or as the value of an attribute."""
    return escape(words).translate(_ODD)


def data(value: Any, name: str = "data") -> str:  # noqa: ANN401 - anything that JSON can hold
    """An island of JSON that no text in it can end."""
    inside = orjson.dumps(value).decode().replace("<", r"\u003c")
    return f'<script type="application/json" class="{name}">{inside}</script>'


def numbered(html: str, article: int) -> str:
    """An article with its number in all ids and links."""
    return html.replace(ID, f'="a{article}').replace(LINK, f'="#a{article}')
