"""`factcheck rules diff`: which sentences change between two versions of rules, and why."""

import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Any, Final

from factcheck_cli.console import UNREAD, colored, fail, reported, say, warn
from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    Color,
    ColorOption,
    IdFieldOption,
    IgnoreOption,
    NoBuiltinOption,
    Option,
    PackOption,
    Segment,
    SegmentOption,
    SelectOption,
    TextFieldOption,
    names,
)
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck import Finding, Scanner
    from factcheck.difference import Change, Difference
    from factcheck.document import Silenced
    from factcheck_cli.inputs import Inputs

    Reasons = dict[Finding, str]

_BUILTIN: Final = "builtin"
"""What stands for the built-in packs alone."""
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
            help="The texts: a file, a folder, a .jsonl file, or -. Repeatable; needed.",
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
    as_json: Annotated[bool, Option("--json", help="Print all of it as JSON.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Show which sentences change between two versions of rules, and why.

    Each version is loaded with the built-in packs, unless --no-builtin
    leaves these out. Told are the sentences that get another level, another
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
    from factcheck.difference import Difference
    from factcheck_cli.inputs import Inputs
    from factcheck_cli.reading import Fields

    if not on:
        fail("there is nothing to compare on; name texts with --on, as in --on articles/")
    if no_builtin and _BUILTIN in {old, new}:
        fail(f"`{_BUILTIN}` stands for the built-in packs, which --no-builtin leaves out; leave one of the two out")
    choice = {"packs": names(packs), "select": names(select), "ignore": names(ignore), "builtin": not no_builtin}
    scanners = _scanner(old, choice, color), _scanner(new, choice, color)
    log = Log()
    limit = most if most is not None else None if as_json else _MOST
    found = Difference(limit)
    _compare(scanners, found, Inputs(tuple(on), Fields(text_field, id_field)), segment, log)
    why = _Why(scanners, segment)
    shown = [(change, why.reasons(change)) for change in found.changes()]
    if as_json:
        print_out(_json(found, shown, (old, new)))
    elif found.sentences or not log.failures:
        from factcheck_cli import diff_page
        from factcheck_cli.style import Style

        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        style = Style(columns=columns, color=colored(sys.stdout, color))
        print_out(diff_page.page(found, shown, (old, new), style).encode())
    if log.failures:
        say(f"{log.failures:,} could not be read, {found.documents:,} compared")
    if log.failures or (check and found.changed):
        raise SystemExit(UNREAD if log.failures else CHANGED)


def _scanner(rules: str, choice: dict[str, Any], color: Color) -> "Scanner":
    """The rules, loaded, or the end of the program with every problem of theirs."""
    from factcheck import Scanner

    with reported(color, builtin=choice["builtin"]):
        scanner = Scanner(() if rules == _BUILTIN else rules, **choice)
    warn(scanner.warnings, choice["packs"], builtin=choice["builtin"])
    return scanner


def _compare(
    scanners: "tuple[Scanner, Scanner]", found: "Difference", inputs: "Inputs", segment: Segment, log: Log
) -> None:
    """Counts all that changes in the texts."""
    from factcheck.difference import changes
    from factcheck_cli.batch import batches

    for batch in batches(inputs.parts(log), inputs.fields):
        log.tell(batch.in_order({}))
        texts, called = [text.text for text in batch.texts], [text.name for text in batch.texts]
        for sentences, changed in changes(*scanners, texts, called, segment=segment):
            found.add(sentences, changed)
        found.documents += len(texts)


class _Why:
    """Tells why one of two versions of rules has a finding and the other has not."""

    def __init__(self, scanners: "tuple[Scanner, Scanner]", segment: Segment) -> None:
        from factcheck.origins import Origins

        self._segment = segment
        said = (
            ("was", "its rule is new", "its patterns matched nothing there before"),
            ("is", "its rule is gone", "its patterns match nothing there now"),
        )
        self._sides = [(one, Origins(one.sources), *words) for one, words in zip(scanners, said, strict=True)]

    def reasons(self, change: "Change") -> "Reasons":
        """For each finding that has come or gone why the other version does not have it."""
        from factcheck.difference import silenced
        from factcheck_cli.account import silencer

        told: Reasons = {}
        for findings, side in zip((change.come, change.gone), self._sides, strict=True):
            scanner, origins, verb, absent, unmatched = side
            known = {rule.id for rule in scanner.program.rules}
            hushed = silenced(scanner, change, origins, self._segment) if findings else ()
            for finding in findings:
                if finding.rule not in known:
                    place = origins.switched_off(finding.rule)
                    told[finding] = f"its rule {verb} switched off in {place}" if place else absent
                elif one := next((one for one in hushed if _is_about(one, finding)), None):
                    told[finding] = f"it {verb} taken away by {silencer(one)}"
                else:
                    told[finding] = unmatched
        return told


def _is_about(gone: "Silenced", finding: "Finding") -> bool:
    """Whether it is a hit of the same rule on some of the same words."""
    (start, end), (first, last) = finding.span, gone.span
    return gone.rule == finding.rule and first < end and start < last


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
    record = change.to_record()
    for key, findings in (("gone", change.gone), ("come", change.come)):
        record[key] = [{**one.to_record(), "why": reasons[one]} for one in findings]
    return record
