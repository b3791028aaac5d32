"""Diagnostics as data: what is wrong with a rule file, where, and what to do about it.

A diagnostic names a code from `catalogue.CATALOGUE`; `render` draws it. Nothing here prints.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from factcheck.catalogue import CATALOGUE
from factcheck.span import Source, Span


class Severity(StrEnum):
    """An error keeps the file from loading; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


def severity_of(code: str) -> Severity:
    """Warnings have the codes from FC100 on."""
    return Severity.WARNING if code >= "FC100" else Severity.ERROR


@dataclass(frozen=True, slots=True)
class Label:
    """A marked place in the source with a few words on it. The first label of a diagnostic is the main one."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: its code, a sentence that says what it is, the places, and the remedy."""

    code: str
    message: str
    source: Source
    labels: tuple[Label, ...] = ()
    help: str = ""

    @property
    def severity(self) -> Severity:
        """That of its code."""
        return severity_of(self.code)

    @property
    def title(self) -> str:
        """The code's own short title in the catalogue."""
        return CATALOGUE[self.code].title

    def to_record(self) -> dict[str, object]:
        """The diagnostic as JSON data; lines and columns count from 1, columns in code points."""
        labels = [
            {
                "start": label.span.start,
                "end": label.span.end,
                "line": self.source.place(label.span.start).line,
                "column": self.source.place(label.span.start).column,
                "text": label.text,
            }
            for label in self.labels
        ]
        return {
            "code": self.code,
            "severity": self.severity.value,
            "title": self.title,
            "message": self.message,
            "file": self.source.name,
            "labels": labels,
            "help": self.help,
        }


def has_errors(diagnostics: Collection[Diagnostic]) -> bool:
    """Whether any of them keeps a file from loading."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


# Comparing a name with thousands of others, thousands of times, would be quadratic in the file.
_COMPARED = 2_000


def closest(name: str, known: Collection[str]) -> str | None:
    """The known name a person most likely meant, if one is near enough."""
    from difflib import get_close_matches  # noqa: PLC0415 -- no name is wrong in most runs

    candidates = sorted(known)[:_COMPARED]
    near = get_close_matches(name.lower(), candidates, n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(name: str, known: Collection[str], form: str = "{}") -> str:
    """A help line with the nearest known name written as `form`, or the names there are, or nothing.

    The names are listed in their order where they have one, that is, in a tuple; else by the alphabet.
    """
    near = closest(name, known)
    if near:
        return f"did you mean `{form.format(near)}`?"
    few = known if isinstance(known, tuple) else sorted(known)
    return "it is one of " + ", ".join(f"`{form.format(k)}`" for k in few) if 0 < len(few) <= 16 else ""  # noqa: PLR2004
