"""Gold: sentences that people have labelled, and what a set of them can measure."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
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

    @property
    def is_measured(self) -> bool:
        """Whether it has a label to compare with; others are read for their neighbours' sake."""
        return self.certainty is not None or self.label not in {UNLABELLED, CONTINUED}

    @property
    def marks(self) -> tuple[Cue, ...]:
        """The cues that its label rests on, as far as people have marked them."""
        return tuple(cue for cue in self.cues if cue.type not in _BESIDE)


UNLABELLED: Final = ""
"""The label of a sentence that nobody has labelled yet: it is read, for others rest on it, but not measured."""
UNCERTAIN, CERTAIN = "uncertain", "certain"
ATTRIBUTED, NONE = "attributed", "none"
CONTINUED = "attributed-continuation"
"""A sentence that goes on with what somebody said before: it is read, but not measured."""
SOURCE: Final = "source"
"""The type of cue that names who vouches."""
_BESIDE: Final = frozenset({SOURCE, "content", "negation"})
"""Types of cues that mark something else than the words a label rests on."""
_CERTAINTY: Final = ("certainty", "certainty_1to6")
_BINARY: Final = frozenset({UNCERTAIN, CERTAIN})
_VOICES: Final = frozenset({ATTRIBUTED, NONE, CONTINUED})
_LEVELS: Final = frozenset(LEVELS) - {NOTE}
_LABELS: Final = _BINARY | _VOICES | _LEVELS
_WRITE: Final = f"write {UNCERTAIN} or {CERTAIN}, {ATTRIBUTED} or {NONE}, or a level"
_OF_PEOPLE: Final = frozenset({"text", "doc", "label", "fold", *_CERTAINTY})
"""Fields that count in a row which a scan has written: the others say what the program thinks."""


def gold(row: Mapping[str, Any], place: str) -> Gold:
    """The row as a gold sentence; `place` is its id unless it has one. Raises GoldError.

    In a row that a scan has written only the text, its document and what people add count: the rest is the program's,
    and without a `label` it is one that nobody has labelled yet.
    """
    if is_scanned(row):
        row = {"label": UNLABELLED} | {name: value for name, value in row.items() if name in _OF_PEOPLE}
    text = row.get("text")
    if not isinstance(text, str):
        raise GoldError("this row has no `text`; each row is one sentence with its `label`")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise GoldError("the `text` of this row is empty; leave the row out")
    if "sentences" in row:
        raise GoldError("this row marks where sentences end, which no rule changes; give one sentence and its `label`")
    certainty = next((row[key] for key in _CERTAINTY if row.get(key) is not None), None)
    if certainty is not None and not _is_number(certainty):
        raise GoldError("`certainty` of this row is no number; write one, the higher the surer")
    fold = row.get("fold")
    if fold is not None and (isinstance(fold, bool) or not isinstance(fold, int)):
        raise GoldError("`fold` of this row is no whole number; write one, or leave it out")
    return Gold(
        id=str(row["id"]) if row.get("id") is not None else place,
        doc=str(row["doc"]) if row.get("doc") is not None else "",
        text=text,
        label=_label(row, graded=certainty is not None),
        cues=_cues(row.get("cues") or (), text),
        fold=fold,
        certainty=None if certainty is None else float(certainty),
        sense=str(row.get("sense") or ""),
        verb=str(row.get("verb") or ""),
    )


def is_scanned(names: Container[str]) -> bool:
    """Whether a row with these fields, or columns, is one that a scan has written; somebody may have left some out."""
    return "source_kind" in names or ("polarity" in names and "confidence" in names)


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _label(row: Mapping[str, Any], *, graded: bool) -> str:
    """The label, whatever its case. Raises GoldError for a row without one, or with one that nothing is known of."""
    key = next((key for key in ("label", "level") if key in row), "")
    label = row[key] if key else UNLABELLED
    plain = label.strip().lower() if isinstance(label, str) else label
    if graded:
        return str(plain or UNLABELLED)
    if not key and any(name in row for name in _CERTAINTY):
        return UNLABELLED
    if not key:
        raise GoldError(f"this row has no `label`; {_WRITE}")
    if plain in ("", None):
        return UNLABELLED
    if not isinstance(plain, str) or plain not in _LABELS:
        near = did_you_mean(plain, _LABELS) if isinstance(plain, str) else ""
        raise GoldError(f"`{label}` is no label: {near or _WRITE}")
    return plain


def _cues(rows: object, text: str) -> tuple[Cue, ...]:
    """The cues of a row: where they stand, or their words alone. Raises GoldError where one is not in the text."""
    found: list[Cue] = []
    for row in rows if isinstance(rows, list | tuple) else [rows]:
        given = row if isinstance(row, Mapping) else {"text": row}
        kind = str(given.get("type") or "")
        start, end, words = given.get("start"), given.get("end"), given.get("text")
        if start is None and isinstance(words, str):
            start, end = _place(words, text, [cue for cue in found if cue.type == kind])
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise GoldError("a cue of this row is no stretch of its text; give its words, or its `start` and `end`")
        if isinstance(words, str) and words.lower().split() != (there := text[start:end]).lower().split():
            raise GoldError(f"from {start} to {end} the text of this row has `{there}`, not `{words}`; mend the cue")
        found.append(Cue(start, end, kind))
    return tuple(found)


def _place(words: str, text: str, before: Sequence[Cue]) -> tuple[int, int]:
    """Where the words stand, whole, for the first time that is not taken. Raises GoldError where they do not."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ():
        if all(found.span() != (cue.start, cue.end) for cue in before):
            return found.span()
    raise GoldError(f"the cue `{words}` does not stand in the text of this row; write it as the text has it")


def kind_of(sentences: Sequence[Gold]) -> Kind:
    """What a set measures. Raises GoldError where its rows measure different things, or nothing."""
    measured = [one for one in sentences if one.is_measured]
    if not measured:
        raise GoldError("no row of this file has a label yet; label some")
    graded = sum(one.certainty is not None for one in measured)
    if graded:
        if graded < len(measured):
            raise GoldError("some rows of this file have a `certainty` and others have not; part them")
        return Kind.CERTAINTY
    labels = {one.label for one in measured}
    if labels <= _BINARY:
        return Kind.SENSE if all(one.sense for one in measured) else Kind.SIGNAL
    if labels <= _VOICES and {one.label for one in sentences} & {NONE, CONTINUED}:
        return Kind.ATTRIBUTION
    if labels <= _LEVELS:
        return Kind.LEVEL
    raise GoldError(f"rows of one file measure one thing, and these do several: {', '.join(sorted(labels))}; part them")
