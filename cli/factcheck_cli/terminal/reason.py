"""Why a sentence has its level, in plain words: the cue that decided, what is the matter with it, and who vouches."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from factcheck_cli.terminal.cues import is_whole, quoted
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck import Finding, Sentence
    from factcheck.document import Speaker

UNNAMED = "anonymous"
"""The kind of source that no reader could go and ask."""

_TOLD = {UNNAMED: "unnamed", "pronoun": "pronoun"}
"""The kinds of sources that weaken what they say, in the words of people."""

_SHORT = 3  # letters of a word in capitals that stays so

_MARKS = "\"'“”‘’«»„,;: "  # a source that opens a quotation has its mark with it


def decisive(sentence: "Sentence") -> "Finding | None":
    """The finding that tells best why the sentence has its level.

    It is the one that set it; but where that is a source without a name, the finding that says so of the same words.
    """
    setting = sentence.setting
    if not setting or setting.level == sentence.level:
        return setting
    beside = (one for one in sentence.findings if one.level == sentence.level and one.span.meets(setting.span))
    return next(beside, setting)


def message(sentence: "Sentence", found: "Finding") -> str:
    """What a finding says; of an attribution that vouches for nothing, why the sentence is unverified all the same."""
    weak = sentence.level == "unverified" and found.level == "attributed" and found is decisive(sentence)
    unnamed = weak and sentence.source and sentence.source.kind == UNNAMED
    return f"{found.message} Nobody can be asked, for the source has no name." if unnamed else found.message


def rests_on_source(sentence: "Sentence") -> bool:
    """Whether all there is to say is who vouches, and that this is somebody: an attribution that denies nothing."""
    return sentence.level == "attributed" and bool(sentence.source) and not _told(sentence)


def reason(sentence: "Sentence", packs: Collection[str] = ()) -> str:
    """One line: the decisive cue and its message, and who vouches; empty where there is nothing to say.

    What its rule suggests is told where it is of one of these packs.
    """
    found, source = _told(sentence), sentence.source
    if not found:
        if sentence.level == "asserted" or not (source or sentence.level == "unverified"):
            return ""
        return f"Source: {voice(source)}" if source else "A quotation, and nobody is found who says it."
    said = _finding(sentence, found) + (_suggested(found) if _is_of(found, packs) else "")
    if not source or sentence.level == "no-claim" or _names(found, source):
        return said
    return f"{said} Source: {voice(source)}"


def asked(sentence: "Sentence", packs: Collection[str]) -> Iterator[str]:
    """What these packs find, a line each, but for the cue that the reason tells already."""
    found = (one for one in sentence.findings if _is_of(one, packs))
    yield from dict.fromkeys(_finding(sentence, one) + _suggested(one) for one in found if one != _told(sentence))


def account(sentence: "Sentence") -> Iterator[str]:
    """All there is to say, a line each: who vouches, then the findings with their rules, the decisive one first."""
    if sentence.source:
        yield f"Source: {named(sentence.source)} ({sentence.source.kind})"
    elif sentence.level == "unverified" and not sentence.setting:
        yield reason(sentence)
    first = decisive(sentence)
    # A rule that finds the same words twice says so once.
    yield from dict.fromkeys(_in_full(sentence, one) for one in (first, *sentence.findings) if one)


def voice(source: "Speaker") -> str:
    """Who vouches, by the fullest name that the text has, and what weakens that."""
    told = _TOLD.get(source.kind, "") if source.kind == UNNAMED or not source.refers else ""
    return f"{named(source)} ({told})" if told else named(source)


def named(source: "Speaker") -> str:
    """The fullest name that the text has for who vouches, without the marks of a quotation that it opens or ends."""
    return bare(source.refers or source.text)


def bare(words: str) -> str:
    """The words that name a source, on one line and without such marks."""
    return clean(words).strip(_MARKS)


def unnamed(source: "Speaker | str") -> str:
    """The words for somebody without a name as they are within a sentence, so that all that say the same are one."""
    words = bare(source) if isinstance(source, str) else named(source)
    first, space, rest = words.partition(" ")
    is_short = first.isupper() and 1 < len(first) <= _SHORT  # US officials
    return words if is_short else first.lower() + space + rest


def _told(sentence: "Sentence") -> "Finding | None":
    """The decisive finding where it says more than who vouches."""
    found = decisive(sentence)
    if not found or not sentence.source or sentence.polarity == "negative":
        return found
    return None if found.level == "attributed" and sentence.level in {"attributed", "unverified"} else found


def _names(found: "Finding", source: "Speaker") -> bool:
    """Whether the words of the finding have the source's name in them."""
    inside = found.span.start <= source.span.start and source.span.end <= found.span.end
    return inside and not source.refers


def _finding(sentence: "Sentence", found: "Finding") -> str:
    """The cue, unless that is all the sentence, and what is the matter with it."""
    message = clean(found.message)
    return message if is_whole(sentence, found) else f"{quoted(found.text)}: {message}"


def _in_full(sentence: "Sentence", found: "Finding") -> str:
    note = " (a note)" if found.level == "note" else ""
    head = "" if is_whole(sentence, found) else f"{quoted(found.text)} "
    return f"{head}{found.rule}{note}: {clean(found.message)}{_suggested(found)}"


def _is_of(found: "Finding", packs: Collection[str]) -> bool:
    return found.rule.partition("/")[0] in packs


def _suggested(found: "Finding") -> str:
    return f" {clean(found.suggest)}" if found.suggest else ""
