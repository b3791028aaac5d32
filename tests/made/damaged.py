"""Rule files that are damaged: what is right in one is drawn from a file that has all of the language."""

from pathlib import Path

from hypothesis import strategies as st

VALID = (
    (Path(__file__).parents[1] / "golden" / "diagnostics" / "FC013-many-problems.fact").read_text("utf-8")
    + """
pack house
    title    "House style"
    language en
    version  1
    signal   off

list insider  = official~n | aide~n | 'Harbour Line' | investigat* | by all accounts # and so on
list vouching = say~ | claim~v | lie~(lie, lies, lay) |
                warn~

rule unnamed : unverified
    "Nobody who can be named stands behind this."
    match    source.anonymous:({insider}) ...2 {house.vouching}
    match    (, | ") {vouching} [so] <adverb> source:(<name>) \\( sic
    except   <start> <number> : - <end>
    unless   *n't
    when     outside quote and not (in question or without house)
    weight   0.92
    signal   hedge 0.5
    severity error
    polarity negative
    range    55 80
    because  "They are \\"weak\\"."
    suggest  "Name them."
    tags     sourcing, courts
    flag     "Officials say it serves as a lifeline."
    pass     "The officials left on Monday."

amend house/unnamed
    level probable
    except {insider} say
amend list house.insider + captain~n
amend list house.insider - 'Harbour Line'
disable rumour/vague
"""
)
PIECES = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "~",
    "*",
    "'",
    '"',
    "\\",
    "<",
    ">",
    ":",
    ",",
    ".",
    "...",
    "...99",
    "#",
    "\n",
    "\n\n",
    "\t",
]
WORDS = [
    "rule",
    "pack",
    "list",
    "amend",
    "disable",
    "match",
    "flag",
    "when",
    "weight",
    "note",
    "=",
    "é",
    "\u0301",
    "\x00",
    "\u2028",
    "“",
    "…",
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A file with some of its lines gone, doubled or moved, and some characters gone or put in."""
    lines = VALID.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        line = lines.pop(at) if draw(st.booleans()) else lines[at]
        lines.insert(to, line)
    text = "\n".join(lines)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from([*PIECES, *WORDS, ""]))
        text = text[:at] + piece + text[at + draw(st.integers(0, 3)) :]
    return text
