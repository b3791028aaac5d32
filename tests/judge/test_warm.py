"""What a matcher reads beforehand."""

from pathlib import Path

from factcheck.judge.match import Matcher
from factcheck.judge.warm import made, warm
from factcheck.load import load
from factcheck.text.article import read

ARTICLE = (Path(__file__).parents[2] / "docs" / "examples" / "harbour.txt").read_text("utf-8")


def test_made_text_is_like_news() -> None:
    """It is the same each time; common words are common, words of the rules are there now and then, sentences end."""
    text = made(["reopen", "may"], 20_000)
    assert text == made(["reopen", "may"], 20_000)
    words = text.lower().replace(".", " ").split()
    assert 700 < words.count("the") < 1_600
    assert 0 < words.count("reopen") < words.count("may") < words.count("the")
    assert text.count(". ") > 300
    assert " ." not in text


def test_warm_matcher_finds_the_same_and_knows_more() -> None:
    """Little is left to work out for an article."""
    program = load(cached=False).program
    cold, ready = Matcher(program), Matcher(program)
    warm(ready, [])
    before = {name: len(table) for name, table in ready.tables().items()}
    hits = [matcher.hits(read(ARTICLE, lexicon=matcher.symbols.lexicon)).rows() for matcher in (cold, ready)]
    assert hits[0] == hits[1]
    for side in ("forwards", "backwards"):
        name = f"{side}.part ends"
        new = len(ready.tables()[name]) - before[name]
        assert new < len(cold.tables()[name]) / 2
