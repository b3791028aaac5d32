"""The language of texts that a glance does not show to be English."""

import re
from collections.abc import Collection
from typing import Final

_SAMPLE: Final = 1500  # characters that are looked at
_SHORT: Final = 200  # letters; a shorter text is never passed over for its language
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = frozenset(
    (  # noqa: SIM905 - words read best in lines
        "the of and to in a that is was for it with as on be by at this from his are he she they but not have had or "
        "an which you were their been has will who would there all when if more one about said"
    ).split()
)
_PLAIN: Final = frozenset(
    (  # noqa: SIM905 - the same
        "the and to for that with said from it its which have been not this they were will by are has"
    ).split()
)
_OTHERS: Final = frozenset(
    (  # noqa: SIM905 - the same
        "der die das und ist nicht ein eine den dem mit von zu auf le la les des et un une est dans que pour qui du au "
        "el los las de y en una del por con se al il di che e della per non sono da o os do em uma para na no van het "
        "een te dat op voor niet och att det som av er til og ikke jeg ja ei on z w nie je dan yang untuk bir ve bu "
        "ile az egy hogy nem va cu pe sa i u su"
    ).split()
)
"""Frequent words of languages that are mostly written in ASCII; few of them stand in English."""
_FEW: Final = 3
_GLANCE: Final = 500  # characters in which English has
_ENOUGH: Final = 4  # of these words, which other languages do not have
_SHARE: Final = 0.15  # of these words; a text that has as many is English
_SURE: Final = 0.7  # probability that is believed: no text that may be English comes so far
_NAMES: Final = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


_SAME: Final = {"nb": "no", "nn": "no"}
"""Codes of languages that rules need not tell apart."""


def unread(text: str, languages: Collection[str]) -> str:
    """Why a text is passed over that is surely neither in English nor in one of these languages; else nothing."""
    code = foreign(text)
    if not code or code in {_SAME.get(language, language) for language in languages}:
        return ""
    *others, last = map(called, sorted(languages or {"en"}, key=lambda one: (one != "en", one)))
    read = f"{', '.join(others)} and {last}" if others else last
    return f"this is {called(code)}, and the rules are for {read}"


def called(code: str) -> str:
    """The language as people call it."""
    return _NAMES.get(code, f"in another language ({code})")


def foreign(text: str) -> str:
    """The code of the language of the text, where it is surely another than English; else nothing."""
    begun = text[:_GLANCE]
    words = begun.split()
    if len(_PLAIN.intersection(words)) >= _ENOUGH or (begun.isascii() and len(_OTHERS.intersection(words)) < _FEW):
        return ""
    sample = text[:_SAMPLE]
    words = sample.lower().split()
    if sum(word in _ENGLISH for word in words) >= _SHARE * len(words) > 0:
        return ""
    if sum(map(len, _WORD.findall(sample))) < _SHORT:
        return ""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    global _identifier  # noqa: PLW0603 - it takes a while to load
    if _identifier is None:
        _identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    code, sure = _identifier.classify(sample)
    if code == "en" or sure < _SURE:
        return ""
    return _SAME.get(code, code)


_identifier = None
