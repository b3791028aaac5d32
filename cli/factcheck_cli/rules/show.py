"""`factcheck rules show`: rules on cards, as `factcheck explain RULE` prints them."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from factcheck_cli.inputs.place import is_folder
from factcheck_cli.loaded import given_rules, reported
from factcheck_cli.options import (
    RULES,
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    NoBuiltinOption,
    NoConfigOption,
    PackOption,
    RulesOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import fail

if TYPE_CHECKING:
    from factcheck.language.rule import Rule, RuleFile
    from factcheck_cli.config.given import Layer
    from factcheck_cli.config.rules import RuleSet


def show(  # noqa: PLR0913, PLR0917 - one parameter an option
    wanted: Annotated[list[str], Argument(metavar="NAME", help="Rules: pack/rule, or the rule's name alone.")],
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    color: ColorOption = "auto",
) -> None:
    """Show rules: what each says, how it is written, the lists it uses, and its examples.

    Of a rule that is amended both what it was and what it is now are told.
    `factcheck explain RULE` shows the same of one.

    Examples:
      factcheck rules show hedge/could
      factcheck rules show could might may
      factcheck rules show house/unnamed-insider --rules house.fact

    Exit status: 0 fine, 2 no such rule, or a wrong rule file.
    """
    chosen, layer = given_rules(".", rules, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    print_out(cards(wanted, chosen, layer, color).encode())


def cards(wanted: Sequence[str], chosen: "RuleSet", layer: "Layer", color: Color) -> str:
    """The cards of these rules, one below the other. Ends the program when one of them is not there."""
    from factcheck.load import parsed
    from factcheck_cli.rules.card import card
    from factcheck_cli.terminal.style import style_for

    with reported(color, builtin=chosen.builtin, layer=layer):
        scanner = chosen.whole.scanner()
    files = parsed(scanner.sources, [], cached=True)
    now = {rule.id: rule for rule in scanner.program.rules}
    style = style_for(sys.stdout, color)
    found = {rule.id: rule for rule in (find(name, files) for name in wanted)}
    return "\n".join(card(rule, now.get(name), files, style) for name, rule in found.items())


def find(wanted: str, files: "Sequence[RuleFile]") -> "Rule":
    """The rule of this `pack/rule`, or of this name where only one pack has it."""
    from factcheck.diagnostic import did_you_mean
    from factcheck.packs import how_to_load

    rules = [rule for file in files for rule in file.rules]
    found = [rule for rule in rules if wanted in (rule.id, rule.name)]
    if len(found) == 1:
        return found[0]
    if found:
        fail(f"several rules are called `{wanted}`: {', '.join(rule.id for rule in found)}")
    message = f"there is no rule `{wanted}`"
    if inside := [rule.id for rule in rules if rule.pack == wanted]:
        fail(f"{message}, but a pack; name one of its rules: {', '.join(inside)}")
    if how := how_to_load(wanted, {file.pack.name for file in files if file.pack}):
        fail(f"{message}: {how}")
    if wanted.lower().endswith(RULES):
        fail(f"{message}, but a rule file is called so: add --rules {wanted}, and name one of its rules")
    if is_folder(wanted):
        fail(f"{message}, but a folder; name one of its files")
    near = did_you_mean(wanted, {name for rule in rules for name in (rule.id, rule.name)})
    return fail(f"{message}: {near}" if near else f"{message}; --rules adds the file it is in")
