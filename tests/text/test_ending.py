"""Classes of words by their ending."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factcheck.english import tables
from factcheck.text.ending import ADVERB, PARTICIPLE, endings, is_adverb, is_participle
from factcheck.text.tape import PAD, tape

STEMS = st.text("abdeghilmnruy", max_size=5)
ENDINGS = st.sampled_from(["", "ly", "ed", "en", "ing", "men", "een", "y", "d", "n", "g"])
WORDS = st.tuples(STEMS, ENDINGS).map("".join).filter(bool)
EXCEPTIONS = tables.NOT_ADVERBS | tables.NOT_PARTICIPLES | tables.IRREGULAR_PARTICIPLES


@given(st.lists(WORDS, min_size=1), st.booleans())
def test_many_words_are_told_as_one_is(words: list[str], upper: bool) -> None:  # noqa: FBT001 -- hypothesis gives it
    """On a tape, in either case, as one by one; the exceptions are no matter of endings."""
    words = [word for word in words if word not in EXCEPTIONS] or ["word"]
    text = " ".join(words)
    length = np.array([len(word) for word in words])
    at = np.cumsum(length + 1) - length - 1 + PAD
    found = endings(tape(text.upper() if upper else text)[0], at, length)
    assert found.tolist() == [ADVERB * is_adverb(word) + PARTICIPLE * is_participle(word) for word in words]
