"""Gates: what a scan fails for. What meets them is counted from columns, and the first places are kept to be named."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from factcheck.judge.rows import rows_of, spread
from factcheck.language.program import LADDER, LEVELS, NOTE
from factcheck_cli.config.limit import Limit
from factcheck_cli.config.severity import severity_of
from factcheck_cli.console import counted
from factcheck_cli.formats.results import LIMIT, own_rule
from factcheck_cli.options import SEVERITIES, Level, Severity
from factcheck_cli.tally import PLACES, Gate, Met

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from factcheck.graded import Graded
    from factcheck.judge.grade import Numbers
    from factcheck.text.columns import Flags, Rows
    from factcheck_cli.reading import Text
    from factcheck_cli.style import Style
    from factcheck_cli.tally import Tally

_EXCERPT: Final = 100  # characters of a sentence


class Gates(NamedTuple):
    """What sentences are held to; of those that are unverified the share is asked for where all are counted."""

    at: Level | None = None
    on: Severity | None = None
    unverified: bool = False

    @classmethod
    def of(cls, at: Level | None, on: Severity | None, most: str | None) -> "Gates | None":
        """Those that are asked for, if any is."""
        return cls(at, on, most is not None) if at or on or most is not None else None

    def watched(
        self, parts: "Iterable[Graded]", texts: "Sequence[Text]", style: "Style", found: dict[Gate, Met]
    ) -> "Iterator[Graded]":
        """The same parts, which are those of these texts; what meets the gates in those that went by is added."""
        done = 0
        for part in parts:
            for gate, rows in self._rows(part, style):
                met = Met(len(rows), [_told(part, row, texts[done:]) for row in rows[:PLACES].tolist()])
                found[gate] = found[gate] + met if gate in found else met
            yield part
            done += len(part)

    def _rows(self, part: "Graded", style: "Style") -> "Iterator[tuple[Gate, Rows]]":
        """Each gate, and the sentences that meet it."""
        level = part.grades.level
        if self.at:
            yield Gate("at", self.at), rows_of(level <= LADDER.index(self.at))
        if self.on:
            yield Gate("on", self.on), rows_of(_severe(part, style, SEVERITIES.index(self.on)))
        if self.unverified:
            yield Gate("most", ""), rows_of(level == 0)


# What is told --------------------------------------------------------------------------------------------------------


def reached(tally: "Tally", most: Limit | None) -> bool:
    """Whether the scan fails."""
    fails = any(met.count for gate, met in tally.met.items() if gate.fails)
    return fails or bool(most and most.is_exceeded(*_unverified(tally)))


def told(tally: "Tally", most: Limit | None) -> "Iterator[str]":
    """What met the gates, and where the first of it stands; of unverified claims the share in any case."""
    all_ = counted(tally.sentences, "sentence")
    for gate, met in tally.met.items():
        if gate.kind == "most" or not met.count:
            continue
        one = met.count == 1
        if gate.kind == "at":
            yield f"{met.count:,} of {all_} {'is' if one else 'are'} at or below {gate.limit}"
        else:
            above = "" if gate.limit == SEVERITIES[-1] else " or above"
            yield f"{met.count:,} of {all_} {'has' if one else 'have'} a finding of severity {gate.limit}{above}"
        yield from _places(met)
    if most:
        unverified, claims = _unverified(tally)
        part = f" ({100 * unverified / claims:.1f}%)" if claims else ""
        over = most.is_exceeded(unverified, claims)
        said = f"{unverified:,} of {counted(claims, 'claim')} {'is' if unverified == 1 else 'are'} unverified{part}"
        yield f"{said}, {'more than' if over else 'within'} --max-unverified {most}"
        if over and Gate("most", "") in tally.met:
            yield from _places(tally.met[Gate("most", "")])


def _places(met: Met) -> "Iterator[str]":
    yield from met.first
    if met.count > len(met.first):
        yield f"… and {met.count - len(met.first):,} more"


def _unverified(tally: "Tally") -> tuple[int, int]:
    """How many claims are unverified, and how many there are."""
    return tally.levels[LADDER[0]], sum(tally.levels[level] for level in LADDER)


# What is counted -----------------------------------------------------------------------------------------------------


def _told(part: "Graded", row: int, texts: "Sequence[Text]") -> str:
    """Where a sentence stands, its level, and how it begins."""
    sentences = part.article.sentences
    document, start, stop = (int(column[row]) for column in (sentences.document, sentences.start, sentences.stop))
    text = texts[document]
    number = text.number(start - int(part.origin[document]))
    place = f"{text.among.file}:{text.among.number}" if text.among else f"{text.name}:{number}"
    words = " ".join(part.article.tokens.text[start : min(stop, start + 2 * _EXCERPT)].split())
    words = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"
    return f"{place}: {LEVELS[part.grades.level[row]]}: {words}"


def _severe(part: "Graded", style: "Style", least: int) -> "Flags":
    """For each sentence: whether something is reported of it that is of this severity or above; as `Report` has it."""
    grades, findings = part.grades, part.findings
    rules = part.program.rules
    level, setting = grades.level, grades.setting
    limit = LADDER.index(style.at_most or LIMIT)
    weak = level <= limit
    sentence = findings.sentence
    own = np.array([LEVELS.index(rule.level) for rule in rules], np.uint8).take(findings.rule)
    reported = weak.take(sentence) & (own >= level.take(sentence)) & (own <= limit)
    _report_setting(reported, part, own, rows_of(weak & (setting >= 0)))
    if style.packs:
        asked = np.array([rule.level == NOTE and rule.pack in style.packs for rule in rules], np.bool_)
        shown = weak if style.at_most else np.ones(len(level), np.bool_)
        reported |= asked.take(findings.rule) & shown.take(sentence)
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


def _report_setting(reported: "Flags", part: "Graded", own: "Numbers", weak: "Rows") -> None:
    """Marks what set the level of weak sentences as reported, where nothing on the same words says more of it."""
    findings, level = part.findings, part.grades.level
    setting = part.grades.setting.take(weak)
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
