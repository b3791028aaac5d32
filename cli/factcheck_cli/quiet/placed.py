"""Suppressions at their places: which sentences each is about, and what it silences of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from factcheck.language.program import LEVELS
from factcheck.packs import how_to_load
from factcheck_cli.own import OWN, PACK
from factcheck_cli.quiet.silence import Note, Sentences, Silence
from factcheck_cli.quiet.suppression import ALL, Suppression, in_place_of

if TYPE_CHECKING:
    from factcheck.language.program import Program
    from factcheck_cli.inputs.text import Comment, Text
    from factcheck_cli.quiet.counts import Counts


_NEAR: Final = "did you mean"
_LIST: Final = "`factcheck rules list` has them"
_SLIPS: Final = 200  # misspelt names that are told with the nearest
_WORDS: Final = 5  # of a sentence that is quoted


class Known:
    """The names of the rules, packs and tags of a program."""

    def __init__(self, program: "Program") -> None:
        self.program = program
        self._unknown: dict[str, str] = {}

    @cached_property
    def _rules(self) -> dict[str, frozenset[str]]:
        """By each name the rules that it stands for."""
        found: dict[str, set[str]] = {}
        for rule in self.program.rules:
            for name in (rule.id, rule.pack, *rule.tags):
                found.setdefault(name, set()).add(rule.id)
        own = {PACK: frozenset(OWN), **{rule: frozenset((rule,)) for rule in OWN}}
        return {name: frozenset(rules) for name, rules in found.items()} | own

    def __contains__(self, name: object) -> bool:
        """Whether it stands for any rule."""
        return name == ALL or name in self._rules

    def problem(self, name: str) -> str:
        """What to say where it stands for none; of a pack that is not loaded there is nothing to say."""
        if name in self or how_to_load(name, ()):
            return ""
        if name in LEVELS:
            return f"`{name}` is a level, and no pack, rule or tag: {_LIST}"
        return f"no pack, rule or tag is called `{name}`: {in_place_of(name) or self._near(name) or _LIST}"

    def _near(self, name: str) -> str:
        """The question whether another is meant, where one is much like it."""
        if name not in self._unknown:
            from factcheck.diagnostic import did_you_mean

            # To look for the nearest name takes a while; nobody misspells as many.
            few = len(self._unknown) < _SLIPS
            self._unknown[name] = did_you_mean(name, {ALL, *self._rules}) if few else ""
        return self._unknown[name]

    def may_be(self, name: str, *, misspelt: bool) -> bool:
        """Whether somebody who writes it means a rule, a pack or a tag: one that there is, or is much like one."""
        if name.partition("/")[0] in self._rules or name in self or how_to_load(name, ()):
            return True
        return misspelt and self._near(name).startswith(_NEAR)

    def rules(self, names: Sequence[str]) -> frozenset[str]:
        """The rules that they stand for."""
        return frozenset().union(*(self._rules.get(name, ()) for name in names))


@dataclass(frozen=True, slots=True)
class Placed:
    """A suppression, and the key that it is known by."""

    suppression: Suppression
    key: tuple[str | int, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it is about more than a sentence."""
        return self.suppression.scope != "sentence"

    def rows(self, sentences: Sentences) -> Sequence[int]:
        """Those that it is about."""
        raise NotImplementedError

    @property
    def note(self) -> Note:
        """What people are told of it."""
        one = self.suppression
        rules = () if ALL in one.rules else one.rules
        return Note("suppressed", rules, one.reason, one.until, one.place)

    def silences(self, sentences: Sentences, known: Known) -> Iterator[Silence]:
        """What it silences of the sentences."""
        yield from self._silences(self.rows(sentences), sentences, known)

    def _silences(self, rows: Sequence[int], sentences: Sentences, known: Known) -> Iterator[Silence]:
        if not rows:
            return
        one, note = self.suppression, self.note
        wanted = None if ALL in one.rules else known.rules(one.rules)
        for row in rows:
            rules, own = sentences.rules[row], sentences.own(row)
            if wanted is None:
                yield Silence(row, note, key=self.key if rules or own == "factcheck/no-speaker" else None)
                continue
            found = frozenset(number for number, rule in enumerate(rules) if rule in wanted)
            if found or own in wanted:
                yield Silence(row, note, found, base=own in wanted, key=self.key)


def holds(known: Known, today: str, placed: Placed, counts: "Counts") -> bool:
    """Whether it holds on this day, and is about rules that there are; what is amiss is told."""
    one = placed.suppression
    if one.has_expired(today):
        ended = f"expired on {one.until}, so it silences nothing any more; give it a new date or remove it"
        counts.tell(one.place, f"{ended} ({one.reason})")
        return False
    found = any(name in known for name in one.rules)
    if not counts.narrowed:
        for name in one.rules:
            if problem := known.problem(name):
                counts.tell(one.place, problem)
        if found and all(name in known for name in one.rules):
            counts.declare(placed.key, one.place, f"this suppresses nothing; remove it ({one.reason})")
    return found


def _block(row: int | None, sentences: Sentences) -> Sequence[int]:
    """The sentences of the paragraph of one."""
    if row is None:
        return ()
    paragraphs = sentences.paragraphs
    return range(bisect_left(paragraphs, paragraphs[row]), bisect_right(paragraphs, paragraphs[row]))


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


@dataclass(frozen=True, slots=True)
class Commented(Placed):
    """It is about the sentence in which its comment stands, or before which, or that whose paragraph it ends."""

    text: "Text"
    comment: "Comment"

    def rows(self, sentences: Sentences) -> Sequence[int]:
        """Those that the comment is about."""
        if self.suppression.scope == "file":
            return range(len(sentences))
        row = self._row(sentences)
        if self.suppression.scope == "block":
            return _block(row, sentences)
        return () if row is None else (row,)

    def misplaced(self, sentences: Sentences, known: Known, silent: Container[int]) -> str:
        """What is wrong where it stands behind what it would silence, and so is about something else; empty if not.

        For sentences of which something is `silent` already it is not meant.
        """
        at, spans = self.comment.at, sentences.spans
        before, block = bisect_right(sentences.ends, at) - 1, self.suppression.scope == "block"
        if self.suppression.scope == "file" or before < 0 or self.text.text[spans[before][1] : at].strip():
            return ""
        rows = _block(before, sentences) if block else (before,)
        if all(one.key is None or one.row in silent for one in self._silences(rows, sentences, known)):
            return ""
        row = self._row(sentences)
        about = "no sentence follows it" if row is None else f"it is about “{_first_words(sentences.text(row))}”"
        right = "into the paragraph that" if block else "before the sentence that"
        return f"this suppresses nothing, for {about}; put it {right} it is meant for ({self.suppression.reason})"

    def _row(self, sentences: Sentences) -> int | None:
        at, text, spans = self.comment.at, self.text.text, sentences.spans
        if at < 0:
            return None
        following = bisect_right(sentences.ends, at)
        gap = text[at : spans[following][0]] if following < len(spans) else ""
        if self.comment.inside and (following == len(spans) or "\n\n" in gap):
            ends = following > 0 and not text[spans[following - 1][1] : at].strip()
            return following - 1 if ends else None
        return following if following < len(spans) and not gap.strip() else None


@dataclass(frozen=True, slots=True)
class Worded(Placed):
    """It is about the sentences or paragraphs with these words in them, as `plain` has them; about all without any.

    The `number` is its own among the entries of a sidecar.
    """

    number: int
    words: str

    def rows(self, sentences: Sentences) -> Sequence[int]:
        """Those with the words, or all."""
        if self.suppression.scope == "file":
            return range(len(sentences))
        text, rows, at = sentences.words.text, list[int](), 0
        while (at := text.find(self.words, at)) >= 0:
            row = sentences.words.row(at)
            about = _block(row, sentences) if self.suppression.scope == "block" else (row,)
            end = about[-1] + 1
            if sentences.words.row(at + len(self.words) - 1) >= end:  # they go on in what follows
                at += 1
                continue
            rows += about
            if end == len(sentences):
                break
            at = sentences.words.starts[end]
        return rows
