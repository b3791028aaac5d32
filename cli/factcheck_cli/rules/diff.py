"""`factcheck rules diff`: which sentences change between two versions of rules, and why."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from factcheck_cli.loaded import BUILTIN_ALONE, Choice, chosen, given_rules, how_read, loaded
from factcheck_cli.log import Log
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    IgnoreOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    Segment,
    SegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
    names,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import UNREAD, fail, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck import Finding, Scanner
    from factcheck.difference import Change, Difference
    from factcheck.document import Silenced
    from factcheck.origins import Origins
    from factcheck_cli.inputs.parts import Inputs

    Versions = tuple["Version", "Version"]
    Reasons = dict[Finding, str]

_MOST: Final = 10
CHANGED: Final = 1
"""Exit status when --check finds a change."""


def diff(  # noqa: PLR0913 - one parameter an option
    old: Annotated[
        str, Argument(metavar="OLD", help="A .fact file, a folder of them, or `builtin`: the built-in packs alone.")
    ],
    new: Annotated[str, Argument(metavar="NEW", help="The same, to be compared with it.")],
    *,
    on: Annotated[
        list[str] | None,
        Option(
            "--on",
            metavar="CORPUS",
            help="The texts, as `factcheck scan` takes them. Repeatable; needed.",
            show_default=False,
        ),
    ] = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    segment: SegmentOption = "auto",
    most: Annotated[
        int | None,
        Option(
            "--most",
            metavar="N",
            least=0,
            help="Show the N changes that matter most.",
            show_default="10; all with --json",
        ),
    ] = None,
    check: Annotated[bool, Option("--check", help="Exit with status 1 when anything changes.")] = False,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="Print all of it as JSON.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Show which sentences change between two versions of rules, and why.

    Each version is loaded with the built-in packs, unless --no-builtin
    leaves these out, and with the packs of the configuration for the texts;
    rule files that it names are those of neither version. Told are the sentences that get another level, another
    source or other findings, and which rule's finding came or went.

    Examples:
      factcheck rules diff builtin house.fact --on articles/
      factcheck rules diff old/ new/ --on rows.jsonl --text-field body
      factcheck rules diff house.fact draft.fact --on articles/ --most 50
      factcheck rules diff house.fact draft.fact --on articles/ --check

    Exit status:
      0  fine
      1  something changes, with --check
      2  wrong usage or a wrong rule file
      3  some texts could not be read; all others are compared
    """
    typed = locals()  # the options, before anything is made of them
    from factcheck.difference import Difference
    from factcheck_cli.inputs.parts import Inputs

    if not on:
        fail("there is nothing to compare on; name texts with --on, as in --on articles/")
    given, _ = given_rules(on[0], None, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    if no_builtin and BUILTIN_ALONE in {old, new}:
        fail("`builtin` stands for the built-in packs, which --no-builtin leaves out; leave one of the two out")
    choice = Choice(given.packs, names(select) or given.select, names(ignore) or given.ignore)
    builtin = given.builtin or BUILTIN_ALONE in {old, new}
    versions = _versions((old, new), choice, color, builtin=builtin)
    log = Log()
    limit = most if most is not None else None if as_json else _MOST
    found = Difference(limit)
    programs = [version.scanner.program for version in versions]
    how = how_read(on[0], typed, config, no_config=no_config, programs=programs)
    _compare(versions, found, Inputs(tuple(on), how), segment, log)
    changes = found.changes()
    shown = list(zip(changes, _reasons(versions, changes, segment), strict=True))
    if as_json:
        print_out(_json(found, shown, (old, new)))
    elif found.sentences or not log.failures:
        from factcheck_cli.rules import diff_page
        from factcheck_cli.terminal.style import style_for

        style = style_for(sys.stdout, color)
        print_out(diff_page.page(found, shown, (old, new), style).encode())
    if log.failures:
        say(f"{log.failures:,} could not be read, {found.documents:,} compared")
    if log.failures or (check and found.changed):
        raise SystemExit(UNREAD if log.failures else CHANGED)


class Version(NamedTuple):
    """Rules that texts are scanned with, and where all that is loaded with them is written."""

    scanner: "Scanner"
    origins: "Origins"


def _versions(rules: tuple[str, str], choice: Choice, color: Color, *, builtin: bool) -> "Versions":
    """Both, loaded, or the end of the program with every problem of the first that is wrong."""
    from factcheck.origins import Origins

    both = [loaded(() if path == BUILTIN_ALONE else [path], choice, color, builtin=builtin) for path in rules]
    scanners = chosen(both, choice, color)
    old, new = (Version(scanner, Origins(one.scanner.sources)) for scanner, one in zip(scanners, both, strict=True))
    return old, new


def _compare(versions: "Versions", found: "Difference", inputs: "Inputs", segment: Segment, log: Log) -> None:
    """Counts all that changes in the texts."""
    from factcheck.difference import changes
    from factcheck_cli.work.batch import told_batches

    for batch in told_batches(inputs, log):
        texts, marks = batch.marked()
        called, origins = [text.name for text in batch.texts], [text.origin for text in batch.texts]
        scanners = (versions[0].scanner, versions[1].scanner)
        for sentences, changed in changes(*scanners, texts, called, segment=segment, marks=marks, origins=origins):
            found.add(sentences, changed)
        found.documents += len(texts)


def _reasons(versions: "Versions", changes: "Sequence[Change]", segment: Segment) -> "list[Reasons]":
    """For each change and each finding that has come or gone why the other version does not have it."""
    old = _Side(versions[0], "was", "its rule is new", "its patterns matched nothing there before", segment)
    new = _Side(versions[1], "is", "its rule is gone", "its patterns match nothing there now", segment)
    before, now = old.told([(one, one.come) for one in changes]), new.told([(one, one.gone) for one in changes])
    return [{**one, **other} for one, other in zip(before, now, strict=True)]


class _Side:
    """Tells why one of two versions does not have the findings of the other."""

    def __init__(self, version: Version, verb: str, absent: str, unmatched: str, segment: Segment) -> None:
        (self._scanner, self._origins), self._segment = version, segment
        self._rules = {rule.id for rule in self._scanner.program.rules}
        self._verb, self._absent, self._unmatched = verb, absent, unmatched

    def told(self, changes: "Sequence[tuple[Change, Sequence[Finding]]]") -> "list[Reasons]":
        """For each change why these findings are missing. Each document is read once, however many changes it has."""
        hushed = self._silenced([change for change, findings in changes if self._has_rule_of(findings)])
        return [
            {
                one: self._reason(one, hushed.get((change.document, change.text, change.new.index), ()))
                for one in findings
            }
            for change, findings in changes
        ]

    def _has_rule_of(self, findings: "Sequence[Finding]") -> bool:
        """Whether some of them are missing although there is their rule."""
        return any(one.rule in self._rules for one in findings)

    def _silenced(self, changes: "Sequence[Change]") -> "dict[tuple[str, str, int], Sequence[Silenced]]":
        """By their documents and numbers what takes hits away in the sentences of the changes."""
        from factcheck.difference import silenced

        documents: dict[tuple[str, str], list[Change]] = {}
        for change in changes:
            documents.setdefault((change.document, change.text), []).append(change)
        return {
            (name, text, number): gone
            for (name, text), own in documents.items()
            for number, gone in silenced(
                self._scanner, text, [one.new for one in own], self._origins, self._segment, own[0].marks
            ).items()
        }

    def _reason(self, finding: "Finding", hushed: "Sequence[Silenced]") -> str:
        from factcheck_cli.terminal.account import silencer

        if finding.rule not in self._rules:
            place = self._origins.switched_off(finding.rule)
            return f"its rule {self._verb} switched off in {place}" if place else self._absent
        # A hit of the same rule on some of the same words.
        one = next((one for one in hushed if one.rule == finding.rule and one.span.meets(finding.span)), None)
        return f"it {self._verb} taken away by {silencer(one)}" if one else self._unmatched


def _json(found: "Difference", shown: "Sequence[tuple[Change, Reasons]]", versions: tuple[str, str]) -> bytes:
    """All of it, an object."""
    import orjson

    levels = [{"old": old, "new": new, "sentences": number} for (old, new), number in found.levels.most_common()]
    record = {
        "old": versions[0],
        "new": versions[1],
        "documents": found.documents,
        "sentences": found.sentences,
        "changed": found.changed,
        "levels": levels,
        "sources": found.sources,
        "rules": [{"rule": rule, **counts} for rule, counts in found.by_rule()],
        "changes": [_record(change, reasons) for change, reasons in shown],
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _record(change: "Change", reasons: "Reasons") -> dict[str, Any]:
    """A change as JSON has it, and why findings came or went."""
    from factcheck_cli.inputs.origin import in_source

    record = change.to_record()
    for key, findings in (("gone", change.gone), ("come", change.come)):
        record[key] = [{**one.to_record(), "why": reasons[one]} for one in findings]
    return in_source(record, change.origin) if change.origin else record
