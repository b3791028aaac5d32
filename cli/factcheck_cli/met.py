"""Which sentences meet the gates, told from columns, and where the first of them stand."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from factcheck.judge.rows import rows_of, spread
from factcheck.language.program import LADDER, LEVELS, NOTE
from factcheck_cli.config.severity import severity_of
from factcheck_cli.formats.results import LIMIT
from factcheck_cli.options import SEVERITIES
from factcheck_cli.own import own_rule
from factcheck_cli.tally import PLACES, Gate, Met

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck.graded import Graded
    from factcheck.judge.grade import Numbers
    from factcheck.language.program import Rule
    from factcheck.text.columns import Column, Flags, Rows
    from factcheck_cli.gates import Gates
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.hush import Hushed
    from factcheck_cli.terminal.style import Style

_EXCERPT: Final = 100  # characters of a sentence


class Reported(NamedTuple):
    """Columns over what is reported of a part: levels of sentences, above all of `LEVELS` where nothing is.

    Of each sentence the row of the finding its level stands on, or -1; of each finding whether it is not told.
    """

    level: "Numbers"
    setting: "Column"
    gone: "Flags | None" = None

    @classmethod
    def of(cls, part: "Graded", hushed: "Hushed | None" = None) -> "Reported":
        """All that was found, but what is silent."""
        if not hushed:
            return cls(part.grades.level, part.grades.setting)
        setting, gone = part.grades.setting.copy(), np.zeros(len(part.findings.sentence), np.bool_)
        for row, left in hushed.of.items():
            first = int(np.searchsorted(part.findings.sentence, row))
            gone[[first + number for number in left.gone]] = True
            setting[row] = -1 if left.setting is None else first + left.setting
        return cls(hushed.levels, setting, gone)


def met(
    gates: "Gates", part: "Graded", texts: "Sequence[Text]", style: "Style", reported: Reported
) -> "Iterator[tuple[Gate, Met]]":
    """Each gate, and the sentences of these texts that meet it by what is reported of them."""
    for gate, rows in _rows(gates, part, style, reported):
        first = [_told(part, row, texts, reported) for row in rows[:PLACES].tolist()]
        yield gate, Met(len(rows), first, len(reported.level))


def _rows(gates: "Gates", part: "Graded", style: "Style", reported: Reported) -> "Iterator[tuple[Gate, Rows]]":
    if gates.at:
        yield Gate("at", gates.at), rows_of(reported.level <= LADDER.index(gates.at))
    if gates.on:
        yield Gate("on", gates.on), rows_of(_severe(part, style, SEVERITIES.index(gates.on), reported))
    if gates.unverified:
        yield Gate("most", ""), rows_of(reported.level == 0)
    if gates.new:
        yield Gate("new", gates.new), rows_of(reported.level <= LADDER.index(gates.new))


def _told(part: "Graded", row: int, texts: "Sequence[Text]", reported: Reported) -> str:
    """Where a sentence stands, its level, and how it begins."""
    sentences = part.article.sentences
    document, start, stop = (int(column[row]) for column in (sentences.document, sentences.start, sentences.stop))
    text = texts[document]
    number = text.number(start - int(part.origin[document]))
    place = f"{text.among.file}:{text.among.number}" if text.among else f"{text.name}:{number}"
    words = " ".join(part.article.tokens.text[start : min(stop, start + 2 * _EXCERPT)].split())
    words = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"
    return f"{place}: {LEVELS[reported.level[row]]}: {words}"


def _severe(part: "Graded", style: "Style", least: int, reported: Reported) -> "Flags":
    """For each sentence: whether a result about it is of this severity or above, as `Report` has them."""
    findings, rules, level = part.findings, part.program.rules, reported.level
    limit = LADDER.index(style.at_most or LIMIT)
    weak = level <= limit
    own = np.array([LEVELS.index(rule.level) for rule in rules], np.uint8).take(findings.rule)
    told = weak.take(findings.sentence) & (own >= level.take(findings.sentence)) & (own <= limit)
    _tell_setting(told, part, own, reported, rows_of(weak & (reported.setting >= 0)))
    if style.packs:
        asked = np.array([rule.level == NOTE and rule.pack in style.packs for rule in rules], np.bool_)
        shown = weak if style.at_most else level < len(LEVELS)
        told |= asked.take(findings.rule) & shown.take(findings.sentence)
    if reported.gone is not None:
        told &= ~reported.gone
    heavy = np.array([_weight(rule) >= least for rule in rules], np.bool_).take(findings.rule)
    found = np.zeros(len(level), np.bool_)
    found[findings.sentence[told & heavy]] = True
    weak[findings.sentence[told]] = False
    bare = rows_of(weak)
    found[bare] = _bare(style, least)[(part.grades.source.take(bare) >= 0).astype(np.intp), level.take(bare)]
    return found


def _weight(rule: "Rule") -> int:
    """Which of the severities findings of the rule have. Notes are notes."""
    return 0 if rule.level == NOTE else SEVERITIES.index(rule.severity)


def _bare(style: "Style", least: int) -> "Flags":
    """The same of sentences without a result of any rule: without a source and with one, by their levels."""
    table = dict(style.severities)
    return np.array([
        [SEVERITIES.index(severity_of(table, own_rule(level, has_source=one), level)) >= least for level in LEVELS]
        for one in (False, True)
    ])  # fmt: skip


def _tell_setting(told: "Flags", part: "Graded", own: "Numbers", reported: Reported, weak: "Rows") -> None:
    """Marks what the level of weak sentences stands on as told, where nothing on the same words says more of it."""
    findings, setting = part.findings, reported.setting.take(weak)
    untold = rows_of(~told.take(setting))
    weak, setting = weak.take(untold), setting.take(untold)
    edges = np.searchsorted(findings.sentence, (weak, weak + 1))
    held = spread(edges[0], edges[1] - edges[0])
    mine = setting.take(held.phrase)
    meets = findings.first.take(held.row) < findings.end.take(mine)
    meets &= findings.first.take(mine) < findings.end.take(held.row)
    beside = meets & (own.take(held.row) == reported.level.take(weak).take(held.phrase))
    if reported.gone is not None:
        beside &= ~reported.gone.take(held.row)
    alone = np.ones(len(weak), np.bool_)
    alone[held.phrase[beside]] = False
    told[setting[alone]] = True
