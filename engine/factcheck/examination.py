"""Rule files put to their own examples: which pass, and which parts these touch.

An examiner remembers. After a change it reads the changed files anew, and runs the examples of those that this can
matter to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from factcheck.diagnostic import Diagnostic, has_errors
from factcheck.judge.coverage import Coverage
from factcheck.judge.match import Matcher
from factcheck.judge.prove import Tried, prove_amendments, prove_rules
from factcheck.language import rule as models
from factcheck.language.compile import Compiled, compile_files, lowering_of
from factcheck.language.lint import lint
from factcheck.language.probe import Part, ProbedFile, probed
from factcheck.language.program import Program
from factcheck.language.reach import reached, restricted
from factcheck.load import RuleError, certain, load, parsed
from factcheck.span import Source, Span

_STEPS: Final = 1_000_000
"""Steps that it may take to tell which parts the examples of any file touch."""
_STEPS_PER_CHARACTER: Final = 10
"""And those it may take for each of its characters."""
_FAILED: Final = ("FC060", "FC061")
"""Codes of examples that were run and do not pass."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A rule or an amendment: how many examples it has, how many of them were run and pass, and its parts."""

    name: str
    source: Source
    span: Span
    examples: int
    run: int
    passed: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """Rule files that load, or would but for their examples, and what became of these."""

    files: tuple[models.RuleFile, ...]
    program: Program
    """What they would scan with, beside the packs loaded before them."""
    warnings: tuple[Diagnostic, ...]
    failures: tuple[Diagnostic, ...]
    examined: tuple[Examined, ...]
    parts: tuple[Part, ...]
    touched: frozenset[Part]
    complete: bool
    """Whether it could be told of all examples what they touch."""
    run: tuple[str, ...]
    """The files whose examples were run now; what those of others do was known before."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The texts of the files."""
        return tuple(file.source for file in self.files)

    @property
    def untouched(self) -> Iterator[Part]:
        """The parts that no example touches, in the order of the files; of those within one another the outermost."""
        order = {source.name: number for number, source in enumerate(self.sources)}
        found = [one for one in self.parts if one not in self.touched]
        inner = {one for one in found if one.within is not None and one.within not in self.touched}
        yield from sorted(set(found) - inner, key=lambda one: (order[one.source.name], one.span, one.kind))


class _Outcome(NamedTuple):
    """What became of the examples of a file."""

    failures: tuple[Diagnostic, ...]
    run: Mapping[int, int]
    """By the identity of rules and amendments how many of their examples were run."""
    touched: frozenset[Part]
    complete: bool


@dataclass(slots=True)
class _Known:
    """A file as it was last seen; `depends` is all that its `outcome` comes of."""

    source: Source
    file: models.RuleFile
    problems: tuple[Diagnostic, ...]
    probed: ProbedFile | None = None
    depends: tuple[Source, ...] = ()
    outcome: _Outcome | None = None


class Examiner:
    """Tests rule files that are loaded after the built-in packs and the opt-in ones that are named."""

    def __init__(self, packs: Iterable[str] = (), *, builtin: bool = True, rules: Iterable[str | Path] = ()) -> None:
        """With other `rules` loaded before, too.

        Raises SelectionError where there is no such opt-in pack, RuleError where one of these packs is wrong.
        """
        self.base = load(rules, packs=packs, builtin=builtin)
        self._known: dict[str, _Known] = {}

    def examine(self, sources: Sequence[Source], problems: Sequence[Diagnostic] = ()) -> Examination:
        """Runs the examples of the files. `problems` are those met in reading them.

        RuleError with all that keeps the files from loading, where there is more of it than examples that fail.
        """
        found = list(problems)
        self._known = {source.name: self._read(source) for source in sources}
        files = [one.file for one in self._known.values()]
        found += (problem for one in self._known.values() for problem in one.problems)
        compiled = compile_files(files, found, self.base.program)
        lint(files, compiled.written, found)
        run = tuple(self._run(compiled))
        order = {source.name: number for number, source in enumerate(sources)}
        if has_errors(found):
            failures = (failure for one in self._known.values() if one.outcome for failure in one.outcome.failures)
            raise RuleError(_in_order(certain([*found, *failures]), order))
        return self._told(compiled, _in_order(found, order), run, order)

    def _read(self, source: Source) -> _Known:
        """The file, which is parsed only where it is not the one that is known."""
        known = self._known.get(source.name)
        if known and known.source == source:
            return known
        problems: list[Diagnostic] = []
        (file,) = parsed([source], problems)
        return _Known(source, file, tuple(problems))

    # ---- running ----

    def _run(self, compiled: Compiled) -> Iterator[str]:
        """Runs the examples whose outcome is not known; the names of their files."""
        stale = [one for one in self._known.values() if self._is_stale(one, compiled)]
        if not stale:
            return
        keys = frozenset(compiled.written.lists)
        for one in self._known.values():
            if one.probed is None:
                one.probed = probed(one.file, lowering_of(one.file, keys, compiled.written.packs, []))
        files = [one.file for one in stale]
        written = Matcher(restricted(compiled.written, {file.pack.name for file in files if file.pack}))
        targets = {amendment.target.partition("/")[0] for file in files for amendment in file.amendments}
        amended = Matcher(restricted(compiled.program, targets)) if targets else written
        for one in stale:
            one.outcome = self._outcome(one.file, written, amended)
            yield one.source.name

    def _is_stale(self, one: _Known, compiled: Compiled) -> bool:
        """Whether something has changed that the outcome of the file's examples may come of."""
        packs = reached(compiled.written, {one.file.pack.name} if one.file.pack else set())
        own = [other for other in self._known.values() if other.file.pack and other.file.pack.name in packs]
        # What an amendment does may depend on all others.
        depends = tuple(other.source for other in (self._known.values() if one.file.amendments else own))
        stale = one.outcome is None or one.depends != depends
        one.depends = depends
        return stale

    def _outcome(self, file: models.RuleFile, written: Matcher, amended: Matcher) -> _Outcome:
        failures: list[Diagnostic] = []
        run: Counter[int] = Counter()
        probes = [one.probed for one in self._known.values() if one.probed]
        coverage = Coverage(probes, _STEPS + _STEPS_PER_CHARACTER * len(file.source.text))

        def witness(tried: Tried) -> None:
            run.update(id(trial.owner) for trial in tried.trials)
            coverage(tried)

        prove_rules([file], written, failures, witness=witness)
        prove_amendments([file], amended, failures, witness=witness)
        return _Outcome(tuple(failures), run, frozenset(coverage.touched), coverage.complete)

    # ---- telling ----

    def _told(
        self, compiled: Compiled, warnings: Sequence[Diagnostic], run: tuple[str, ...], order: Mapping[str, int]
    ) -> Examination:
        known = [(one.probed, one.outcome) for one in self._known.values() if one.probed and one.outcome]
        failures = _in_order([failure for _, outcome in known for failure in outcome.failures], order)
        return Examination(
            compiled.files,
            compiled.program,
            tuple(warnings),
            tuple(failures),
            tuple(one for file, outcome in known for one in _examined(file, outcome)),
            tuple(part for file, _ in known for part in file.parts),
            frozenset().union(*(outcome.touched for _, outcome in known)),
            all(outcome.complete for _, outcome in known),
            run,
        )


def _in_order(problems: Sequence[Diagnostic], order: Mapping[str, int]) -> list[Diagnostic]:
    """The problems as they stand in the files; those of files that cannot be read first."""
    return sorted(
        problems, key=lambda one: (order.get(one.source.name, -1), one.labels[0].span.start if one.labels else -1)
    )


def _examined(file: ProbedFile, outcome: _Outcome) -> Iterator[Examined]:
    failed = [one.labels[0].span for one in outcome.failures if one.code in _FAILED]
    for one in file.owners:
        owner = one.owner
        own = {example.span for example in (*owner.flag, *owner.quiet)}
        run = outcome.run.get(id(owner), 0)
        name = owner.id if isinstance(owner, models.Rule) else f"amend {owner.target}"
        passed = run - sum(span in own for span in failed)
        yield Examined(name, owner.source, owner.statement.name.span, len(own), run, passed, one.parts)
