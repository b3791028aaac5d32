"""Many rules: the built-in packs again and again, each copy with other words, and news where each copy finds as much.

What ten times the rules cost shows only if they are other rules, and if they find as much in a text as the first ones
did: hits cost, too. So copy after copy the words of all patterns get a syllable in front of them (could, xacould,
xecould …), in the rules, in their examples, and in every article that falls to the copy: articles are dealt out to the
copies in turn. A text then has as many hits whatever the number of rules, and the rules, which load and prove
themselves as any others do, share no cue. What English has few of stays as it is, in rules as in texts: pronouns,
auxiliaries, articles, numbers, names of days; names, quotations and sentences are then found as before.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from factcheck.english import tables
from factcheck.english.inflect import inflect
from factcheck.language import syntax
from factcheck.language.parse import parse
from factcheck.language.pattern import Affix, Words, parts
from factcheck.load import RuleError, builtin_sources, load
from factcheck.span import Source, Span

SYLLABLES: Final = ("xa", "xe", "xi", "xo", "xu", "za", "ze", "zi", "zo", "zu")
"""One a copy; no English word that rules look for begins with one and another such word."""
_KEPT: Final = (
    tables.PRONOUNS | tables.CONNECTORS | tables.NUMBER_WORDS | tables.SCALES | tables.PERCENTAGES | tables.WEEKDAYS
    | (tables.MONTHS - tables.MONTH_NAMES) | inflect("be", "v") | inflect("have", "v") | inflect("do", "v")
    | frozenset(["a", "an", "this", "that", "these", "those", "there", "not", "no"])
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_FORMS: Final = "no-claim"
"""The pack that is not copied: most of its rules ask for no words, and all copies would hit the same sentences."""
_VERBS: Final = "core.verb"
"""The list that the engine itself reads, and that is too long to be copied: it is amended."""


_Leaf = (
    syntax.Word
    | syntax.Exact
    | syntax.Inflected
    | syntax.Star
    | syntax.Mark
    | syntax.Gap
    | syntax.ListName
    | syntax.Class
    | syntax.Test
)


class _Change(NamedTuple):
    """A place of a file, and what is to stand there."""

    span: Span
    text: str


class Copies:
    """The built-in packs `times` times."""

    def __init__(self, times: int) -> None:
        self.syllables = SYLLABLES[: times - 1]

    def write(self, folder: Path) -> None:
        """Write the rule files of all copies but the first, which is built in."""
        left = unproved() if self.syllables else frozenset()
        for syllable in self.syllables:
            _write(folder, syllable, left)

    def dealt(self, texts: Sequence[str]) -> list[str]:
        """The texts in turn for the first copy, the second, and so on."""
        turns = ("", *self.syllables)
        return [renamed(text, turns[number % len(turns)]) for number, text in enumerate(texts)]


Example = tuple[str, int]
"""A rule, and the number of the field in it."""


@cache
def unproved() -> frozenset[Example]:
    """The few examples that do not hold with other words: what they show lies in English beyond the rules."""
    with TemporaryDirectory() as folder:
        _write(Path(folder), SYLLABLES[0], frozenset())
        try:
            load([folder], cached=False)
        except RuleError as error:
            return frozenset(_example(problem.source, problem.labels[0].span.start) for problem in error.diagnostics)
    return frozenset()


def _example(source: Source, place: int) -> Example:
    """The example at this place of a file."""
    statement = [one for one in parse(source)[0].statements if one.span.start <= place][-1]
    return statement.name.text, [field.span.start <= place for field in statement.fields].count(True) - 1


def _write(folder: Path, syllable: str, left: AbstractSet[Example]) -> None:
    for source in builtin_sources():
        name = Path(source.name).stem
        if name != _FORMS:
            (folder / f"{name}-{syllable}.fact").write_text(_copied(source, syllable, left), "utf-8")


def renamed(text: str, syllable: str) -> str:
    """The text with the syllable before each word that rules look for."""
    return _WORD.sub(lambda found: _with(syllable, found[0]), text) if syllable else text


def _with(syllable: str, word: str) -> str:
    lower = word.lower().replace("’", "'")
    base = lower.removesuffix("'s")
    if base in _KEPT or not (_sought(lower) or _sought(base)):
        return word
    if word[0].islower():
        return syllable + word
    if lower in tables.MONTHS:
        return word
    return (syllable + word).upper() if word.isupper() and len(word) > 1 else syllable.capitalize() + word.lower()


@cache
def _sought(word: str) -> bool:
    words, beginnings = _vocabulary()
    return word in words or any(word.startswith(beginning) for beginning in beginnings)


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of all patterns but for the list of verbs, and the beginnings of words."""
    program = load().program
    verbs = program.lists[_VERBS]
    patterns = [pattern for pattern in program.patterns if pattern is not verbs]
    found = list(parts(*patterns))
    words = {form.lower() for part in found if isinstance(part, Words) for form in (*part.lower, *part.written)}
    return frozenset(words), tuple({part.prefix.lower() for part in found if isinstance(part, Affix) and part.prefix})


# Rule files -----------------------------------------------------------------------------------------------------------


def _copied(source: Source, syllable: str, left: AbstractSet[Example]) -> str:
    """The file as another pack, without the examples that are to be left out and the rules that have none then."""
    text = source.text
    for change in sorted(_changes(source, syllable, left), reverse=True):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    return text


def _changes(source: Source, syllable: str, left: AbstractSet[Example]) -> Iterator[_Change]:
    change = _Rewriter(source.text, syllable)
    statements = parse(source)[0].statements
    ends = [*(statement.span.start for statement in statements[1:]), len(source.text)]
    for statement, end in zip(statements, ends, strict=True):
        fields = [field for n, field in enumerate(statement.fields) if (statement.name.text, n) not in left]
        if statement.kind == "rule" and not {"flag", "pass"} <= {field.name for field in fields}:
            yield _Change(Span(statement.span.start, end), "")
        else:
            yield from change.statement(statement, fields)


class _Rewriter:
    def __init__(self, text: str, syllable: str) -> None:
        self.text, self.syllable = text, syllable
        self.pack = ""

    def statement(self, one: syntax.Statement, fields: Sequence[syntax.Field]) -> Iterator[_Change]:
        """What changes in a statement that keeps some fields."""
        if one.kind == "pack":
            self.pack = one.name.text
            yield _Change(one.name.span, f"{one.name.text}-{self.syllable}")
        if one.body and f"{self.pack}.{one.name.text}" == _VERBS:
            whole = Span(one.span.start, one.body.at + len(one.body.text))
            yield _Change(whole, f"amend list {_VERBS} + {' | '.join(self.verbs())}")
        elif one.body:
            yield from self.written(one.body)
        for field in one.fields:
            yield from self.field(field) if field in fields else [_Change(self.line(field), "")]

    def line(self, field: syntax.Field) -> Span:
        """An example with its line."""
        return Span(self.text.rindex("\n", 0, field.span.start), self.text.index("\n", field.span.end))

    def field(self, field: syntax.Field) -> Iterator[_Change]:
        """What changes in a field: patterns, conditions, examples."""
        if isinstance(field.value, syntax.Written):
            yield from self.written(field.value)
        elif field.value and field.name in {"flag", "pass"}:
            yield from (
                _Change(atom.span, renamed(self.text[slice(*atom.span)], self.syllable)) for atom in field.value
            )

    def verbs(self) -> list[str]:
        """The forms of verbs that have other words in the copy."""
        found = (part.lower for part in parts(load().program.lists[_VERBS]) if isinstance(part, Words))
        forms = {form for lower in found for form in lower}
        return sorted(new for form in forms if (new := renamed(form, self.syllable)) != form)

    def written(self, written: syntax.Written[syntax.Pattern] | syntax.Written[syntax.Condition]) -> Iterator[_Change]:
        """What changes in a pattern or condition."""
        for part in _inside(written.value):
            span = written.place(part.span)
            old = self.text[slice(*span)]
            new = self.part(part, old)
            if new != old:
                yield _Change(span, new)

    def part(self, part: _Leaf, old: str) -> str:
        """A part of a pattern or condition with other words."""
        match part:
            case syntax.Word() | syntax.Star():
                return renamed(old, self.syllable)
            case syntax.Inflected(lemma, kind, forms):
                if lemma in _KEPT:
                    return old
                every = forms or sorted(inflect(lemma, kind))
                return f"{self.syllable}{lemma}~({', '.join(renamed(form, self.syllable) for form in every)})"
            case syntax.ListName(name) if name != _VERBS:
                return old.replace(".", f"-{self.syllable}.")
            case syntax.Test(relation, subject) if relation in {"with", "without"}:
                return old.replace(subject, f"{subject}-{self.syllable}")
            case _:
                return old


def _inside(value: syntax.Pattern | syntax.Condition) -> Iterator[_Leaf]:
    match value:
        case syntax.Sequence(items) | syntax.Joined(_, items) | syntax.Choice(items):
            for item in items:
                yield from _inside(item)
        case syntax.Maybe(item) | syntax.Not(item) | syntax.Capture(_, _, item):
            yield from _inside(item)
        case _:
            yield value
