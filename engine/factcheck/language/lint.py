"""Load-time warnings about rules that are right but hardly meant so: unused lists, patterns that never win, slips."""

import re
from collections import Counter
from collections.abc import Sequence

from factcheck.diagnostic import Diagnostic, Label, has_errors
from factcheck.language import rule as models
from factcheck.language import syntax
from factcheck.language.allow import asks_for_marks, options
from factcheck.language.doubles import doubles
from factcheck.language.lists import refs
from factcheck.language.pattern import Pattern
from factcheck.language.program import Program, Rule, can_hold
from factcheck.span import Span


def lint(files: Sequence[models.RuleFile], program: Program, problems: list[Diagnostic]) -> None:
    """Adds the warnings on all files; `program` holds the rules as written."""
    for file in files:
        _slips(file, problems)
    doubles(files, program, problems)
    rules = {rule.id: rule for rule in program.rules}
    if not has_errors(problems):  # else what uses a list may be what is wrong
        _unused_lists(files, program, problems)
    absent = {("with", pack.name): False for pack in program.packs if pack.name not in {r.pack for r in program.rules}}
    times = Counter(r.id for f in files for r in f.rules)
    later: dict[tuple[str, Pattern], str] = {}
    for file in reversed(files):
        for model in reversed(file.rules):
            rule = rules.get(model.id)
            if rule and times[model.id] == 1:
                place = (Label(model.statement.name.span),)
                if not can_hold(rule.when, absent):
                    message = f"the conditions of rule `{model.id}` never hold"
                    alone = can_hold(rule.when, {})
                    remedy = "a pack that they ask for has no rules" if alone else "one of them excludes another"
                    problems.append(Diagnostic("FC102", message, file.source, place, remedy))
                _overridden(rule, model, later, problems)


def _slips(file: models.RuleFile, problems: list[Diagnostic]) -> None:
    """Warns of patterns in which marks of the text stand where other languages have marks of their grammar."""
    named: list[models.WordList | models.ListAmendment] = [*file.lists, *file.list_amendments]
    lists = [one.pattern for one in named if one.pattern]
    owners: list[models.Rule | models.Amendment] = [*file.rules, *file.amendments]
    others = [one for owner in owners for one in (*owner.match, *owner.excepts, *owner.unless)]
    for written in (*lists, *others):
        asks_for_marks(written, file.source, problems)
    for written in lists:
        for node in options(written.value):
            if _with_commas(node):
                bars = re.sub(r",[ \t]*", " | ", written.text[node.span.start : node.span.end])
                remedy = (
                    f"alternatives stand apart with `|`: `{bars}`; for the mark itself put a space before the comma"
                )
                place = (Label(written.place(node.span)),)
                problems.append(Diagnostic("FC111", "this comma is a mark of the text", file.source, place, remedy))


def _with_commas(node: syntax.Pattern) -> bool:
    """`maybe, perhaps`: each comma at the end of a word."""
    if not isinstance(node, syntax.Sequence):
        return False
    commas = [isinstance(item, syntax.Mark) and item.char == "," for item in node.items]
    glued = all(
        item.span.start == before.span.end
        for before, item, comma in zip(node.items, node.items[1:], commas[1:], strict=False)
        if comma
    )
    return (
        any(commas)
        and not commas[0]
        and glued
        and all(
            comma or isinstance(item, syntax.Word | syntax.Inflected)
            for item, comma in zip(node.items, commas, strict=True)
        )
    )


def _unused_lists(files: Sequence[models.RuleFile], program: Program, problems: list[Diagnostic]) -> None:
    used = {key for pattern in program.lists.values() for key in refs(pattern)}
    for rule in program.rules:
        used.update(*(refs(pattern) for pattern in (*rule.match, *rule.excepts, *rule.unless)))
    used.update(one.target for file in files for one in file.list_amendments)
    for file in files:
        # Pack core is there to be used by others, and the engine reads it for the kinds of sources.
        for one in file.lists if file.pack and file.pack.name != "core" else ():
            if one.key not in used:
                remedy = f"use it as `{{{one.name}}}`, or take it away"
                problems.append(
                    Diagnostic(
                        "FC104",
                        f"nothing uses list `{one.name}`",
                        file.source,
                        (Label(one.statement.name.span),),
                        remedy,
                    )
                )


def _overridden(
    rule: Rule, model: models.Rule, later: dict[tuple[str, Pattern], str], problems: list[Diagnostic]
) -> None:
    """Warns of each `match` that a later rule of the pack has too, without conditions that could let it pass."""
    for pattern, written in zip(rule.match, model.match, strict=True):
        winner = later.get((rule.pack, pattern))
        if winner:
            message = f"whatever this finds, the later rule `{winner}` overrides"
            place = (Label(Span(written.at, written.at + len(written.text))),)
            problems.append(Diagnostic("FC103", message, model.source, place, "take it out of one of the two"))
    if not (rule.excepts or rule.unless or rule.when):
        for pattern in rule.match:
            later.setdefault((rule.pack, pattern), rule.id)
