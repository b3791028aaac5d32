"""reStructuredText, as docutils reads it, every word at its place in the source."""

from collections.abc import Iterator
from typing import Any, Final

from factcheck_cli.inputs.readers.article import About, Article, Asked, Builder
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.lines import Lines

_SETTINGS: Final = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "_disable_config": True,
    "embed_stylesheet": False,
}
_DOCINFO: Final = {"author": "byline", "authors": "byline", "date": "date"}


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The one article."""
    from docutils.core import publish_doctree

    source = decoded(data, asked)
    tree = publish_doctree(source, settings_overrides=_SETTINGS)
    writer = _Writer(source)
    writer.write(tree)
    writer.about.keep("title", tree.get("title"))
    yield writer.builder.article(Lines(source), writer.about)


class _Writer:
    """Writes the paragraphs of a tree; each is looked for in the source behind the one before."""

    def __init__(self, source: str) -> None:
        self.builder, self.about = Builder(), About()
        self._source, self._at = source, 0

    def write(self, tree: Any) -> None:  # noqa: ANN401 - the library has no types
        """Writes all below a node."""
        from docutils import nodes

        silent = (
            nodes.comment,
            nodes.substitution_definition,
            nodes.system_message,
            nodes.raw,
            nodes.target,
            nodes.meta,
        )
        waiting = [(tree, "")]
        while waiting:
            node, kind = waiting.pop()
            name = node.__class__.__name__
            if isinstance(node, nodes.comment):
                self._comment(node.astext())
            if isinstance(node, silent):
                continue
            if name in _DOCINFO:
                self.about.keep(_DOCINFO[name], node.astext())
            if isinstance(node, nodes.literal_block | nodes.doctest_block | nodes.math_block):
                self._paragraph(node, "code")
            elif isinstance(node, nodes.title | nodes.subtitle | nodes.rubric):
                self._paragraph(node, "caption" if isinstance(node.parent, nodes.table) else "heading")
            elif isinstance(node, nodes.caption):
                self._paragraph(node, "caption")
            elif isinstance(node, nodes.TextElement):
                if not isinstance(node.parent, nodes.docinfo):
                    self._paragraph(node, kind)
            else:
                inner = "block" if isinstance(node, nodes.entry | nodes.list_item) else kind
                waiting += [(child, inner) for child in reversed(node.children)]

    def _comment(self, text: str) -> None:
        at = self._source.find(text.partition("\n")[0], self._at)
        self.builder.comment(text, max(at, self._at))
        self._at = max(at, self._at)

    def _paragraph(self, node: Any, kind: str) -> None:  # noqa: ANN401 - the same
        from docutils import nodes

        self.builder.begin([kind] if kind else [])
        for text in node.findall(nodes.Text):
            for number, line in enumerate(str(text).split("\n")):
                if number:
                    self.builder.blank("\n", self._at)
                self._line(line)
        self.builder.close()

    def _line(self, line: str) -> None:
        kept = line.strip()
        if not kept:
            self.builder.blank(" ", self._at)
            return
        at = self._source.find(kept, self._at)
        if at < 0:
            self.builder.write(line)  # with escapes in it, perhaps; it is nearly where the words before it are
            return
        if line[0].isspace():
            self.builder.blank(" ", max(at - 1, 0))
        self.builder.write(kept, at)
        self._at = at + len(kept)
        if line[-1].isspace():
            self.builder.blank(" ", self._at)
