"""What was learnt as a rule file: amendments and new rules, each with what speaks for it, for a person to review."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from factcheck.evaluate.attempts import Attempt
from factcheck.evaluate.contexts import Share
from factcheck.evaluate.learning import Learning
from factcheck.evaluate.proposals import Made, head_lines, quoted, rule_lines
from factcheck.evaluate.weights import Learnt, Weighing
from factcheck.judge.rank import COUNTS_FROM
from factcheck.scan import Scanner

_COMMENT: Final = 28  # columns before the comment of a line
_LONGEST: Final = 300  # characters of a sentence that serves as an example


def changes(learning: Learning) -> list[Learnt]:
    """The weights of the loaded rules that are to change, in the order of the program."""
    made = {one.proposal.made.id for one in learning.attempts if one.proposal.made}
    found = [one for weighing in learning.weighings for one in weighing.learnt]
    order = {rule.id: n for weighing in learning.weighings for n, rule in enumerate(weighing.evidence.program.rules)}
    kept = [one for one in found if one.before != one.after and one.rule.id not in made]
    return sorted(kept, key=lambda one: order[one.rule.id])


def review(learning: Learning, head: Iterable[str], *, examples: bool = False) -> str:
    """The file, beginning with comments that say `head`; empty where nothing is to change.

    With `examples`, new rules show sentences that they were learnt from; else only words that their patterns take.
    """
    changed, attempts = changes(learning), learning.attempts
    if not changed and not attempts:
        return ""
    lines = [f"# {line}".rstrip() for line in head]
    packs = head_lines(made.pack for one in attempts if (made := one.proposal.made))
    if packs:
        lines += ["", packs[0], '    title "Learnt from labelled sentences"', *packs[1:]]
    for _, own in groupby(changed, key=lambda one: one.rule.id):
        lines += ["", *_amendment(list(own))]
    for attempt in attempts:
        lines += ["", *_proposal(attempt, learning.weighings, examples=examples)]
    return "\n".join([*lines, ""])


# Weights --------------------------------------------------------------------------------------------------------------


def _amendment(own: Sequence[Learnt]) -> Iterator[str]:
    yield f"amend {own[0].rule.id}"
    for one in own:
        fields = [f"    weight  {one.weight:.2f}"] if one.weight is not None else []
        fields += [f"    signal  {one.signal} {one.line:.2f}"] if one.line is not None else []
        moved = _moved(sets=one.after >= COUNTS_FROM) if one.moves_levels else ""
        for field in fields:
            yield f"{field:{_COMMENT}}# was {one.before:g}; {_told(one)}{moved}"


def _told(one: Learnt) -> str:
    """What speaks for a weight: how many of its cases are labelled so and, where that is less, on a marked word."""
    if one.right == one.labelled:
        return shown(Share(one.right, one.cases))
    return f"labelled so in {one.labelled:,} of {counted(one.cases)}, on a marked word in {one.right:,}"


def _moved(*, sets: bool) -> str:
    return f"; {'from' if sets else 'below'} {COUNTS_FROM:g}: it sets {'a level now' if sets else 'no level any more'}"


def counted(cases: int) -> str:
    """`1 case`, `1,189 cases`."""
    return f"{cases:,} {'case' if cases == 1 else 'cases'}"


def shown(share: Share) -> str:
    """`1,189 cases, 94% right`."""
    cases = counted(share.cases)
    return f"{cases}, {share.right / share.cases:.0%} right" if share.cases else cases


# Proposals ------------------------------------------------------------------------------------------------------------


def _proposal(attempt: Attempt, weighings: Sequence[Weighing], *, examples: bool) -> Iterator[str]:
    one = attempt.proposal
    made = weighed(attempt, weighings)
    yield f"# {_effect(attempt)}{_moved(sets=made.sets_level) if made and made.moves_levels else ''}"
    if one.target:
        yield f"amend {one.target.id}"
        yield f"    except  {one.silences}"
    if made:
        example = _example(made, one.signal, weighings) if examples else ""
        if one.target:
            yield ""
        for line in rule_lines(made):
            yield f"    flag    {quoted(example)}" if example and line.startswith("    flag") else line


def _effect(attempt: Attempt) -> str:
    one = attempt.proposal
    if one.made and one.target:
        return f"{one.target.id} with a weight of its own here: {shown(attempt.found)}"
    if one.made:
        return f"no rule finds this: {shown(attempt.found)}"
    wrong, right = (f"{number:,}" for number in (attempt.silenced.wrong, attempt.silenced.right))
    if attempt.among:
        wrong, right = f"{wrong} of {attempt.among.wrong:,}", f"{right} of {attempt.among.right:,}"
    return f"silences {wrong} wrong and {right} right"


def weighed(attempt: Attempt, weighings: Sequence[Weighing]) -> Made | None:
    """The rule that is proposed, if one is, with the weights that it has beside all others, for all signals."""
    made = attempt.proposal.made
    if not made:
        return None
    found = {own.signal: one.after for own in weighings for one in own.learnt if one.rule.id == made.id}
    about = made.like.pack if made.like else attempt.proposal.signal
    signals = {name: found.get(name, weight) for name, weight in made.signals.items()}
    return replace(made, weight=found.get(about, made.weight), signals=signals)


def _example(made: Made, signal: str, weighings: Sequence[Weighing]) -> str:
    """The shortest sentence in which the rule is right, and which it finds in running text, too; empty without one."""
    evidence = next(weighing.evidence for weighing in weighings if weighing.signal == signal)
    number = next(n for n, rule in enumerate(evidence.program.rules) if rule.id == made.id)
    rows = evidence.hits.sentence[(evidence.hits.rule == number) & evidence.hits.right].tolist()
    texts = sorted({" ".join(evidence.corpus.sentences[row].text.split()) for row in rows}, key=lambda t: (len(t), t))
    scanner = Scanner.of(evidence.program)
    for text in texts:
        if len(text) <= _LONGEST and any(made.id == f.rule for s in scanner.scan(text).sentences for f in s.findings):
            return text
    return ""
