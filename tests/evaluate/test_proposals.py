"""Proposals by themselves: places and quoted text."""

from factcheck.evaluate.proposals import Proposal, quoted


def test_places_of_a_proposal() -> None:
    """Whatever its pattern takes, and more."""
    places = Proposal("hedge", "", None, "(it is possible | possible) <word> that").places
    assert places.search("and it is possible, so that")
    assert places.search("possible u.s. that")
    assert not places.search("impossible now that")
    assert not places.search("possible that")


def test_quoted() -> None:
    """Marks that end a string are escaped."""
    assert quoted('a "b" \\ c') == r'"a \"b\" \\ c"'
