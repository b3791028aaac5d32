"""`factcheck weigh`: learns the weights of rules from sentences that people have labelled."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from factcheck.evaluate.usual import ATTRIBUTION, HEDGE, LEAST_CASES, STRENGTH
from factcheck_cli.loaded import Choice, check_signal, given_rules, loaded
from factcheck_cli.log import Log
from factcheck_cli.options import (
    RULES,
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    RulesOption,
)
from factcheck_cli.output.sink import beginning, check_kept, destination, file_named
from factcheck_cli.terminal.console import UNREAD, counted, fail, say, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck import Scanner
    from factcheck.evaluate.evidence import Corpus
    from factcheck.evaluate.gold import Gold
    from factcheck.evaluate.learning import Learning
    from factcheck_cli.measure.gold_file import GoldSet
    from factcheck_cli.measure.weigh_page import Asked


def weigh(  # noqa: PLR0913 - one parameter an option
    gold: Annotated[
        list[str] | None,
        Argument(
            metavar="GOLD.jsonl",
            help="Files with a labelled sentence a row, or - for standard input. Needed but with --false-alarms.",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE.fact", help="Write here. The file appears when all of it is there."),
    ] = None,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    signal: Annotated[
        str | None,
        Option(metavar="NAME", help="The signal that labels uncertain and certain speak of.", show_default=HEDGE),
    ] = None,
    strength: Annotated[
        int,
        Option(
            metavar="N", least=1, help="How many cases the weight that a rule has is worth: the more the less moves."
        ),
    ] = STRENGTH,
    least_cases: Annotated[
        int, Option(metavar="N", least=1, help="Keep the weights of rules that fire in fewer cases than this.")
    ] = LEAST_CASES,
    keep_levels: Annotated[
        bool, Option("--keep-levels", help="Let no weight cross 0.5, below which a finding sets no level.")
    ] = False,
    without_fold: Annotated[
        int | None,
        Option(
            metavar="N",
            least=0,
            help="Learn without the rows whose `fold` is N, so that `factcheck eval --fold N` can measure on them.",
            show_default=False,
        ),
    ] = None,
    propose: Annotated[
        bool,
        Option("--propose", help="Propose exceptions and more specific rules, too. Needs scikit-learn; takes minutes."),
    ] = False,
    false_alarms: Annotated[
        list[str] | None,
        Option(
            metavar="FILE",
            help="Propose exceptions for the sentences in it, and learn no weights: a sentence a line, or rows of a "
            ".jsonl or .csv file, of which those count that are labelled wrong, or all where none is labelled. "
            "Repeatable.",
        ),
    ] = None,
    weak_signs: Annotated[
        bool,
        Option(
            "--weak-signs",
            help="Propose words that are marked only now and then, too, as notes of a low weight: "
            "signals come truer, findings become more.",
        ),
    ] = False,
    with_examples: Annotated[
        bool,
        Option(
            "--with-examples",
            help="Show sentences of GOLD as examples of proposed rules; without it none is written to the file.",
        ),
    ] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="No summary and no notes, only errors.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Learn the weights of rules from sentences that people have labelled.

    What is printed is a rule file that amends the weights of rules; each
    has a comment that says what speaks for it. Read it, take away what you
    do not want, and name it with --rules where you scan.

    Labels uncertain and certain teach about the signal hedge, or the one
    that --signal names; attributed and none about attribution.

    Examples:
      factcheck weigh gold.jsonl -o learnt.fact
      factcheck weigh gold.jsonl --rules house.fact -o learnt.fact
      factcheck weigh vague.jsonl --signal weasel --keep-levels
      factcheck weigh gold.jsonl --without-fold 0 -o fold0.fact
      factcheck weigh gold.jsonl --propose -o learnt.fact
      factcheck rules propose --false-alarms wrong.txt -o calmer.fact

    `factcheck rules propose` is `factcheck weigh --propose`.

    Exit status:
      0  fine
      2  wrong usage or a wrong rule file
      3  some files or rows could not be read; the others were learnt from
    """
    optional = {"--weak-signs": weak_signs, "--with-examples": with_examples, "--false-alarms": bool(false_alarms)}
    for option, given in optional.items():
        if given and not propose:
            fail(f"{option} is about proposed rules; add --propose")
    gold, alarms = gold or [], false_alarms or []
    if not (gold or alarms):
        fail("there is nothing to learn from; name a file of labelled sentences, or one of --false-alarms")
    chosen, layer = given_rules(
        [*gold, *alarms][0], rules, packs, no_builtin=no_builtin, config=config, no_config=no_config
    )
    target = file_named(output)
    if target:
        _check_target(target, (*gold, *alarms, *chosen.rules))

    from factcheck.evaluate.learning import Settings
    from factcheck_cli.measure.gold_file import read
    from factcheck_cli.measure.weigh_page import Asked

    asked = Asked(
        gold=gold,
        rules=list(chosen.rules),
        packs=chosen.packs,
        builtin=chosen.builtin,
        signal=signal,
        settings=Settings(strength, least_cases, keep_levels, propose, weak_signs),
        without_fold=without_fold,
        with_examples=with_examples,
        output=str(target) if target else None,
    )
    log = Log(quiet, progress=sys.stderr.isatty() and not quiet)
    sets = [one for one in read(gold, log, without_fold=without_fold) if _is_usable(one, log)]
    scanner = loaded(asked.rules, Choice(chosen.packs), color, builtin=asked.builtin, layer=layer, quiet=quiet).scanner
    if alarms:
        from factcheck_cli.measure.false_alarms import except_for

        if signal:
            check_signal(signal, scanner.program.signals)
        text = except_for(alarms, sets, scanner, asked, log)
        with destination(target) as out:
            out.write(text.encode())
    elif sets:
        learning = _learnt(scanner, _corpora(sets, signal, scanner), asked, log)
        if not quiet:
            _summarise(learning, asked, color)
        _write(learning, sets, asked, target)
    if log.failures:
        learnt = counted(sum(len(one.sentences) for one in sets), "sentence")
        say(f"{log.failures:,} could not be read, {learnt} learnt from")
        raise SystemExit(UNREAD)


def _check_target(target: Path, read: "Sequence[Path | str]") -> None:
    """The end of the program where the file would replace one that is read, or that this command has not written."""
    check_kept(target, read, "-o", "read", RULES)
    from factcheck_cli.measure.false_alarms import TITLE as EXCEPTIONS
    from factcheck_cli.measure.weigh_page import TITLE

    if (there := beginning(target)) and not there.startswith((f"# {TITLE}".encode(), f"# {EXCEPTIONS}".encode())):
        fail(f"{target}: weigh has not written this, and -o would replace it; give -o another name")


# Inputs --------------------------------------------------------------------------------------------------------------


def _is_usable(given: "GoldSet", log: Log) -> bool:
    """Whether weights are learnt from such labels; why not is told."""
    from factcheck.evaluate.gold import Kind

    tells = {Kind.LEVEL: "levels", Kind.CERTAINTY: "how certain sentences are", Kind.SENSE: "senses of single words"}
    what = tells.get(given.kind)
    if what:
        remedy = "weights are learnt from sentences labelled uncertain or certain, attributed or none"
        log.failure(given.name, f"this file tells {what}; {remedy}")
    return not what


def _corpora(sets: "Sequence[GoldSet]", signal: str | None, scanner: "Scanner") -> "list[Corpus]":
    """The sets by the signal that they speak of; the end of the program where no rule raises it."""
    from factcheck.evaluate.evidence import Corpus, raising
    from factcheck.evaluate.gold import Kind

    found: dict[str, list[tuple[Gold, ...]]] = {}
    for one in sets:
        about = ATTRIBUTION if one.kind is Kind.ATTRIBUTION else signal or HEDGE
        found.setdefault(about, []).append(one.sentences)
    for name in found:
        check_signal(name, scanner.program.signals)
        if not raising(scanner.program, name):
            fail(f"no loaded rule raises the signal `{name}`; load the rules that do with --rules")
    return [Corpus(name, tuple(several)) for name, several in found.items()]


# Results -------------------------------------------------------------------------------------------------------------


def _learnt(scanner: "Scanner", corpora: "Sequence[Corpus]", asked: "Asked", log: Log) -> "Learning":
    """What the sets teach; the end of the program where a row is no sentence or a library is missing."""
    from factcheck.evaluate.gold import GoldError
    from factcheck.evaluate.learning import learn

    try:
        return learn(scanner, corpora, asked.settings, log.state)
    except GoldError as error:
        fail(str(error))
    except ImportError as error:
        fail(f"--propose: {error}")
    finally:
        log.clear()


def _summarise(learning: "Learning", asked: "Asked", color: Color) -> None:
    from factcheck_cli.measure.weigh_page import summary
    from factcheck_cli.terminal.style import style_for

    style = style_for(sys.stderr, color)
    write(summary(learning, asked.settings, style))


def _write(learning: "Learning", sets: "Sequence[GoldSet]", asked: "Asked", target: Path | None) -> None:
    """The rule file; none where nothing is to change, for one that says nothing could not be loaded."""
    from factcheck.evaluate.review import review
    from factcheck_cli.measure.weigh_page import head

    text = review(learning, head(asked, sets, learning), examples=asked.with_examples)
    if not text:
        say("every weight stays as it is, so nothing is written")
        return
    with destination(target) as out:
        out.write(text.encode())
