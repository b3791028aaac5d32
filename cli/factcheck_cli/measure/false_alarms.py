"""`--false-alarms`: sentences that a person says are marked wrongly, and the file of exceptions that they suggest."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.gold import ATTRIBUTED, CERTAIN, NONE, UNCERTAIN
from factcheck.render import visible
from factcheck_cli.inputs.decoding import decode
from factcheck_cli.inputs.parts import holds_rows
from factcheck_cli.inputs.place import is_folder
from factcheck_cli.inputs.reading import guarded
from factcheck_cli.measure.gold_file import is_table, rows_of
from factcheck_cli.terminal.console import counted, fail, say
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck_cli.log import Log
    from factcheck_cli.measure.gold_file import GoldSet
    from factcheck_cli.measure.weigh_page import Asked

TITLE: Final = "Exceptions for sentences that were marked wrongly"
"""What the file says first, which tells those that are written here from others."""
_WRONG: Final = frozenset({"wrong", CERTAIN, NONE})
_RIGHT: Final = frozenset({UNCERTAIN, ATTRIBUTED})


def except_for(paths: Sequence[str], kept: "Sequence[GoldSet]", scanner: "Scanner", asked: "Asked", log: "Log") -> str:
    """The rule file, or the end of the program where there is nothing to write; what cannot be helped is told."""
    from factcheck.evaluate.alarms import silenced
    from factcheck.evaluate.review import review

    given = {shown(path): list(_sentences(path, log)) for path in dict.fromkeys(paths)}
    wrong = list(dict.fromkeys(text for found in given.values() for text in found))
    if not wrong:
        fail("there is no sentence among the false alarms")
    right = [one.text for own in kept for one in own.sentences if one.label in _RIGHT]
    log.state("looking for what stands beside wrong hits …")
    found = silenced(scanner, wrong, right, asked.signal)
    log.clear()
    attempts = found.learning.attempts
    if not log.quiet:
        _tell(len(wrong), found.hits, found.left, len(attempts), asked)
    text = review(found.learning, _head(given, kept, asked))
    if not text:
        fail("nothing is proposed, so nothing is written", status=0)
    return text


def _head(given: Mapping[str, Sequence[str]], kept: "Sequence[GoldSet]", asked: "Asked") -> Iterator[str]:
    yield f"{TITLE}, for a person to review."
    yield ""
    for name, found in given.items():
        yield f"  {visible(name)}: {counted(len(found), 'sentence')}"
    for one in kept:
        yield f"  {visible(one.name)}: {counted(len(one.sentences), 'sentence')}, of which those labelled so are right"
    yield ""
    yield "Right are also the `flag` examples of each rule. Take away what you do not want. What is left is loaded by"
    yield ""
    files = [*asked.rules, asked.output or "THIS-FILE.fact"]
    words = [*(word for path in files for word in ("--rules", path)), *asked.base]
    yield f"  {visible(shlex.join(['factcheck', 'scan', *words, 'article.txt']))}"


def _tell(sentences: int, hits: int, left: Mapping[str, int], exceptions: int, asked: "Asked") -> None:
    if not hits:
        what = f"raises the signal {asked.signal}" if asked.signal else "sets a level below attributed"
        say(f"in {counted(sentences, 'sentence')} no rule {what}")
    else:
        marked = f"{counted(sentences, 'sentence')} with {counted(hits, 'wrong finding')}"
        say(f"{marked}: {counted(exceptions, 'exception')}")
    for rule, number in left.items():
        why = "what stands beside it stands beside right ones, or is a name or a mark"
        say(f"{rule}: {counted(number, 'finding')} stays: {why}; `factcheck rules show {rule}` shows the rule")


# The sentences --------------------------------------------------------------------------------------------------------


def _sentences(path: str, log: "Log") -> Iterator[str]:
    """Those that are wrong: the lines of a text, or rows."""
    name = shown(path)
    if is_folder(path):
        log.failure(name, "this is a folder; name its files of sentences")
    elif holds_rows(path) or is_table(path):
        yield from _of_rows(path, log)
    else:
        text: str | None = None
        with guarded(name, log):
            text = decode(Path(path).read_bytes(), name, log)
        yield from (stripped for line in (text or "").splitlines() if (stripped := line.strip()))


def _of_rows(path: str, log: "Log") -> Iterator[str]:
    """The texts of rows that are labelled wrong; of all, where none has a label."""
    found: list[tuple[str, str]] = []
    for place, row in rows_of(path, log):
        text = row.get("text")
        if isinstance(text, str) and text.strip():
            found.append((" ".join(text.split()), str(row.get("label") or "").strip().lower()))
        else:
            log.failure(place, "this row has no `text`; each row is one sentence")
    labelled = any(label for _, label in found)
    yield from (text for text, label in found if not labelled or label in _WRONG)
