"""Which entries of a baseline stand for which sentences: moved and edited ones are known, weaker and more ones new."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck_cli.baseline.entry import Entry, Found
from factcheck_cli.baseline.match import Matching, matched
from factcheck_cli.baseline.words import WIDTH, split, words_of

SINK = "Officials say the old ferry could sink before the winter."
FALL = "The wall of the mill may fall into the harbour at Port Selby."


def entry(
    text: str, path: str = "a.txt", level: str = "unverified", rules: Sequence[str] = ("doubt/unnamed",)
) -> Entry:
    """A known sentence."""
    return Entry(path, words_of(text), level, tuple(rules), ("hedge/could",), text)


def found(*entries: Entry) -> list[Found]:
    """They as a scan finds them."""
    return [Found(one, one.path, 0, number) for number, one in enumerate(entries)]


def known(
    entries: Sequence[Entry], now: Sequence[Entry], is_read: Callable[[str], bool] = lambda _: True
) -> list[bool]:
    """Whether each of the sentences that are there now is known."""
    matching = matched(entries, found(*now), is_read)
    return [number in matching.known for number in range(len(now))]


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "officials say the OLD ferry could sink before the winter",
        "Officials  say\nthe “old” ferry could sink – before the winter!",
    ],
)
def test_case_marks_and_breaks_make_no_other_words(other: str) -> None:
    """What typesetting changes is no edit at all."""
    assert words_of(SINK) == words_of(other)


def test_numbers_are_all_one() -> None:
    """A figure that is brought up to date leaves the words as they were."""
    assert words_of("Some 1,200 of 3.5 million left.") == words_of("Some 900 of 4 million left.")


def test_no_word_can_be_read() -> None:
    """Each word is two letters, whatever it is."""
    assert all(len(word) == WIDTH for word in split(words_of(SINK)))
    assert len(split(words_of(SINK))) == 10


def test_a_long_table_has_few_words() -> None:
    """The end of a sentence that never ends is one word, which tells it from others all the same."""
    long = "row " * 5_000
    assert len(split(words_of(long))) == 101
    assert words_of(long + "other") != words_of(long)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """Odd characters, too: whole letters of the alphabet of hashes."""
    assert len(words_of(text)) % WIDTH == 0
    assert words_of(text).isascii()


# Same words ----------------------------------------------------------------------------------------------------------


def test_the_same_sentence_is_known_wherever_it_stands() -> None:
    """In its file, and in another when it has gone from there."""
    assert known([entry(SINK)], [entry(SINK)]) == [True]
    assert known([entry(SINK)], [entry(SINK, "b.txt")]) == [True]


def test_a_second_copy_is_new() -> None:
    """Each entry stands for one sentence: in the same file, and in another."""
    assert known([entry(SINK)], [entry(SINK), entry(SINK)]) == [True, False]
    assert known([entry(SINK)], [entry(SINK, "b.txt"), entry(SINK)]) == [False, True]
    assert known([entry(SINK), entry(SINK)], [entry(SINK, "b.txt"), entry(SINK)]) == [True, True]


def test_what_stands_in_a_file_that_was_not_read_is_not_free() -> None:
    """A copy of a sentence of a file that nobody has looked into is new."""
    assert known([entry(SINK, "b.txt")], [entry(SINK)], lambda path: path != "b.txt") == [False]


@pytest.mark.parametrize(
    ("level", "rules", "is_known"),
    [
        ("possible", ["doubt/unnamed"], True),
        ("attributed", [], True),
        ("possible", ["hedge/could"], True),
        ("unverified", ["doubt/rumour"], False),
        ("unverified", ["doubt/unnamed", "doubt/rumour"], False),
    ],
)
def test_no_new_rule_decides(level: str, rules: list[str], *, is_known: bool) -> None:
    """A sentence may get firmer, on rules that were there; one that another rule makes weak is new."""
    assert known([entry(SINK)], [entry(SINK, level=level, rules=rules)]) == [is_known]


def test_no_sentence_may_get_weaker() -> None:
    """An edit that makes a sentence weaker is new, if the rule was there or not."""
    before = entry(SINK, level="possible", rules=["hedge/could"])
    assert known([before], [entry(SINK, level="unverified", rules=["hedge/could"])]) == [False]


def test_of_copies_each_gets_the_entry_that_was_graded_like_it() -> None:
    """The weaker entry is not spent on the firmer sentence, which comes first."""
    firm, weak = entry(SINK, level="probable", rules=["hedge/could"]), entry(SINK)
    assert known([weak, firm], [firm, weak]) == [True, True]


# Edited --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edited",
    [
        "Officials said the old ferry could sink before the winter.",
        "Officials say the old ferry could sink before winter.",
        "Officials now say the old ferry could sink before the winter.",
        "Officials say the old Lundby ferry could sink before the long winter.",
    ],
)
@pytest.mark.parametrize("path", ["a.txt", "b.txt"])
def test_a_light_edit_is_known(edited: str, path: str) -> None:
    """A word put right, come or gone, in the same file and in one that has another name now."""
    assert known([entry(SINK)], [entry(edited, path)]) == [True]


def test_a_heavy_edit_is_new() -> None:
    """A sentence that only begins like a known one is another."""
    assert known([entry(SINK)], [entry("Officials say the old bridge was paid for by the company.")]) == [False]


def test_what_is_like_a_sentence_that_is_still_there_is_new() -> None:
    """A variation beside its model is no edit of it."""
    assert known([entry(SINK)], [entry(SINK.replace("ferry", "crane")), entry(SINK)]) == [False, True]


def test_short_sentences_of_other_files_are_not_alike() -> None:
    """Of three words any two may be shared by chance."""
    assert known([entry("It could sink.")], [entry("It may sink.", "b.txt")]) == [False]


def test_the_most_alike_come_first() -> None:
    """Of two edited sentences each keeps its own entry."""
    other = SINK.replace("winter", "spring")
    one, two = SINK.replace("old", "older"), other.replace("old", "older")
    matching = matched([entry(other), entry(SINK)], found(entry(one), entry(two)), lambda _: True)
    assert matching.known == {0: 1, 1: 0}


@pytest.mark.parametrize("path", ["a.txt", "b.txt"])
def test_one_phrase_edited_wherever_it_stands_is_known(path: str) -> None:
    """However often that is, and in whichever order; one more is new."""
    number = 300
    edited = entry(SINK.replace("sink before", "sink early before"), path)
    assert known([entry(SINK)] * number, [edited] * number) == [True] * number
    assert known([entry(SINK)] * number, [edited] * (number + 1)) == [True] * number + [False]
    firm = [entry(SINK, level="possible", rules=["hedge/could"])] * number
    mixed = known([*firm, entry(SINK)] * 2, [edited] * 3)
    assert mixed == [True, True, False]


def test_the_first_of_alike_entries_come_first() -> None:
    """What stands for what does not change from one scan to the next."""
    edited = SINK.replace("sink before", "sink early before")
    matching = matched([entry(SINK)] * 4, found(*[entry(edited)] * 3), lambda _: True)
    assert matching.known == {0: 0, 1: 1, 2: 2}


SENTENCES = st.sampled_from([
    entry(text, path, level, [rule])
    for text in (SINK, SINK.replace("old", "new"), FALL)
    for path in ("a.txt", "b.txt")
    for level, rule in (("unverified", "doubt/unnamed"), ("possible", "hedge/could"))
])  # fmt: skip


@given(st.lists(SENTENCES), st.lists(SENTENCES), st.sets(st.sampled_from(["a.txt", "b.txt"])))
def test_whatever_is_there(entries: list[Entry], now: list[Entry], read: set[str]) -> None:
    """An entry stands for one sentence at most, which it covers; what is as it was is known."""
    matching = matched(entries, found(*now), read.__contains__)
    assert len(set(matching.known.values())) == len(matching.known)
    assert all(entries[number].covers(now[sentence]) for sentence, number in matching.known.items())
    same = Counter(entries) & Counter(now)
    kept = Counter(now[sentence] for sentence in matching.known)
    assert all(kept[one] >= number for one, number in same.items())


def test_many_with_the_same_words_take_no_time() -> None:
    """A line that ends each of many articles is looked up, not searched for."""
    number = 20_000
    entries = [entry(SINK, f"{n}.txt") for n in range(number)]
    now = [entry(SINK, f"new/{n}.txt", "possible", ["hedge/could"]) for n in range(number)]
    matching: Matching = matched(entries, found(*now), lambda _: True)
    assert len(matching.known) == number


def test_many_that_are_edited_alike_take_no_time() -> None:
    """All of a kind are compared at once."""
    number = 20_000
    entries = [entry(SINK, f"{n}.txt") for n in range(number)]
    now = [entry(SINK.replace("old", "very old"), f"new/{n}.txt") for n in range(number)]
    assert all(known(entries, now))


@pytest.mark.parametrize("number", [9, 50, 300])
@pytest.mark.parametrize("path", ["a.txt", "b.txt"])
def test_many_that_differ_by_one_word_which_is_edited_are_known(path: str, number: int) -> None:
    """However many of them there are: each is as much like all the others as like the one that it was."""
    towns = ["".join(chr(ord("a") + int(digit)) for digit in str(n)) for n in range(number)]
    entries = [entry(SINK.replace("old", f"{town}port")) for town in towns]
    other = [entry(FALL.replace("wall", f"{town}wall")) for town in towns]
    edited = [entry(one.text.replace("port ferry", "haven ferry"), path) for one in entries]
    assert all(known([*entries, *other], [*other, *edited]))
    assert sum(known(entries, [*edited, *edited])) == number
