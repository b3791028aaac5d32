"""The pipeline: texts in, graded sentences out.

    read      texts -> tokens, sentences, quotations, names      (text)
    match     program and article -> matches                     (judge.match)
    resolve   matches -> findings: except, unless, when, longest (judge.resolve)
    sources   findings -> who vouches                            (judge.speaker)
    grade     findings -> level, confidence, signals, source     (judge.grade)

Each stage returns a new value and changes nothing. All of them work on the columns of one article, which may hold many
documents; objects are made only of what is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

from factcheck.batch import Batch
from factcheck.diagnostic import Diagnostic, did_you_mean
from factcheck.document import Document
from factcheck.garbage import acyclic
from factcheck.graded import WHOLE, Graded, Place
from factcheck.judge.grade import Grader
from factcheck.judge.match import Matcher
from factcheck.judge.resolve import Resolver
from factcheck.language.program import Program, Rule
from factcheck.load import SelectionError, load
from factcheck.packs import how_to_load
from factcheck.span import Source
from factcheck.text.article import Article, read_all
from factcheck.text.lexicon import Lexicon
from factcheck.text.marked import Mark, checked
from factcheck.text.piece import is_long, pieces
from factcheck.text.segment import Mode
from factcheck.works import Works

_NAMED = 20  # packs that a message names


class Scanner:
    """Scans texts with a fixed set of rules. Loading takes time, scanning does not: make one and keep it.

    Threads may share it, and take turns; for speed give each process its own.

    `rules` are .fact files and folders added to the built-in packs, which `builtin=False` leaves out, `packs` the
    opt-in packs to load with them. `select` and `ignore` name packs, rules (`pack/rule`) or tags. One path or name
    alone needs no list around it. Raises RuleError when a rule file is wrong, SelectionError when a name is not loaded
    or there is no opt-in pack of it.

    `program` is what it scans with, `warnings` are those on the rule files, `sources` these files as they were read,
    `matcher` finds the rules' patterns in articles, `resolver` the findings among them, `grader` sources and levels;
    they are its `works`, which may rest.
    """

    def __init__(  # noqa: PLR0913 -- one parameter a setting
        self,
        rules: str | Path | Iterable[str | Path] = (),
        *,
        packs: str | Iterable[str] = (),
        select: str | Iterable[str] = (),
        ignore: str | Iterable[str] = (),
        builtin: bool = True,
        cache: bool = True,
    ) -> None:
        paths = [rules] if isinstance(rules, str | Path) else rules
        loaded = load(paths, packs=_names(packs), builtin=builtin, cached=cache)
        program = selected(loaded.program, _names(select), _names(ignore))
        self.warnings: tuple[Diagnostic, ...] = loaded.warnings
        self.sources = loaded.sources
        self._use(Works(loaded.matcher, loaded.key) if program is loaded.program else Works(Matcher(program)))

    def _use(self, works: Works) -> None:
        self.works, self.program = works, works.program

    @property
    def matcher(self) -> Matcher:
        """What finds the rules' patterns in articles."""
        return self.works.stages.matcher

    @property
    def resolver(self) -> Resolver:
        """What makes findings of what is found."""
        return self.works.stages.resolver

    @property
    def grader(self) -> Grader:
        """What finds sources and levels."""
        return self.works.stages.grader

    @classmethod
    def of(
        cls, program: Program, *, warnings: tuple[Diagnostic, ...] = (), sources: tuple[Source, ...] = ()
    ) -> "Scanner":
        """A scanner of a program that is at hand; it may have been read from `sources`, and some of it left out."""
        scanner = cls.__new__(cls)
        scanner.warnings, scanner.sources = warnings, sources
        scanner._use(Works(Matcher(program)))  # noqa: SLF001 -- one of its own
        return scanner

    def with_severities(self, severities: Mapping[str, str]) -> "Scanner":
        """The same scanner, but that findings of these rules (`pack/rule`) have these severities. It shares all else.

        Severities are `note`, `warning` and `error`. They change no level and no confidence.
        """
        scanner = copy(self)
        rules = self.program.rules
        changed = (replace(rule, severity=severities.get(rule.id, rule.severity)) for rule in rules)
        scanner.program = replace(self.program, rules=tuple(changed))
        return scanner

    def scan(
        self, text: str, name: str = "", *, segment: Mode = "auto", marks: Sequence[tuple[int, int, str]] = ()
    ) -> Document:
        """Grades every sentence of `text`. With `segment="lines"` each line that is not empty is one sentence.

        `marks` say what a format knows of spans of the text: start, end, and one of `heading`, `caption`, `code`,
        `mail` (quoted from an earlier letter) and `block` (an entry, a cell, anything of its own).

        Raises TypeError when `text` is no str, ValueError when a mark does not fit it.
        """
        with acyclic():
            (document,) = self.scan_many([text], [name], segment=segment, marks=[marks])
            return document

    def scan_many(
        self,
        texts: Iterable[str],
        names: Iterable[str] | None = None,
        *,
        segment: Mode = "auto",
        marks: Iterable[Sequence[tuple[int, int, str]]] | None = None,
    ) -> Batch:
        """Grades every sentence of many texts at once, each as it would be graded alone, and much faster.

        `names` are those of their documents, `marks` those on each text, `segment` is as for `scan`. Raises TypeError
        when a text or a name is no str, ValueError when there are not as many `names` or `marks` as texts, or one does
        not fit. All that is found is held in memory: of an archive give it some megabytes at a time, or ask for the
        `parts`.
        """
        return Batch(tuple(self.parts(texts, names, segment=segment, marks=marks)), self.program.signals)

    def parts(
        self,
        texts: Iterable[str],
        names: Iterable[str] | None = None,
        *,
        segment: Mode = "auto",
        marks: Iterable[Sequence[tuple[int, int, str]]] | None = None,
    ) -> Iterator[Graded]:
        """The parts of the batch that `scan_many` makes of the same, each graded when it is asked for.

        A part holds about a megabyte of texts, or of a longer one a piece of `piece.LONGEST` characters at most.
        """
        if segment not in get_args(Mode):
            raise ValueError(f"segment is `auto` or `lines`, not {segment!r}")
        texts = _checked(texts, "text")
        names = [""] * len(texts) if names is None else _checked(names, "name")
        if len(names) != len(texts):
            raise ValueError(f"there are {len(texts):,} texts, but {len(names):,} names for them")
        return self._parts(texts, names, segment, _marks(marks, texts))

    def _parts(
        self, texts: Sequence[str], names: Sequence[str], segment: Mode, marks: Sequence[Sequence[Mark]]
    ) -> Iterator[Graded]:
        for reading in _readings(texts, segment, self.matcher.symbols.lexicon, marks):
            with acyclic():
                part = self._graded(reading, names[reading.first : reading.first + len(reading.texts)])
            yield part

    def _graded(self, reading: "Reading", names: Sequence[str]) -> Graded:
        article = reading.article
        matcher, resolver, grader = self.works.stages
        findings = resolver.findings(article, matcher.found(article))
        sources = grader.sources(article, findings)
        grades = grader.grade(article, findings, sources)
        return Graded(self.program, names, reading.texts, article, findings, sources, grades, reading.place)

    def read(self, texts: Sequence[str], segment: Mode = "auto", marks: Sequence[Sequence[Mark]] = ()) -> Article:
        """The texts as they are read, before any rule is asked."""
        return read_all(texts, segment, self.matcher.symbols.lexicon, marks)


class Reading(NamedTuple):
    """Texts that go through the stages together, from number `first` of all on; or a piece of a long one."""

    first: int
    texts: Sequence[str]
    article: Article
    place: Place


def read_in_parts(
    texts: Sequence[str],
    segment: Mode,
    lexicon: Lexicon,
    marks: Iterable[Sequence[tuple[int, int, str]]] | None = None,
) -> Iterator[Reading]:
    """The texts as they are read, before any rule is asked: about a megabyte at a time, or a piece of a longer one."""
    return _readings(texts, segment, lexicon, _marks(marks, texts))


def _readings(
    texts: Sequence[str], segment: Mode, lexicon: Lexicon, marks: Sequence[Sequence[Mark]]
) -> Iterator[Reading]:
    for a, b in _shares(texts):
        if is_long(texts[a]):
            yield from _pieces(texts[a], a, segment, lexicon, marks[a] if marks else ())
        else:
            with acyclic():
                article = read_all(texts[a:b], segment, lexicon, marks[a:b])
            yield Reading(a, texts[a:b], article, WHOLE)


def _pieces(text: str, number: int, segment: Mode, lexicon: Lexicon, marks: Sequence[Mark]) -> Iterator[Reading]:
    """A long text piece by piece; no name and no quotation is known from one to the next."""
    sentences = paragraphs = 0
    for piece in pieces(text, segment, lexicon, marks):
        first = paragraphs if piece.opens else max(paragraphs - 1, 0)
        with acyclic():
            article = read_all([piece.text], segment, lexicon, [piece.marks])
        yield Reading(number, [piece.text], article, Place(piece.start, sentences, first, piece.last))
        sentences += len(article.sentences)
        paragraphs = max(paragraphs, first + 1 + int(article.sentences.paragraph.max(initial=-1)))


_SHARE = 1_000_000
"""Characters that go through the stages together: enough for their calls to cost little, few enough for caches."""


def _shares(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where to cut the texts so that those between two cuts make a share, or are one longer text."""
    first = size = 0
    for number, text in enumerate(texts):
        if number > first and size + len(text) > _SHARE:
            yield first, number
            first, size = number, 0
        size += len(text)
    if first < len(texts):
        yield first, len(texts)


def selectable(program: Program) -> frozenset[str]:
    """The names by which rules are selected and ignored: of packs, rules and tags."""
    return frozenset(pack.name for pack in program.packs).union(*map(_called, program.rules))


def selected(
    program: Program, select: tuple[str, ...], ignore: tuple[str, ...], elsewhere: frozenset[str] = frozenset()
) -> Program:
    """The program with only the selected rules and without the ignored ones.

    A name that is known `elsewhere` need not be known to the program; others raise SelectionError.
    """
    names = {rule.id: _called(rule) for rule in program.rules}
    known = selectable(program) | elsewhere
    for name in (*select, *ignore):
        if name not in known:
            help_line = how_to_load(name, known) or did_you_mean(name, known) or _packs(program)
            raise SelectionError(f"no pack, rule or tag is called `{name}`: {help_line}")
    if not select and not ignore:
        return program
    wanted = [r for r in program.rules if not select or names[r.id] & set(select)]
    return replace(program, rules=tuple(r for r in wanted if not names[r.id] & set(ignore)))


def _called(rule: Rule) -> set[str]:
    return {rule.id, rule.pack, *rule.tags}


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _checked(values: Iterable[object], what: str) -> list[str]:
    """The texts or names, if that is what they are."""
    if isinstance(values, str):
        raise TypeError(f"scan_many takes several {what}s; put a single one into a list")
    found = []
    for number, value in enumerate(values, 1):
        if not isinstance(value, str):
            remedy = ": decode it first" if isinstance(value, bytes | bytearray | memoryview) else ""
            raise TypeError(f"{what} {number} is to be a str, not {type(value).__name__}{remedy}")
        found.append(value)
    return found


def _marks(marks: Iterable[Sequence[tuple[int, int, str]]] | None, texts: Sequence[str]) -> Sequence[tuple[Mark, ...]]:
    """The marks on each text, if they fit; none at all where no text has any."""
    if marks is None:
        return ()
    given = list(marks)
    if len(given) != len(texts):
        raise ValueError(f"there are {len(texts):,} texts, but {len(given):,} lists of marks on them")
    return [checked(one, text) for one, text in zip(given, texts, strict=True)] if any(given) else ()


def _packs(program: Program) -> str:
    """The packs there are, as far as they fit a message."""
    names = [pack.name for pack in program.packs]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"the packs are {', '.join(names[:_NAMED])}{more}" if names else "no pack is loaded"
