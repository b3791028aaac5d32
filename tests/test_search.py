"""A pattern looked for by itself: it finds what a rule with it finds, and no text is passed over that has a match."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import RuleError, Scanner, Sentence, scan, search
from factcheck.judge.match import Matcher
from factcheck.judge.telltale import telltale
from factcheck.language.pattern import Alt, Lists, Pattern, Seq
from factcheck.language.pattern import Words as Set
from factcheck.language.program import Pack, Program, Rule
from factcheck.load import load
from factcheck.packs import optional_files
from factcheck.search import Passage, Search
from factcheck.text import piece
from factcheck.text.article import read_all
from factcheck.text.fold import fold

HARBOUR = (Path(__file__).parents[1] / "docs" / "examples" / "harbour.txt").read_text("utf-8")
PROGRAM = load().program
PATTERNS = (
    "may",
    "may | might | could",
    "{core.saying} source:(<name>)",
    "source:(<name>) [, ...8 ,] {core.saying}",
    "the ...5 of",
    "'Port Selby'",
    "the [morning] ferry | ferry",
    "investigat*",
    "<start> the <name>",
    "(We | we) did not",
    '" said source:(<name>)',
    "the ...12 thruster",
)


def rule(pack: str, pattern: str, example: str) -> str:
    """A rule file with this pattern for its only `match`."""
    flag = example.replace("\\", "\\\\").replace('"', '\\"')
    return f'pack {pack}\nrule one : note\n    "One."\n    match {pattern}\n    flag "{flag}"\n    pass "Zebra."\n'


def passages(pattern: str) -> list[Passage]:
    """The sentences of the harbour's story that the pattern matches in."""
    return [passage for sighted in Search(pattern, PROGRAM).found([HARBOUR]) for passage in sighted.passages()]


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sentence, ...]:
    """The sentences of the story as rules see them that have these patterns, each in a pack of its own."""
    folder = tmp_path_factory.mktemp("rules")
    for number, pattern in enumerate(PATTERNS):
        (folder / f"p{number}.fact").write_text(rule(f"p{number}", pattern, passages(pattern)[0].text), "utf-8")
    return Scanner(folder, cache=False).scan(HARBOUR).sentences


@pytest.mark.parametrize("number", range(len(PATTERNS)), ids=PATTERNS)
def test_finds_what_a_rule_finds(number: int, sentences: tuple[Sentence, ...]) -> None:
    """The same words in the same sentences as a rule with this `match`, and what they capture stands there."""
    found = passages(PATTERNS[number])
    by_rule = [
        (one.index, one.span, one.text, spans)
        for one in sentences
        if (spans := [finding.span for finding in one.findings if finding.rule == f"p{number}/one"])
    ]
    assert [(one.index, one.span, one.text, [match.span for match in one.matches]) for one in found] == by_rule
    for match in (match for one in found for match in one.matches):
        assert HARBOUR[match.span.start : match.span.end] == match.text
        assert all(HARBOUR[one.span.start : one.span.end] == one.text for one in match.captures)


def test_numbers_of_texts_are_those_of_all() -> None:
    """Texts that hold no word of the pattern are passed over, and the others keep their numbers."""
    texts = ["It rained.", "It may rain.", "", "May it rain?", "It rained.", "The boat may leave, or it may not."]
    (sighted,) = Search("may", PROGRAM).found(texts)
    assert (len(sighted), sighted.sentences, sighted.documents()) == (4, 3, {1, 3, 5})
    assert [(one.document, one.index, one.text) for one in sighted.passages()] == [
        (1, 0, "It may rain."),
        (3, 0, "May it rain?"),
        (5, 0, "The boat may leave, or it may not."),
    ]
    assert len(list(sighted.passages(2))) == 2
    assert list(sighted.words()) == ["may", "May", "may", "may"]


def test_long_texts_are_searched_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offsets and numbers of sentences go on from piece to piece."""
    text = "\n\n".join(["The mill closed in May.", "It may open again.", "Nobody knows."] * 20)
    whole = [one for sighted in Search("may", PROGRAM).found([text]) for one in sighted.passages()]
    monkeypatch.setattr(piece, "LONGEST", 200)
    monkeypatch.setattr(piece, "_TAIL", 100)
    monkeypatch.setattr(scan, "_SHARE", 200)
    parts = list(Search("may", PROGRAM).found(["It may rain.", text, "It may rain."]))
    assert len(parts) > 4
    found = [one for sighted in parts for one in sighted.passages()]
    assert [one.document for one in found] == [0, *[1] * 20, 2]
    assert [(one.index, one.span, one.text) for one in found[1:-1]] == [(o.index, o.span, o.text) for o in whole]


def test_captures_are_kept_with_their_kinds() -> None:
    """Each capture with its name, its words, and the kind of source that it gives."""
    (sighted,) = Search("source.anonymous:(officials) what:(say~)", PROGRAM).found(["Two officials said so."])
    (passage,) = sighted.passages()
    assert passage.to_record("a.txt") == {
        "doc": "a.txt", "index": 0, "start": 0, "end": 22, "text": "Two officials said so.",
        "matches": [{
            "start": 4, "end": 18, "text": "officials said",
            "captures": {
                "source": {"text": "officials", "start": 4, "end": 13, "kind": "anonymous"},
                "what": {"text": "said", "start": 14, "end": 18},
            },
        }],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The officials here left.", (4, "gets as far as “officials”, but `...2 say~` does not follow")),
        ("She said so.", (4, "finds “said”, but `officials ...2` does not stand before it")),
        ("Two Officials said so.", (4, "would match “Officials said”, but the capital there makes a name of it")),
        ("It rained.", None),
    ],
)
def test_nearest(text: str, said: tuple[int, str] | None) -> None:
    """How far the pattern gets where it does not match, from whichever end."""
    near = Search("officials ...2 say~", PROGRAM).nearest(text)
    assert (near and (near[0], near[1][: len(said[1]) if said else 0])) == said


def test_nearest_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take very long to say is not said."""
    pattern, text = f"say~ {'...12 (a | a ... a) ' * 20}b", "Say " + "a " * 2_000
    assert Search(pattern, PROGRAM).nearest(text)
    monkeypatch.setattr(search, "_STEPS", 1_000)
    assert Search(pattern, PROGRAM).nearest(text) is None


# Which texts need be read ---------------------------------------------------------------------------------------------

FORMS = ("ash", "may", "straße", "o'neill's", "mid-may", "café")
words = st.sets(st.sampled_from(FORMS), min_size=1, max_size=3)
leaves = st.one_of(
    words.map(lambda chosen: Set(lower=frozenset(chosen))),
    words.map(lambda chosen: Set(written=frozenset(form.title() for form in chosen))),
    words.map(lambda chosen: Set(exact=frozenset(chosen))),
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Seq(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Alt(tuple(items))),
    ),
    max_leaves=5,
)
PIECES = (*FORMS, *(form.title() for form in FORMS), *(form.upper() for form in FORMS), "O’Neill’s", "so", ".")
texts = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@given(patterns, st.lists(texts, min_size=10, max_size=10))
def test_texts_with_a_match_are_read(pattern: Pattern, several: list[str]) -> None:
    """Wherever a pattern matches the text holds one of the forms, however it is written."""
    lists: Lists = {}
    told = {"level": "note", "message": "m", "weight": 1.0, "severity": "note", "polarity": "positive", "range": None}
    rest = {"because": "", "suggest": "", "tags": (), "signals": (), "excepts": (), "unless": (), "when": None}
    one = Rule(pack="p", name="r", match=(pattern,), **told, **rest)  # type: ignore[arg-type]
    matcher = Matcher(Program((Pack("p", "p", "en", "1", signal=True),), (one,), lists))
    needed = telltale(pattern, lists)
    for text in several:
        if needed and len(matcher.hits(read_all([text], lexicon=matcher.symbols.lexicon))):
            assert any(form in fold(text) for form in needed)


def test_bare_names_of_lists() -> None:
    """A list may be named without its pack where one's own pack has it, or only one other."""
    assert Search("{saying} so", PROGRAM).warnings == ()
    program = load(packs=optional_files()).program
    packs = [key.partition(".")[0] for key in program.lists if key.endswith(".said")]
    assert len(packs) > 1
    with pytest.raises(RuleError) as error:
        Search("{said} so", program)
    assert f"error[FC021]: {len(packs)} packs have a list `said`" in str(error.value)
    assert f"= help: name its pack: `{{{packs[0]}.said}}` or `{{{packs[1]}.said}}`" in str(error.value)
    assert Search("{said} so", program, own=packs[:1]).warnings == ()


def test_language_is_that_of_ones_own_packs(tmp_path: Path) -> None:
    """What a pack's language lacks its patterns may not use, here either."""
    haus = rule("haus", "Boot", "Ein Boot.").replace("pack haus", "pack haus\n    language de")
    (tmp_path / "haus.fact").write_text(haus, "utf-8")
    program = load([tmp_path], builtin=False, cached=False).program
    assert Search("boot~", program).warnings == ()
    with pytest.raises(RuleError, match="FC050"):
        Search("boot~", program, own=["haus"])
