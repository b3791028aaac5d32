"""Words that are written almost as others."""


def is_like(word: str, other: str, slips: int) -> bool:
    """Whether a word is another, or begins as it does and has not more slips than these."""
    if word == other or word[:1] != other[:1]:
        return word == other
    from rapidfuzz.distance.OSA import distance

    return distance(word, other, score_cutoff=slips) <= slips
