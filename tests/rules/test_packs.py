"""The packs: they load clean, every rule is explained and tested, and the built-in ones grade what they cover."""

from re import findall

import pytest

from factcheck import Scanner
from factcheck.language.pattern import Words
from factcheck.language.rule import Rule
from factcheck.load import builtin_sources, load, optional_sources, parsed
from factcheck.measured import known
from factcheck.packs import optional_files

PACKS = {"attribution", "booster", "core", "doubt", "forecast", "hedge", "no-claim", "verification", "weasel"}
SILENT = {"core", "verification", "no-claim"}
EMPTY = set(
    findall("[a-z]+", "a an and are at be been by for had has have in is it not of on or that the this to was were")
)
"""Words that two sentences share without being alike."""


def rules() -> list[Rule]:
    """Every rule of the built-in packs and of the opt-in ones as its author wrote it."""
    sources = [*builtin_sources(), *optional_sources(optional_files())]
    return [rule for file in parsed(sources, []) for rule in file.rules]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in packs alone, compiled afresh."""
    return Scanner(cache=False)


@pytest.fixture(scope="module")
def full() -> Scanner:
    """The built-in packs and all opt-in ones, compiled afresh."""
    return Scanner(packs=optional_files(), cache=False)


def test_packs_load_without_a_word() -> None:
    """No error and no warning: the packs are what the linter asks of everybody's."""
    loaded = load(cached=False)
    assert loaded.warnings == ()
    assert {pack.name for pack in loaded.program.packs} == PACKS


def test_signals_are_those_of_the_phenomena() -> None:
    """Packs that only help to grade do not show in `signals`."""
    packs = load(cached=False).program.packs
    assert {pack.name for pack in packs if not pack.signal} == SILENT


def test_verbs_are_single_words() -> None:
    """The engine tells a heading without a verb by one set of words, so the list must be one."""
    verbs = load(cached=False).program.lists["core.verb"]
    assert isinstance(verbs, Words)
    assert len(verbs.lower) > 1_500
    assert not verbs.written
    assert not verbs.exact


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in rules()])
def test_every_rule_is_explained_and_tested(rule: Rule) -> None:
    """A rule tells what it means and why, how often it is right, what it finds and what it leaves alone."""
    assert rule.message.endswith((".", "?"))
    assert rule.because.endswith(".")
    assert "weight" in rule.model_fields_set
    assert len(rule.flag) >= 1
    assert len(rule.quiet) >= 2
    assert rule.tags


def stems(text: str) -> set[str]:
    """The words that say something, by their first letters: *suggests* and *suggested* are one."""
    return {word[:5] for word in findall(r"[a-z]+", text.lower().replace("\u2019", "'"))} - EMPTY


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in rules()])
def test_every_rule_shows_neighbours_that_change_its_sense(full: Scanner, rule: Rule) -> None:
    """Of three or more sentences that a rule is silent on, two or more have a word that it finds elsewhere."""
    # As it stands, and so that a heading or code is one.
    texts = ((text, one.text) for one in rule.flag for text in (one.text, f"{one.text}\n\nThe river rose."))
    marks = [(), [(0, 0, "code")]] if rule.id == "no-claim/code" else [()]
    scans = (full.scan(t, marks=[(a, len(o), k) for a, _, k in m]) for t, o in texts for m in marks)
    found = (finding for document in scans for s in document.sentences for finding in s.findings)
    cues = {stem for finding in found if finding.rule == rule.id for stem in stems(finding.text)}
    alike = [example.text for example in rule.quiet if stems(example.text) & cues]
    assert len(rule.quiet) >= 3
    assert len(alike) >= 2, alike


LEVELS = [
    # attributed: an identified source
    ("Ruth Abara said the dam was safe.", "attributed"),
    ("“The dam is safe,” said Ruth Abara, head of the water board.", "attributed"),
    ("The dam is safe, the ministry says.", "attributed"),
    ("According to Ruth Abara, the dam is safe.", "attributed"),
    ("Reuters recently reported that the dam had been closed.", "attributed"),
    ("He later wrote on his page that the dam was closed.", "attributed"),
    ("Abara called it a scandal.", "attributed"),
    ("Abara denied that the wall had moved.", "attributed"),
    ("The Lakeside study found that cold water helps.", "attributed"),
    ("The firm announced a merger on Monday.", "attributed"),
    ("A police spokesman said the road was closed.", "attributed"),
    ("Abara closed the gates, saying the river was rising.", "attributed"),
    ("The water board said there was no evidence that the wall had moved.", "attributed"),
    # a hedge or a future under a saying verb
    ("Ruth Abara said the dam may be closed.", "possible"),
    ("The council said the mill would close.", "probable"),
    ("Police confirmed that he may have left the country.", "possible"),
    # the future, plans, hopes
    ("The mill will close in May.", "probable"),
    ("The mill is going to close.", "probable"),
    ("The bridge is to be rebuilt.", "probable"),
    ("Abara hopes to win the vote.", "probable"),
    ("The firm is considering a sale.", "possible"),
    ("The bank predicts that prices fall.", "probable"),
    # beliefs and leanings
    ("I think the lock was forced.", "probable"),
    ("The letter is believed to be lost.", "probable"),
    ("The marks suggest that the lock was forced.", "probable"),
    ("The mill is likely to be sold.", "probable"),
    ("The lock seems forced.", "probable"),
    ("The mill is unlikely to be sold.", "probable"),
    # possibilities and conditions
    ("The flood might reach the mill.", "possible"),
    ("If the bank refuses, the mill closes.", "possible"),
    ("Perhaps the lock was forced.", "possible"),
    ("Police cannot rule out a break-in.", "possible"),
    # nobody vouches, or nothing is proven
    ("Officials say the bridge is sound.", "unverified"),
    ("The bridge is sound, experts say.", "unverified"),
    ("Experts believe the bridge is sound.", "unverified"),
    ("It is said that the bridge is sound.", "unverified"),
    ("According to reports, the mill has been sold.", "unverified"),
    ("Studies show that cold water helps.", "unverified"),
    ("The mill is said to be for sale.", "unverified"),
    ("Abara claimed the wall had moved.", "unverified"),
    ("The clerk allegedly took the money.", "unverified"),
    ("The clerk was accused of theft.", "unverified"),
    ("The striker has been linked with a club in Spain.", "unverified"),
    ("The clerk was arrested for theft on Monday.", "unverified"),
    ("Police are investigating whether the lock was forced.", "unverified"),
    ("Police have opened a preliminary investigation.", "unverified"),
    ("It is not clear whether the wall holds.", "unverified"),
    ("The sale has yet to be confirmed.", "unverified"),
    ("There is no evidence that the wall moved.", "unverified"),
    # the writer's own word
    ("The mill closed on Monday.", "asserted"),
    ("Abara, who is accused of fraud, won the vote.", "asserted"),
    ("Police are investigating the murder of the clerk.", "asserted"),
    ("The alleged theft was in May.", "asserted"),
    ("The mill would later become a school.", "asserted"),
    ("She could hear the bells.", "asserted"),
    ("The council met in May.", "asserted"),
    ("The flood claimed three lives.", "asserted"),
    ("He will be missed.", "asserted"),
    ("She asked whether the mill was open.", "asserted"),
    # verified
    ("The council confirmed that the mill was sold.", "established"),
    ("The mayor admitted taking the money.", "established"),
    ("The court ruled that the sale was void.", "established"),
    ("The clerk was convicted of theft.", "established"),
    ("Court records show that the sale was void.", "established"),
    # nothing to check
    ("Who closed the mill?", "no-claim"),
    ("Please send us your pictures.", "no-claim"),
    ("Hopefully the mill will open again.", "no-claim"),
    ("The mill should be closed at once.", "no-claim"),
    ("Thank you for your letters.", "no-claim"),
    ("Letters to the editor", "no-claim"),
    ("He said:", "no-claim"),
    # a neighbour changes the sense, or takes it away
    ("US officials have told the BBC that the plan is dead.", "unverified"),
    ("Sources close to the club said the deal was done.", "unverified"),
    ("The clerk was cleared of theft.", "asserted"),
    ("The clerk was jailed for three years.", "asserted"),
    ("The court rejected a request for bail.", "asserted"),
    ("The sale was confirmed on Monday.", "asserted"),
    ("The mill stays open even if it rains.", "asserted"),
    ("The author of the report said it was flawed.", "attributed"),
    ("The authors of the report said it was flawed.", "unverified"),
    ("The suspect was arrested on Monday.", "asserted"),
    ("He pleaded guilty to fraud.", "established"),
    ("He pleaded not guilty to fraud.", "attributed"),
    ("The minister would neither confirm nor deny the report.", "unverified"),
    ("The ban should be lifted, the union said.", "attributed"),
    ("He appeared in court on Monday.", "asserted"),
    ("Critics praised the film.", "asserted"),
    ("Adults are more likely to own a house than their children.", "asserted"),
    ("There is no doubt that the mill is closed.", "asserted"),
    ("Reuters reported, citing two sources, that the deal was done.", "attributed"),
    ("The mayor, who was charged with fraud, lost the vote.", "asserted"),
    ("Abara – who may retire – won the vote.", "asserted"),
    ("She was nominated for the prize (reportedly her third).", "asserted"),
    ("They came as soon as possible.", "asserted"),
    ("He could not be reached for comment.", "asserted"),
    ("The mill could be heard a mile away.", "asserted"),
    ("Nothing is known about the owner.", "asserted"),
    ("A neighbour said she heard a bang.", "unverified"),
    ("Local officials said 300 people had died.", "unverified"),
    ("A rumour spread that the bank was bankrupt.", "unverified"),
    ("The court held a hearing on Monday.", "asserted"),
    ("The charity warned of a shortage.", "attributed"),
    ("By Ruth Abara", "no-claim"),
    ("Follow us on Twitter.", "no-claim"),
    ("The will was read on Monday.", "asserted"),
    ("Under the law, owners would pay a fee.", "asserted"),
    ("The house was set on fire.", "asserted"),
    ("Will Abara won the prize.", "asserted"),
]


@pytest.mark.parametrize(("text", "level"), LEVELS)
def test_decisions(scanner: Scanner, text: str, level: str) -> None:
    """Each decision of the ladder that the packs cover, on a sentence of its own."""
    (sentence,) = scanner.scan(text).sentences
    assert sentence.level == level


SOURCES = [
    ("Ruth Abara said the dam was safe.", "Ruth Abara", "person"),
    ("The dam is safe, the ministry says.", "the ministry", "institution"),
    ("Reuters recently reported that the dam had been closed.", "Reuters", "publication"),
    ("The Lakeside study found a crack in the wall.", "The Lakeside study", "document"),
    ("The dam is safe, experts say.", "experts", "anonymous"),
    ("Two people close to the talks said the deal was dead.", "Two people close to the talks", "anonymous"),
    ("He later wrote that the dam was closed.", "He", "pronoun"),
    ("“The dam is safe,” said retired engineer Ruth Abara.", "retired engineer Ruth Abara", "person"),
]


@pytest.mark.parametrize(("text", "source", "kind"), SOURCES)
def test_sources(scanner: Scanner, text: str, source: str, kind: str) -> None:
    """The one who vouches is named as the sentence names them, with the kind of source they are."""
    (sentence,) = scanner.scan(text).sentences
    assert sentence.source is not None
    assert (sentence.source.text, sentence.source.kind) == (source, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Abara denied that the wall had moved.",
        "The water board rejected claims that the wall had moved.",
        "The water board said there was no evidence that the wall had moved.",
        "The mill is unlikely to be sold.",
    ],
)
def test_a_firm_no_is_negative(scanner: Scanner, text: str) -> None:
    """A denial commits its source to the opposite: polarity tells, and the level stays what it is."""
    (sentence,) = scanner.scan(text).sentences
    assert sentence.polarity == "negative"
    assert sentence.level != "unverified"


def test_quotations_get_their_speakers(scanner: Scanner) -> None:
    """Sentences of a quotation rest on the one who is named once, after the first or in the paragraph before."""
    text = (
        "“The wall is sound. We checked it twice,” said Ruth Abara, head of the water board. "
        "“Nobody lives below it.”\n\n"
        "“The gates are new.”\n\n"
        "The river rose on Monday."
    )
    sentences = scanner.scan(text).sentences
    assert [s.level for s in sentences] == ["attributed"] * 4 + ["asserted"]
    assert {s.source.text for s in sentences[:4] if s.source} == {"Ruth Abara"}


def test_hedge_and_doubt_are_separate_signals(scanner: Scanner) -> None:
    """A guess raises `hedge`, an unnamed source `doubt`, and an allegation both."""
    guess, unnamed, alleged, plain = scanner.scan(
        "The flood might reach the mill. Officials say the mill is empty. "
        "The clerk allegedly took the money. The mill closed on Monday."
    ).sentences
    found = [(s.signals["hedge"] >= 0.9, s.signals["doubt"] >= 0.9) for s in (guess, unnamed, alleged)]
    assert found == [(True, False), (False, True), (True, True)]
    assert not any(plain.signals.values())


def test_what_was_measured_is_of_rules_that_are_there() -> None:
    """Counts are kept by the names of rules: a rule that is renamed is measured anew."""
    measured = known()
    ids = {rule.id for rule in load(packs=tuple(optional_files()), cached=False).program.rules}
    assert set(measured["rules"]) <= ids
    names = {one["name"] for one in measured["sets"]}
    assert all(0 <= right <= hits for own in measured["rules"].values() for hits, right in own.values())
    assert all(set(own) <= names for own in measured["rules"].values())
    assert len(measured["rules"]) > 90
