"""XML that strangers wrote: whoever reads it is told of the elements that he names, and of nothing else.

A document from a word processor has ten elements that say how a line looks for each that holds a word of it. So names
are looked up once each, and what is not asked for costs no more than the library's call.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any
from xml.parsers import expat

from factcheck_cli.inputs.readers.article import About, UnreadableError

Attributes = dict[str, str]
"""By their names as written, prefixes and all; see `value`."""
Begins = Mapping[str, Callable[[Attributes], object]]
"""What is called where an element of a name begins. Names are without the prefixes of their namespaces."""
Ends = Mapping[str, Callable[[], object]]


class _Looked(dict[str, Any]):
    """What is called for an element, by its name as written."""

    def __init__(self, called: Mapping[str, Any]) -> None:
        self._called = called

    def __missing__(self, written: str) -> Any:  # noqa: ANN401 - either kind of what is called, or None
        found = self[written] = self._called.get(_local(written))
        return found


def _local(written: str) -> str:
    return written.rpartition(":")[2]


def value(attributes: Attributes, name: str, default: str = "") -> str:
    """The attribute of this name, whatever its prefix."""
    return next((attributes[written] for written in attributes if _local(written) == name), default)


def parse(  # noqa: PLR0913 - what is asked for
    data: bytes,
    begins: Begins,
    ends: Ends,
    text: Callable[[str], object] | None = None,
    *,
    inside: str = "",
    skipped: Collection[str] = (),
    use: Callable[[expat.XMLParserType], object] | None = None,
) -> None:
    """Tells of an XML document's elements and of its text, of that only `inside` elements of a name if one is given.

    What is in `skipped` elements is not told. Who wants to `use` the parser, which knows its place, gets text in small
    pieces. Raises UnreadableError where it is no XML or declares entities.
    """
    parser = expat.ParserCreate()
    if use:
        use(parser)
    parser.buffer_text = not use
    parser.EntityDeclHandler = _refuse
    hear = partial(setattr, parser, "CharacterDataHandler")

    def begin(name: str, attributes: Attributes) -> None:
        if called := begun[name]:
            called(attributes)

    def end(name: str) -> None:
        if called := ended[name]:
            called()

    def tell() -> None:
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        hear(None if inside else text)

    within = {inside: lambda _attributes: hear(text)} if inside else {}
    begun = _Looked({**begins, **within, **dict.fromkeys(skipped, _skipper(parser, tell))})
    ended = _Looked({**ends, **dict.fromkeys(within, partial(hear, None))})
    tell()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(f"its XML is damaged ({error}); save it anew with the program it comes from") from error


def _skipper(parser: expat.XMLParserType, tell: Callable[[], None]) -> Callable[[Attributes], None]:
    """What is called for an element that is skipped; at its end the parser is to tell again."""
    depth = 0

    def skip(_attributes: Attributes) -> None:
        nonlocal depth
        depth = 1
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = deeper, out, None

    def deeper(_name: str, _attributes: Attributes) -> None:
        nonlocal depth
        depth += 1

    def out(_name: str) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            tell()

    return skip


def _refuse(*_entity: object) -> None:
    raise UnreadableError("its XML declares entities of its own, which may unfold without end; save it without them")


class Said:
    """What a document says of itself: the text of elements of some names, each kept as what it is."""

    def __init__(self, names: Mapping[str, str], about: About | None = None) -> None:
        self.about = about or About()
        self.begins: Begins = {name: partial(self._begin, kept) for name, kept in names.items()}
        self.ends: Ends = dict.fromkeys(names, self._end)
        self._kept = ""

    def _begin(self, kept: str, _attributes: Attributes) -> None:
        self._kept = kept

    def _end(self) -> None:
        self._kept = ""

    def text(self, text: str) -> None:
        """Text, of whatever element."""
        if self._kept:
            self.about.keep(self._kept, text)

    def read(self, part: bytes) -> None:
        """Reads it from a part that has nothing else."""
        if part:
            parse(part, self.begins, self.ends, self.text)
