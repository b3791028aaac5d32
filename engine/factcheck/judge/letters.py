"""What each byte of a tape is, in tables: to look up a few bytes takes fewer calls than to compare them."""

from typing import Final

import numpy as np

from factcheck.text.tape import is_digit, is_glue, is_small, is_upper

_ASCII: Final = 0x80
_CODES: Final = np.arange(256, dtype=np.uint8)
UPPER, SMALL, DIGIT, GLUE = (of(_CODES) for of in (is_upper, is_small, is_digit, is_glue))
ENDS_IN_S: Final = (_CODES | np.uint8(0x20)) == ord("s")
CAPITAL, LOWER, STRANGE = 1, 2, 4
WRITTEN: Final = (UPPER * CAPITAL + SMALL * LOWER + ((_CODES >= _ASCII) & ~GLUE) * STRANGE).astype(np.uint8)
"""Of a byte in a word: a capital letter of any script, a small one of ASCII's, what bytes alone do not tell."""
