"""What gold sentences teach: cases as people see them, weights as the engine uses them, proposals that help."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck import Scanner
from factcheck.evaluate.aligned import aligned
from factcheck.evaluate.attempts import Attempt, Attempts
from factcheck.evaluate.contexts import Share, contexts, known_words, missed
from factcheck.evaluate.evidence import Corpus
from factcheck.evaluate.gold import Gold, GoldError, gold
from factcheck.evaluate.learning import Learning, Settings, learn
from factcheck.evaluate.proposals import Made, Proposal, Proposer, lines
from factcheck.evaluate.review import changes, review
from factcheck.evaluate.weights import Weighing, probability, weigh
from factcheck.load import parsed

SENTENCES = Path(__file__).parents[2] / "docs" / "examples" / "weigh.jsonl"
PROPOSE = Settings(propose=True)

DESK = """\
pack desk

list softener = could | might | may

rule chance : possible
    "Only a possibility."
    match   {softener}
    except  {softener} day
    weight  0.8
    signal  hedge 0.8
    flag    "The quay could sink."
    pass    "The quay sank."

rule refusal : note
    "Somebody says no."
    match   (did | does | would) not
    flag    "The owner would not say."
    pass    "The owner said so."
"""


@pytest.fixture
def desk(tmp_path: Path) -> Scanner:
    """The rules of the desk alone."""
    (tmp_path / "desk.fact").write_text(DESK, "utf-8")
    return Scanner([tmp_path / "desk.fact"], builtin=False, cache=False)


@pytest.fixture
def corpus() -> Corpus:
    """Sixty sentences about a harbour town."""
    rows = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    return Corpus("hedge", (tuple(gold(row, f"{n}") for n, row in enumerate(rows)),))


def marked(text: str, *words: str, **more: object) -> Gold:
    """A sentence that is uncertain by these words, or certain without any."""
    cues = [{"start": text.index(one), "end": text.index(one) + len(one)} for one in words]
    return gold({"text": text, "label": "uncertain" if words else "certain", "cues": cues, **more}, text)


def corpus_of(*sentences: Gold) -> Corpus:
    """A corpus of a single set."""
    return Corpus("hedge", (sentences,))


# Evidence ------------------------------------------------------------------------------------------------------------


def test_evidence_agrees_with_the_scan(corpus: Corpus) -> None:
    """The columns hold what a scan says of the same sentences, and the signal made of them is the engine's."""
    scanner = Scanner()
    evidence = corpus.scanned(scanner)
    pairs = aligned(scanner, corpus.sentences)
    raising = {rule.id for rule, weight in zip(scanner.program.rules, evidence.weights, strict=True) if weight}
    hits = evidence.hits
    for row, pair in enumerate(pairs):
        own = np.flatnonzero(hits.sentence == row).tolist()
        found = [one for one in pair.sentence.findings if one.rule in raising]
        assert sorted(scanner.program.rules[hits.rule[k]].id for k in own) == sorted(one.rule for one in found)
        assert [evidence.words[hits.first[k]] for k in own] == [one.text.split()[0].lower() for one in found]
        right = pair.gold.label == "uncertain"
        assert sum(hits.right[own]) == sum(pair.right(one, labelled=right) for one in found)
        assert evidence.probability[row] == pair.sentence.signals["hedge"]
    made = probability(hits, evidence.weights, len(pairs))
    assert np.abs(made - evidence.probability).max() <= 1e-4


def test_right_where_people_marked(desk: Scanner) -> None:
    """With marks a hit has to meet one; without any the label is all there is. White space is no matter."""
    sentences = [
        marked("He could  go,\tand she might.", "might"),
        gold({"text": "He could go.", "label": "uncertain"}, "a"),
        marked("He could go."),
        gold(
            {"text": "He could not.", "label": "uncertain", "cues": [{"start": 9, "end": 12, "type": "negation"}]}, "b"
        ),
    ]
    hits = corpus_of(*sentences).scanned(desk).hits
    assert hits.sentence.tolist() == [0, 0, 1, 2, 3]
    assert hits.right.tolist() == [False, True, True, False, True]


def test_sentences_of_one_document_are_one_text(desk: Scanner) -> None:
    """So many that the engine would cut them, and sets whose documents have the same name, count each by itself."""
    many = [marked("It could go.", "could", doc="log") for _ in range(2_500)]
    corpus = Corpus("hedge", (tuple(many), tuple(many[:3])))
    assert [text.count("\n") + 1 for text in corpus.texts] == [1_000, 1_000, 500, 3]
    evidence = corpus.scanned(desk)
    assert evidence.hits.sentence.tolist() == list(range(2_503))
    assert evidence.hits.right.all()


def test_what_people_say_nothing_of_teaches_nothing(desk: Scanner) -> None:
    """A continued attribution is read for its neighbours' sake and is no case."""
    rows = [
        ("“It could go,” said Ada Voss.", "attributed"),
        ("“It could.”", "attributed-continuation"),
        ("So.", "none"),
    ]
    sentences = tuple(gold({"doc": "a", "text": text, "label": label}, text) for text, label in rows)
    corpus = Corpus("hedge", (sentences,))
    assert corpus.measured.tolist() == [0, 2]
    (learnt,) = weigh(corpus.scanned(desk)).learnt
    assert learnt.cases == 1


def test_a_row_that_is_no_sentence(desk: Scanner) -> None:
    """Its document is named, and what was read instead."""
    with pytest.raises(GoldError, match="odd: 1 rows are read as 0 sentences; write a row anew"):
        corpus_of(Gold(id="odd", doc="", text="\u200b", label="certain")).scanned(desk)


# Weights -------------------------------------------------------------------------------------------------------------


def test_weights_of_sentences(desk: Scanner, corpus: Corpus) -> None:
    """A rule's share moves its weight in the signal; its own weight and rules that never fire stay."""
    weighing = weigh(corpus.scanned(desk))
    (chance,) = weighing.learnt
    assert (chance.rule.id, chance.signal, chance.before, chance.cases, chance.right) == (
        "desk/chance",
        "hedge",
        0.8,
        38,
        27,
    )
    assert chance.after == round((27 + 10 * 0.8) / (38 + 10), 2)
    assert not chance.moves_levels
    assert weighing.after.log_loss < weighing.before.log_loss


def test_weights_that_move_levels(tmp_path: Path, corpus: Corpus) -> None:
    """Below a half a finding sets no level: the file says so, unless the weights are kept from crossing."""
    rules = DESK.replace("pack desk", "pack hedge").replace("    signal  hedge 0.8\n", "").replace("0.8", "0.5")
    rules = rules.replace("could | might | may", "could not").replace("could sink", "could not sink")
    (tmp_path / "hedge.fact").write_text(rules, "utf-8")
    scanner = Scanner([tmp_path / "hedge.fact"], builtin=False, cache=False)
    (moved,) = changes(learn(scanner, [corpus], Settings()))
    assert moved.moves_levels
    text = review(learn(scanner, [corpus], Settings()), ["Mine."])
    assert "    weight  0.26            # was 0.5; 9 cases, 0% right; below 0.5: it sets no level any more\n" in text
    assert not changes(learn(scanner, [corpus], Settings(keep_levels=True)))


def test_several_signals_of_one_rule(tmp_path: Path, corpus: Corpus) -> None:
    """What is learnt of a rule for several signals stands in one amendment."""
    (tmp_path / "desk.fact").write_text(
        DESK.replace("    signal  hedge 0.8", "    signal  hedge 0.8\n    signal doubt 0.3"), "utf-8"
    )
    scanner = Scanner([tmp_path / "desk.fact"], builtin=False, cache=False)
    learning = learn(scanner, [corpus, replace(corpus, signal="doubt"), replace(corpus, signal="desk")], Settings())
    text = review(learning, [])
    assert text.count("amend desk/chance") == 1
    assert text == (
        "\namend desk/chance\n"
        "    signal  hedge 0.73      # was 0.8; 38 cases, 71% right\n"
        "    signal  doubt 0.62      # was 0.3; 38 cases, 71% right\n"
        "    weight  0.73            # was 0.8; 38 cases, 71% right\n"
    )


@pytest.mark.parametrize("own", ["weight 0.8\n    signal desk 0.3", "weight 0.3\n    signal desk 0.8"])
def test_signal_of_the_own_pack(tmp_path: Path, corpus: Corpus, own: str) -> None:
    """Of the two weights the higher counts, as in a scan; what is learnt becomes the one that counts."""
    house, learnt = tmp_path / "desk.fact", tmp_path / "learnt.fact"
    house.write_text(DESK.replace("weight  0.8", own), "utf-8")
    scanner = Scanner([house], builtin=False, cache=False)
    corpus = replace(corpus, signal="desk")
    assert (corpus.scanned(scanner).weights == [0.8, 0.8]).all()
    assert corpus.scanned(scanner).probability.max() == 0.8
    for settings in (Settings(), Settings(strength=1)):
        learning = learn(scanner, [corpus], settings)
        learnt.write_text(review(learning, []), "utf-8")
        (changed,) = changes(learning)
        found = corpus.scanned(Scanner([house, learnt], builtin=False, cache=False))
        assert found.weights[0] == changed.after < 0.8


def test_few_cases_and_small_changes_stay(desk: Scanner) -> None:
    """Neither is worth a line; the measures are those of the weights that are written."""
    few = weigh(corpus_of(*[marked("It may sink.")] * 4).scanned(desk))
    assert (few.learnt[0].after, few.few, few.before) == (0.8, 1, few.after)
    small = weigh(corpus_of(*[marked("It may.", "may")] * 73, *[marked("It may.")] * 17).scanned(desk))
    assert (small.learnt[0].after, small.few) == (0.8, 0)


def test_labelled_and_on_a_marked_word(desk: Scanner) -> None:
    """Weights are fitted to labels; where fewer hits are on a marked word the comment has both."""
    wide = [marked(f"It could go, {word}.", word) for word in ("maybe", "perhaps", "so")] * 3
    near = [marked("It could go.", "could")] * 12
    learning = learn(desk, [corpus_of(*wide, *near, *[marked("It could go.")] * 40)], Settings())
    assert "# was 0.8; labelled so in 21 of 61 cases, on a marked word in 12\n" in review(learning, [])


def test_proposals_have_the_weights_of_all_signals(tmp_path: Path, corpus: Corpus) -> None:
    """The file does for each signal what its measures say."""
    house, learnt = tmp_path / "desk.fact", tmp_path / "learnt.fact"
    house.write_text(DESK.replace("    signal  hedge 0.8", "    signal  hedge 0.8\n    signal doubt 0.3"), "utf-8")
    scanner = Scanner([house], builtin=False, cache=False)
    also = marked("It could not be.", "could")
    doubt = Corpus("doubt", (*corpus.sets, tuple([also] * 40)))
    learning = learn(scanner, [corpus, doubt], PROPOSE)
    assert any(one.proposal.made and one.proposal.made.like for one in learning.attempts)
    learnt.write_text(review(learning, []), "utf-8")
    found = Scanner([house, learnt], builtin=False, cache=False)
    for weighing in learning.weighings:
        own = weighing.evidence.corpus
        promised = probability(weighing.evidence.hits, weighing.weights, len(own.sentences))
        assert np.abs(own.scanned(found).probability - promised).max() <= 1e-4


def test_proposals_for_several_signals(desk: Scanner, corpus: Corpus) -> None:
    """What is proposed for one signal is tried on the sentences of all, though none of these may hold its words."""
    other = Corpus("desk", ((marked("It may sink.", "may"), marked("It sank.")),))
    assert [one.proposal.silences for one in learn(desk, [corpus, other], PROPOSE).attempts] == ["could not", ""]


def test_without_sentences(desk: Scanner) -> None:
    """Nothing is learnt from nothing."""
    assert review(learn(desk, [Corpus("hedge", ())], Settings(propose=True, weak=True)), []) == ""


def test_scanner_of_a_program(desk: Scanner) -> None:
    """It scans as the one that has read the files."""
    text = "It could sink. It would not."
    assert Scanner.of(desk.program).scan(text) == desk.scan(text)


def test_nothing_to_change(desk: Scanner) -> None:
    """Where no rule fires there is no file: one without a statement would not load."""
    single = [corpus_of(marked("It sank."), marked("It may", "may"))]
    assert review(learn(desk, single, Settings(least=1)), ["Mine."]) != ""
    assert review(learn(desk, single, Settings()), ["Mine."]) == ""  # nor where cases are few
    assert review(learn(desk, [corpus_of(marked("It sank."))], PROPOSE), ["Mine."]) == ""


# Contexts ------------------------------------------------------------------------------------------------------------


def test_known_words(desk: Scanner) -> None:
    """Words of matches, through lists, and closed lists of English; no words of exceptions."""
    known = known_words(desk.program)
    assert {"could", "not", "they", "which"} <= known
    assert "day" not in known


def test_contexts_tell_wrong_from_right(desk: Scanner, corpus: Corpus) -> None:
    """What stands beside wrong hits is found, as far as rules know the words."""
    weighing = weigh(corpus.scanned(desk))
    found = {one.edge: one for one in contexts(weighing.evidence, weighing.heard)}
    assert found["could not"].inside == Share(0, 9)
    assert found["could not"].outside == Share(27, 29)
    assert found["could not"].differs
    words = {word for pattern in found for word in pattern.split()} - {"<word>", "(", ")", "|"}
    assert {word.strip("()") for word in words} <= known_words(desk.program)


def test_cues_that_no_rule_finds(desk: Scanner, corpus: Corpus) -> None:
    """Words that are mostly marked where they stand; with `weak` those that are more often than other sentences."""
    evidence = corpus.scanned(desk)
    assert [(cue.words, cue.share) for cue in missed(evidence)] == [("perhaps", Share(6, 6))]
    fog = [marked("Fog or rain held it up.", *(["or"] if n < 8 else [])) for n in range(30)]
    fog += [marked("Fog held it up.") for _ in range(100)]
    evidence = corpus_of(*fog).scanned(desk)
    assert list(missed(evidence)) == []
    (cue,) = missed(evidence, weak=True)
    assert (cue.words, cue.share, cue.is_weak) == ("or", Share(8, 30), True)


# Proposals -----------------------------------------------------------------------------------------------------------


def proposals_of(scanner: Scanner, weighing: Weighing) -> list[Proposal]:
    """All that may be worth a trial."""
    files = parsed(scanner.sources, [])
    return list(Proposer(scanner.program, files, "learnt").proposals(weighing))


def test_proposals(desk: Scanner, corpus: Corpus) -> None:
    """An exception, a rule with a weight of its own that takes over what silences the first, and a rule of a cue."""
    exception, specific, cue = proposals_of(desk, weigh(corpus.scanned(desk)))
    assert list(lines(exception)) == ["amend desk/chance", "    except  could not"]
    assert list(lines(specific)) == [
        "amend desk/chance",
        "    except  could not",
        "rule could-not : possible",
        '    "Only a possibility."',
        "    match   could not",
        "    except  {desk.softener} day",
        "    weight  0.8",
        "    signal  desk 0.8",
        "    signal  hedge 0.38",
        '    flag    "Could not."',
        '    pass    "Could."',
    ]
    assert next(lines(cue)) == "rule perhaps : note"
    assert specific.about == exception.about != cue.about


def attempted(scanner: Scanner, corpus: Corpus, proposals: Sequence[Proposal]) -> list[Attempt]:
    """Those that help."""
    return Attempts(parsed(scanner.sources, []), [weigh(corpus.scanned(scanner))]).chosen(proposals)


def exception(scanner: Scanner, pattern: str, about: str = "") -> Proposal:
    """An exception of the desk's first rule."""
    return Proposal("hedge", about or pattern, scanner.program.rules[0], pattern)


def test_what_does_not_help_is_dropped(desk: Scanner, corpus: Corpus) -> None:
    """An exception that silences right hits, and one of two that do the same."""
    tried = [exception(desk, pattern) for pattern in ("could be", "could not", "not")]
    assert [one.proposal.silences for one in attempted(desk, corpus, tried[:1])] == []
    (kept,) = attempted(desk, corpus, tried)
    assert kept.proposal.silences == "could not"
    assert kept.silenced == Share(0, 9)
    assert kept.found == Share(0, 0)
    assert kept.gain > 3


def test_of_rivals_the_better_is_taken(desk: Scanner, corpus: Corpus) -> None:
    """Silence or a low weight: what makes the labels likelier."""
    found = attempted(desk, corpus, proposals_of(desk, weigh(corpus.scanned(desk))))
    assert [(one.proposal.silences, bool(one.proposal.made)) for one in found] == [("could not", False), ("", True)]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return `broken(flag, pattern)`: from now on all attempts help, and the first is a rule with this example."""

    def patch(flag: str, pattern: str) -> None:
        def chosen(attempts: Attempts, proposals: Sequence[Proposal]) -> Iterator[Attempt]:
            del attempts
            good = list(proposals)
            made = next(one.made for one in good if one.made)
            bad = Proposal("hedge", "bad", made=replace(made, name="bad", words=flag, like=None))
            harm = [replace(good[0], silences=pattern, made=None)] if pattern else []
            yield from (Attempt(one, 9.0, Share(0, 9), Share(1, 2)) for one in (bad, *good, *harm))

        monkeypatch.setattr(Attempts, "chosen", chosen)

    return patch


def names(learning: Learning) -> list[str]:
    """What was chosen, in short."""
    return [one.proposal.made.name if one.proposal.made else one.proposal.silences for one in learning.attempts]


def test_a_rule_whose_example_fails_is_left_out(
    desk: Scanner, corpus: Corpus, broken: Callable[[str, str], None]
) -> None:
    """It would keep the whole file from loading."""
    broken("nothing of the kind", "")
    assert names(learn(desk, [corpus], PROPOSE)) == ["could not", "could-not", "perhaps"]


def test_an_exception_that_breaks_an_example_is_left_out(
    tmp_path: Path, corpus: Corpus, broken: Callable[[str, str], None]
) -> None:
    """Somebody has amended the rule and shown that it fires; what breaks that goes, though nothing wrong is in it."""
    (tmp_path / "desk.fact").write_text(DESK, "utf-8")
    (tmp_path / "mine.fact").write_text('amend desk/chance\n    weight 0.7\n    flag "It may sink."\n', "utf-8")
    scanner = Scanner([tmp_path / "desk.fact", tmp_path / "mine.fact"], builtin=False, cache=False)
    broken("could not", "may")
    found = names(learn(scanner, [corpus], PROPOSE))
    assert "may" not in found
    assert "could not" in found


def test_pack_with_a_free_name(tmp_path: Path, desk: Scanner, corpus: Corpus) -> None:
    """What was learnt before may be loaded while one learns again."""
    first = review(learn(desk, [corpus], PROPOSE), [])
    (tmp_path / "first.fact").write_text(
        first.replace("match   perhaps", "match   so").replace('"Perhaps."', '"So."'), "utf-8"
    )
    again = Scanner([tmp_path / "desk.fact", tmp_path / "first.fact"], builtin=False, cache=False)
    second = review(learn(again, [corpus], PROPOSE), [])
    assert "pack learnt\n" in first
    assert "pack learnt-2\n" in second


def test_what_is_learnt_is_loaded(
    tmp_path: Path, desk: Scanner, corpus: Corpus, golden: Callable[[str, str], None]
) -> None:
    """The file loads without a word of complaint, and the signals are those that were promised."""
    learning = learn(desk, [corpus], PROPOSE)
    text = review(learning, ["Sixty sentences about a harbour town."])
    golden("evaluate/learnt.fact", text)
    (tmp_path / "learnt.fact").write_text(text, "utf-8")
    scanner = Scanner([tmp_path / "desk.fact", tmp_path / "learnt.fact"], builtin=False, cache=False)
    assert not scanner.warnings
    (weighing,) = learning.weighings
    promised = probability(weighing.evidence.hits, weighing.weights, len(corpus.sentences))
    assert np.abs(corpus.scanned(scanner).probability - promised).max() <= 1e-4


def test_no_gold_sentence_is_in_the_file(desk: Scanner, corpus: Corpus) -> None:
    """Unless examples are asked for: the shortest in which a new rule is right, which then is loaded as well."""
    learning = learn(desk, [corpus], PROPOSE)
    texts = [one.text for one in corpus.sentences]
    assert not [text for text in texts if text in review(learning, [])]
    with_examples = review(learning, [], examples=True)
    assert [text for text in texts if text in with_examples] == ["Perhaps the ice was too old."]


def test_weak_signs_are_notes(desk: Scanner) -> None:
    """Words that are marked now and then raise the signal a little, and set no level."""
    fog = [marked(f"Fog or rain held up boat {n}.", *(["or"] if n < 12 else [])) for n in range(40)]
    fog += [marked(f"Fog held up boat {n}.") for n in range(200)]
    learning = learn(desk, [corpus_of(*fog)], Settings(propose=True, weak=True))
    text = review(learning, [])
    assert 'rule or : note\n    "Where people labelled sentences, this wording was now and then uncertain."\n' in text
    assert "    weight  0.25\n    signal  hedge 0.25\n" in text
    assert review(learn(desk, [corpus_of(*fog)], PROPOSE), []) == ""


def test_without_scikit_learn(desk: Scanner, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights need no other library; for proposals the command that installs it is named."""
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    assert changes(learn(desk, [corpus], Settings()))
    with pytest.raises(
        ImportError, match=r"scikit-learn is missing; pip install 'factcheck-engine\[learn\]' installs it"
    ):
        learn(desk, [corpus], PROPOSE)


def test_progress_is_told(desk: Scanner, corpus: Corpus) -> None:
    """Whoever waits is told which proposal is tried."""
    said: list[str] = []
    learn(desk, [corpus], PROPOSE, said.append)
    assert said[:2] == ["proposal 1 of 3 …", "proposal 2 of 3 …"]
    assert said[-1].endswith(", beside all others …")


def test_names_are_free_of_marks(desk: Scanner) -> None:
    """Rules get names of their words, and no name twice."""
    proposer = Proposer(desk.program, (), "learnt")
    assert [proposer._name(words) for words in ("could be", "couldn't be", "could be")] == [  # noqa: SLF001 -- what it makes names with
        "could-be",
        "couldnt-be",
        "could-be-2",
    ]


def test_range_and_polarity_are_taken_over(tmp_path: Path, corpus: Corpus) -> None:
    """What else the first rule says of its hits holds for the more specific one."""
    rules = DESK.replace("    weight  0.8\n", "    weight  0.8\n    range   20 40\n    polarity negative\n")
    (tmp_path / "desk.fact").write_text(rules, "utf-8")
    scanner = Scanner([tmp_path / "desk.fact"], builtin=False, cache=False)
    specific = proposals_of(scanner, weigh(corpus.scanned(scanner)))[1]
    assert isinstance(specific.made, Made)
    assert {"    polarity negative", "    range   20 40"} <= set(lines(specific))
