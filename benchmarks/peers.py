"""One cue list over one text by factcheck and its peers: megabytes a second, and whether they find the same.

Run as `python benchmarks/peers.py [--help]`, with the extra `bench` for all peers but `re`. They take turns, the best
round of each counts, so that the ratios hold on a noisy machine, too; the figures themselves are those of one core.
What a peer is not made for is done around it, and timed with it, as who uses it would have to: lower case and word
edges for Aho-Corasick, both apostrophes for all but us. Loading and compiling are not timed.
"""

import argparse
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from corpus import BETWEEN, corpus
from cues import cues, rule_file
from factcheck import Scanner
from measure import best
from stages import findings_in, scan_all
from tool import MEGABYTE, Column, Measured, Row, Table, options, show

Span = tuple[int, int]
"""Code points, half open."""

TABLES: Final = {
    "peers": Table(
        (
            Column("tool", "tool"),
            Column("what it gives", "gives"),
            Column("MB/s", "speed", ",.2f"),
            Column("times factcheck, packs", "to_packs", ",.2f"),
            Column("times factcheck, cues", "to_cues", ",.2f"),
            Column("hits", "hits", ",d"),
            Column("left out within longer ones", "nested", ",d"),
            Column("missed", "missed", ",d"),
            Column("more", "more", ",d"),
            Column("why hits differ", "why"),
        )
    )
}
PACKS: Final = "factcheck, all built-in packs"
CUES: Final = "factcheck, the cue list as rules"
_MARKS: Final = ("'", "’")


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that is ready to scan: `spans` reads out of what `scan` found where that stands, which is not timed."""

    name: str
    gives: str
    why: str
    scan: Callable[[str], Any]
    spans: Callable[[str, Any], Iterable[Span]] | None = lambda _text, found: found
    """None when it has no cue list."""


class MissingPeerError(Exception):
    """A peer that is not installed."""


def main() -> None:
    """Print the table."""
    parser = options("Measure factcheck and its peers on one cue list.")
    parser.add_argument("--size", type=float, default=1, help="megabytes of text (1)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts (5)")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), metavar="PEER", help=", ".join(PEERS))
    given = parser.parse_args()
    try:
        show(TABLES, measured(given), given.json)
    except MissingPeerError as error:
        parser.exit(2, f"{error}\n")


def measured(given: argparse.Namespace) -> Measured:
    """A row a tool. MissingPeerError: one that is not installed."""
    text = BETWEEN.join(corpus(given.corpus, int(given.size * MEGABYTE)))
    phrases = cues()
    peers = [packed(), ours(phrases), *(made(phrases) for made in map(PEERS.__getitem__, given.peers))]
    seconds = best({peer.name: partial(peer.scan, text) for peer in peers}, given.rounds)
    every = occurrences(text, phrases)
    megabytes = len(text.encode()) / MEGABYTE
    for peer in peers:
        speeds: Row = {
            "tool": peer.name,
            "gives": peer.gives,
            "speed": megabytes / seconds[peer.name],
            "to_packs": seconds[PACKS] / seconds[peer.name],
            "to_cues": seconds[CUES] / seconds[peer.name],
            "why": peer.why,
        }
        yield "peers", {**speeds, **compared(peer, text, every)}


# What is there to be found -------------------------------------------------------------------------------------------


def occurrences(text: str, phrases: Iterable[str]) -> set[Span]:
    """All places of the phrases, those within others, too."""
    return {found.span() for phrase in phrases for found in edged([phrase]).finditer(text)}


def compared(peer: Peer, text: str, every: set[Span]) -> Row:
    """How many hits a peer has, and what it does not agree on with `occurrences`."""
    found = peer.scan(text)
    if peer.spans is None:
        return {"hits": findings_in(found)}
    spans = set(peer.spans(text, found))
    missed = every - spans
    inner = nested(every)
    return {
        "hits": len(spans),
        "nested": len(missed & inner),
        "missed": len(missed - inner),
        "more": len(spans - every),
    }


def nested(spans: Iterable[Span]) -> set[Span]:
    """Those that lie within another one."""
    found, reached = set(), 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= reached:
            found.add((start, end))
        reached = max(reached, end)
    return found


def edged(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, the first that fits, in any case and with either apostrophe, between word edges."""
    ways = "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def spelled(phrases: Iterable[str]) -> list[str]:
    """The phrases with each apostrophe that texts have, for tools that take them as they are."""
    return sorted({phrase.replace("'", mark) for phrase in phrases for mark in _MARKS})


# factcheck -----------------------------------------------------------------------------------------------------------


def packed() -> Peer:
    """All that a scan does: other cues than those of the list, and many more, so that its hits are no comparison."""
    scan = partial(_scanned, Scanner())
    return Peer(PACKS, "sentences, levels, sources, findings", "other rules: gaps, inflections, classes", scan, None)


def ours(phrases: list[str]) -> Peer:
    """A rule a phrase. Words are whole ones with their hyphens, the longer of two hits of a pack wins."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cues.fact"
        path.write_text(rule_file(phrases), "utf-8")
        scanner = Scanner([path], builtin=False, cache=False)
    why = "the longest hit wins; a capital within a sentence makes a name (May), a hyphen one word of two"
    gives = "sentences, levels, sources, findings"
    return Peer(CUES, gives, why, partial(_scanned, scanner), partial(_findings, scanner))


def _scanned(scanner: Scanner, text: str) -> Any:  # noqa: ANN401 -- whatever a scan gives
    return scan_all(scanner, [text])


def _findings(scanner: Scanner, text: str, _found: object) -> Iterator[Span]:
    return ((f.span.start, f.span.end) for sentence in scanner.scan(text).sentences for f in sentence.findings)


# Peers ---------------------------------------------------------------------------------------------------------------


def needs(package: str) -> None:
    """MissingPeerError when a package of the extra is not there."""
    if find_spec(package) is None:
        raise MissingPeerError(f"{package} is not installed: run `pip install -e '.[bench]'`")


def spacy_matcher(phrases: list[str]) -> Peer:
    """Patterns over tokens in lower case, and sentences; all hits, overlapping ones and those within others, too."""
    needs("spacy")
    import spacy.matcher

    nlp = _spacy(sentences=True)
    matcher = spacy.matcher.Matcher(nlp.vocab)
    for phrase in spelled(phrases):
        matcher.add(phrase, [[{"LOWER": token.lower_} for token in nlp.make_doc(phrase)]])
    return _spacy_peer("spaCy Matcher + sentencizer", "tokens, sentences, hits", nlp, matcher)


def spacy_phrases(phrases: list[str], *, sentences: bool = True) -> Peer:
    """A trie over tokens in lower case, with sentences or without."""
    needs("spacy")
    import spacy.matcher

    nlp = _spacy(sentences=sentences)
    matcher = spacy.matcher.PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("cues", [nlp.make_doc(phrase) for phrase in spelled(phrases)])
    name, gives = (" + sentencizer", "tokens, sentences, hits") if sentences else ("", "tokens, hits")
    return _spacy_peer(f"spaCy PhraseMatcher{name}", gives, nlp, matcher)


def _spacy(*, sentences: bool) -> Any:  # noqa: ANN401 -- spaCy is installed where peers are measured, not everywhere
    """A tokeniser of English without a model; sentences end at stops, question and exclamation marks."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 1_000 * MEGABYTE  # its limit is for parsers, which there are none of
    if sentences:
        nlp.add_pipe("sentencizer")
    return nlp


def _spacy_peer(name: str, gives: str, nlp: Any, matcher: Any) -> Peer:  # noqa: ANN401 -- the same
    def scan(text: str) -> tuple[Any, Any]:
        read = nlp(text)
        return read, matcher(read)

    def spans(_text: str, found: tuple[Any, Any]) -> Iterator[Span]:
        read, hits = found
        return ((read[first:end].start_char, read[first:end].end_char) for _, first, end in hits)

    return Peer(name, gives, "contractions are two tokens: “could” in “couldn’t”", scan, spans)


def yara(phrases: list[str]) -> Peer:
    """Bytes: no tokens, no sentences, the case of ASCII only; to `fullword` letters are those of ASCII, too."""
    needs("yara_x")
    import yara_x

    strings = "\n".join(f'$c{n} = "{phrase}" nocase fullword' for n, phrase in enumerate(spelled(phrases)))
    scanner = yara_x.Scanner(yara_x.compile(f"rule cues {{ strings: {strings}\ncondition: any of them }}"))

    def scan(text: str) -> list[Span]:
        found = scanner.scan(text.encode()).matching_rules
        return [(m.offset, m.offset + m.length) for rule in found for p in rule.patterns for m in p.matches]

    return Peer("YARA-X", "hits as bytes", "letters beyond ASCII and underscores are word edges", scan, _of_bytes)


def _of_bytes(text: str, spans: list[Span]) -> Iterator[Span]:
    """Spans of bytes as spans of code points."""
    points = {byte: point for point, byte in enumerate(accumulate((len(c.encode()) for c in text), initial=0))}
    return ((points[start], points[end]) for start, end in spans)


def aho_corasick(phrases: list[str]) -> Peer:
    """Substrings: the text is put into lower case first, hits without word edges are dropped behind."""
    needs("ahocorasick_rs")
    import ahocorasick_rs

    lower = [phrase.lower() for phrase in spelled(phrases)]
    automaton = ahocorasick_rs.AhoCorasick(lower, implementation=ahocorasick_rs.Implementation.DFA)

    def scan(text: str) -> list[Span]:
        hits = automaton.find_matches_as_indexes(text.lower(), overlapping=True)
        return [(start, end) for _, start, end in hits if not _within(text, start) and not _within(text, end)]

    why = "none, unless a letter grows in lower case (İ)"
    return Peer("Aho-Corasick (ahocorasick-rs)", "hits", why, scan)


def _within(text: str, at: int) -> bool:
    """Whether letters, digits or underscores stand on both sides."""
    return all(one.isalnum() or one == "_" for one in (text[at - 1 : at], text[at : at + 1]))


def regex(phrases: list[str]) -> Peer:
    """Python's own: one alternation, the longest first; after a hit it goes on behind it."""
    pattern = edged(sorted(phrases, key=len, reverse=True))
    why = "no hit overlaps another"
    return Peer("Python re", "hits", why, lambda text: [found.span() for found in pattern.finditer(text)])


PEERS: Final[dict[str, Callable[[list[str]], Peer]]] = {
    "matcher": spacy_matcher,
    "phrases": spacy_phrases,
    "phrases-only": partial(spacy_phrases, sentences=False),
    "yara": yara,
    "aho-corasick": aho_corasick,
    "re": regex,
}


if __name__ == "__main__":
    main()
