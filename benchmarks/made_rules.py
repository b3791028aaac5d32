"""Two thousand made rules: from templates and the word lists in `data/`, the same ones each time."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

RULES: Final = 2_000
PACKS: Final = 10

_DATA = Path(__file__).parent / "data"
_HEAD = """pack made{number}
    title "Made rules, part {number}"

list vouching = say~ | claim~v | believe~ | warn~ | argue~ | suggest~
list caution  = may | might | could | perhaps | probably | possibly
"""
# A pattern, a sentence it fires on, and one that it passes over.
_TEMPLATES = (
    ("{noun}~n ...3 {verb}~v", "The {noun} will surely {verb} it.", "They left the {noun} alone."),
    ("{caution} ...2 {verb}~v", "They could well {verb} it.", "The {noun} could not wait."),
    (
        "source:(<name>) [, ...8 ,] [will] {verb}~v",
        "Ruth Abara, who knows the {noun}, will {verb} it.",
        "It is {adjective}.",
    ),
    (
        "source.anonymous:({adjective} {noun}~n) ...2 {vouching}",
        "Some {adjective} {noun} says so.",
        "It is {adjective}.",
    ),
    (
        "(so | too | very) {adjective} [that] ...5 {verb}~v",
        "It is so {adjective} that they {verb} it.",
        "It was {noun}.",
    ),
    ("<start> {adjective} ...4 {noun}~n", "{Adjective} or not, the {noun} stays.", "They saw the {noun}."),
    ("rise~v by (<percent> | <money>) ...4 {noun}~n", "It rose by 5% for the {noun}.", "The {noun} is {adjective}."),
    (', " {verb}~v <name>', "“We know it,” {verb} Ruth Abara.", "The {noun} is {adjective}."),
    ("{verb}~v [<adverb>] {adjective} *ness", "They {verb} {adjective} fairness here.", "The {noun} is {adjective}."),
    ("it is {adjective} to {verb}", "It is {adjective} to {verb} now.", "It is {adjective} in here."),
)


def made(number: int) -> Iterator[str]:
    """The lines of one pack's rules."""
    pick = random.Random(number)  # noqa: S311 -- the same rules every time are wanted
    lists = [(_DATA / f"{kind}.txt").read_text("utf-8").split() for kind in ("verbs", "nouns", "adjectives")]
    verbs, nouns, adjectives = (pick.sample(words, RULES // PACKS) for words in lists)
    yield _HEAD.format(number=number)
    for row in range(RULES // PACKS):
        words = {"verb": verbs[row], "noun": nouns[row], "adjective": adjectives[row]}
        words |= {"Adjective": adjectives[row].capitalize(), "caution": "{caution}", "vouching": "{vouching}"}
        pattern, flag, quiet = (text.format(**words) for text in _TEMPLATES[row % len(_TEMPLATES)])
        yield f'rule made-{row} : possible\n    "Made from a template."'
        yield f"    match   {pattern}\n    match   {pattern} indeed"
        yield f"    except  {words['noun']} {words['verb']} mill\n    weight  0.{pick.randint(10, 99)}"
        yield f'    flag    "{flag}"\n    pass    "{quiet}"\n'


def write(folder: Path) -> None:
    """Write the made packs."""
    for number in range(PACKS):
        (folder / f"made{number}.fact").write_text("\n".join(made(number)), "utf-8")
