"""One pattern as somebody types it: a program of it alone, beside the lists of all that is loaded."""

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import syntax
from factcheck.language.allow import asks_for_marks, compile_pattern
from factcheck.language.lower import Lowering
from factcheck.language.parse import parse_pattern
from factcheck.language.pattern import Lists, Pattern, Ref, parts
from factcheck.language.program import NOTE, Pack, Program, Rule
from factcheck.span import Source

_NO_PACK: Final = ""
"""The name of the pack that the pattern is in."""
_ENGLISH: Final = "en"


class Single(NamedTuple):
    """The pattern as written, what compiles it, and a program whose only rule has it for its `match`."""

    written: syntax.Written[syntax.Pattern]
    lowering: Lowering
    program: Program

    @property
    def pattern(self) -> Pattern:
        """The pattern compiled."""
        return self.program.rules[0].match[0]


def compiled(source: Source, program: Program, own: Collection[str], problems: list[Diagnostic]) -> Single | None:
    """The pattern that is all of `source`; None where it is wrong.

    It may name the lists of `program`; by a bare name the one of a pack in `own`, or else the only one there is.
    """
    written, wrong = parse_pattern(source)
    problems += wrong
    if written is None:
        return None
    bare = _bare(program.lists, own)
    problems += _unclear(source, written, bare)
    asks_for_marks(written, source, problems)
    lists: Lists = ChainMap({f"{_NO_PACK}.{name}": Ref(keys[0]) for name, keys in bare.items()}, dict(program.lists))
    packs = frozenset(pack.name for pack in program.packs)
    lowering = Lowering(source, _NO_PACK, _language(program, own), frozenset(lists), packs, problems)
    pattern = compile_pattern(written, lowering, lists)
    if pattern is None:
        return None
    named = {one.key: lists[one.key] for one in parts(pattern, lists=lists) if isinstance(one, Ref)}
    return Single(written, lowering, _program(pattern, named))


def _bare(lists: Lists, own: Collection[str]) -> dict[str, list[str]]:
    """The lists by their names alone; where some of a name are of one's own packs, these."""
    found: dict[str, list[str]] = {}
    for key in lists:
        found.setdefault(key.partition(".")[2], []).append(key)
    mine = {name: [key for key in keys if key.partition(".")[0] in own] for name, keys in found.items()}
    return {name: mine[name] or keys for name, keys in found.items()}


def _unclear(
    source: Source, written: syntax.Written[syntax.Pattern], bare: Mapping[str, Sequence[str]]
) -> Iterator[Diagnostic]:
    """The problems of bare names that several lists have."""
    for named in syntax.list_names(written.value):
        if len(keys := bare.get(named.name, ())) > 1:
            message = f"{len(keys)} packs have a list `{named.name}`"
            remedy = f"name its pack: {' or '.join(f'`{{{key}}}`' for key in keys)}"
            yield Diagnostic("FC021", message, source, (Label(written.place(named.span)),), remedy)


def _language(program: Program, own: Collection[str]) -> str:
    """The code of the language that all of one's own packs are in, else that of the built-in ones."""
    found = {pack.language for pack in program.packs if pack.name in own}
    return found.pop() if len(found) == 1 else _ENGLISH


def _program(pattern: Pattern, lists: Lists) -> Program:
    """Of its rule nothing counts but where it matches."""
    rule = Rule(
        pack=_NO_PACK,
        name="",
        level=NOTE,
        message="",
        weight=1.0,
        severity=NOTE,
        polarity="positive",
        range=None,
        because="",
        suggest="",
        tags=(),
        signals=(),
        match=(pattern,),
        excepts=(),
        unless=(),
        when=None,
    )
    return Program((Pack(_NO_PACK, "", _ENGLISH, "", signal=False),), (rule,), lists)
