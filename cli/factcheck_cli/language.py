"""The language of texts that a glance does not show to be English."""

import re
from typing import Final

_SAMPLE: Final = 4000  # characters that are looked at
_SHORT: Final = 200  # letters; a shorter text is never passed over for its language
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = frozenset(
    (  # noqa: SIM905 - words read best in lines
        "the of and to in a that is was for it with as on be by at this from his are he she they but not have had or "
        "an which you were their been has will who would there all when if more one about said"
    ).split()
)
_SHARE: Final = 0.15  # of these words; a text that has as many is English
_SURE: Final = 0.95  # probability that is believed
_NAMES: Final = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
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
    "nb": "Norwegian",
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


def foreign(text: str) -> str:
    """The language of the text, where it is surely another than English; else nothing."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _SHORT:
        return ""
    if sum(word.lower() in _ENGLISH for word in words) >= _SHARE * len(words):
        return ""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    global _identifier  # noqa: PLW0603 - it takes a while to load
    if _identifier is None:
        _identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    code, sure = _identifier.classify(sample)
    if code == "en" or sure < _SURE:
        return ""
    return _NAMES.get(code, f"in another language ({code})")


_identifier = None
