"""Text to tape: one byte a code point, so that every later step is array work and every offset is a code point.

ASCII stands as it is. Other letters share the bytes above `CASELESS`: lower case, upper case or neither can be told,
and a letter and its other case differ in one bit as in ASCII, but which letter it is has to be looked up in the text.
"""

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.text.columns import few
from factcheck.text.fold import fold

Tape = NDArray[np.uint8]

PAD: Final = 8
"""Blanks before every tape, and at least as many after it: looking a few bytes around needs no care at its ends.

A tape takes a whole number of words of eight bytes.
"""

SPACE: Final = 0x20
"""The codes up to this one are white space: the line breaks stay apart, every other blank is a space."""

# The marks that a stage asks for by name. Those that join words stand first, beside each other.
APOSTROPHE: Final = 0x80
"""’"""
LETTER_APOSTROPHE: Final = 0x81
"""ʼ"""
HYPHEN: Final = 0x82
"""‐ and ‑"""
EN_DASH: Final = 0x83
EM_DASH: Final = 0x84
ELLIPSIS: Final = 0x85
WIDE_STOP: Final = 0x86
WIDE_QUESTION: Final = 0x87
BULLET: Final = 0x88
SIGN: Final = 0x89
"""A currency's sign other than $."""
DEGREE: Final = 0x8A
MIDDLE_DOT: Final = 0x8B
PICTOGRAPH: Final = 0x9B
"""An emoji, an arrow, a tick, and what joins or varies them."""
OTHER: Final = 0x9F
"""Any mark that has no code of its own."""

CASELESS: Final = 0xA0
"""From here on letters: without case, then in upper case, then in lower case."""
DIGIT: Final = 0xBF
"""A digit other than those of ASCII."""
UPPER: Final = 0xC0
LOWER: Final = 0xE0

_SHARED: Final = {
    APOSTROPHE: "’",
    LETTER_APOSTROPHE: "ʼ",
    HYPHEN: "‐‑",
    EN_DASH: "–",
    EM_DASH: "—",
    ELLIPSIS: "…",
    WIDE_STOP: "。｡\uff01",
    WIDE_QUESTION: "\uff1f",
    BULLET: "•◦▪‣\u2043●",
    SIGN: "£€¥₹",
    DEGREE: "°",
    MIDDLE_DOT: "·",
    SPACE: "\u200b\ufeff",
}
_SINGLE: Final = "“”„‟‘\u201a\u201b«»\u2039\u203a「」『』"
"""These have a code each, from MIDDLE_DOT on."""

CODES: Final = {char: code for code, chars in _SHARED.items() for char in chars} | {
    char: MIDDLE_DOT + 1 + number for number, char in enumerate(_SINGLE)
}
"""The code of each mark beyond ASCII that has one."""

_KNOWN: Final = np.zeros(0x110000, np.uint8)
"""The codes of all code points met so far, page by page; 0 where a page has not been met."""
_PICTURES: Final = (
    (0x200D, 0x200D),
    (0x2190, 0x21FF),
    (0x27F0, 0x27FF),
    (0x2900, 0x297F),
    (0x2B00, 0x2BFF),
    (0x1F3FB, 0x1F3FF),
)
"""The joiner, the arrows and the colours of skin: from the first to the last of each."""
_PAGE: Final = 256
WINDOW: Final = 1 << 18
"""Bytes of a tape that are cut into tokens at once."""
_NEAR: Final = 1 << 12
"""Bytes looked at together for a place to cut."""
_ATTACHED: Final = 0x9E
"""The code of a combining mark, while the tape is made."""
_DELETE: Final = 0x7F
_WIDTH: Final = 8
_WORD_BITS: Final = 3
_WORD_SIZE: Final = np.uint64(8 * _WIDTH)
_CASE: Final = np.uint8(0x20)
"""The bit that tells lower from upper case."""
_ALPHABET: Final = 26
_TEN: Final = 10


def tape(text: str) -> tuple[Tape, NDArray[np.int32] | None]:
    """The tape of `text`, and the offset of each of its bytes in the text, or None where they are the same.

    They differ by the combining marks, which belong to the word before them: they have no byte of their own.
    """
    codes, attached = _coded(text)
    # Control characters are rare: two counts tell that there are none.
    if np.count_nonzero(codes < SPACE) > np.count_nonzero(codes == ord("\n")) or "\x7f" in text:
        codes = _without_controls(codes)
    where = None
    if attached:
        codes, where = _without_attached(codes, (codes == _ATTACHED).nonzero()[0])
    return pad(codes), where


def pad(codes: Tape) -> Tape:
    """A tape of these codes."""
    padded = np.full(_WIDTH * ((len(codes) + 2 * PAD + _WIDTH - 1) // _WIDTH), SPACE, np.uint8)
    padded[PAD : PAD + len(codes)] = codes
    return padded


def code(char: str) -> int:
    """The code of one code point; of a combining mark `PICTOGRAPH`, as it has where it stands alone."""
    found = int(_code(char))
    return PICTOGRAPH if found == _ATTACHED else found


def _coded(text: str) -> tuple[Tape, bool]:
    """The codes of `text`, and whether combining marks are among them; control characters are as they were."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8), False
    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(points) != len(text):
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = points.astype(np.uint8)
    wide = few(points > 127)  # noqa: PLR2004 -- the last of ASCII
    found = points.take(wide)
    known = _KNOWN.take(found)
    if not known.all():
        _meet(found)
        known = _KNOWN.take(found)
    codes[wide] = known
    return codes, bool((known == _ATTACHED).any())


def _without_controls(codes: Tape) -> Tape:
    """The same with the control characters as blanks or marks."""
    low = few((codes < SPACE) | (codes == _DELETE))
    codes = codes.copy()
    codes[low] = _CONTROLS.take(codes.take(low))
    return codes


def _meet(points: NDArray[np.unsignedinteger]) -> None:
    for page in set((points // _PAGE).tolist()):
        first = page * _PAGE
        _KNOWN[first : first + _PAGE] = [_code(chr(point)) for point in range(first, first + _PAGE)]


def _code(char: str) -> int:
    if char in CODES:
        return CODES[char]
    if char in "\n\r":
        return ord(char)
    if char.isspace():
        return SPACE
    if unicodedata.category(char).startswith("M"):
        return _ATTACHED
    if char.isalnum() or char == "_":
        return _word_code(char)
    return ord(char) if SPACE < ord(char) < _DELETE else _mark_code(char)


def _mark_code(char: str) -> int:
    """The code of a mark beyond ASCII that has none of its own."""
    picture = unicodedata.category(char) == "So" or any(a <= ord(char) <= b for a, b in _PICTURES)
    return PICTOGRAPH if picture else OTHER


def _word_code(char: str) -> int:
    """The code of a letter, digit or low line."""
    low = fold(char)
    if low.isascii():
        return ord(char if char == low else low.upper())
    if char.isdecimal():
        return DIGIT
    bucket = ord(low) * 0x9E37 >> 8
    if low != char:
        return UPPER + bucket % (LOWER - UPPER)
    return LOWER + bucket % (LOWER - UPPER) if char.islower() else CASELESS + bucket % (DIGIT - CASELESS)


def _without_attached(codes: Tape, marks: NDArray[np.intp]) -> tuple[Tape, NDArray[np.int32] | None]:
    """The codes without the combining marks that follow a word's character; the others become marks of their own."""
    other = codes != _ATTACHED
    before = np.maximum.accumulate(np.where(other, np.arange(len(codes)), -1)).take(marks)
    attached = (before >= 0) & is_part(codes).take(before)
    codes = codes.copy()
    codes[marks] = PICTOGRAPH  # most of them say how the one before is drawn
    if not attached.any():
        return codes, None
    kept = np.ones(len(codes), np.bool_)
    kept[marks[attached]] = False
    return codes[kept], np.append(kept.nonzero()[0], len(codes)).astype(np.int32)


def windows(padded: Tape) -> list[int]:
    """Where to cut a padded tape into windows: its first and last position, and those between them.

    What is made of a window on the way to its tokens fits the processor's cache, however long the text. A cut stands
    before a blank between two words in lower case, where nothing that decides over tokens looks across; where there is
    no such place the window grows.
    """
    first, last = PAD, len(padded) - PAD
    edges = [first]
    while last - edges[-1] > 2 * WINDOW:
        at, found = edges[-1] + WINDOW, 0
        while not found and at < last:
            near = padded[at - 1 : at + _NEAR + 1]
            good = (is_lower(near[:-2]) & (near[1:-1] == SPACE) & is_lower(near[2:])).nonzero()[0]
            found = at + int(good[0]) if len(good) else 0
            at += _NEAR
        if not found or found >= last:
            break
        edges.append(found)
    return [*edges, last]


def is_part(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are letters, digits or low lines: what words are made of."""
    shifted = codes | _CASE
    shifted -= np.uint8(ord("a"))
    part: NDArray[np.bool_] = shifted < _ALPHABET
    part |= codes >= CASELESS
    np.subtract(codes, np.uint8(ord("0")), out=shifted)
    part |= shifted < _TEN
    part |= codes == ord("_")
    return part


def is_glue(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are apostrophes or hyphens: what joins any two parts of a word."""
    glue: NDArray[np.bool_] = codes == ord("'")
    glue |= codes == ord("-")
    glue |= _is_typographic(codes)
    return glue


def _is_typographic(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are apostrophes or hyphens beyond ASCII."""
    return (codes - APOSTROPHE) <= HYPHEN - APOSTROPHE


def is_digit(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are digits."""
    return ((codes - ord("0")) < _TEN) | (codes == DIGIT)


def is_letter(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are letters, of any script."""
    return (((codes | _CASE) - ord("a")) < _ALPHABET) | ((codes >= CASELESS) & (codes != DIGIT))


def is_upper(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are capital letters."""
    return ((codes - ord("A")) < _ALPHABET) | ((codes - UPPER) < LOWER - UPPER)


_CONTROLS: Final = np.array([_code(chr(point)) for point in range(_DELETE + 1)], np.uint8)


def flags_of(*codes: int) -> NDArray[np.bool_]:
    """For each code: is it one of these?"""
    found = np.zeros(256, np.bool_)
    found[list(codes)] = True
    return found


_CASES: Final = np.uint64(0x2020202020202020)
_MISSING: Final = np.array([8 * (_WIDTH - width) for width in range(_WIDTH + 1)], np.uint64)
"""For each length of a word: the bits that its eight bytes have to spare."""


def eight(tape: Tape, at: NDArray[np.signedinteger], length: NDArray[np.signedinteger]) -> NDArray[np.uint64]:
    """The first eight bytes, in lower case, of each word of `length` bytes at `at`; shorter words follow zeros."""
    found = lowered(tape, at)
    found <<= _MISSING.take(length, mode="clip")
    return found


def is_folded(tape: Tape, at: NDArray[np.signedinteger], length: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Whether there is no capital letter among the first eight bytes of each word, all of them of ASCII's."""
    capitals = ~_gathered(tape, at)
    capitals &= _CASES
    capitals <<= _MISSING.take(length, mode="clip")
    return capitals == 0


def lowered(tape: Tape, at: NDArray[np.signedinteger]) -> NDArray[np.uint64]:
    """The eight bytes from each place on, in lower case."""
    found = _gathered(tape, at)
    found |= _CASES
    return found


def _gathered(tape: Tape, at: NDArray[np.signedinteger]) -> NDArray[np.uint64]:
    # Of each place the two words of the tape that hold them: reads that are not aligned take longer.
    words = tape.view("<u8")
    near = (at >> _WORD_BITS).astype(np.intp, copy=False)
    shift = (at & (_WIDTH - 1)).astype(np.uint64)
    shift <<= np.uint64(_WORD_BITS)
    found: NDArray[np.uint64] = words.take(near)
    found >>= shift
    near += 1
    rest = words.take(near)
    np.subtract(_WORD_SIZE, shift, out=shift)
    rest <<= shift  # by 64 bits: nothing of it
    found |= rest
    return found


def fold_tape(tape: Tape) -> Tape:
    """The tape with every apostrophe and hyphen plain; `eight` takes care of the case."""
    marks = few(_is_typographic(tape))
    if not len(marks):
        return tape
    folded = tape.copy()
    folded[marks] = np.where(tape.take(marks) == HYPHEN, ord("-"), ord("'"))
    return folded


def is_small(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are letters from a to z."""
    return (codes - ord("a")) < _ALPHABET


def is_lower(codes: Tape) -> NDArray[np.bool_]:
    """Which codes are letters in lower case."""
    return is_small(codes) | (codes >= LOWER)
