"""A summary for a pull request or an issue, in Markdown: the levels, the weakest sentences, and who has no name."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck_cli.formats.results import uri
from factcheck_cli.quiet.counts import summed
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import LEVELS, clean, cut

if TYPE_CHECKING:
    from factcheck_cli.log import Told
    from factcheck_cli.tally import Tally, Weak
    from factcheck_cli.terminal.style import Style

SUPPRESSED: Final = True
"""What is suppressed can be told as such."""
SUMMED: Final = True
"""The summary needs all that a tally counts."""

_EXCERPT: Final = 160  # columns of a sentence
_NAMED: Final = 10
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|~#&@$^!%]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
# In an issue some marks before a word call people or point at other issues, escaped or not.
_CALLS: Final = re.compile(r"(?<=[@#!$%&~^])(?=\w)")


def end(tally: "Tally", _style: "Style", /) -> bytes:
    """All of it."""
    return ("\n".join(_lines(tally)) + "\n").encode()


def _lines(tally: "Tally") -> Iterator[str]:
    what = counted(tally.sentences, "sentence")
    yield "## factcheck"
    yield ""
    silent = f" ({summed(tally.quiet.silent)})" if tally.quiet and tally.quiet.silent else ""
    yield f"{what}{silent} in {counted(tally.documents, 'document')}, graded by their wording, not by what is true."
    yield from _sentences(tally) if tally.sentences else ()
    if tally.unread and (left := list(tally.unread.every())):
        yield ""
        yield "### Not read"
        yield ""
        yield from map(_unread, left)


def _sentences(tally: "Tally") -> Iterator[str]:
    yield ""
    yield "| level | sentences | share |"
    yield "| --- | ---: | ---: |"
    for level in LEVELS:
        if number := tally.reported[level]:
            yield f"| {level} | {number:,} | {number / tally.reported.total():.0%} |"
    if tally.weakest:
        yield ""
        yield "### Read first"
        yield ""
        yield from map(_weak, tally.weakest)
    if tally.suppressed:
        yield ""
        yield "### Suppressed"
        yield ""
        yield from (f"{_weak(weak)} – {escaped(why)}" for weak, why in tally.suppressed)
    for title, names in (("Sources without a name", tally.unnamed), ("Weakened by", tally.rules)):
        if names:
            yield ""
            yield f"**{title}:** {_most(names)}"


def _unread(one: "Told") -> str:
    return f"- {escaped(one.name)}: {'skipped: ' * one.is_skip}{escaped(one.message)}"


def _weak(weak: "Weak") -> str:
    title, number = weak.place
    file, line = weak.link
    name, anchor = (f"{file}:{line}", f"#L{line}") if line else (weak.document, "")
    beside = "" if title == "line" else f", {title} {number}"
    root = "" if Path(file).is_absolute() else _root()
    link = f"[{escaped(name)}](<{root}{uri(file)}{anchor}>)"
    return f"- **{weak.level}** {link}{beside}: {escaped(cut(weak.text, _EXCERPT))}"


def _root() -> str:
    """In a workflow of GitHub or a pipeline of GitLab the address of the commit's files, for there links need it."""
    told = os.environ.get
    if told("GITHUB_ACTIONS") and told("GITHUB_REPOSITORY"):
        return f"{told('GITHUB_SERVER_URL')}/{told('GITHUB_REPOSITORY')}/blob/{told('GITHUB_SHA')}/"
    if told("GITLAB_CI") and told("CI_PROJECT_URL"):
        return f"{told('CI_PROJECT_URL')}/-/blob/{told('CI_COMMIT_SHA')}/"
    return ""


def _most(names: Counter[str]) -> str:
    """The most frequent of the names, and how many more there are."""
    most = names.most_common(_NAMED)
    shown = [escaped(name) + (f" ({count:,})" if count > 1 else "") for name, count in most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more:,} more" if more else "")


def escaped(text: str) -> str:
    """A text in which nothing is taken for markup or for a call of somebody."""
    return _CALLS.sub("<!-- -->", _MARKS.sub(r"\\\1", clean(text)))
