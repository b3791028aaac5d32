"""The sentences of a scan that a baseline may know, a line each: how they come back from all processes.

It is an output format of which no option knows.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from factcheck.language.program import LADDER, LEVELS
from factcheck_cli.baseline.words import words_of

if TYPE_CHECKING:
    from factcheck.graded import Graded
    from factcheck.text.columns import Rows
    from factcheck_cli.inputs.origin import Origin
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.hush import Hushed

_BEGINNING: Final = 60  # characters of a sentence that people know it by


def of_texts(
    texts: "Sequence[Text]",
    part: "Graded",
    shown: "Rows | None",
    _origins: "Sequence[Origin | None]",
    hushed: "Hushed | None",
    /,
) -> bytes:
    """Those shown: file, number of document and of sentence, level, rules it stands on, others, words, beginning."""
    rows = np.arange(len(part.grades)) if shown is None else shown
    levels = part.grades.level if hushed is None else hushed.levels
    whole, sentences, findings = part.article.tokens.text, part.article.sentences, part.findings
    edges = np.searchsorted(findings.sentence, (rows, rows + 1)).tolist()
    columns = (
        rows,
        sentences.document.take(rows),
        part.index.take(rows),
        levels.take(rows),
        sentences.start.take(rows),
        sentences.stop.take(rows),
        part.grades.setting.take(rows),
    )
    files = [(text.among.file, text.among.number) if text.among else (text.name, 0) for text in texts]
    lines = []
    for first, end, *row in zip(*edges, *(column.tolist() for column in columns), strict=True):
        number, document, index, level, start, stop, setting = row
        left = hushed.of.get(number) if hushed else None
        if left:
            setting = -1 if left.setting is None else first + left.setting
            kept = [at for at in range(first, end) if at - first not in left.gone]
        else:
            kept = list(range(first, end))
        rules = _rules(part, kept, setting, LEVELS[level])
        text = whole[start:stop]
        lines.append(orjson.dumps([*files[document], index, LEVELS[level], *rules, words_of(text), beginning(text)]))
    return b"".join(line + b"\n" for line in lines)


def _rules(part: "Graded", rows: Sequence[int], setting: int, level: str) -> tuple[list[str], list[str]]:
    """The rules that the level stands on, and the others that weaken a sentence."""
    deciding, also = set[str](), set[str]()
    for row in rows:
        rule = part.program.rules[int(part.findings.rule[row])]
        if row == setting or rule.level == level:
            deciding.add(rule.id)
        elif rule.level in _WEAKER:
            also.add(rule.id)
    return sorted(deciding), sorted(also - deciding)


_WEAKER: Final[Any] = frozenset(LADDER[: LADDER.index("attributed")])


def beginning(text: str) -> str:
    """How the sentence begins, in whole words on one line."""
    line = " ".join(text.split())
    if len(line) <= _BEGINNING:
        return line
    cut = line[:_BEGINNING].rpartition(" ")[0] or line[: _BEGINNING - 1]
    return f"{cut} …"
