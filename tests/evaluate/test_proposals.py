"""Proposals by themselves: shares, places and quoted text."""

from factcheck.evaluate.contexts import Share
from factcheck.evaluate.proposals import Proposal, quoted


def test_share() -> None:
    """The interval holds the share, is all there is without a case, and shrinks with the cases."""
    assert Share(0, 0).between == (0.0, 1.0)
    assert Share(3, 4).wrong == 1
    low, high = Share(9, 12).between
    assert 0 < low < 0.75 < high < 1
    narrow = Share(900, 1200).between
    assert low < narrow[0] < narrow[1] < high


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
