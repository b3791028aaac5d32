"""What a sidecar suppresses in a file of many documents is what each document finds that walks through all of it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck import Scanner
from factcheck_cli.inputs.text import Among, Text
from factcheck_cli.quiet.counts import Counts
from factcheck_cli.quiet.phrases import Phrases
from factcheck_cli.quiet.quieter import Quieter
from factcheck_cli.quiet.sidecar import read
from factcheck_cli.quiet.silence import Quiet, plain
from factcheck_cli.quiet.suppressed import Suppressions
from plain_beside import PlainBeside

TODAY = "2027-03-01"
SENTENCES = (
    "Officials say the wall could fall.",
    "The boats may sink.",
    "The boats  may sink, or “float” – still.",
    "Ada Voss said the ferry may rot at the quay.",
    "The mill closed.",
    "“It’s afloat.”",
    "Straße may İstanbul sink.",
)
DOCUMENTS = ("one", "two", "rows.jsonl:3", "whale")
WORDS = ("may", "the boats", "boats may sink", "BOATS MAY", "say the wall could", "sink, or", "sink. the mill",
         "fall. the boats may sink.", "it's afloat", "strasse may", "i̇stanbul sink", '"float" -',
         "ferry may rot at the quay", "a", "e m", "ay si", "y rot a", "whale in the bay", ".")  # fmt: skip
RULES = ("all", "house", "house/chance", "house/unnamed", "factcheck/no-speaker", "hous", "sourcing")
ENTRIES = st.fixed_dictionaries(
    {"rules": st.lists(st.sampled_from(RULES), min_size=1, max_size=2), "reason": st.sampled_from(("so", "it is", ""))},
    optional={
        "where": st.tuples(st.sampled_from(("sentence", "block", "sentence")), st.sampled_from(WORDS)),
        "doc": st.sampled_from(DOCUMENTS),
        "until": st.sampled_from(("2027-02-28", "2027-03-01", "soon")),
    },
)
PARAGRAPHS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), max_size=3)
TEXTS = st.lists(st.tuples(st.sampled_from(DOCUMENTS[:3]), PARAGRAPHS), min_size=1, max_size=5)
FILES = st.tuples(st.lists(ENTRIES, min_size=1, max_size=12), TEXTS)


def written(entries: list[dict[str, object]]) -> str:
    """The sidecar."""
    found = []
    for one in entries:
        where = one.pop("where", None)
        keys = one | ({where[0]: where[1]} if isinstance(where, tuple) else {})
        found.append("[[ignore]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in keys.items()))
    return "\n".join(found)


def _toml(value: object) -> str:
    return str(value) if isinstance(value, list) else f"'''{value}'''"


def left(scanner: Scanner, quiet: Quiet, texts: list[Text], *, narrowed: bool) -> list[object]:
    """What is left of the sentences of a file, and what is told of silences."""
    quieter, counts, found = Quieter(scanner, [quiet], narrowed=narrowed), Counts(narrowed=narrowed), list[object]()
    for part in scanner.parts([text.text for text in texts], [text.name for text in texts]):
        hushed = quieter.hushed(part, texts)
        if hushed:
            counts.add(hushed.counts)
        found.append((hushed.levels if hushed else part.grades.level).tolist())
        found.append(list(hushed.of.items()) if hushed else [])
    told = list(counts.warnings()), list(counts.notes())
    used = {key: number for key, number in counts.used.items() if len(key) == 3}  # type: ignore[arg-type]
    return [*found, told, counts.silent, counts.shift, used]


@pytest.fixture
def scanner(folder: Path) -> Scanner:
    """Of the house's rules."""
    return Scanner([folder / "house.fact"], builtin=False)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.booleans(), st.sampled_from(((1_000, 50), (4, 3), (3, 9))))
def test_many_documents_are_told_what_each_is_alone(
    folder: Path,
    scanner: Scanner,
    file: tuple[list[dict[str, object]], list[tuple[str, list[list[str]]]]],
    narrowed: bool,  # noqa: FBT001 - the values are made
    room: tuple[int, int],
) -> None:
    """The same sentences by the same entries in their order; the same is unused, expired and unknown."""
    sidecar = folder / "rows.jsonl.factcheck.toml"
    sidecar.write_text(written(file[0]), "utf-8")
    # One has no entries of its own, and so walks as far as any.
    texts = [
        Text(name, "\n\n".join(" ".join(one) for one in paragraphs), among=Among("rows.jsonl", number))
        for number, (name, paragraphs) in enumerate([*file[1], ("nobody's", [])], 1)
    ]
    plain, fast = PlainBeside("rows.jsonl", read(sidecar.name), TODAY, room), Suppressions(TODAY)
    wanted = left(scanner, plain, texts, narrowed=narrowed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factcheck_cli.quiet.room.MOST", room[0])
        patch.setattr("factcheck_cli.quiet.room.WIDE", room[1])
        assert left(scanner, fast, texts, narrowed=narrowed) == wanted
        assert left(scanner, fast, texts, narrowed=narrowed) == wanted  # as a scan that looks again


@given(
    st.lists(st.text("ab .", min_size=1).map(plain).filter(bool), max_size=8), st.text("ab  .", max_size=60).map(plain)
)
def test_phrases_are_found_wherever_they_stand(phrases: list[str], text: str) -> None:
    """Also where they begin or end within words."""
    found = Phrases(phrases).within(text)
    assert sorted(found) == sorted({phrase for phrase in phrases if phrase in text})
