"""Which sentences meet the gates, told from columns, and where the first of them stand."""

from typing import TYPE_CHECKING, Final

import numpy as np

from factcheck.judge.rows import rows_of, spread
from factcheck.language.program import LADDER, LEVELS, NOTE
from factcheck_cli.config.severity import severity_of
from factcheck_cli.formats.results import LIMIT
from factcheck_cli.options import SEVERITIES
from factcheck_cli.own import own_rule
from factcheck_cli.quiet.hush import SILENT
from factcheck_cli.tally import PLACES, Gate, Met

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck.graded import Graded
    from factcheck.judge.grade import Numbers
    from factcheck.text.columns import Flags, Rows
    from factcheck_cli.gates import Gates
    from factcheck_cli.quiet.hush import Hushed
    from factcheck_cli.reading import Text
    from factcheck_cli.style import Style

_EXCERPT: Final = 100  # characters of a sentence


def met(
    gates: "Gates", part: "Graded", hushed: "Hushed | None", texts: "Sequence[Text]", style: "Style"
) -> "Iterator[tuple[Gate, Met]]":
    """Each gate, and the sentences of these texts that are reported and meet it."""
    level = hushed.levels if hushed else part.grades.level
    for gate, rows in _rows(gates, part, hushed, style):
        yield gate, Met(len(rows), [_told(part, row, int(level[row]), texts) for row in rows[:PLACES].tolist()])


def _rows(gates: "Gates", part: "Graded", hushed: "Hushed | None", style: "Style") -> "Iterator[tuple[Gate, Rows]]":
    level = hushed.levels if hushed else part.grades.level
    if gates.at:
        yield Gate("at", gates.at), rows_of(level <= LADDER.index(gates.at))
    if gates.on:
        yield Gate("on", gates.on), rows_of(_severe(part, hushed, style, SEVERITIES.index(gates.on)))
    if gates.unverified:
        yield Gate("most", ""), rows_of(level == 0)


def _told(part: "Graded", row: int, level: int, texts: "Sequence[Text]") -> str:
    """Where a sentence stands, its level, and how it begins."""
    sentences = part.article.sentences
    document, start, stop = (int(column[row]) for column in (sentences.document, sentences.start, sentences.stop))
    text = texts[document]
    number = text.number(start - int(part.origin[document]))
    place = f"{text.among.file}:{text.among.number}" if text.among else f"{text.name}:{number}"
    words = " ".join(part.article.tokens.text[start : min(stop, start + 2 * _EXCERPT)].split())
    words = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"
    return f"{place}: {LEVELS[level]}: {words}"


def _severe(part: "Graded", hushed: "Hushed | None", style: "Style", least: int) -> "Flags":
    """For each sentence: whether something is reported of it that is of this severity or above; as `Report` has it."""
    grades, findings = part.grades, part.findings
    rules = part.program.rules
    level, setting, gone = _left(part, hushed)
    limit = LADDER.index(style.at_most or LIMIT)
    weak = level <= limit
    sentence = findings.sentence
    own = np.array([LEVELS.index(rule.level) for rule in rules], np.uint8).take(findings.rule)
    reported = weak.take(sentence) & (own >= level.take(sentence)) & (own <= limit)
    reported &= ~gone
    _report_setting(reported, part, own, (level, setting), rows_of(weak & (setting >= 0)))
    if style.packs:
        asked = np.array([rule.level == NOTE and rule.pack in style.packs for rule in rules], np.bool_)
        shown = weak if style.at_most else level != SILENT
        reported |= asked.take(findings.rule) & shown.take(sentence) & ~gone
    heavy = [rule.level != NOTE and SEVERITIES.index(rule.severity) >= least for rule in rules]
    if not least:
        heavy = [True] * len(rules)
    found = np.zeros(len(level), np.bool_)
    found[sentence[reported & np.array(heavy, np.bool_).take(findings.rule)]] = True
    bare = weak.copy()
    bare[sentence[reported]] = False
    table = dict(style.severities)
    for row in rows_of(bare).tolist():
        name = LEVELS[level[row]]
        rule = own_rule(name, has_source=grades.source[row] >= 0)
        found[row] = SEVERITIES.index(severity_of(table, rule, name)) >= least
    return found


def _left(part: "Graded", hushed: "Hushed | None") -> "tuple[Numbers, Rows, Flags]":
    """At which level each sentence is reported, and by which finding; which findings are silent."""
    gone = np.zeros(len(part.findings.sentence), np.bool_)
    if not hushed:
        return part.grades.level, part.grades.setting, gone
    setting = part.grades.setting.copy()
    for row, left in hushed.of.items():
        first = int(np.searchsorted(part.findings.sentence, row))
        gone[[first + number for number in left.gone]] = True
        setting[row] = -1 if left.setting is None else first + left.setting
    return hushed.levels, setting, gone


def _report_setting(
    reported: "Flags", part: "Graded", own: "Numbers", graded: "tuple[Numbers, Rows]", weak: "Rows"
) -> None:
    """Marks what set the level of weak sentences as reported, where nothing on the same words says more of it."""
    findings, (level, settings) = part.findings, graded
    setting = settings.take(weak)
    open_ = rows_of(~reported.take(setting))
    weak, setting = weak.take(open_), setting.take(open_)
    edges = np.searchsorted(findings.sentence, (weak, weak + 1))
    held = spread(edges[0], edges[1] - edges[0])
    mine = setting.take(held.phrase)
    meets = (findings.first.take(held.row) < findings.end.take(mine)) & (
        findings.first.take(mine) < findings.end.take(held.row)
    )
    beside = meets & (own.take(held.row) == level.take(weak).take(held.phrase))
    alone = np.ones(len(weak), np.bool_)
    alone[held.phrase[beside]] = False
    reported[setting[alone]] = True
