"""Every form of a pattern on sentences: what the language page says, row by row."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from factcheck import Scanner

# The pattern, the sentence, and all that the rule finds in it.
Row = tuple[str, str, list[str]]

WORDS: Final[list[Row]] = [
    ("could", "They could win.", ["could"]),
    ("could", "Could they win?", ["Could"]),
    ("could", "COULD they win?", ["COULD"]),
    ("could", "They met Could there.", []),
    ("could", "They COULD win.", []),
    ("could", "They couldn't win.", []),
    ("could", "They said: Could they win?", ["Could"]),
    ("could", "He asked “Could they win?” twice.", ["Could"]),
    ("could", "They left (Could they win?) early.", ["Could"]),
    ("could", "Could It Work\n\nThey left it there, and nobody asked.", ["Could"]),
    ("work", "Why It Could Work\n\nThey left it there, and nobody asked.", ["Work"]),
    ("may", "They met in May.", []),
    ("may", "It was a may-be affair.", []),
    ("may-be", "It was a may-be affair.", ["may-be"]),
    ("may-be", "It was a may‑be affair.", ["may‑be"]),
    ("can't", "They can’t win.", ["can’t"]),
    ("can’t", "They can't win.", ["can't"]),
    ("Monday", "They met on Monday.", ["Monday"]),
    ("Monday", "They met on MONDAY.", ["MONDAY"]),
    ("Monday", "They met on monday.", []),
    ("I", "So I left.", ["I"]),
    ("I", "So i left.", []),
    ("FBI", "The FBI left.", ["FBI"]),
    ("FBI", "The fbi left.", []),
    ("FBI", "The Fbi left.", []),
    ("3-1", "They won 3-1 at home.", ["3-1"]),
    ("3", "They won 3-1 at home.", []),
    ("café", "A café closed.", ["café"]),
    ("could win", "They could win.", ["could win"]),
    ("could win", "They could\nwin.", ["could\nwin"]),
    ("could win", "They could\n\nwin the cup.", []),
    ("could win", "They could, win.", []),
    ("so", "It was so. So it goes.", ["so", "So"]),
    ("Dr.", "They called Dr. Abara.", ["Dr."]),
    ("'May'", "They met in May.", ["May"]),
    ("'May'", "They may meet.", []),
    ("'May'", "They met in MAY.", []),
    ("'Harbour Line'", "The Harbour Line closed.", ["Harbour Line"]),
    ("'Harbour Line'", "The harbour line closed.", []),
    ("'Harbour Line'", "The Harbour line closed.", []),
    ("'it\\'s'", "So it’s over.", ["it’s"]),
    ("owners' boats", "The owners' boats sank.", ["owners' boats"]),
    ("owners' and pilots' boats", "The owners' and pilots' boats sank.", ["owners' and pilots' boats"]),
]

INFLECTION: Final[list[Row]] = [
    ("use~", "They used it.", ["used"]),
    ("use~", "Uses vary, and using it helps.", ["Uses", "using"]),
    ("claim~v", "They claimed it.", ["claimed"]),
    ("claim~v", "Its claims' value fell.", ["claims"]),
    ("claim~n", "The claims fell.", ["claims"]),
    ("claim~n", "They claimed it.", []),
    ("claim~n", "The claim's value fell.", ["claim's"]),
    ("large~a", "It is larger than the largest.", ["larger", "largest"]),
    ("large~a", "It was at large.", ["large"]),
    ("be~", "It was so, and they are.", ["was", "are"]),
    ("say~", "They said so.", ["said"]),
    ("think~", "They thought so.", ["thought"]),
    ("study~n", "Two studies differ.", ["studies"]),
    ("woman~n", "The women left.", ["women"]),
    ("man~n", "The men's room.", ["men's"]),
    ("lie~(lie, lies, lay, lain, lying)", "They lay there, lying.", ["lay", "lying"]),
    ("lie~(lie, lies, lay, lain, lying)", "They lied.", []),
    ("state~n", "They left the United States.", []),
    ("state~n", "They left two states.", ["states"]),
    ("Tory~n", "The Tories left.", ["Tories"]),
    ("Tory~n", "The tories left.", []),
]

WILDCARDS: Final[list[Row]] = [
    ("investigat*", "They investigated the investigation.", ["investigated", "investigation"]),
    ("investigat*", "They looked.", []),
    ("investigat*", "They met Investigator Abara.", []),
    ("investigat*", "Investigators met.", ["Investigators"]),
    ("*n't", "They won’t, and he didn't.", ["won’t", "didn't"]),
    ("*n't", "They will not.", []),
    ("Euro*", "The Eurozone grew.", ["Eurozone"]),
    ("Euro*", "The eurozone grew.", []),
    ("Euro*", "The EUROZONE grew, they said.", ["EUROZONE"]),
    ("<word> said", "Nobody said so.", ["Nobody said"]),
    ("<word> said", "“,” said all.", []),
    ("<adverb> said", "They reportedly said so.", ["reportedly said"]),
    ("<adverb> said", "The family said so.", []),
    ("<closing> say~", "“They said so,” said the crew.", ["” said"]),
    ("<opening> they", "“They said so,” said the crew.", ["“They"]),
    ("<opening> they", "They said so.”", []),
    ("was <participle>", "It was taken.", ["was taken"]),
    ("was <participle>", "It was told.", ["was told"]),
    ("was <participle>", "It was running.", ["was running"]),
    ("was <participle>", "It was red.", []),
]

COMBINED: Final[list[Row]] = [
    ("may | might", "They may or might.", ["may", "might"]),
    ("(may | might) win", "They might win.", ["might win"]),
    ("(may | might) win", "They could win.", []),
    ("may [well] win", "They may well win.", ["may well win"]),
    ("may [well] win", "They may win.", ["may win"]),
    ("may [well] win", "They may soon win.", []),
    ("may [well | soon] win", "They may soon win.", ["may soon win"]),
    ("win [it]", "They win it.", ["win it"]),
    ("{caution}", "They might win.", ["might"]),
    ("{caution} win", "They may win.", ["may win"]),
    ("{house.caution} win", "They may win.", ["may win"]),
    ("{nested} win", "They could win.", ["could win"]),
    ("{nested} win", "They may win.", ["may win"]),
    ("{phrase}", "By all accounts they won.", ["By all accounts"]),
    ("a \\| b", "It is a | b here.", ["a | b"]),
    ("(may | (might [well])) [so] win", "They might well so win.", ["might well so win"]),
]

GAPS: Final[list[Row]] = [
    ("they ... win", "So they win.", ["they win"]),
    ("they ... win", "So they may win.", ["they may win"]),
    ("they ... win", "So they may or may win.", ["they may or may win"]),
    ("they ... win", "So they may or may not win.", []),
    ("they ...1 win", "So they may win.", ["they may win"]),
    ("they ...1 win", "So they may well win.", []),
    ("they ...5 win", "So they may well and truly soon win.", ["they may well and truly soon win"]),
    ("they ...1 win", "So they, may, win.", []),
    ("they ...2 win", "So they, may, win.", ["they, may, win"]),
    ("they ...2 win", "So they (may) win.", ["they (may) win"]),
    ("they ...2 win", "So they (or, may) win.", []),
    ("they ...3 win", "So they; may win.", []),
    ("they ...3 win", "So they “may” win.", []),
    ("they ...3 win", "So they – may win.", []),
    ("they ...3 win", "So they left. May win.", []),
    ("they ...12 win", "So they a b c d e f g h i j k l win.", ["they a b c d e f g h i j k l win"]),
    ("they ...12 win", "So they a b c d e f g h i j k l m win.", []),
    ("they ...2 win ...2 cup", "They may win the big cup.", ["They may win the big cup"]),
]

MARKS: Final[list[Row]] = [
    ("yes , but", "Well, yes, but no.", ["yes, but"]),
    ("yes , but", "Well, yes but no.", []),
    ("yes, but", "Well, yes , but no.", ["yes , but"]),
    ("note : this", "Please note: this matters.", ["note: this"]),
    ("north - south", "The north - south line.", ["north - south"]),
    ("north - south", "The north-south line.", []),
    ("\\( sic \\)", "They was (sic) there.", ["(sic)"]),
    ('" said', "“Go,” he said. “Now” said all.", ["” said"]),
    ('" said', "'Now' said all.", ["' said"]),
    ('" said', "«Now» said all.", ["» said"]),
    ('" said', '"Now" said all.', ['" said']),
    ('" said', "The boys' said nothing.", []),
    ('\\" said', "“Now” said all.", []),
    ('\\" said', '"Now" said all.', ['" said']),
    ("why \\?", "They asked why?", ["why?"]),
    ("50 %", "It fell 50%.", ["50%"]),
    ("x \\# y", "Mark x # y here.", ["x # y"]),
    ("a \\~ b", "Mark a ~ b here.", ["a ~ b"]),
]

CLASSES: Final[list[Row]] = [
    ("<name> said", "Ruth Abara said so.", ["Ruth Abara said"]),
    ("<name> said", "Then Bryan E. Cole said so.", ["Bryan E. Cole said"]),
    ("<name> said", "The Department of Water said so.", ["Department of Water said"]),
    ("<name> said", "So Monday said it all.", []),
    ("<name> said", "They said so.", []),
    ("<name> said", "Nobody said so.", []),
    ("Abara said", "Ruth Abara said so.", ["Abara said"]),
    ("<name>'s aide", "Then Ruth Abara's aide left.", ["Ruth Abara's aide"]),
    ("<name>'s aide", "Then Reuters' aide left.", ["Reuters' aide"]),
    ("<name>'s aide", "Then Ruth Abara aide left.", []),
    ("<name> aide", "Then Ruth Abara's aide left.", []),
    ("fell <number>", "It fell 3,000 in all.", ["fell 3,000"]),
    ("fell <number>", "It fell twenty-one in all.", ["fell twenty-one"]),
    ("fell <number>", "It fell 5 million in all.", ["fell 5 million"]),
    ("fell <money>", "It fell $3 million in all.", ["fell $3 million"]),
    ("fell <money>", "It fell 3 in all.", []),
    ("fell <percent>", "It fell 5% in all.", ["fell 5%"]),
    ("fell <percent>", "It fell five per cent in all.", ["fell five per cent"]),
    ("in <year>", "It fell in 1987.", ["in 1987"]),
    ("in <year>", "It fell in 87.", []),
    ("on <date>", "It fell on 3 May 2021.", ["on 3 May 2021"]),
    ("on <date>", "It fell on May 3.", ["on May 3"]),
    ("on <date>", "It fell on 2021-05-03.", ["on 2021-05-03"]),
    ("<start> perhaps", "Perhaps they won.", ["Perhaps"]),
    ("<start> perhaps", "They perhaps won.", []),
    ("<start> perhaps", "He said: “Perhaps they won.”", ["Perhaps"]),
    ("soon <end>", "They won soon.", ["soon"]),
    ("soon <end>", "They soon won.", []),
    ("soon <end>", "They said “soon”.", ["soon"]),
    ("soon . <end>", "They won soon.", ["soon."]),
]

ROWS = [*WORDS, *INFLECTION, *WILDCARDS, *COMBINED, *GAPS, *MARKS, *CLASSES]

PACK = """pack house

list caution = may | might
list nested  = {{caution}} | could
list phrase  = by all accounts | so they say
list verb    = be~
list one     = {{nested}} | {{phrase}} | {{verb}}

rule unused : note
    "Uses the lists."
    match   zyx {{one}}
    flag    "A zyx may be."
    pass    "It works."

rule tried : possible
    "It is tried."
    match   {pattern} | zzz
    flag    "They said zzz."
    pass    "It works."
"""


@pytest.mark.parametrize(("pattern", "sentence", "expected"), ROWS, ids=[f"{p} in {s}" for p, s, _ in ROWS])
def test_pattern(pattern: str, sentence: str, expected: Sequence[str], tmp_path: Path) -> None:
    """A rule of this one pattern finds these words in the sentence and no others."""
    path = tmp_path / "house.fact"
    path.write_text(PACK.format(pattern=pattern), "utf-8")
    document = Scanner([path], builtin=False, cache=False).scan(sentence)
    assert [f.text for s in document.sentences for f in s.findings if f.rule == "house/tried"] == expected


def test_there_are_enough_rows() -> None:
    """The table covers the page: no form has slipped out of it."""
    assert len(ROWS) >= 150
    assert len({(p, s) for p, s, _ in ROWS}) == len(ROWS)
