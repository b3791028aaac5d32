"""Who vouches: what is no matter of a single golden case."""

import time

import pytest

from factcheck import Scanner


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in packs alone."""
    return Scanner(cache=False)


@pytest.mark.parametrize(
    "piece",
    [
        "“Go,” he said. ",
        "He said it. ",
        "Officials said so. ",
        "The minister said it. ",
        "said Abara, head, ",
        "he said and ",
    ],
)
def test_time_is_linear(scanner: Scanner, piece: str) -> None:
    """One paragraph of nothing but speakers costs four times as much when it is four times as long."""

    def seconds(times: int) -> float:
        text = piece * times
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            scanner.scan(text)
            taken.append(time.perf_counter() - started)
        return min(taken)

    assert seconds(2_000) < 10 * seconds(500)


def test_what_a_source_stands_for(scanner: Scanner) -> None:
    """A source keeps its apposition, and a pronoun, a family name and a noun tell whom they stand for."""
    text = "“It sank,” said Ada Voss, head of the harbour board. Voss said so twice. She said it again."
    first, second, third = (sentence.source for sentence in scanner.scan(text).sentences)
    assert first is not None
    assert (first.text, first.beside) == ("Ada Voss", "head of the harbour board")
    assert second is not None
    assert (second.text, second.refers) == ("Voss", "Ada Voss")
    assert third is not None
    assert (third.text, third.kind, third.refers) == ("She", "person", "Ada Voss")
    assert third.to_record()["refers"] == "Ada Voss"
    assert "beside" not in third.to_record()


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Maria Gomez of the University of Leeds", "person"),
        ("the University of Leeds", "institution"),
        ("a spokesman for the ministry", "institution"),
        ("some of the residents", "anonymous"),
        ("the union leader", "person"),
        ("hospital officials", "anonymous"),
    ],
)
def test_kind_is_that_of_the_head(scanner: Scanner, phrase: str, kind: str) -> None:
    """What a phrase is called by decides, not what stands beside it."""
    (sentence,) = scanner.scan(f"The quay is closed, according to {phrase}.").sentences
    assert sentence.source is not None
    assert sentence.source.kind == kind


def test_bodies_are_told_within_their_sentence(scanner: Scanner) -> None:
    """What ends a heading, or stands after a preposition, does not make a body of the person named next."""
    text = "A day with the police\n\nVoss said it broke. In the court Abara said no. The charity Open Water said so."
    kinds = [sentence.source.kind for sentence in scanner.scan(text).sentences if sentence.source]
    assert kinds == ["person", "person", "institution"]


def test_apposition_ends_before_its_relative_clause(scanner: Scanner) -> None:
    """What stands beside a name is the noun, without what is told of it."""
    (sentence,) = scanner.scan("“It broke,” said Ada Voss, the head of the board who left.").sentences
    assert sentence.source is not None
    assert sentence.source.beside == "the head of the board"


@pytest.mark.parametrize(
    ("before", "pronoun", "refers"),
    [
        ("Ada Voss met the villagers. Residents were angry.", "she", "Ada Voss"),
        ("Ada Voss met the villagers. Some people were angry.", "he", "Ada Voss"),
        ("Ada Voss met the villagers. Residents were angry.", "they", "Residents"),
        ("Ada Voss met a guard. A neighbour was angry.", "he", "A neighbour"),
        ("Ada Voss met the press. “Most people here are angry.", "she", "Ada Voss"),
        ("Ada Voss met the press. “A worker here is angry.", "he", "Ada Voss"),
    ],
)
def test_no_crowd_is_a_he(scanner: Scanner, before: str, pronoun: str, refers: str) -> None:
    """He and she stand for one person, and never for whom a quotation before them begins with."""
    opened = f"{before} " if "“" in before else f"{before} “"
    sentence = scanner.scan(f"{opened}The quay may shut,” {pronoun} said.").sentences[-1]
    assert sentence.source is not None
    assert (sentence.source.text, sentence.source.refers) == (pronoun, refers)


@pytest.mark.parametrize(
    ("before", "again", "refers"),
    [
        ("Cllr Ray Voss said no.", "Cllr Voss", "Cllr Ray Voss"),
        ("Cllr Ray Voss said no.", "Mr Voss", "Cllr Ray Voss"),
        ("Cllr Ray Voss said no. Mr Voss said so.", "Voss", "Cllr Ray Voss"),
        ("The mayor, Jane Holt, said no.", "Mayor Holt", "Jane Holt"),
        ("Mr Voss said no.", "Voss", "Mr Voss"),
        ("Ada Voss and Ray Voss said no.", "Mr Voss", ""),
        ("Ray Voss said no.", "Dr Lee", ""),
    ],
)
def test_titles_are_no_part_of_a_name(scanner: Scanner, before: str, again: str, refers: str) -> None:
    """Whoever comes up again with a title and a family name is the one who had a first name."""
    source = scanner.scan(f"{before} {again} said it again.").sentences[-1].source
    assert source is not None
    assert (source.text, source.refers) == (again, refers)
