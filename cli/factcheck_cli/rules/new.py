"""`factcheck rules new`: a rule file to start with."""

import os
import re
import shlex
from pathlib import Path
from typing import Annotated, Final

from factcheck_cli.options import Argument, Option
from factcheck_cli.output.sink import STDOUT, print_out, reason
from factcheck_cli.terminal.console import fail

STARTER: Final = Path(__file__).with_name("starter.fact")
_NAME: Final = (
    r"[^\W\d_][\w-]{0,79}"  # as the models of rules have it; loading them takes longer than all the rest here
)
NAME: Final = "starter"
"""What the pack and its file are called in there."""


def new(
    pack: Annotated[str, Argument(metavar="PACK", help="The name of the pack: letters, digits, - and _.")],
    output: Annotated[
        Path | None,
        Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The file to write, or - for standard output.",
            show_default="PACK.fact",
        ),
    ] = None,
) -> None:
    """Start a rule file: two rules that work, with a word on each part of them.

    It loads as it is, and its rules do what their examples show. Change the
    words, the examples and the names in it, and check it again.

    A file that is there already is never written over.

    Examples:
      factcheck rules new house
      factcheck rules new house -o packs/house.fact
      factcheck rules new house -o - | less

    Exit status: 0 fine, 2 no name for a pack, or no place for the file.
    """
    _check_name(pack)
    path = output or Path(f"{pack}.fact")
    text = STARTER.read_text("utf-8")
    shown = f"{pack}.fact" if path == Path(STDOUT) else shlex.quote(str(path))
    text = text.replace(f"{NAME}.fact", shown).replace(f'"{NAME.title()}"', f'"{_title(pack)}"').replace(NAME, pack)
    if path == Path(STDOUT):
        print_out(text.encode())
        return
    _write(path, text)
    print_out(f"{path}: written; `factcheck rules check {shown}` checks it\n".encode())


def _title(pack: str) -> str:
    words = pack.replace("-", " ").replace("_", " ").split()
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _check_name(pack: str) -> None:
    """Ends the program when no pack can have this name, or another one has it."""
    from factcheck.packs import SUFFIX, builtin_files, optional_files

    if not re.fullmatch(_NAME, pack):
        stem = Path(pack).stem
        near = f"; `factcheck rules new {stem} -o {pack}` writes this file" if pack.endswith(SUFFIX) and stem else ""
        plain = "-".join(re.findall(r"[\w-]+", pack))
        near = near or (f": name it {plain}" if re.fullmatch(_NAME, plain) else "")
        fail(f"`{pack}` is no name for a pack: it takes letters, digits, - and _, a letter first, at most 80{near}")
    if pack in {file.stem for file in builtin_files()} | set(optional_files()):
        fail(f"pack `{pack}` comes with factcheck: name yours otherwise; to change that one, write `amend {pack}/RULE`")


def _write(path: Path, text: str) -> None:
    """Writes the file where there is none."""
    from factcheck.packs import SUFFIX

    if path.suffix.lower() != SUFFIX:
        fail(f"{path}: rule files end in {SUFFIX}: name it {path.name}{SUFFIX}, or it will not be loaded")
    if not os.path.isdir(path.parent):
        fail(f"{path}: there is no folder {path.parent} to write to; make it first")
    try:
        with path.open("xb") as file:
            file.write(text.encode())
    except FileExistsError:
        fail(f"{path}: this file is there already, and is left as it is; name another with -o")
    except OSError as error:
        fail(f"{path}: this cannot be written: {reason(error)}")
