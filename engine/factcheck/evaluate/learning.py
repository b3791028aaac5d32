"""From gold sentences to weights and, where they are asked for, to proposals that help."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count

from factcheck.diagnostic import Diagnostic, Severity
from factcheck.evaluate.attempts import Attempt, Attempts, Watch
from factcheck.evaluate.contexts import check_installed
from factcheck.evaluate.evidence import Corpus
from factcheck.evaluate.proposals import Proposer, head_lines, lines
from factcheck.evaluate.usual import LEAST_CASES, STRENGTH
from factcheck.evaluate.weights import Weighing, weigh
from factcheck.language.program import Program
from factcheck.load import check, parsed
from factcheck.scan import Scanner
from factcheck.span import Source

_PACK = "learnt"
"""The pack of the rules that are proposed, unless there is one of the name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn: see `weights.weigh`; with `propose` more than weights, and with `weak` weak signs among that."""

    strength: float = STRENGTH
    least: int = LEAST_CASES
    keep_levels: bool = False
    propose: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Learning:
    """What was learnt: for each signal the weights, before any proposal and with those that were chosen."""

    plain: tuple[Weighing, ...]
    weighings: tuple[Weighing, ...]
    attempts: tuple[Attempt, ...] = ()
    tried: int = 0


def learn(scanner: Scanner, corpora: Sequence[Corpus], settings: Settings, watch: Watch | None = None) -> Learning:
    """What the corpora teach about the scanner's rules, which are those of its files.

    Raises GoldError where a row is no sentence, ImportError where scikit-learn is asked for and missing.
    """
    if settings.propose:
        check_installed()
    weighed = partial(weigh, strength=settings.strength, keep_levels=settings.keep_levels, least=settings.least)
    plain = tuple(weighed(corpus.scanned(scanner)) for corpus in corpora)
    if not settings.propose:
        return Learning(plain, plain)
    files = parsed(scanner.sources, [])
    proposer = Proposer(scanner.program, files, _free(scanner.program), weak=settings.weak)
    proposals = [one for weighing in plain for one in proposer.proposals(weighing)]
    chosen, program = proven(scanner.sources, Attempts(files, plain, watch).chosen(proposals))
    found = (corpus.scanned(Scanner.of(program)) for corpus in corpora)
    weighings = (weighed(evidence, priors=_priors(chosen, evidence.corpus.signal)) for evidence in found)
    return Learning(plain, tuple(weighings), tuple(chosen), len(proposals))


def _priors(chosen: Iterable[Attempt], signal: str) -> dict[str, float]:
    """What the weights of the rules that are proposed are taken to be beforehand, by which they raise the signal."""
    made = ((one.proposal.signal, one.proposal.made) for one in chosen)
    return {
        rule.id: rule.prior if about == signal else rule.signals[signal]
        for about, rule in made
        if rule and signal in rule.signals
    }


def _free(program: Program) -> str:
    """A name that no pack has."""
    taken = {pack.name for pack in program.packs}
    names = chain([_PACK], (f"{_PACK}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def proven(sources: Sequence[Source], attempts: Sequence[Attempt]) -> tuple[list[Attempt], Program]:
    """The proposals that load beside the files, their examples and those of the files held to; and their program."""
    left = list(attempts)
    while True:
        problems: list[Diagnostic] = []
        mine, owners = _file(left)
        matcher = check([*sources, *([mine] if left else [])], problems).matcher
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not errors or not left:
            return left, matcher.program
        # An exception may keep an example of another file from firing: then any may be to blame.
        wrong = {owners[line] for one in errors if one.source is mine for line in _lines(one)} or {len(left) - 1}
        left = [one for number, one in enumerate(left) if number not in wrong]


def _file(attempts: Sequence[Attempt]) -> tuple[Source, list[int]]:
    """A file of the proposals, and for each of its lines which of them it is of; the first for those of its head."""
    head = head_lines(made.pack for one in attempts if (made := one.proposal.made))
    owned = [(number, line) for number, one in enumerate(attempts) for line in lines(one.proposal)]
    text = "\n".join([*head, *(line for _, line in owned), ""])
    return Source("proposed.fact", text), [0] * len(head) + [number for number, _ in owned]


def _lines(problem: Diagnostic) -> Iterator[int]:
    """The lines that a problem stands on, from 0."""
    return (problem.source.place(label.span.start).line - 1 for label in problem.labels)
