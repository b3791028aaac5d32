"""How well sentences are found, beside two libraries that do the same, on annotated texts.

Run as `python benchmarks/segmenters.py GOLD.jsonl` with the extra `bench` installed. A line of the file has a `text`
and its `sentences` as [start, end] in code points. Printed are precision, recall and F1 of the sentences' ends, of all
and of the inner ones, which no line break gives away, and the time each takes.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import nupunkt
import sentencex

from factcheck.text.lex import lex
from factcheck.text.segment import segment

Ends = set[int]


def ours(text: str) -> Ends:
    """The ends that factcheck finds."""
    return trimmed(text, segment(lex(text)).stop.tolist())


def nupunkt_ends(text: str) -> Ends:
    """The ends that nupunkt finds."""
    return trimmed(text, (end for _, end in nupunkt.sent_spans(text)))


def sentencex_ends(text: str) -> Ends:
    """The ends that sentencex finds."""
    ends, at = [], 0
    for sentence in sentencex.segment("en", text):
        at = text.index(sentence, at) + len(sentence)
        ends.append(at)
    return trimmed(text, ends)


def trimmed(text: str, ends: Iterable[int]) -> Ends:
    """The ends without the white space before them."""
    return {len(text[:end].rstrip()) for end in ends}


def inner(text: str, ends: Ends) -> Ends:
    """Those that no line break or end of text gives away."""
    last = len(text.rstrip())
    return {end for end in ends if end < last and not re.match(r"[^\S\n]*\n", text[end:])}


def score(found: list[tuple[Ends, Ends]]) -> str:
    """Precision, recall and F1 of pairs of found and annotated ends."""
    right = sum(len(a & b) for a, b in found)
    precision = right / max(1, sum(len(a) for a, _ in found))
    recall = right / max(1, sum(len(b) for _, b in found))
    return f"{precision:.4f} {recall:.4f} {2 * right / max(1, sum(len(a) + len(b) for a, b in found)):.4f}"


def main(path: Path) -> None:
    """Print one line a segmenter."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    gold = [{end for _, end in row["sentences"]} for row in rows]
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{'':<12}{'all: P, R, F1':<24}{'inner: P, R, F1':<24}ms/MB")
    tools: dict[str, Callable[[str], Ends]] = {
        "factcheck": ours,
        "nupunkt": nupunkt_ends,
        "sentencex": sentencex_ends,
    }
    for name, tool in tools.items():
        tool(texts[0])  # what it loads once is not counted
        started = time.perf_counter()
        found = [tool(text) for text in texts]
        cost = (time.perf_counter() - started) * 1e3 / size
        pairs = list(zip(found, gold, strict=True))
        within = [(inner(text, a), inner(text, b)) for text, (a, b) in zip(texts, pairs, strict=True)]
        print(f"{name:<12}{score(pairs):<24}{score(within):<24}{cost:,.0f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/segmenters.py GOLD.jsonl")
    main(Path(sys.argv[1]))
