"""What `factcheck weigh` says beside the rules it writes: the head of the file, and a summary of what changes."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from factcheck.evaluate.evidence import Corpus
from factcheck.evaluate.learning import Learning, Settings
from factcheck.evaluate.proposals import Made
from factcheck.evaluate.quality import Quality
from factcheck.evaluate.review import changes, weighed
from factcheck.evaluate.usual import LEAST_CASES, STRENGTH
from factcheck.evaluate.weights import Learnt, Weighing
from factcheck.judge.rank import COUNTS_FROM
from factcheck.render import visible
from factcheck_cli.measure.gold_file import GoldSet
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import BOLD, Style, hanging

TITLE: Final = "Weights learnt from sentences that people have labelled"
"""What the file says first, which tells those that are written here from others."""
_MEASURES: Final = {
    "log_loss": "log loss",
    "ece": "calibration error",
    "ece_fired": "  where it speaks",
    "f1": "F1",
}
"""The measures of `Quality`, as people are told them."""
_WIDTH: Final = 100
_INDENT: Final = 24
_MOST: Final = 6
"""Rules that a line of the summary names."""
_FALLEN: Final = 0.005
"""Of F1, that is worth a word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    gold: Sequence[str]
    rules: Sequence[str]
    packs: Sequence[str]
    builtin: bool
    signal: str | None
    settings: Settings
    without_fold: int | None
    with_examples: bool
    output: str | None

    @property
    def base(self) -> list[str]:
        """The options that name the packs."""
        return [
            *(word for pack in self.packs for word in ("--pack", pack)),
            *([] if self.builtin else ["--no-builtin"]),
        ]

    @property
    def command(self) -> str:
        """The command line that asks for it."""
        settings = self.settings
        words = ["factcheck", "weigh", *self.gold]
        words += [word for path in self.rules for word in ("--rules", path)]
        words += self.base
        words += ["--signal", self.signal] if self.signal else []
        words += [] if settings.strength == STRENGTH else ["--strength", f"{settings.strength:g}"]
        words += [] if settings.least == LEAST_CASES else ["--least-cases", str(settings.least)]
        words += ["--keep-levels"] if settings.keep_levels else []
        words += [] if self.without_fold is None else ["--without-fold", str(self.without_fold)]
        words += ["--propose"] if settings.propose else []
        words += ["--weak-signs"] if settings.weak else []
        words += ["--with-examples"] if self.with_examples else []
        words += ["-o", self.output] if self.output else []
        return visible(shlex.join(words))


# The head of the file -------------------------------------------------------------------------------------------------


def head(asked: Asked, sets: Sequence[GoldSet], learning: Learning) -> Iterator[str]:
    """What the file says of itself."""
    yield f"{TITLE}, for a person to review."
    yield ""
    yield f"  {asked.command}"
    yield ""
    for one in sets:
        left_out = "" if asked.without_fold is None else f", without fold {asked.without_fold}"
        yield f"  {visible(one.name)}: {counted(len(one.sentences), 'sentence')}{left_out}"
    for plain, weighing in zip(learning.plain, learning.weighings, strict=True):
        yield ""
        yield f"  {weighing.signal:{_INDENT - 2}}{'before':>8}{'after':>8}"
        yield from (f"  {line}" for line in _table(plain.before, weighing.after))
    yield ""
    yield from _EXPLAINED
    files = [*asked.rules, asked.output or "THIS-FILE.fact"]
    words = [*(word for path in files for word in ("--rules", path)), *asked.base]
    yield f"  {visible(shlex.join(['factcheck', 'scan', *words, 'article.txt']))}"


_EXPLAINED: Final = (
    "A weight says how often a rule is right where it fires. Where cases are few it stays near what it was.",
    f"A finding of a weight below {COUNTS_FROM:g} raises signals, but sets no level; comments tell where that changes.",
    "The measures are those on these very sentences, which flatter what was learnt from them.",
    "",
    "Take away what you do not want. What is left is loaded by",
    "",
)


def _table(before: Quality, after: Quality) -> Iterator[str]:
    for name, said in _MEASURES.items():
        yield f"{said:{_INDENT - 2}}{getattr(before, name):>8.4f}{getattr(after, name):>8.4f}"


# The summary ----------------------------------------------------------------------------------------------------------


def summary(learning: Learning, settings: Settings, style: Style) -> str:
    """What changes, signal by signal, and what was gained by it."""
    changed = changes(learning)
    lines: list[str] = []
    for plain, weighing in zip(learning.plain, learning.weighings, strict=True):
        own = [one for one in changed if one.signal == weighing.signal]
        lines += [*_signal(plain, weighing, own, style, keep_levels=settings.keep_levels), ""]
    if settings.propose:
        lines += [*_proposals(learning, style), ""]
    return "\n".join(lines)


def _proposals(learning: Learning, style: Style) -> Iterator[str]:
    """How many help, and which of their rules change levels."""
    helping = len(learning.attempts)
    if not learning.tried:
        yield "nothing to propose: no wording is clearly more often right, or wrong, than others"
        return
    verb = "helps and is" if helping == 1 else "help and are"
    yield f"{helping:,} of {counted(learning.tried, 'proposal')} {verb} in the file"
    found = (weighed(one, learning.weighings) for one in learning.attempts)
    moving = [made for made in found if made and made.moves_levels]
    for label, sets in (("new, set a level", True), ("new, set none", False)):
        several = [_new(made) for made in moving if made.sets_level is sets]
        if several:
            yield from hanging(f"  {label}", _listed(several), style.columns, _INDENT)


def _new(made: Made) -> str:
    like = f" in place of {made.like.id}" if made.like else ""
    return f"{made.id} {made.weight:g}{like}"


def _signal(
    plain: Weighing, weighing: Weighing, own: Sequence[Learnt], style: Style, *, keep_levels: bool
) -> Iterator[str]:
    before, after = plain.before, weighing.after
    sentences = counted(len(_measured(weighing.evidence.corpus)), "sentence")
    firing = counted(len(plain.learnt), "weight")
    yield f"{style.paint(weighing.signal, BOLD)}: {sentences}, {len(own):,} of {firing} changed"
    yield f"  {'':{_INDENT - 2}}{'before':>8}{'after':>8}"
    yield from (f"  {line}" for line in _table(before, after))
    farthest = sorted(own, key=lambda one: -abs(one.after - one.before))
    up, down = (
        [one for one in own if one.moves_levels and (one.after >= COUNTS_FROM) is rises] for rises in (True, False)
    )
    for label, several in (("moved most", farthest), ("set a level now", up), ("set no level any more", down)):
        if several:
            yield from hanging(f"  {label}", _named(several), style.columns, _INDENT)
    if plain.few:
        keep = "keeps its weight" if plain.few == 1 else "keep their weights"
        yield f"  {counted(plain.few, 'rule')} with fewer than {counted(plain.least, 'case')} {keep}"
    if after.f1 < before.f1 - _FALLEN and down and not keep_levels:
        yield f"  F1 falls with the weights below {COUNTS_FROM:g}; --keep-levels keeps them from crossing it"


def _measured(corpus: Corpus) -> Sequence[int]:
    found: list[int] = corpus.measured.tolist()
    return found


def _named(several: Sequence[Learnt]) -> str:
    """The first of them, each with its weights."""
    return _listed([f"{one.rule.id} {one.before:g} → {one.after:g}" for one in several])


def _listed(several: Sequence[str]) -> str:
    found = several[:_MOST]
    more = len(several) - _MOST
    return ", ".join(found) + (f", and {more:,} more" if more > 0 else "")
