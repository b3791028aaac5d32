"""The matcher on patterns of each form, in plain articles and in none."""

from factcheck.judge.hits import Hits, Role
from factcheck.judge.match import Matcher
from factcheck.judge.reference import reference_hits
from factcheck.language.pattern import Affix, Alt, Capture, Gap, Maybe, Pattern, Ref, Run, Seq, Words
from factcheck.language.program import Pack, Program, Rule
from factcheck.text.article import read

WORDS = {name: Words(lower=frozenset({name})) for name in ("may", "say", "ferry", "closed", "not")}
TEXT = """The ferry may close, say two sailors. Ruth Abara may not say more.

Closed, say the papers. “The ferry may have closed,” Abara said. It is unclosed."""


def rule(name: str, *match: Pattern, excepts: tuple[Pattern, ...] = (), unless: tuple[Pattern, ...] = ()) -> Rule:
    """A rule of pack `p` with nothing special about it."""
    return Rule("p", name, "possible", "m", 0.8, "note", "positive", None, "", "", (), (), match, excepts, unless, None)


PROGRAM = Program(
    (Pack("p", "p", "en", "1", signal=True),),
    (
        rule("word", WORDS["may"], excepts=(Seq((WORDS["may"], WORDS["not"])),)),
        rule("gap", Seq((WORDS["ferry"], Gap(3), Ref("p.end")))),
        rule("name", Seq((Run("name"), Maybe(WORDS["may"]), Alt((WORDS["say"], WORDS["not"]))))),
        rule("ending", Affix("", "closed"), unless=(WORDS["say"],)),
        rule("whole"),
    ),
    {"p.end": Alt((WORDS["say"], Seq((WORDS["closed"], WORDS["not"])), WORDS["closed"]))},
)


def test_candidates_lose_nothing() -> None:
    """Hits are those of trying every rule in every sentence."""
    article = read(TEXT)
    expected = Hits.of(reference_hits(PROGRAM, article)).rows()
    assert Matcher(PROGRAM).hits(article).rows() == expected
    assert {Role.MATCH, Role.EXCEPT} <= {hit.role for hit in expected}


def test_counted_hits_say_what_is_left() -> None:
    """The steps used are taken off those allowed."""
    article = read(TEXT)
    hits, left = Matcher(PROGRAM).counted_hits(article, 10_000)
    assert hits.rows() == Matcher(PROGRAM).hits(article).rows()
    assert left is not None
    assert 0 < left < 10_000


def test_no_text_has_no_hits() -> None:
    """An empty article gives empty columns."""
    assert len(Matcher(PROGRAM).hits(read(""))) == 0


def test_of_captures_of_the_same_words_the_one_written_first_counts() -> None:
    """So it is in both matchers, whichever of them a gap that may be empty lets be read first."""
    either = Alt((WORDS["ferry"], Gap(1)))
    pattern = Seq((Capture("place", "", Gap(1)), Capture("place", "person", either)))
    program = Program(PROGRAM.packs, (rule("captures", pattern),), {})
    article = read("Ferry")
    (hit,) = Matcher(program).hits(article).rows()
    assert [one.kind for one in hit.captures] == [""]
    assert [hit] == Hits.of(reference_hits(program, article)).rows()
