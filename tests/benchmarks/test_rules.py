"""Rules to measure with: copies of the packs find as much as the packs do, hostile and made ones load."""

from pathlib import Path

import pytest

import made_rules
from copies import SYLLABLES, Copies, renamed
from corpus import corpus
from factcheck import Scanner
from factcheck.load import load
from hostile_rules import RULES
from stages import findings_in, scan_all, sentences_in


def test_renamed() -> None:
    """Words of rules get the syllable in their own case; names, numbers and pronouns stay."""
    text = "Perhaps they could sell Abara's mill in May, IT SAID. He’s sure that two may."
    assert renamed(text, "xa") == (
        "Xaperhaps they xacould xasell Abara's mill xain May, IT XASAID. He’s xasure that two xamay."
    )
    assert renamed(text, "") == text


def test_copies_find_as_much(tmp_path: Path) -> None:
    """With a copy there are nearly twice the rules; dealt articles have as many sentences, about as many findings."""
    texts = corpus(None, 30_000)
    copies = Copies(2)
    copies.write(tmp_path)
    plain, doubled = Scanner(), Scanner([tmp_path], cache=False)
    dealt = copies.dealt(texts)
    assert dealt[0] == texts[0]
    assert dealt[1] == renamed(texts[1], SYLLABLES[0])
    assert len(doubled.program.rules) > 1.8 * len(plain.program.rules)
    before, after = scan_all(plain, texts), scan_all(doubled, dealt)
    assert sentences_in(before) == sentences_in(after)
    assert 0.85 < findings_in(after) / findings_in(before) < 1.15


@pytest.mark.parametrize("kind", RULES)
def test_hostile_rules_load(kind: str, tmp_path: Path) -> None:
    """Each kind is a rule file within the limits, and its text is about as long as asked for."""
    rules = RULES[kind]()
    path = tmp_path / "hostile.fact"
    path.write_text(rules.file, "utf-8")
    assert load([path], builtin=False, cached=False).program.rules
    assert 5_000 <= len(rules.text(5_000)) < 8_000
    assert rules.text(5_000) == rules.text(5_000)


def test_made_rules_are_those_asked_for(tmp_path: Path) -> None:
    """Ten packs, two hundred rules each."""
    made_rules.write(tmp_path)
    text = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert text.count("\nrule ") == made_rules.RULES
