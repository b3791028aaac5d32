"""The peers: one cue list, and what they find is compared with what is there."""

import re
from argparse import Namespace
from collections.abc import Iterable

import pytest

import peers
from cues import cues, rule_file
from factcheck.language.parse import parse
from factcheck.span import Source
from peers import PEERS, MissingPeerError, compared, nested, occurrences, spelled

PHRASES = ["may", "may possibly", "anyone's guess"]
TEXT = "It may possibly rain. It is anyone’s guess: Dismay may_be, a MAY-pole, naïve may. They may."


def words(spans: Iterable[tuple[int, int]]) -> list[str]:
    """What stands there in the text."""
    return [TEXT[start:end] for start, end in sorted(spans)]


def test_cues() -> None:
    """Some hundred words and phrases, of plain words, each once, among them the commonest hedge."""
    found = cues()
    assert 200 < len(found) < 1_000
    assert sorted(set(found)) == found
    assert all(re.fullmatch(r"[A-Za-z'-]+( [A-Za-z'-]+)*", cue) for cue in found)
    assert {"may", "perhaps", "apparently", "anyone's guess"} <= set(found)


def test_rule_file() -> None:
    """A pack with a rule a cue."""
    syntax, problems = parse(Source("cues.fact", rule_file(PHRASES)))
    assert not problems
    assert [statement.kind for statement in syntax.statements] == ["pack", "rule", "rule", "rule"]


def test_occurrences() -> None:
    """In any case, with either apostrophe, between word edges, and those within longer ones."""
    assert words(occurrences(TEXT, PHRASES)) == ["may", "may possibly", "anyone’s guess", "MAY", "may", "may"]


def test_nested() -> None:
    """What lies within another, and not what overlaps one."""
    assert nested({(0, 5), (0, 2), (3, 5), (4, 8), (10, 12)}) == {(0, 2), (3, 5)}


def test_spelled() -> None:
    """Both apostrophes."""
    assert spelled(PHRASES) == ["anyone's guess", "anyone’s guess", "may", "may possibly"]


def installed() -> list[str]:
    """The peers that are there: all with the extra `bench`, and Python's own without."""
    found = []
    for name, make in PEERS.items():
        try:
            make(PHRASES)
        except MissingPeerError:
            continue
        found.append(name)
    return found


@pytest.mark.parametrize("name", installed())
def test_peer_agrees(name: str) -> None:
    """A peer misses nothing but hits within longer ones, and has no more."""
    peer = PEERS[name](PHRASES)
    every = occurrences(TEXT, PHRASES)
    differs = {"yara": 1}.get(name, 0)
    found = compared(peer, TEXT, every)
    assert (found["missed"], found["more"]) == (0, differs)


def test_ours_differs_as_it_says() -> None:
    """The longest hit wins, and a hyphen makes one word of two."""
    every = occurrences(TEXT, PHRASES)
    assert compared(peers.ours(PHRASES), TEXT, every) == {"hits": 4, "nested": 1, "missed": 1, "more": 0}


def test_missing_peer_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the extra is told how to get it."""
    monkeypatch.setattr(peers, "find_spec", lambda _name: None)
    with pytest.raises(MissingPeerError, match=r"^yara_x is not installed: run `pip install -e '\.\[bench\]'`$"):
        PEERS["yara"](PHRASES)


def test_measured() -> None:
    """A row a tool, ratios to both of ours."""
    given = Namespace(corpus=None, size=0.002, rounds=1, peers=["re"])
    rows = [row for _, row in peers.measured(given)]
    assert [row["tool"] for row in rows] == [peers.PACKS, peers.CUES, "Python re"]
    assert rows[0]["to_packs"] == rows[1]["to_cues"] == 1.0
    assert rows[2]["missed"] == rows[2]["more"] == 0
