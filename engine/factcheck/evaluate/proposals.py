"""Exceptions and more specific rules that contexts and missed cues suggest.

A context in which a rule is mostly wrong becomes an `except` of it; one in which it is right more or less often than
elsewhere becomes a rule of its own, with a weight of its own, and an `except` of the first; words that people mark and
no rule finds become rules. Whether any of them helps is for `attempts` to say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from factcheck.evaluate.contexts import ANY, Context, Cue, Share, contexts, missed, silent_share
from factcheck.evaluate.gold import ATTRIBUTED, UNCERTAIN
from factcheck.evaluate.usual import ATTRIBUTION, STRENGTH
from factcheck.evaluate.weights import LEAST, MOST, Weighing
from factcheck.judge.rank import COUNTS_FROM
from factcheck.language import rule as models
from factcheck.language.pattern import Capture, parts
from factcheck.language.program import NOTE, Level, Program, Rule

_SILENT: Final = 0.25
"""Where no more hits than this are right an exception is proposed, and not a weight alone."""
_NEVER: Final = 0.01
"""The chance of what is not found: see `quality.log_loss`."""
_OPEN: Final = 0.5
"""The weight of words of which nothing is known."""
_WORTH: Final = 2.0
"""Nats that a context must be worth for a trial."""
_NO_LEVEL: Final = frozenset({NOTE, Level.ATTRIBUTED.value})
_LIST: Final = re.compile(r"\{([^.{}]+)\}")
_REGULAR: Final = ((" | ", "|"), ("(", "(?:"), (" ", r"\W+"), (ANY, r"\S+"))
"""The parts of patterns that are proposed, as regular expressions have them."""
_SILENCE: Final = "The ferry left at noon."
"""A sentence in which hardly any rule finds anything."""


@dataclass(frozen=True, slots=True)
class Made:
    """A rule that is proposed."""

    pack: str
    name: str
    pattern: str
    words: str
    """Some that the pattern takes."""
    bare: str
    """What of these it must not take, if anything."""
    level: str
    message: str
    weight: float
    prior: float
    signals: Mapping[str, float]
    like: Rule | None = None
    """The rule that it is more specific than,"""
    taken_over: tuple[tuple[str, str], ...] = ()
    """and what it takes over from it: names of fields and their values."""

    @property
    def id(self) -> str:
        """`pack/name`."""
        return f"{self.pack}/{self.name}"

    @property
    def sets_level(self) -> bool:
        """Whether its findings set a level."""
        return self.weight >= COUNTS_FROM and self.level != NOTE

    @property
    def moves_levels(self) -> bool:
        """Whether they set one where nothing did before, or none where the other rule did."""
        like = self.like
        return self.sets_level != (like is not None and like.weight >= COUNTS_FROM and like.level != NOTE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exception of a rule, a rule, or both, where the new rule takes what the exception leaves to it."""

    signal: str
    about: str
    """What it is about: of several about the same one is to be taken."""
    target: Rule | None = None
    silences: str = ""
    made: Made | None = None

    @property
    def places(self) -> re.Pattern[str]:
        """What a folded text holds wherever it does anything: words, whatever marks stand between them."""
        pattern = self.made.pattern if self.made else self.silences
        for plain, regular in _REGULAR:
            pattern = pattern.replace(plain, regular)
        return re.compile(rf"\b{pattern}\b")


class Proposer:
    """Makes proposals for the rules of a program, and for a new pack beside them."""

    def __init__(self, program: Program, files: Sequence[models.RuleFile], pack: str, *, weak: bool = False) -> None:
        self._program, self._files, self._pack, self._weak = program, files, pack, weak
        self._names: Counter[str] = Counter()

    def proposals(self, weighing: Weighing) -> Iterator[Proposal]:
        """All that may be worth a trial, for one signal; needs scikit-learn."""
        for context in contexts(weighing.evidence, weighing.heard):
            if context.differs:
                yield from self._of_context(context, self._program.rules[context.rule], weighing)
        for cue in missed(weighing.evidence, weak=self._weak):
            yield self._of_cue(cue, weighing)

    def _of_context(self, context: Context, rule: Rule, weighing: Weighing) -> Iterator[Proposal]:
        signal, inside, about = weighing.signal, context.inside, f"{rule.id} {context.edge}"
        prior = weighing.weight_of(rule)
        weight = _shrunk(inside, prior)
        if inside.between[1] < 1 / 2 and inside.right <= _SILENT * inside.cases and _worth(inside, prior, _NEVER):
            yield Proposal(signal, about, rule, context.edge)
        whole, taken_over = context.whole, _taken_over(rule, self._files)
        captures = any(isinstance(part, Capture) for pattern in rule.match for part in parts(pattern))
        if not whole or taken_over is None or captures or not _worth(inside, prior, weight):
            return  # without the source that the other rule captures it would not do the same
        made = Made(
            pack=self._pack,
            name=self._name(whole.words),
            pattern=whole.pattern,
            words=whole.words,
            bare=whole.bare,
            level=rule.level,
            message=rule.message,
            weight=weight if rule.pack == signal else rule.weight,
            prior=prior,
            signals={**rule.raises, signal: weight},
            like=rule,
            taken_over=taken_over,
        )
        yield Proposal(signal, about, rule, whole.pattern, made)

    def _of_cue(self, cue: Cue, weighing: Weighing) -> Proposal:
        signal = weighing.signal
        prior = silent_share(weighing.evidence) if cue.is_weak else _OPEN
        weight = _shrunk(cue.share, prior)
        label = ATTRIBUTED if signal == ATTRIBUTION else UNCERTAIN
        often = "now and then" if cue.is_weak else "mostly"
        made = Made(
            pack=self._pack,
            name=self._name(cue.words),
            pattern=cue.words,
            words=cue.words,
            bare="",
            level=NOTE if cue.is_weak else _level(signal, self._program),
            message=f"Where people labelled sentences, this wording was {often} {label}.",
            weight=weight,
            prior=prior,
            signals={signal: weight},
        )
        return Proposal(signal, cue.words, made=made)

    def _name(self, words: str) -> str:
        """A name for the rule of these words that no other rule of the pack has."""
        name = words.replace("'", "").replace(" ", "-")
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name}-{self._names[name]}"


def _shrunk(share: Share, prior: float) -> float:
    weight = (share.right + STRENGTH * prior) / (share.cases + STRENGTH)
    return round(min(max(weight, LEAST), MOST), 2)


def _worth(share: Share, before: float, after: float) -> bool:
    """Whether the labels would be clearly likelier if these hits, alone in their sentences, had the other weight."""
    right = share.right * log(after / before) if share.right else 0.0
    return right + share.wrong * log((1 - after) / (1 - before)) >= _WORTH


def _taken_over(rule: Rule, files: Sequence[models.RuleFile]) -> tuple[tuple[str, str], ...] | None:
    """What silences the rule, as a rule of another pack writes it; None where that cannot be told."""
    found = []
    for file in files:
        owners: list[models.Rule | models.Amendment] = [one for one in file.rules if one.id == rule.id]
        owners += [one for one in file.amendments if one.target in {rule.id, rule.pack, "*"}]
        for one in owners:
            fields = (("except", one.excepts), ("unless", one.unless), ("when", one.when))
            found += [(name, written.text, file.pack) for name, several in fields for written in several]
    if any("#" in text for _, text, _ in found):
        return None  # a comment in the midst of it, or the mark: rare enough
    return tuple((name, _elsewhere(text, pack.name if pack else "")) for name, text, pack in found)


def _elsewhere(text: str, pack: str) -> str:
    """A pattern of a pack as others write it, on one line."""
    return _LIST.sub(rf"{{{pack}.\1}}", " ".join(text.split()))


def _level(signal: str, program: Program) -> str:
    """The level that most rules of the signal's pack give, other than the one that rests on a source."""
    levels = Counter(rule.level for rule in program.rules if rule.pack == signal and rule.level not in _NO_LEVEL)
    return levels.most_common(1)[0][0] if levels else NOTE


# As rule files have them ----------------------------------------------------------------------------------------------


def proposed(found: Iterable[Proposal]) -> str:
    """A rule file of the proposals."""
    found = list(found)
    head = head_lines(made.pack for one in found if (made := one.made))
    return "\n".join([*head, *(line for one in found for line in lines(one))])


def head_lines(packs: Iterable[str]) -> list[str]:
    """The beginning of a rule file with rules of a pack; nothing for one of amendments alone."""
    return [line for pack in dict.fromkeys(packs) for line in (f"pack {pack}", "    signal off")]


def lines(one: Proposal) -> Iterator[str]:
    """The lines of a proposal."""
    if one.target:
        yield f"amend {one.target.id}"
        yield f"    except  {one.silences}"
    if one.made:
        yield from rule_lines(one.made)


def rule_lines(made: Made) -> Iterator[str]:
    """The lines of a rule."""
    like = made.like
    yield f"rule {made.name} : {made.level}"
    yield f"    {quoted(made.message)}"
    yield f"    match   {made.pattern}"
    for field, value in made.taken_over:
        yield f"    {field:7} {value}"
    yield f"    weight  {made.weight:g}"
    for name, weight in made.signals.items():
        yield f"    signal  {name} {weight:g}"
    if like and like.polarity == "negative":
        yield f"    polarity {like.polarity}"
    if like and like.range:
        yield f"    range   {like.range[0]:g} {like.range[1]:g}"
    yield f"    flag    {quoted(_sentence(made.words))}"
    yield f"    pass    {quoted(_sentence(made.bare) if made.bare else _SILENCE)}"


def quoted(text: str) -> str:
    """The text as a string of a rule file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
