"""Writes the made parts of pages: of the reference, tables, limits, codes; of the page on speed, a record's figures.

Such a part stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`; the rest of the page is written by hand.
"""  # noqa: INP001 -- a script, run by its path

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from factcheck.catalogue import CATALOGUE
from factcheck.english import tables
from factcheck.english.inflect import NOUN_FIRST
from factcheck.english.irregular import known_readings
from factcheck.judge.prove import MAX_EXAMPLE
from factcheck.judge.rank import BANDS
from factcheck.language.compile import _MOST_CHANGES
from factcheck.language.layout import MAX_DEPTH
from factcheck.language.lists import _MOST_AMENDMENTS
from factcheck.language.measure import MAX_DEPTH as MAX_PARTS
from factcheck.language.measure import MAX_FORMS, MAX_GAP, MAX_POSITIONS, MAX_SPAN
from factcheck.load import MAX_BYTES
from factcheck.measured import known

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "docs"), str(ROOT / "benchmarks")]  # scripts, too, which no package holds

import grammar  # noqa: E402 -- found only now

from report import newest  # noqa: E402 -- the same

PAGES = (ROOT / "docs" / "reference.md", ROOT / "docs" / "speed.md", ROOT / "docs" / "quality.md")
REPORT = newest()
REPORTS = ROOT / "tests" / "golden" / "diagnostics"
_LONGEST = 25  # lines of an example file; of a longer one the report alone is shown
_PART = re.compile(r"(?s)(<!-- begin: (?P<name>[\w-]+) -->\n).*?(<!-- end: (?P=name) -->)")


def made(page: str) -> str:
    """The page with every made part as the code has it now. KeyError: the page names a part that nothing makes."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found['name']]()}\n\n{found[3]}", page)


def written(page: str) -> str:
    """The page without the made parts."""
    return _PART.sub("", page)


def levels() -> str:
    """The ladder: each level with the confidence it can have."""
    rows = [(f"`{level.value}`", f"{low:.2f} – {high:.2f}") for level, (low, high) in BANDS.items()]
    rows.append(("`no-claim`", "none"))
    meanings = (_MEANINGS[name.strip("`")] for name, _ in rows)
    head = ("level", "confidence", "what the wording says")
    return _table(head, ((*row, meaning) for row, meaning in zip(rows, meanings, strict=True)))


def limits() -> str:
    """The limits of files, patterns, matches and examples."""
    rows = (
        ("size of a file", f"{MAX_BYTES:,} bytes", "FC003"),
        ("brackets within brackets", f"{MAX_DEPTH}", "FC017"),
        ("parts within parts of a pattern, its lists written out", f"{MAX_PARTS}", "FC028"),
        ("words that a gap passes", f"{MAX_GAP}", "FC040"),
        ("positions of a pattern, its lists written out", f"{MAX_POSITIONS:,}", "FC045"),
        ("word forms over all loaded packs", f"{MAX_FORMS:,}", "FC046"),
        ("words and marks of one match", f"{MAX_SPAN}", "FC102"),
        ("amendments of one list", f"{_MOST_AMENDMENTS:,}", "FC072"),
        ("rules changed by all amendments, each time counted", f"{_MOST_CHANGES:,}", "FC072"),
        ("length of a `flag` or `pass` example", f"{MAX_EXAMPLE:,} characters", "FC062"),
        ("length of any other text", "2,000 characters", "FC034"),
        ("length of a name", "80 characters", "FC026"),
    )
    return _table(("limit", "most", "beyond it"), rows)


def sets() -> str:
    """The sets that the rules were measured on, and the measures."""
    names = {"f1": "F1", "ece": "off by", "ece_fired": "where it speaks", "source_f1": "right sources"}
    names |= {"macro_f1_five": "macro F1 of five", "weighted_kappa": "kappa", "spearman": "rank correlation"}
    rows = []
    for one in known()["sets"]:
        figures = "; ".join(f"{names.get(key, key)} {value:.3f}" for key, value in one["measures"].items())
        rows.append((one["name"], " + ".join(one["signals"]) or one["kind"], f"{one['sentences']:,}", figures))
    return _table(("sentences", "measured", "how many", "figures"), rows)


def rules_measured() -> str:
    """Rule by rule the share of right hits in each set, the rules with most hits first."""
    names = [one["name"] for one in known()["sets"] if one["kind"] != "certainty"]
    counted = sorted(known()["rules"].items(), key=lambda each: -sum(hits for hits, _ in each[1].values()))
    rows = [(f"`{rule}`", *(_share(own.get(name)) for name in names)) for rule, own in counted]
    return _table(("rule", *names), rows)


def _share(counts: list[int] | None) -> str:
    return f"{counts[1]:,} of {counts[0]:,}" if counts else ""


def words() -> str:
    """The closed lists of English words that patterns and the reading of a text rest on."""
    return "\n\n".join(f"**{title}.** {note}\n{_list(table)}" for title, note, table in _WORDS)


def classes() -> str:
    """What `<adverb>` and `<participle>` leave out and take in beyond the ending."""
    shown = (
        ("No adverbs, though they end in -ly", tables.NOT_ADVERBS),
        ("No participles, though they end in -ed, -en or -ing", tables.NOT_PARTICIPLES),
        ("Participles with another ending, or short ones", tables.IRREGULAR_PARTICIPLES),
    )
    return "\n\n".join(f"**{title}** ({len(table)}).\n{_list(table)}" for title, table in shown)


def counts() -> str:
    """The long tables, by link and number."""
    folder = "engine/factcheck/english"
    irregular = (ROOT / folder / "inflection.txt").read_text("utf-8")
    rows = irregular.partition("\n[verbs]")[2].partition("\n[")[0].splitlines()
    verbs = sum(1 for row in rows if row and not row.startswith("#"))
    notes = {
        "common.txt": f"common words, {len(tables.common()):,}: no names at a sentence's start.",
        "inflection.txt": f"irregular forms, {verbs} verbs, and the nouns and adjectives that spelling does not tell.",
        "readings.txt": f"readings, {len(known_readings().letters):,} words: what a bare `~` takes each of them to be.",
    }
    return "\n".join(f"- [{name}](../{folder}/{name}): {note}" for name, note in notes.items())


def nouns() -> str:
    """Nouns that bring a warning with a bare `~`."""
    return _list(NOUN_FIRST)


def invariable() -> str:
    """Words that bring a warning with any `~`."""
    return _list(tables.INVARIABLE)


def codes() -> str:
    """Every diagnostic code: its meaning, a file that has the problem, and the report on it."""
    return "\n\n".join(_code(code) for code in sorted(CATALOGUE))


def _code(code: str) -> str:
    entry = CATALOGUE[code]
    rules, report = _example(code)
    parts = [f"#### {code}: {entry.title}", entry.meaning]
    if rules:
        parts.append(f"```fact\n{rules.rstrip()}\n```")
    parts.append(f"```text\n{report.rstrip()}\n```")
    return "\n\n".join(parts)


def _example(code: str) -> tuple[str, str]:
    """A file and its report: those named as the title, or the shortest. The file is empty where it is no text."""
    found = []
    for report in sorted(REPORTS.glob(f"{code}-*.txt")) or sorted(REPORTS.with_name("lint").glob(f"{code}-*.txt")):
        rules = report.with_suffix(".fact")
        text = rules.read_text("utf-8") if rules.is_file() else ""
        shown = text if text.count("\n") <= _LONGEST else ""
        typical = report.stem == f"{code}-{CATALOGUE[code].title.replace(' ', '-')}"
        length = (shown + report.read_text("utf-8")).count("\n")
        found.append((not typical, not shown, length, report, shown))
    report, shown = min(found)[3:]
    return shown.replace("\t", "    "), report.read_text("utf-8")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _list(table: Iterable[str]) -> str:
    return "*" + ", ".join(sorted(table)) + "*"


_MEANINGS = {
    "unverified": "unproven or disputed, or nobody identifiable vouches for it",
    "possible": "only a possibility: may, might, could, perhaps, if",
    "probable": "leans towards it without committing: likely, appears, expected, plans",
    "attributed": "unhedged, resting on an identified person, organisation, publication or document",
    "asserted": "the writer's own flat statement, no hedge, no source",
    "established": "verified, as the text says: confirmed, ruled, shown by records, admitted",
    "no-claim": "nothing to check: a question, command, greeting, byline, bare heading",
}
_WORDS = (
    ("Titles", "Before a name, with a capital; no sentence ends after one.", tables.TITLES),
    (
        "Days, months, states",
        "With a capital they keep their stop.",
        tables.CAPITALISED_ABBREVIATIONS - tables.TITLES,
    ),
    ("Other abbreviations", "They keep their stop in any case.", tables.ABBREVIATIONS),
    ("Before a number", "They keep their stop only before a digit.", tables.NUMBERED_ABBREVIATIONS),
    ("Weekdays", "Never part of a name.", tables.WEEKDAYS),
    ("Months", "Never the start of a name.", tables.MONTHS),
    ("Months that are names", "Behind a given name they are part of it.", tables.MONTH_NAMES),
    ("Pronouns", "Never a name, however written.", tables.PRONOUNS),
    ("Connectors", "In lower case inside a name.", tables.CONNECTORS),
    ("Particles", "The same, of family names.", tables.PARTICLES),
    ("Number words", "Tens and units may be joined by a hyphen.", tables.NUMBER_WORDS),
    ("Scales", "They multiply the number before them.", tables.SCALES),
    ("Currencies", "After an amount.", tables.CURRENCIES),
    ("Codes of currencies", "Before an amount or after it.", tables.CURRENCY_CODES),
    ("Short months", "With or without their stop.", tables.SHORT_MONTHS),
)
PARTS: dict[str, Callable[[], str]] = {
    "sets": sets,
    "rules-measured": rules_measured,
    "levels": levels,
    "limits": limits,
    "words": words,
    "classes": classes,
    "counts": counts,
    "nouns": nouns,
    "invariable": invariable,
    "codes": codes,
    "grammar": grammar.rules,
    "forms": grammar.forms,
    **REPORT.parts(),
}


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(made(page.read_text("utf-8")), "utf-8")
    try:
        REPORT.draw(ROOT / "docs")
    except ImportError:
        sys.exit("the pages are written, the plots are not: run `pip install -e '.[bench]'` first")
