"""Filters as links, with what they would leave: against listing it."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.facets import Facets
from kavalan.casework.exhibits.forms import ItemsQuery

from .batches import row, unread

ROWS = [
    row(b"DCIM/Camera/1.jpg", b"1", "image/jpeg"),
    row(b"DCIM/Camera/2.jpg", b"2", "image/jpeg", state="deleted"),
    row(b"DCIM/Camera/3.mp4", b"3", "video/mp4"),
    row(b"Download/4.jpg", b"4", "image/jpeg", error="truncated"),
    unread(b"5", "gone"),
    row(b"Download/6.mp4", b"6", "video/mp4", state="deleted"),
]
ASKED = ["", "family=picture", "deleted=1", "place=downloads&family=video", "unread=1&deleted=1", "known=1"]


def query(text):
    return ItemsQuery(QueryDict(text))


@pytest.mark.parametrize("asked", ASKED)
def test_each_link_leads_to_as_many_items_as_it_says(exhibit, load, asked):
    load(ROWS)
    facets = Facets(selectors.tallies(exhibit), query(asked))
    links = [*facets.sorts, *facets.standings, *facets.places]
    listed = {link.address: len(selectors.item_page(exhibit, query(link.address).asked).items) for link in links}
    said = {link.address: link.others if link.chosen else link.items for link in links}
    assert said == listed
    assert facets.items == len(selectors.item_page(exhibit, query(asked).asked).items)


def test_what_is_chosen_is_taken_away_by_its_link(exhibit, load):
    load(ROWS)
    facets = Facets(selectors.tallies(exhibit), query("family=video&place=camera"))
    assert [(str(one.label), one.address) for one in facets.chosen] == [
        ("Videos", "place=camera"),
        ("camera", "family=video"),
    ]


def test_only_places_in_which_something_lies_are_offered(exhibit, load):
    load(ROWS)
    facets = Facets(selectors.tallies(exhibit), query(""))
    assert {str(one.label) for one in facets.places} >= {"camera", "downloads"}
    assert ("cache" in {str(one.label) for one in facets.places}, facets.standings) == (False, [])


def test_page_without_any_item_says_which_filter_to_take_away(client, people, exhibit, load):
    load(ROWS)
    client.force_login(people.alice)
    page = client.get(f"{reverse('exhibit', args=[exhibit.public_id])}?family=video&unread=1").text
    assert "no item meets all of them" in page
    assert 'href="?unread=1">Without “Videos” <span class="number">2</span>' in page
    assert 'href="?family=video">Without “Not wholly readable” <span class="number">2</span>' in page
