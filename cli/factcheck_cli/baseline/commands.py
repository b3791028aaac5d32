"""`factcheck baseline …`: makes, keeps and shows the list of what is known from earlier."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from factcheck_cli.options import (
    BASELINE,
    AnyLanguageOption,
    Argument,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    IgnoreOption,
    JobsOption,
    Level,
    NoBuiltinOption,
    NoCacheOption,
    NoConfigOption,
    NoProgressOption,
    Option,
    PackOption,
    RulesOption,
    ScanSegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import counted, fail, say
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from factcheck_cli.baseline.entry import Entry
    from factcheck_cli.baseline.file import Baseline
    from factcheck_cli.baseline.made import Change

_USUAL: Final = f"that of the configuration, else {BASELINE} here or above"
_MADE: Final = f"that of the configuration, else {BASELINE}"
_QuietOption = Annotated[bool, Option("--quiet", "-q", help="Print nothing but errors.")]
_FILES: Final = 10  # files that are named with their counts
_NAMED: Final = 3  # files that are gone or no longer scanned, and named


def baseline() -> None:
    """Report only what is new: keep what a scan has found so far in a file.

    Examples:
      factcheck baseline create articles/
      factcheck scan articles/ --baseline factcheck-baseline.jsonl
      factcheck baseline update
      factcheck baseline show

    `factcheck baseline COMMAND --help` says more.
    """


def create(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[list[str], Argument(metavar="PATH", help="Articles, folders of them, and tables of texts.")],
    *,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE", help="Write the baseline here.", show_default=_MADE),
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace a baseline that is there.")] = False,
    at_most: Annotated[Level, Option(help="Keep the sentences at this level or below.")] = "probable",
    no_text: Annotated[bool, Option("--no-text", help="Keep no words of the sentences, only their hashes.")] = False,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    segment: ScanSegmentOption = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    quiet: _QuietOption = False,
    no_progress: NoProgressOption = False,
    no_cache: NoCacheOption = False,
    color: ColorOption = "auto",
) -> None:
    """Make a baseline of all that a scan finds now.

    A line is a sentence: its file, its level, the rules that say why, its words as
    hashes, and how it begins. The lines are sorted, so a change shows in a pull
    request as the sentences that come and go.

    Examples:
      factcheck baseline create articles/
      factcheck baseline create articles/ wire.jsonl -o known.jsonl
      factcheck baseline create articles/ --at-most possible --no-text

    Exit status: 0 made, 2 wrong usage, configuration or rules, or there is one
    already, 3 some inputs could not be read; all others are in it.
    """
    typed = locals()  # the options, before anything is made of them
    from factcheck_cli.baseline import find, made
    from factcheck_cli.baseline.file import Head

    work = made.Gathering.of(typed)
    output = output or find.to_make(work.configs, paths)
    with made.alone(output, quiet=quiet):
        made.check_free(output, force=force)
        done, status = made.create(work, paths, output, Head("", at_most, not no_text))
        made.write(done, output)
    if not quiet:
        print_out(f"{shown(str(output))}: {_of(done.entries)} at {at_most} or below\n".encode())
        if other := find.above(output):
            say(f"{output}: note: in this folder it is found before {other}, which is a baseline, too")
    if status:
        raise SystemExit(status)


def update(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[str] | None,
        Argument(metavar="PATH", help="What to read instead of all that it was made of.", show_default=False),
    ] = None,
    *,
    file: Annotated[
        Path | None, Option("--baseline", metavar="FILE", help="The baseline.", show_default=_USUAL)
    ] = None,
    add: Annotated[bool, Option("--add", help="Add what is new; without it, it is only told.")] = False,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    segment: ScanSegmentOption = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    quiet: _QuietOption = False,
    no_progress: NoProgressOption = False,
    no_cache: NoCacheOption = False,
    color: ColorOption = "auto",
) -> None:
    """Bring a baseline up to date.

    Sentences that are gone are dropped, those that have moved or been edited are
    kept as they are now, those that are new stay new unless --add takes them in.
    What was dropped (-) and added (+) is listed, and what is new (?). Files that
    are no longer scanned are as good as gone, unless only some paths are read.

    Examples:
      factcheck baseline update
      factcheck baseline update --add
      factcheck baseline update articles/2024/ --baseline known.jsonl

    Exit status: 0 done, 2 wrong usage, configuration or rules, or a damaged
    baseline, 3 some inputs could not be read; what is known of them is kept.
    """
    typed = locals()  # the options, before anything is made of them
    from factcheck_cli.baseline import find, made
    from factcheck_cli.baseline.file import BaselineError

    work = made.Gathering.of(typed)
    file = file or find.usual(work.configs, paths or ["."])
    try:
        with made.alone(file, quiet=quiet):
            change = made.update(work, paths or (), file, add=add)
            made.write(change.baseline, file)
    except BaselineError as error:
        fail(str(error))
    if not quiet:
        print_out("".join(f"{line}\n" for line in _changes(change, file)).encode())
    if change.status:
        raise SystemExit(change.status)


def show(
    file: Annotated[Path | None, Argument(metavar="FILE", help="The baseline.", show_default=_USUAL)] = None,
    *,
    json: Annotated[bool, Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Count what a baseline knows: by level, rule and file, and what is stale.

    An entry is stale when its file is gone. `factcheck baseline update` finds
    those whose sentence is gone, too, and drops all of them.

    Examples:
      factcheck baseline show
      factcheck baseline show known.jsonl --json

    Exit status: 0 shown, 2 no baseline or a damaged one.
    """
    from factcheck_cli.baseline import find
    from factcheck_cli.baseline.file import BaselineError, folder_of, read
    from factcheck_cli.baseline.gather import is_deleted
    from factcheck_cli.config.resolve import Configs

    file = file or find.usual(Configs(), ["."])
    try:
        known = read(file)
    except BaselineError as error:
        fail(str(error))
    folder = folder_of(file)
    gone = {path for path in {one.path for one in known.entries} if is_deleted(path, folder)}
    if json:
        import orjson

        print_out(orjson.dumps(_record(known, gone, file), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        print_out("".join(f"{line}\n" for line in _shown(known, gone, file)).encode())


# For people ----------------------------------------------------------------------------------------------------------


def _changes(change: "Change", file: Path) -> "Iterable[str]":
    """What has become of the entries, a line each, and how many of each kind there are."""
    for mark, entries in (("-", change.dropped), ("+", change.added), ("?", change.new)):
        yield from (f"{mark} {_line(entry)}" for entry in entries)
    total = counted(len(change.baseline.entries), "entry", "entries")
    said = [f"{len(change.dropped):,} dropped", f"{len(change.added):,} added"]
    said += [f"{change.moved:,} moved or edited"] if change.moved else []
    yield f"{shown(str(file))}: {total}: {', '.join(said)}"
    if change.new:
        verb = "is" if len(change.new) == 1 else "are"
        yield f"{len(change.new):,} {verb} new and not added; --add takes what is new in"
    if change.left_out:
        yield _left_out(change)
    if change.absent:
        files = list(dict.fromkeys(entry.path for entry in change.absent))
        kept = counted(len(change.absent), "entry", "entries")
        yield f"{kept} kept of {counted(len(files), 'file')} that this sparse checkout leaves out: {_some(files)}"


def _left_out(change: "Change") -> str:
    """What has become of entries of files that are there, and are not scanned any more."""
    files = list(dict.fromkeys(entry.path for entry in change.left_out))
    of = f"of {counted(len(files), 'file')} no longer scanned: {_some(files)}"
    if change.left_out[0] in change.dropped:
        return f"{len(change.left_out):,} dropped {of}"
    return f"{counted(len(change.left_out), 'entry', 'entries')} kept {of}; an update without PATH drops what is"


def _some(files: "Sequence[str]") -> str:
    """The first of the files, and how many more there are."""
    from factcheck.render import visible

    more = f" and {len(files) - _NAMED:,} more" if files[_NAMED:] else ""
    return f"{visible(', '.join(files[:_NAMED]))}{more}"


def _line(entry: "Entry") -> str:
    from factcheck.render import visible

    why = f" ({', '.join(entry.rules)})" if entry.rules else ""
    text = f" “{entry.text}”" if entry.text else ""
    return visible(f"{entry.path}: {entry.level}{text}{why}")


def _of(entries: "Sequence[Entry]") -> str:
    files = counted(len({entry.path for entry in entries}), "file")
    return f"{counted(len(entries), 'sentence')} of {files}"


def _counts(known: "Baseline") -> "tuple[Counter[str], Counter[str], Counter[str]]":
    """How many entries there are of each level, rule and file."""
    entries = known.entries
    rules = Counter(rule for entry in entries for rule in entry.rules)
    return Counter(entry.level for entry in entries), rules, Counter(entry.path for entry in entries)


def _shown(known: "Baseline", gone: set[str], file: Path) -> "Iterable[str]":
    from factcheck.language.program import LADDER
    from factcheck.render import visible

    levels, rules, files = _counts(known)
    made = f"made by factcheck {known.head.version} of {', '.join(known.head.paths)}"
    yield f"{shown(str(file))}: {_of(known.entries)}, {visible(made)}"
    yield ""
    yield from (f"{levels[level]:>7,}  {level}" for level in LADDER if levels[level])
    for title, counts in (("Rules", rules), ("Files", files)):
        if counts:
            yield from ("", title)
            most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            yield from (f"{number:>7,}  {visible(name)}" for name, number in most[:_FILES])
            if rest := most[_FILES:]:
                yield f"{sum(number for _, number in rest):>7,}  in {len(rest):,} others"
    if stale := sum(files[path] for path in gone):
        yield ""
        yield f"{counted(stale, 'entry', 'entries')} stale, of files that are gone: {_some(sorted(gone))}"


def _record(known: "Baseline", gone: set[str], file: Path) -> dict[str, object]:
    levels, rules, files = _counts(known)
    head = known.head
    return {
        "file": shown(str(file)),
        "entries": len(known.entries),
        "made_by": head.version,
        "rules_hash": head.rules,
        "at_most": head.at_most,
        "paths": head.paths,
        "levels": dict(levels),
        "rules": dict(rules.most_common()),
        "files": dict(sorted(files.items())),
        "stale": {path: files[path] for path in sorted(gone)},
    }
