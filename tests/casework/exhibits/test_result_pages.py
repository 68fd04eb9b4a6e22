"""The pages of places and of what could not be read, against counting by hand."""

import pytest
from django.urls import reverse

from kavalan.casework.exhibits.rules import PLACE_WORDS, REASON_HELP, REASON_WORDS
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.scan.places import PlaceKind
from kavalan.scan.results.reasons import CLASSES

from ..conftest import NOW
from .batches import row, unread

ROWS = [
    row(b"DCIM/Camera/1.jpg", b"1", "image/jpeg"),
    row(b"DCIM/Camera/2.mp4", b"2", "video/mp4", error="the file is truncated"),
    row(b"Download/3.txt", b"3"),
    unread(b"Download/4.zip", "it is encrypted"),
    row(b"Download/5.jpg", b"5", "image/jpeg", error="CRC differs", stored_agrees=False),
    unread(b"adv-office/6.zip", "it is encrypted"),
    unread(b"DCIM/Camera/7.jpg", "no such luck"),
]


@pytest.fixture
def ask(client, people, exhibit, load):
    load(ROWS)
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    client.force_login(people.alice)
    return lambda route, **asked: client.get(reverse(route, args=[exhibit.public_id]), asked)


def test_every_class_of_reasons_and_places_has_its_words():
    assert list(REASON_WORDS) == list(CLASSES) == list(REASON_HELP)
    assert set(PLACE_WORDS) == {str(place) for place in PlaceKind}


def test_places_count_open_items_by_sort(ask):
    lots = {lot.name: (lot.items, lot.pictures, lot.videos, lot.others) for lot in ask("places").context["lots"]}
    assert lots == {"camera": (3, 1, 1, 1), "downloads": (3, 1, 0, 2)}


def test_what_was_not_read_is_counted_by_reason_and_privileged_items_are_not(ask):
    lots = {lot.name: lot.items for lot in ask("unread").context["lots"]}
    assert lots == {"damaged": 1, "encrypted": 1, "stored checksum differs": 1, "other": 1}


def test_a_reason_leads_to_its_items(ask):
    page = ask("unread", reason="damaged")
    assert [item.number for item in page.context["page"].items] == [2]
    assert "the file is truncated" in page.text


def test_all_that_was_not_read_is_listed_without_a_reason(ask):
    assert [item.number for item in ask("unread").context["page"].items] == [2, 4, 5, 7]
    assert [item.number for item in ask("unread", reason="magic").context["page"].items] == [2, 4, 5, 7]


def test_the_list_of_items_takes_a_reason_as_a_filter(ask):
    page = ask("exhibit", reason="encrypted")
    assert [item.number for item in page.context["page"].items] == [4]
    assert page.context["facets"].items == 1


@pytest.mark.parametrize("route", ["places", "unread", "timeline", "stacks"])
def test_exhibit_without_items_says_what_to_do(client, people, exhibit, route):
    client.force_login(people.alice)
    assert "Not scanned yet" in client.get(reverse(route, args=[exhibit.public_id])).text


def test_exhibit_of_which_everything_was_read_says_so(client, people, exhibit, load):
    load(ROWS[:1])
    client.force_login(people.alice)
    assert "Everything was read" in client.get(reverse("unread", args=[exhibit.public_id])).text


@pytest.mark.parametrize("route", ["places", "unread", "timeline", "stacks"])
def test_page_says_how_many_are_sealed(ask, route):
    assert "1 item is sealed: privileged" in ask(route).text
