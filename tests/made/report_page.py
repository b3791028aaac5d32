"""The HTML report as tests read it: a page as a parser has it, and an article as it stands on its page."""

import json
from html.parser import HTMLParser
from typing import Any

from factcheck import Scanner
from factcheck_cli.html_report.pages import of_parts
from factcheck_cli.inputs.text import How, Text
from factcheck_cli.terminal.style import Style
from factcheck_cli.work.settings import Settings

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """A page as a parser has it: its elements, the text of its articles, and its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[dict[str, str | None], str]] = []
        self.parts: list[str] = []
        self.all: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, "all elements are closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes an element without an end, as SVG has them."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Closes the element that is open."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Takes text."""
        tag, attributes = self.open[-1] if self.open else ("", {})
        if tag in {"script", "style"}:
            self.raw.append((attributes, data))
            return
        self.all.append(data)
        kinds = [one.get("class") or "" for _, one in self.open]
        within = {kind.split()[0] for kind in kinds if kind}
        if "text" in within and not within & {"n", "turn", "by"}:
            self.parts.append(data)

    @property
    def text(self) -> str:
        """What the article says."""
        return "".join(self.parts)

    @property
    def data(self) -> list[Any]:
        """The data of each article."""
        return [json.loads(text) for attributes, text in self.raw if attributes.get("class") == "data"]


def settings(**other: Any) -> Settings:  # noqa: ANN401 - of any type
    """What a report is made with."""
    usual: dict[str, Any] = {"rules": (), "packs": (), "select": (), "ignore": (), "builtin": False, "cache": False}
    usual |= {"segment": "auto", "at_most": None, "format": "html", "to_file": False}
    return Settings(**(usual | {"style": Style(), "how": How()} | other))


def written(scanner: Scanner, text: str | Text, name: str = "a.txt", **other: Any) -> str:  # noqa: ANN401 - the same
    """The article as it stands on its page."""
    one = text if isinstance(text, Text) else Text(name, text)
    parts = scanner.parts([one.text], [one.name], segment=other.get("segment", "auto"), marks=[one.marks])
    ((page, _),) = of_parts(scanner, ((part, None) for part in parts), [one], settings(**other))
    return page.partition(b"\n")[2].decode()
