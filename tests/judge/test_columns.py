"""Sources and grades by columns, held to what plain walks over findings say: on odd texts and on made news.

Several texts at once are the documents of one article; the plain walk reads each alone.
"""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import plain_grade
from factcheck import Scanner
from factcheck.judge.grade import FATES, Cases
from factcheck.judge.hits import Hits
from factcheck.judge.speaker import Place, Sources, Speaker
from factcheck.language.program import LEVELS
from factcheck.text.article import Article, read, read_all
from news import articles

BETWEEN = (" ", " ", " ", " ", ", ", ". ", ".\n", "\n\n", "? ", ": ")
NAMES = (
    "Ada Voss",
    "Voss",
    "Ruth Abara",
    "Abara",
    "Karl Voss",
    "Mr. Voss",
    "Ada Voss's",
    "Élan Öst",
    "Öst",
    "A. B. Öst",
)
BODIES = (
    "the council",
    "Police Scotland",
    "the W.H.O.",
    "Grant & Lowe",
    "the charity Open Water",
    "the council's",
    "NATO",
)
PEOPLE = (
    "the minister",
    "Minister",
    "officials",
    "a neighbour",
    "A woman",
    "the woman",
    "the person",
    "mediators",
    "he",
)
MORE = (
    "He",
    "she",
    "they",
    "They",
    "it",
    "It",
    "we",
    "I",
    "his",
    "some of the residents",
    "one of the",
    "a spokesman for",
)
SAYING = (
    "said",
    "says",
    "told the harbour board",
    "according to",
    "According to",
    "confirmed",
    "denied",
    "claims",
    "who",
)
TELLING = (
    "it may rain",
    "the dam is safe",
    "allegedly",
    "reportedly",
    "is it safe",
    "proved",
    "could",
    "has",
    "was seen",
)
BESIDE = (
    ", the head of the board,",
    ", who left,",
    ", 42,",
    ", a captain,",
    ", running,",
    ", Karl Brandt,",
    " (who left)",
)
QUOTES = (
    "“",
    "”",
    '"',
    "‘",
    "’",
    "“It may,”",
    "“Go,”",
    "“We left. It is old.”",
    "(",
    ")",
    "\u0301",
    "BuzzFeed",
    "buzzfeed",
)
PIECES = (*BETWEEN, *NAMES, *BODIES, *PEOPLE, *MORE, *SAYING, *TELLING, *BESIDE, *QUOTES)
ODD = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)).map("".join), max_size=40).map("".join)

CORE = """\
pack core
    signal off
list anonymous   = officials | a [<word>] neighbour | crowd of <word> | <adverb> people | some -folk
list publication = gazette | 'Harbour Post' | BuzzFeed | post
list institution = council | Police | police force | 'Red Cross' | \\& | <name> board
list collective  = crew | " crew
list role        = minister | captain | head
list verb        = be~ | say~ | close~
"""
HOUSE = """\
pack house
rule says : attributed
    "Someone vouches."
    match source:(<name> | <word> | <word> <word> | <word> <word> <word> | <name> of <name>) (say~ | denied)
    match (, | ") say~ source:(<name>)
    signal doubt 0.5
    flag "Ruth Abara said so."
rule told : unverified
    "Somebody said so."
    match source.anonymous:(a neighbour | people) said
    flag "People said so."
rule may : possible
    "Only a possibility."
    match may | might | could
    signal doubt 0.5
    flag "It may rain."
rule proved : established
    "It is proved."
    match proved | confirmed
    flag "It is proved."
rule asked : no-claim
    "A question."
    match is it
    flag "Is it safe?"
"""


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in packs."""
    return Scanner(cache=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """Rules whose lists hold patterns of all kinds."""
    folder = tmp_path_factory.mktemp("house")
    for name, text in {"core": CORE, "house": HOUSE}.items():
        (folder / f"{name}.fact").write_text(text, "utf-8")
    return Scanner([folder], builtin=False, cache=False)


def found(scanner: Scanner, article: Article) -> Hits:
    """The findings in an article."""
    return scanner.resolver.findings(article, scanner.matcher.hits(article))


def moved(place: Place | None, by: int) -> Place | None:
    """A place so many tokens on."""
    return (place[0] + by, place[1] + by) if place else None


def speaker(sources: Sources, row: int, by: int) -> tuple[object, ...] | None:
    """A source by its row, so many tokens back."""
    if row < 0:
        return None
    one: Speaker = sources.speakers.rows()[row]
    return (*(moved((one.first, one.end), -by) or ()), one.kind, moved(one.beside, -by), moved(one.refers, -by))


def check(scanner: Scanner, texts: Sequence[str]) -> None:
    """What is read off the columns of all texts together is what plain walks find in each of them."""
    lexicon = scanner.matcher.symbols.lexicon
    article = read_all(texts, lexicon=lexicon)
    findings = found(scanner, article)
    sources = scanner.grader.sources(article, findings)
    grades = scanner.grader.grade(article, findings, sources)
    cases = Cases(np.arange(len(article.sentences)), findings.sentence)
    weighed = scanner.grader.weighed(article, findings, sources, cases)
    documents = np.arange(len(texts) + 1)
    tokens = article.tokens.document.searchsorted(documents).tolist()
    sentences = article.sentences.document.searchsorted(documents).tolist()
    firsts = findings.sentence.searchsorted(sentences).tolist()
    spoken = article.quotations.first.searchsorted(tokens).tolist()
    for number, text in enumerate(texts):
        alone = read(text, lexicon=lexicon)
        rows = found(scanner, alone).rows()
        plain = plain_grade.Grader(scanner.program, alone, rows)
        token, first = tokens[number], firsts[number]
        for row, hit in enumerate(rows, first):
            assert speaker(sources, int(sources.of[row]), token) == plain.sources.of(hit)
            assert bool(sources.named[row]) == plain.sources.is_named(hit)
        for row, one in enumerate(plain.speakers, spoken[number]):
            assert speaker(sources, int(sources.of_quotation[row]), token) == one
        for sentence in range(len(alone.sentences)):
            own = [hit for hit in rows if hit.sentence == sentence]
            grade, row = plain.sentence(sentence, own), sentences[number] + sentence
            confidence = float(grades.confidence[row])
            assert (
                LEVELS[grades.level[row]],
                None if np.isnan(confidence) else confidence,
                "negative" if grades.negative[row] else "positive",
                speaker(sources, int(grades.source[row]), token),
                grades.signals[row].tolist(),
            ) == (grade.level, grade.confidence, grade.polarity, grade.source, list(grade.signals.values()))
            setting = int(grades.setting[row])
            assert (rows[setting - first] if setting >= 0 else None) == grade.setting
            near = findings.sentence.searchsorted((row, row + 1)).tolist()
            fates = zip(weighed.level[slice(*near)].tolist(), weighed.fate[slice(*near)].tolist(), strict=True)
            plain_fates = plain.weighed(plain.quotation(sentence), own)
            assert [(LEVELS[level], FATES[fate].value) for level, fate in fates] == [
                (one.level.value, one.fate.value) for one in plain_fates
            ]


@given(texts=st.lists(ODD, min_size=1, max_size=4))
def test_odd_texts(scanner: Scanner, house: Scanner, texts: list[str]) -> None:
    """By the built-in packs and by others."""
    check(scanner, texts)
    check(house, texts)


@pytest.mark.parametrize("seed", range(4))
def test_made_news(scanner: Scanner, seed: int) -> None:
    """Whole articles, together and each alone."""
    texts = list(articles(seed, 15_000))
    for batch in (texts, *([text] for text in texts)):
        check(scanner, batch)


def test_one_sentence_is_asked(scanner: Scanner) -> None:
    """Of two pronouns the one stands for a source, the other for what its sentence names."""
    check(scanner, ["He said so.\n\nAda Voss said she said it.", "He said so. Ada Voss said that she said it."])
    for text in (
        "The clerk waved. He said so. Ada Voss said it and she said it again.",
        "He said Voss said he said so.",
    ):
        check(scanner, [text])


def test_nothing(scanner: Scanner) -> None:
    """No text, and texts without a finding."""
    for texts in ([""], ["", "The quay is old.", " "], ["“Go.”"]):
        check(scanner, texts)
