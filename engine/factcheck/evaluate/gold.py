"""Gold: sentences that people have labelled, and what a set of them can measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from factcheck.diagnostic import did_you_mean
from factcheck.language.program import LEVELS, NOTE


class GoldError(ValueError):
    """A row that is no gold sentence; the message says why and what to write instead."""


class Kind(StrEnum):
    """What a set measures, by what its labels say."""

    SIGNAL = "signal"
    """`uncertain` or `certain`: does a signal fire where it should?"""
    SENSE = "sense"
    """The same of one annotated word a row, which has a `sense`: is it found where it hedges?"""
    LEVEL = "level"
    """One of the levels of the ladder."""
    ATTRIBUTION = "attribution"
    """`attributed` or `none`: does somebody vouch, and who?"""
    CERTAINTY = "certainty"
    """A number, `certainty`: does confidence rise with it?"""


class Cue(NamedTuple):
    """Words that a person has marked: where they stand in the sentence, and what they are."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence, and what people say of it. Sentences of one `doc` that follow one another are one text."""

    id: str
    doc: str
    text: str
    label: str
    cues: tuple[Cue, ...] = ()
    fold: int | None = None
    """Which part of the set it belongs to, where one learns on some parts and measures on the others."""
    certainty: float | None = None
    sense: str = ""
    verb: str = ""


UNCERTAIN, CERTAIN = "uncertain", "certain"
ATTRIBUTED, NONE = "attributed", "none"
CONTINUED = "attributed-continuation"
"""A sentence that goes on with what somebody said before: it is read, but not measured."""
SOURCE: Final = "source"
"""The type of cue that names who vouches."""
_CERTAINTY: Final = ("certainty", "certainty_1to6")
_BINARY: Final = frozenset({UNCERTAIN, CERTAIN})
_VOICES: Final = frozenset({ATTRIBUTED, NONE, CONTINUED})
_LEVELS: Final = frozenset(LEVELS) - {NOTE}
_LABELS: Final = _BINARY | _VOICES | _LEVELS


def gold(row: Mapping[str, Any], place: str) -> Gold:
    """The row as a gold sentence; `place` is its id unless it has one. Raises GoldError."""
    text = row.get("text")
    if not isinstance(text, str):
        raise GoldError("this row has no `text`; each row is one sentence with its `label`")
    if not text.strip():
        raise GoldError("the `text` of this row is empty; leave the row out")
    certainty = next((row[key] for key in _CERTAINTY if key in row), None)
    if certainty is not None and (isinstance(certainty, bool) or not isinstance(certainty, int | float)):
        raise GoldError("`certainty` of this row is no number")
    label = row.get("level", row.get("label", ""))
    if certainty is None and label not in _LABELS:
        raise GoldError(_no_label(label))
    fold = row.get("fold")
    if fold is not None and (isinstance(fold, bool) or not isinstance(fold, int)):
        raise GoldError("`fold` of this row is no whole number")
    return Gold(
        id=str(row.get("id", place)),
        doc=str(row["doc"]) if row.get("doc") is not None else "",
        text=text,
        label=str(label),
        cues=_cues(row.get("cues") or (), text),
        fold=fold,
        certainty=certainty,
        sense=str(row.get("sense", "")),
        verb=str(row.get("verb", "")),
    )


def _no_label(label: object) -> str:
    if label in ("", None):
        return f"this row has no `label`; write {UNCERTAIN} or {CERTAIN}, {ATTRIBUTED} or {NONE}, or a level"
    near = did_you_mean(str(label), _LABELS) if isinstance(label, str) else ""
    return f"`{label}` is no label: {near or f'write {UNCERTAIN} or {CERTAIN}, {ATTRIBUTED} or {NONE}, or a level'}"


def _cues(rows: Iterable[Any], text: str) -> tuple[Cue, ...]:
    """The cues of a row. Raises GoldError where one is no stretch of the text."""
    found = []
    for row in rows:
        start, end = (row.get("start"), row.get("end")) if isinstance(row, Mapping) else (None, None)
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise GoldError("a cue of this row is no stretch of its text; give each its `start` and `end`")
        found.append(Cue(start, end, str(row.get("type", ""))))
    return tuple(found)


def kind_of(sentences: Sequence[Gold]) -> Kind:
    """What a set measures. Raises GoldError where its rows measure different things."""
    if all(one.certainty is not None for one in sentences):
        return Kind.CERTAINTY
    labels = {one.label for one in sentences if one.certainty is None}
    if len(labels & _VOICES) > 1 and labels <= _VOICES:
        kind = Kind.ATTRIBUTION
    elif labels <= _LEVELS:
        kind = Kind.LEVEL
    elif labels <= _BINARY:
        kind = Kind.SENSE if all(one.sense for one in sentences) else Kind.SIGNAL
    else:
        raise GoldError(f"rows of one file measure one thing, and these do several: {', '.join(sorted(labels))}")
    if any(one.certainty is not None for one in sentences):
        raise GoldError("some rows of this file have a `certainty` and others have not; part them")
    return kind
