"""Wrong usage, told plainly: what was meant, where that can be guessed."""

import os
import re
import shlex
from collections import Counter
from difflib import get_close_matches
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from factcheck_cli.options import RULES, Level

_CHOICE = re.compile(r"(?P<quote>['\"])(?P<given>.*)(?P=quote) is not one of (?P<choices>.*)\.", re.DOTALL)

_LEAST = re.compile(r"Input should be greater than or equal to (?P<least>\d+)")
_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((?P<given>.*)\)")
_OF_RULES = ("note", "no-claim")  # levels that no sentence is reported at
_EXAMPLE = "  factcheck "
_NO_NUMBER = "Input should be a valid integer"
_NO_DECIMAL = "Input should be a valid number"


class Command(TyperCommand):
    """A command that names the choice that was meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the type has no public name
        """Reads the options. Raises BadParameter for one that is not understood."""
        try:
            self._check_once(ctx, args)
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = plainer(error.message) or self._example()
            raise
        except TyperException as error:
            if found := _EXTRA.fullmatch(error.message):
                error.message += self._behind(found["given"])
            raise

    def _example(self) -> str:
        """The first example of its help, which stands in for a message where something is left out."""
        first = next((line for line in (self.help or "").splitlines() if line.startswith(_EXAMPLE)), "")
        return f"For example: `{first.strip()}`." if first else ""

    def _behind(self, given: str) -> str:
        """What to say of words that no argument takes: behind which option, or command, they belong."""
        options = {option for one in self.params for option in one.opts}
        word = shlex.quote(given)
        if given.endswith(RULES) and "--rules" in options:
            return f". A rule file stands behind --rules: `--rules {word}`."
        if " " in given or "--pack" not in options:
            return ""
        if "/" in given:
            return f". `factcheck rules show {word}` shows a rule."
        if given in {*get_args(Level), *_OF_RULES} and "--level" in options:
            return f". A level stands behind --level: `--level {word}`."
        return f". A pack stands behind --pack: `--pack {word}`."

    def _check_once(self, ctx: Any, args: list[str]) -> None:  # noqa: ANN401 - the same
        """Raises UsageError for an option of one value that has two: which of them is meant cannot be told."""
        if ctx.resilient_parsing:  # somebody is still typing
            return
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for one, number in Counter(given).items():
            if number > 1 and isinstance(one, TyperOption) and not (one.multiple or one.is_flag):
                times = "twice" if number == 2 else f"{number} times"  # noqa: PLR2004 - two times
                ctx.fail(f"{max(one.opts, key=len)} is given {times}; give it once.")


class Proposing(Command):
    """A command under another name, which says --propose."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the type has no public name
        """Reads the options as if that had been given."""
        return super().parse_args(ctx, ["--propose", *args])


class Group(TyperGroup):
    """Commands; whoever leaves the command out and starts with a file is told the one that takes it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - the types have no public names
        """Finds the command. Raises UsageError where there is none of the name."""
        try:
            return super().resolve_command(ctx, args)
        except TyperException as error:
            if meant := self._command_within(args[0]) or _command_for(args[0]):
                error.message = f"No such command '{args[0]}'. Did you mean `{meant}`?"
            raise

    def _command_within(self, name: str) -> str:
        """What to type for a command of one of the groups here, which somebody has named without its group."""
        groups = [group for group, one in self.commands.items() if isinstance(one, Group) and name in one.commands]
        return f"factcheck {groups[0]} {name}" if groups else ""


def plainer(message: str) -> str:
    """The message on an option's value without the checker's own words, and with the nearest choice."""
    plain = message.removeprefix("Value error, ")
    if plain.startswith(_NO_NUMBER):
        return "This must be a whole number."
    if plain.startswith(_NO_DECIMAL):
        return "This must be a number."
    if found := _LEAST.fullmatch(plain):
        return f"This must be {found['least']} or more."
    if not (found := _CHOICE.fullmatch(plain)):
        return plain
    near = get_close_matches(found["given"].lower(), re.findall(r"'([^']+)'", found["choices"]), n=1)
    return f"{plain} Did you mean '{near[0]}'?" if near else plain


def _command_for(argument: str) -> str:
    """What to type to scan a text, or to check a rule file; nothing where the argument is neither."""
    if argument != "-" and not os.path.exists(argument):
        return ""
    command = "rules check" if argument.endswith(RULES) else "scan"
    return f"factcheck {command} {shlex.quote(argument)}"
