"""`factcheck rules fmt`: rule files in their one canonical form."""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from factcheck_cli.options import Argument, Color, ColorOption, Option
from factcheck_cli.output.sink import STDOUT, destination, print_out
from factcheck_cli.terminal.console import WRONG, colored, counted, fail, report, say

if TYPE_CHECKING:
    from factcheck import Diagnostic

STDIN: Final = STDOUT
"""The path that stands for standard input."""
CHANGED: Final = 1
"""Exit status of `--check` when a file is not in its canonical form."""

_MARK: Final = b"\xef\xbb\xbf"  # of byte order
_PAINT: Final = {"+": "32", "-": "31", "@": "36"}
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_DONE, _WOULD, _SAME, _WRONG = "formatted", "would be formatted", "unchanged", "with errors"


def fmt(
    paths: Annotated[
        list[Path], Argument(metavar="PATH", help=".fact files, folders of them, or - for standard input.")
    ],
    check: Annotated[bool, Option("--check", help="Write nothing; exit with 1 if a file would change.")] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Lay rule files out in one form, the same for everybody.

    Fields stand in a fixed order and in columns, long patterns and lists are
    wrapped. All comments stay, and what the file says is left alone: should
    it read otherwise afterwards, it is not written. Files that are in this
    form already are not touched.

    A file with errors is reported and left as it is; the others are done.

    Examples:
      factcheck rules fmt house.fact
      factcheck rules fmt packs/ --check
      factcheck rules fmt house.fact --diff
      factcheck rules fmt - < draft.fact > house.fact

    Exit status:
      0  fine
      1  with --check: a file would change
      2  a file has errors, or cannot be read or written
    """
    if Path(STDIN) in paths and len(set(paths)) > 1:
        fail(f"`{STDIN}` is standard input and stands alone: name either it or files")
    run = _Run(write=not (check or diff), diff=diff, color=color)
    run.all(paths)
    if run.failed:
        raise SystemExit(WRONG)
    if check and run.changed:
        raise SystemExit(CHANGED)


@dataclass(frozen=True, slots=True)
class _File:
    """A rule file as it is and as it should be."""

    path: Path
    before: bytes
    after: bytes


class _NotDoneError(Exception):
    """A file cannot be laid out, for the reason given here or among the problems."""


class _Run:
    """Lays files out one by one, and counts what became of them."""

    def __init__(self, *, write: bool, diff: bool, color: Color) -> None:
        self.write, self.diff, self.color = write, diff, color
        self.problems: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()

    @property
    def failed(self) -> bool:
        """Whether anything could not be done."""
        return bool(self.problems or self.counts[_WRONG])

    @property
    def changed(self) -> bool:
        """Whether a file is not, or was not, in its canonical form."""
        return bool(self.counts[_DONE] or self.counts[_WOULD])

    def all(self, paths: list[Path]) -> None:
        """Lays out the files at these paths, and tells what was done."""
        from factcheck.load import rule_files

        piped = Path(STDIN) in paths
        files = [Path(STDIN)] if piped else rule_files(paths, self.problems)
        for path in files:
            try:
                self._one(self._read(path))
            except _NotDoneError as error:
                self.counts[_WRONG] += 1
                for told in error.args:
                    say(f"{path}: {told}")
        if files and not (piped or self.diff):
            parts = (f"{self.counts[what]:,} {what}" for what in (_DONE, _WOULD, _SAME, _WRONG) if self.counts[what])
            print_out(f"{counted(len(files), 'file')}: {', '.join(parts)}\n".encode())
        report(self.problems, self.color)

    def _read(self, path: Path) -> _File:
        """The file as it is and as it should be."""
        from factcheck.language.format import UnfaithfulError, formatted
        from factcheck.load import MAX_BYTES, decoded, read

        data = sys.stdin.buffer.read(MAX_BYTES + 1) if path == Path(STDIN) else read(path, self.problems)
        source = decoded(path, data, self.problems) if data is not None else None
        if data is None or source is None:
            raise _NotDoneError
        try:
            text = formatted(source, self.problems)
        except UnfaithfulError:
            told = "laid out anew it would not say the same, so it is left as it is; please report this file"
            raise _NotDoneError(told) from None
        if text is None:
            raise _NotDoneError
        after = (_MARK if data.startswith(_MARK) else b"") + text.replace("\n", _line_end(data)).encode()
        if len(after) > MAX_BYTES:
            told = f"laid out it would be larger than {MAX_BYTES:,} bytes; split it into several packs first"
            raise _NotDoneError(told)
        return _File(path, data, after)

    def _one(self, file: _File) -> None:
        """Writes the file, or shows or names it, as was asked for."""
        changed = file.before != file.after
        if self.diff:
            self._show(file)
        elif self.write and file.path == Path(STDIN):
            print_out(file.after)
        elif changed:
            if self.write:
                _write(file)
            self._name(file.path, _DONE if self.write else _WOULD)
        self.counts[_SAME if not changed else _DONE if self.write else _WOULD] += 1

    def _name(self, path: Path, what: str) -> None:
        from factcheck.render import visible

        print_out(f"{visible(str(path))}: {what}\n".encode())

    def _show(self, file: _File) -> None:
        """The lines that would change, as `patch` takes them; a terminal gets none that could steer it."""
        from factcheck.render import visible
        from factcheck_cli.terminal.style import Style

        style, terminal = Style(color=colored(sys.stdout, self.color)), sys.stdout.isatty()
        before, after = (_LINE.findall(data.decode()) for data in (file.before, file.after))
        name = visible(str(file.path))
        for line in unified_diff(before, after, name, f"{name} (formatted)"):
            text = line.removesuffix("\n")
            shown = "\t".join(map(visible, text.split("\t"))) if terminal else text
            shown = style.paint(shown, _PAINT.get(line[0], "")) + "\n"
            print_out((shown if text != line else f"{shown}\\ No newline at end of file\n").encode())


def _write(file: _File) -> None:
    try:
        with destination(file.path) as out:
            out.write(file.after)
    except SystemExit:  # why is told already; the other files are to be done
        raise _NotDoneError from None


def _line_end(data: bytes) -> str:
    """The line end that the file has most of."""
    windows = data.count(b"\r\n")
    counts = {"\n": data.count(b"\n") - windows, "\r\n": windows, "\r": data.count(b"\r") - windows}
    return max(counts, key=lambda end: counts[end])
