"""What the formats in XML share: a declaration, and elements in which nothing of a text is taken for markup."""

import re
from collections.abc import Mapping
from typing import Final

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

# What no document may hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ESCAPED: Final = re.compile('[&<>"\t\n\r]')


def element(name: str, attributes: Mapping[str, object], content: str | None = None) -> str:
    """An element; its content is markup, its attributes are texts."""
    head = "".join([name, *(f' {key}="{escaped(str(value))}"' for key, value in attributes.items())])
    return f"<{head}/>" if content is None else f"<{head}>{content}</{name}>"


def escaped(text: str) -> str:
    """A text as it may stand in an element or an attribute; what may stand nowhere is a sign that says so."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
