"""A link alone converts nothing; one place that became one is followed; the rest is asked."""

from datetime import date

import pytest

from auditapp.core.errors import RuleBroken
from auditapp.organisations.conversions import Waiting, follow
from auditapp.organisations.links import read_links
from auditapp.organisations.listing import Link
from tests.organisations.lists import content


def link(code, linked, kind="Successor"):
    return Link(code, linked, kind, None)


def both_ways(old, new):
    return [link(old, new), link(new, old, "Predecessor")]


def test_a_place_goes_on_under_its_successors_number():
    followed = follow(both_ways("1", "2"), listed=["2", "9"], places={"1": 10, "8": 80})

    assert followed.converted == {"2": "1"}
    assert (followed.waiting, followed.undecided, followed.apart) == ([], [], {})


def test_one_direction_of_a_link_is_enough():
    assert follow([link("2", "1", "Predecessor")], listed=["2"], places={"1": 1}).converted
    assert follow([link("1", "2")], listed=["2"], places={"1": 1}).converted


def test_a_link_waits_until_its_successor_is_listed_as_open():
    followed = follow(both_ways("1", "2"), listed=["1"], places={"1": 10})

    assert (followed.converted, followed.waiting) == ({}, [Waiting("1", "2")])


def test_conversions_that_were_missed_are_followed_one_after_the_other():
    links = both_ways("1", "2") + both_ways("2", "3")

    assert follow(links, listed=["3"], places={"1": 10}).converted == {"3": "1"}


@pytest.mark.parametrize(
    ("links", "listed", "why"),
    [
        ([link("1", "2", "Successor - Split School")], ["2"], "Split School"),
        ([link("1", "2", "Result of Amalgamation")], ["2"], "Amalgamation"),
        (both_ways("1", "2") + both_ways("5", "2"), ["2"], "more than one predecessor"),
        (both_ways("1", "2") + both_ways("1", "7"), ["2"], "more than one successor"),
        (both_ways("1", "2"), ["1", "2"], "lists both as open"),
    ],
)
def test_splits_mergers_and_contradictions_are_put_to_a_person(links, listed, why):
    followed = follow(links, listed=listed, places={"1": 10})

    assert followed.converted == {}
    [undecided] = followed.undecided
    assert undecided[:2] == ("1", "2") and why in undecided.why


def test_what_was_left_apart_by_a_person_is_not_asked_again():
    split = [link("1", "2", "Successor - Split School")]

    assert follow(split, listed=["1", "2"], places={"1": 10, "2": 20}).undecided == []


def test_two_places_that_are_one_by_a_late_link_are_told_apart_from_conversions():
    followed = follow(both_ways("1", "2"), listed=["2"], places={"1": 10, "2": 20})

    assert (followed.converted, followed.apart) == ({}, {"2": "1"})


def test_a_place_that_has_converted_is_left_alone():
    followed = follow(both_ways("1", "2"), listed=["2"], places={"2": 10})

    assert followed == follow([], listed=[], places={})


def test_links_in_a_circle_end():
    circle = [link("1", "2"), link("2", "3"), link("3", "1")]

    assert follow(circle, listed=["1"], places={"9": 90}).converted == {}


def test_a_sixth_form_centre_is_no_predecessor():
    centre = [link("2", "1", "Sixth Form Centre School")]

    assert follow(centre, listed=["2"], places={"1": 10}).undecided == []


def test_the_links_file_is_read():
    links, errors = read_links(content("links.csv"))

    assert errors == [] and len(links) == 4
    assert links[0] == Link("990014", "990114", "Successor", date(2024, 11, 30))


def test_a_link_with_a_broken_date_is_named_and_left_out():
    broken = content("links.csv").replace(b"01-12-2024", b"45627")

    links, errors = read_links(broken)

    assert len(links) == 3
    assert errors[0].startswith("Links, row 3, LinkEstablishedDate: “45627”")


def test_the_establishments_are_not_taken_for_the_links():
    with pytest.raises(RuleBroken, match="not the links file"):
        read_links(content("july-135.csv"))
