"""`factcheck config new`: a configuration to start with."""

import os
from pathlib import Path
from typing import Annotated, Final

from factcheck_cli.config.find import Finder
from factcheck_cli.config.given import shown
from factcheck_cli.options import CONFIGURATION, PROJECT, Option
from factcheck_cli.output.sink import STDOUT, print_out, reason
from factcheck_cli.terminal.console import fail, say

STARTER: Final = Path(__file__).with_name("starter.toml")
_TOML: Final = ".toml"


def new(
    output: Annotated[
        Path, Option("-o", "--output", metavar="FILE", help="The file to write, or - for standard output.")
    ] = Path(CONFIGURATION),
) -> None:
    """Start a configuration: what most teams want, with a word on each key.

    It fails scans at unverified sentences that are not in the baseline, which
    `factcheck baseline create` makes. All else is there as comments.

    A file that is there already is never written over.

    Examples:
      factcheck config new
      factcheck config new -o desk/factcheck.toml
      factcheck config new -o - | less

    Exit status: 0 fine, 2 no place for the file.
    """
    text = STARTER.read_bytes()
    if output == Path(STDOUT):
        print_out(text)
        return
    if output.suffix.lower() != _TOML:
        fail(f"{output}: a configuration is a {_TOML} file: name it {CONFIGURATION}, so that it is found")
    if not os.path.isdir(output.parent):
        fail(f"{output}: there is no folder {output.parent} to write to; make it first")
    held = Finder().of(str(output))
    _write(output, text, held)
    if held:
        near = os.path.relpath(held, output.parent).replace(os.sep, "/")
        say(f'{output}: note: {shown(held)} held here before; extends = ["{near}"] takes over what it says')
    print_out(f"{output}: written; `factcheck baseline create PATH` makes the baseline that it names\n".encode())


def _write(path: Path, text: bytes, held: Path | None) -> None:
    """Writes the file where there is none, nor another configuration in the folder."""
    if held and held.name == PROJECT and held.parent == path.parent.absolute():
        fail(f"{shown(held)} has a table [tool.factcheck], which {path.name} would hide; add keys to it instead")
    try:
        with path.open("xb") as file:
            file.write(text)
    except FileExistsError:
        fail(f"{path}: this file is there already, and is left as it is; `factcheck config check` checks it")
    except OSError as error:
        fail(f"{path}: this cannot be written: {reason(error)}")
