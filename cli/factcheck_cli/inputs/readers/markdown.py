"""Markdown: headings, code and tables as CommonMark has them, every character at its place in the source."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from factcheck_cli.inputs.readers.article import Article, Asked, Builder
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.readers.front import front_matter
from factcheck_cli.inputs.readers.html import write_fragment
from factcheck_cli.lines import Lines

_LINE_END: Final = re.compile(r"\r\n?|\n")
_MARKUP: Final = re.compile(r"[\n\\`~*_\[<&|$]|^: ")
"""What a paragraph has somewhere if a rule of the library finds more in it than text, and a cell with a bar in it."""
_CAPTION: Final = re.compile(r"(?:figure|fig\.|table|photo|picture|image|map|chart)(?: \d[\d.]*)?: ", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_STRUCK: Final = re.compile(r"<(/?)(?:del|s|strike)\b[^>]*>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SIGN: Final = re.compile(
    r"(?<![^\n])(?P<part>\[\^[^\]\s]{1,99}\]:|:(?=\s))"  # a note, or what a word means, on a line of its own
    r"|\[\^[^\]\s]{1,99}\]"  # the number of a note
    r"|(?<![^\n])\[[ xX]\](?=\s)"  # a box to tick
    r"|\$\$(?:[^$]*\$\$)?"  # a formula
)
"""What stands in a paragraph in dialects of Markdown, and is no word of it."""
_DEEPEST: Final = 50  # lists, quotations and emphasis within one another
_AT: Final = "at"
"""Where the text of a token stands in the paragraph."""


class _State(StateInline):
    """A state that knows where what it writes stands."""

    step = 0
    """Where the rule that is asked now begins."""
    waits = 0
    """Where the text begins that waits to be written."""

    def pushPending(self) -> Token:  # noqa: N802 - the library's name
        """Writes the text that waits, which is as it stands there."""
        token = super().pushPending()
        token.meta[_AT] = self.waits
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:  # noqa: ANN401 - as the library has it
        """Writes a token; of several that one rule writes each is a mark of emphasis, a character or two."""
        token = super().push(ttype, tag, nesting)
        token.meta[_AT] = self.step
        if ttype == "text":
            self.step += 2 if self.src[self.step] == "~" else 1
        return token


def _sign(state: StateInline, silent: bool) -> bool:
    """The rule that leaves out signs of dialects."""
    if state.src[state.pos] not in "[:$" or not (found := _SIGN.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        state.push("part" if found["part"] and state.pos else "sign", "", 0)
    state.pos = found.end()
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule for the addresses of links, which would take a note of a single word for one."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


def _seen(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a paragraph without what is struck out, but for the comments in it."""
    struck = 0
    for token in tokens:
        tag = _STRUCK.fullmatch(token.content) if token.type == "html_inline" else None
        if token.type == "s_open" or (tag and not tag[1]):
            struck += 1
        elif token.type == "s_close" or (tag and struck):
            struck -= 1
        elif not struck or token.content.startswith("<!--"):
            yield token


class _Parser(ParserInline):
    """The library's parser of paragraphs, with the places of all tokens."""

    def tokenize(self, state: StateInline) -> None:
        """Goes through the paragraph, or through the text of a link in it."""
        assert isinstance(state, _State)  # noqa: S101 - `parse` makes no other
        rules, end = self.ruler.getRules(""), state.posMax
        while state.pos < end:
            if not state.pending:
                state.waits = state.pos
            state.step = state.pos
            if state.level < _DEEPEST:
                for rule in rules:
                    if rule(state, False):
                        break
                else:
                    state.append_pending(state.src[state.pos])
                    state.pos += 1
            else:
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:  # noqa: ANN401 - the same
        """The tokens of a paragraph; none of one that is nothing but text."""
        if not _MARKUP.search(src):
            return tokens
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The one article."""
    source = decoded(data, asked)
    start, about = front_matter(source, asked.note)
    writer = _Writer(source, start)
    writer.write(_markdown().parse(source[start:]))
    about.keep("title", writer.title)
    yield writer.builder.article(Lines(source), about)


@cache
def _markdown() -> MarkdownIt:
    """The parser, which takes longer to be made than many a text to be parsed."""
    found = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    found.inline = _Parser()
    found.inline.ruler.before("link", "sign", _sign)
    found.block.ruler.at("reference", _reference, {"alt": []})
    # Text that is joined would lose the places of its parts.
    found.inline.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    found.core.ruler.disable("text_join")
    return found


class _Writer:
    """Writes the tokens of a source from `start` on."""

    def __init__(self, source: str, start: int) -> None:
        self.builder, self.title = Builder(), ""
        self._source = source
        ends = [found.span() for found in _LINE_END.finditer(source, start)]
        self._lines = list(zip([start, *(end for _, end in ends)], [*(at for at, _ in ends), len(source)], strict=True))
        self._heading = ""
        self._row, self._cell = -1, 0  # line of a table's row, and where in the source its next cell is looked for

    def write(self, tokens: Sequence[Token]) -> None:
        """Writes all of it."""
        for token in tokens:
            first = token.map[0] if token.map else -1
            if token.type == "heading_open":
                self._heading = token.tag
            elif token.type == "heading_close":
                self._heading = ""
            elif token.type == "tr_open":
                self._row, self._cell = first, self._lines[first][0]
            elif token.type == "tr_close":
                self._row = -1
            elif token.type in {"fence", "code_block"}:
                self._code(token, first + (token.type == "fence"))
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "inline":
                self._paragraph(token, self._row if self._row >= 0 else first)

    def _code(self, token: Token, first: int) -> None:
        self.builder.begin(["code"])
        for number, line in enumerate(token.content.split("\n"), first):
            if (kept := line.strip()) and number < len(self._lines):
                self.builder.put(kept, self._found(kept, number))
                self.builder.blank("\n", self._lines[number][1])
        self.builder.close()

    def _html(self, token: Token) -> None:
        first, end = token.map or [0, 0]
        start, stop = self._found(token.content.partition("\n")[0], first), self._lines[end - 1][1]
        write_fragment(self.builder, self._source[start:stop], start)

    def _paragraph(self, token: Token, first: int) -> None:
        content = token.content
        kinds = ["heading"] if self._heading else ["caption"] if _CAPTION.match(content) else []
        if not token.children and self._row < 0:
            self.builder.begin(kinds)
            self.builder.write(content, self._found(content, first))
            self.builder.close()
            if self._heading == "h1":
                self.title = self.title or content
            return
        if self._row >= 0:
            kinds = ["block"]
            written = content.replace("|", "\\|")  # a bar in a cell has to be escaped
            at = self._source.find(written, self._cell, self._lines[first][1])
            at = at if at >= 0 else self._cell
            edges = [0, *(found.start() for found in re.finditer(r"\|", content))]
            starts = [at + edge + number for number, edge in enumerate(edges)]
            self._cell = at + len(written)
        else:
            edges = [0, *(found.end() for found in re.finditer("\n", content))]
            starts = [self._found(line, first + n) for n, line in enumerate(content.split("\n"))]
        self.builder.begin(kinds)
        if token.children:
            self._inline(token.children, content, edges, starts)
        else:
            self.builder.write(content, starts[0])
        self.builder.close()
        if self._heading == "h1" and not self.title:
            self.title = "".join(one.content for one in _seen(token.children or []))

    def _found(self, line: str, number: int) -> int:
        """Where a line of a paragraph stands: at the end of its line in the source, or somewhere in it."""
        start, end = self._lines[min(number, len(self._lines) - 1)]
        if self._source.endswith(line, start, end) and line[-1:].strip():
            return end - len(line)
        kept = line.rstrip()
        end = start + len(self._source[start:end].rstrip())
        if self._source.endswith(kept, start, end):
            return end - len(kept)
        return max(self._source.find(kept, start, end), start)

    def _inline(self, tokens: Sequence[Token], content: str, edges: Sequence[int], starts: Sequence[int]) -> None:
        """Writes the tokens of a paragraph, of whose parts these are the edges, and where each is in the source."""

        def place(offset: int) -> int:
            part = bisect_right(edges, offset) - 1
            return starts[part] + offset - edges[part]

        for token in _seen(tokens):
            at = place(token.meta.get(_AT, 0))
            if token.type in {"text", "code_inline"}:
                self._words(token, content, edges, place)
            elif token.type == "part":
                self.builder.begin()
            elif token.type == "text_special":
                self.builder.put(token.content, at, len(token.markup))
            elif token.type in {"softbreak", "hardbreak"} or _BREAK.fullmatch(token.content):
                self.builder.blank("\n", at)
            elif token.type == "html_inline" and (comment := _COMMENT.fullmatch(token.content)):
                self.builder.comment(comment[1], at)

    def _words(self, token: Token, content: str, edges: Sequence[int], place: Callable[[int], int]) -> None:
        """Writes text or code, part by part."""
        begun = token.meta.get(_AT, 0)
        if token.type == "code_inline":
            begun += len(token.markup)  # behind the ticks, and a blank that is left out
            begun += not content[begun:].replace("\n", " ").startswith(token.content)
        ends = [edge for edge in edges if begun < edge < begun + len(token.content)]
        for first, end in pairwise([begun, *ends, begun + len(token.content)]):
            ends_line = content[end - 1 : end] == "\n"
            self.builder.write(token.content[first - begun : end - begun - ends_line], place(first))
            if ends_line:
                self.builder.blank(" ", place(end - 1))
