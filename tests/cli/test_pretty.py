"""The format for people: pages, what is said of each sentence, and the rows of many documents."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck import Document, Finding, Scanner, Sentence
from factcheck.document import Speaker
from factcheck.render import width
from factcheck.span import Span
from factcheck_cli.formats.pretty import MANY, end, page
from factcheck_cli.tally import Tally
from factcheck_cli.terminal.style import LEVELS, Style, clean, cut, hanging, lines

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
Golden = Callable[[str, str], None]

RULES = """\
pack desk
    title "What a page shows"

list nobody = officials | experts

rule said : attributed
    "The claim rests on this source."
    match   source:(<name>) say~
    match   , " say~ source:(<name>)
    flag    "Ruth Abara said it sank."
    pass    "It sank."

rule unnamed : attributed
    "The claim rests on this source."
    match   source.anonymous:({nobody}) say~
    flag    "Officials say the quay is safe."
    pass    "The officials left by boat."

rule denial : attributed
    "The source denies this."
    match   source:(<name>) denies that
    polarity negative
    flag    "Ada Voss denies that it sank."
    pass    "It sank."

rule chance : possible
    "Only a possibility."
    match   could | may
    flag    "The quay could sink."
    pass    "The quay sank."

rule question : no-claim
    "A question claims nothing."
    when    in question
    flag    "Will it sink?"
    pass    "It sank."

rule crowd : note
    "How many?"
    match   several
    flag    "Several boats sank."
    pass    "It sank."
"""

DOUBTS = """\
pack doubts
    title "A pack beside it that finds the same words"

rule unnamed-source : unverified
    "Nobody who can be named stands behind this."
    match   {desk.nobody} say~
    flag    "Officials say the quay is safe."
    pass    "The officials left by boat."
"""

ARTICLE = """\
The mill quay closes

The council closed the mill quay at Port Selby on Monday. Several boats were moved. Officials say the wall could fall \
before the winter, and the ferry may have to land at the old pier beyond the lighthouse until then.

“We moved the boats,” said Ruth Abara. “Nobody was hurt. The rope may have been cut.”

“We had no warning,” said Ada Voss.

Ada Voss denies that the wall was neglected. Who will pay?
"""


@pytest.fixture
def scanner(folder: Path) -> Scanner:
    """Rules enough for all that a page can show."""
    (folder / "desk.fact").write_text(RULES, "utf-8")
    (folder / "doubts.fact").write_text(DOUBTS, "utf-8")
    return Scanner([folder / "desk.fact", folder / "doubts.fact"], builtin=False)


def printed(document: Document, style: Style) -> str:
    """The page of a document and its summary."""
    shown = document.sentences
    return (page(document, shown, style) + end(Tally.of_page(document, shown), style)).decode()


def bare(text: str) -> str:
    """The text without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", text)


# Pages ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_page(scanner: Scanner, golden: Golden, columns: int) -> None:
    """Level, sentence, reason; the reason beside the sentence where there is room, the level above it where not."""
    golden(f"cli/pretty-{columns}.txt", printed(scanner.scan(ARTICLE, "mill.txt"), Style(columns)))


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_page_in_colour(scanner: Scanner, golden: Golden, columns: int) -> None:
    """Colour adds an edge, painted levels and underlined cues; no word is there or missing for it."""
    document = scanner.scan(ARTICLE, "mill.txt")
    colored = printed(document, Style(columns, color=True))
    assert bare(colored) == printed(document, Style(columns))
    if columns in {80, 120}:
        golden(f"cli/pretty-{columns}-color.txt", colored)


def test_full_page(scanner: Scanner, golden: Golden) -> None:
    """With `full` there are lines, confidence, kinds of sources, and all findings with their rules."""
    golden("cli/pretty-full.txt", printed(scanner.scan(ARTICLE, "mill.txt"), Style(full=True)))


def test_page_of_several_documents(scan: Run, folder: Path, golden: Golden) -> None:
    """Each document has its heading; one summary stands at the end and counts what is not shown, too."""
    (folder / "second.txt").write_text("It sank. Experts say it could rise again.", "utf-8")
    golden(
        "cli/pretty-two.txt", scan("article.txt", "second.txt", "--format", "pretty", "--at-most", "possible").stdout
    )


def test_long_page_leaves_out_what_somebody_stands_behind(scanner: Scanner) -> None:
    """In the place of three and more such sentences stands what they are; `full` shows them."""
    document = scanner.scan(
        "The quay sank. " * 40 + "It could rise. It rose. It sank. It may rise. " + "It rose. " * 20
    )
    short, full = printed(document, Style()), printed(document, Style(full=True))
    assert "(40 sentences: 40 asserted)\n\npossible      It could rise." in short
    assert "\n\nasserted      It rose.\nasserted      It sank.\n\npossible      It may rise." in short
    assert "; --full shows all" in short
    assert full.count("asserted      It rose.") == 21
    assert "--full" not in full


def test_whole_sentence_is_no_cue(scanner: Scanner) -> None:
    """What is about all of a sentence underlines none of it, and quotes none of it."""
    shown = printed(scanner.scan("Who will pay?"), Style(color=True))
    assert " Who will pay?\n" in shown
    assert "A question claims nothing.\x1b" in shown


def test_notes_wait_for_full(scanner: Scanner) -> None:
    """A note sets no level, and is shown only to who wants all."""
    document = scanner.scan("Several boats sank.")
    assert "How many?" not in printed(document, Style())
    assert "“Several” desk/crowd (a note): How many?" in printed(document, Style(full=True))


def test_control_characters_are_shown_as_signs(scan: Run) -> None:
    """An article cannot steer the terminal."""
    shown = scan("--format", "pretty", text="It could\x1b]0;sink\x07 tonight.").stdout
    assert "\x1b" not in shown
    assert "It could␛]0;sink␇ tonight." in shown


def test_nothing_is_printed_of_nothing(scan: Run) -> None:
    """Without a sentence there is neither a heading nor a summary."""
    assert scan("--format", "pretty", text="").stdout == ""
    assert scan("--format", "pretty", "--full", text="").stdout == ""


def test_long_cue_is_cut(scan: Run, folder: Path) -> None:
    """A cue that skips many words shows its beginning."""
    rule = (
        'rule r : probable\n    "M."\n    match quay ...12 winter\n    flag "A quay in winter."\n    pass "A quay."\n'
    )
    (folder / "long.fact").write_text(f"pack long\n\n{rule}", "utf-8")
    text = "The quay at the old town beyond the lighthouse sinks every winter."
    shown = scan("--rules", "long.fact", "--format", "pretty", text=text).stdout
    assert "“quay at the old town beyond the …”: M." in shown


# What is said of a sentence -------------------------------------------------------------------------------------------


def test_source_is_named_at_the_first_sentence_of_a_paragraph(scanner: Scanner) -> None:
    """Who goes on speaking is not named again; in the next paragraph it is."""
    text = "“It sank,” said Ruth Abara. “It rose. It sank.”\n\n“It rose,” said Ruth Abara."
    assert printed(scanner.scan(text), Style()).count("Source: Ruth Abara\n") == 2


def test_source_without_a_name_is_told_each_time(scanner: Scanner) -> None:
    """The finding that says so is shown, and not the attribution that set the level."""
    shown = printed(scanner.scan("Officials say it sank. Experts say it rose."), Style())
    assert "“Officials say”: Nobody who can be named" in shown
    assert "“Experts say”: Nobody who can be named" in shown
    assert "The claim rests" not in shown


def test_source_without_a_name_and_without_a_finding(scanner: Scanner) -> None:
    """Where no rule says that nobody can be named the source's kind does."""
    document = scanner.scan("Officials say it sank.")
    quiet = replace(document.sentences[0], findings=document.sentences[0].findings[:1])
    assert "Source: Officials (unnamed)\n" in page(document, [quiet], Style()).decode()


def test_quotation_without_a_speaker_says_so(scanner: Scanner) -> None:
    """It is unverified, and no finding could tell why."""
    document = scanner.scan("“The quay sank at noon.”")
    assert document.sentences[0].level == "unverified"
    assert "A quotation, and nobody is found who says it." in printed(document, Style())
    assert "A quotation, and nobody is found who says it." in printed(document, Style(full=True))


def test_source_beside_another_reason(scanner: Scanner) -> None:
    """A hedge comes with who vouches, by the fullest name, where the cue does not hold it."""
    shown = printed(scanner.scan("Ruth Abara said it may rain. Abara said it sank."), Style())
    assert "“may”: Only a possibility. Source: Ruth Abara\n" in shown


# Many documents -------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(folder: Path) -> list[str]:
    """The names of as many documents as are too many for pages."""
    texts = [ARTICLE, "The quay sank.", "It could sink. " * 3 + "Experts say so.", "Officials say it may sink."]
    names = [f"{number}.txt" for number in range(MANY - 1)] + ["the-minutes-of-the-harbour-council-in-full.txt"]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, "utf-8")
    return names


def test_many_documents_have_a_row_each(scan: Run, many: list[str], golden: Golden) -> None:
    """A row has the name, the count, a bar, and below it the weakest sentences; of one document fewer all are pages."""
    golden("cli/pretty-many.txt", scan(*many, "--format", "pretty").stdout)
    assert "\n\nasserted      The quay sank.\n" in scan(*many[1:], "--format", "pretty").stdout


def test_many_documents_in_full(scan: Run, many: list[str]) -> None:
    """`--full` has all pages."""
    assert scan(*many, "--format", "pretty", "--full").stdout.count("\n\nasserted      The quay sank.\n") == 1


def test_rows_heed_at_most(scan: Run, many: list[str]) -> None:
    """Documents and sentences above the level are left out; the summary counts them."""
    shown = scan(*many, "--format", "pretty", "--at-most", "unverified").stdout
    assert "1.txt" not in shown
    assert "  possible " not in shown
    assert re.search(r"^possible +\d", shown, re.MULTILINE)
    assert "sentences in 4 documents" in shown


def test_rows_are_the_same_in_several_processes(scan: Run, many: list[str]) -> None:
    """Worker processes know that documents are many."""
    assert scan(*many, "--format", "pretty", "--jobs", "2").stdout == scan(*many, "--format", "pretty").stdout


def test_programs_get_all_of_many_documents(scan: Run, many: list[str]) -> None:
    """Only what people read is shortened."""
    assert len(scan(*many).stdout.splitlines()) == 16


def test_unnamed_sources_stand_in_order(start: Start, folder: Path) -> None:
    """Sources named as often as one another come in the order of the text, in every run."""
    (folder / "many.txt").write_text("Officials say it sank. Experts say no. " * 2 + "Officials say so.", "utf-8")
    process = start("many.txt", "--format", "pretty", stdout=subprocess.PIPE)
    assert b"Sources without a name: officials (3), experts (2)" in process.communicate(timeout=60)[0]


# Any text -------------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab é“”\t\n\x07\x1b\u202e\u200d\u00ad\u0300字한👩🚢שع"), min_size=1, max_size=120)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """A sentence of any characters, level, finding and source."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    span = Span(start, draw(st.integers(start + 1, len(text))))
    level = draw(st.sampled_from(list(LEVELS)))
    words = text[slice(*span)]
    finding = Finding("house/r", draw(st.sampled_from([*LEVELS, "note"])), 0.9, "warning", span, words, draw(TEXTS))
    source = Speaker(words, span, draw(st.sampled_from(["person", "anonymous"])), refers=draw(st.just("") | TEXTS))
    return Sentence(
        index=0,
        span=Span(0, len(text)),
        text=text,
        level=level,
        confidence=None if level == "no-claim" else 0.5,
        polarity="positive",
        signals={},
        source=draw(st.none() | st.just(source)),
        findings=draw(st.sampled_from([(), (finding,)])),
        setting=draw(st.sampled_from([None, finding])),
        paragraph=0,
    )


def letters(text: str) -> str:
    """The characters that take room, control characters as their signs."""
    return re.sub(r"\s", "", clean(text))


@given(sentences(), st.integers(40, 220), st.booleans(), st.booleans(), st.booleans())
def test_any_sentence(sentence: Sentence, columns: int, color: bool, full: bool, brief: bool) -> None:  # noqa: FBT001
    """No line is wider than the terminal, nothing steers it, and colour changes no word."""
    document = Document(sentence.text, sentence.text, (sentence,))
    style = Style(columns, color=color, full=full, brief=brief and not full)
    shown = printed(document, style)
    assert bare(shown) == printed(document, replace(style, color=False))
    heading, *rest = bare(shown).split("\n")
    assert all(width(line) <= columns for line in rest)
    assert all(char.isprintable() or char in "\n\u200c\u200d" for char in bare(shown))
    assert heading == clean(sentence.text) or style.brief


@given(sentences(), st.integers(40, 109), st.booleans())
def test_all_words_are_shown(sentence: Sentence, columns: int, color: bool) -> None:  # noqa: FBT001
    """Below its level each sentence stands whole and in order, before the reasons."""
    shown = page(Document("", sentence.text, (sentence,)), [sentence], Style(columns, color=color)).decode()
    assert letters(bare(shown)).startswith(sentence.level + letters(sentence.text))


@given(st.text(max_size=300), st.integers(2, 60))
@example("\u0300", 2)
@example("\u0300 \u0300a", 2)
@example("字" * 9, 3)
def test_lines_hold_all_the_words(text: str, room: int) -> None:
    """Wrapping loses no character but white space, and keeps to the width."""
    spans = lines(text, room)
    assert re.sub(r"\s", "", "".join(text[a:b] for a, b in spans)) == re.sub(r"\s", "", text)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert all(width(" ".join(text[a:b].split())) <= room for a, b in spans)


@given(st.text(max_size=80), st.integers(4, 40))
def test_cut_text_keeps_to_its_room(text: str, room: int) -> None:
    """What is cut ends in an ellipsis, what fits stays."""
    shown = cut(text, room)
    assert width(shown) <= room
    assert shown == clean(text) or shown.endswith(" …")


@pytest.mark.parametrize("columns", [10, 40, 200])
def test_wrapped_text_hangs_below_its_head(columns: int) -> None:
    """The lines after the first are indented as far as the first one's text."""
    first, *rest = hanging("head", "word " * 60, columns, 6)
    assert first.startswith("head  word")
    assert all(line.startswith("      word") for line in rest)


def test_joiners_stay_and_soft_hyphens_go() -> None:
    """An emoji of several characters stays one; what has neither width nor effect is left out; bidi marks are shown."""
    assert clean("👩\u200d🚀 har\u00adbour\ufeff \u202eboat") == "👩\u200d🚀 harbour �boat"
