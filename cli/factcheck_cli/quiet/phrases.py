"""Finds which of many phrases stand in a text, without a look at each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain


class Phrases:
    """Phrases of words with one space between them, as texts have, too.

    Wherever a phrase stands in a text the words in its midst are words of the text, so it is looked for only where the
    rarest of them is. One of a word or two has no midst: it may begin and end within words, and is always looked for.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        inner = {phrase: phrase.split(" ")[1:-1] for phrase in phrases}
        often = Counter(chain.from_iterable(inner.values()))
        self._short = [phrase for phrase, words in inner.items() if not words]
        self._by_word = defaultdict[str, list[str]](list)
        for phrase, words in inner.items():
            if words:
                self._by_word[min(words, key=lambda word: (often[word], -len(word)))].append(phrase)

    def within(self, text: str) -> list[str]:
        """Those that stand in the text."""
        words = self._by_word.keys() & text.split(" ") if self._by_word else ()
        near = chain(self._short, *(self._by_word[word] for word in words))
        return [phrase for phrase in near if phrase in text]
