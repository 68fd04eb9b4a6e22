"""What an authority does not reach is sealed: counted, and shown nowhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.guard import writing
from kavalan.casework.hits.selectors import known_page
from kavalan.casework.verbs import step

from ..conftest import LATER, NOW
from .batches import row, unread

ROWS = [
    row(b"inside.jpg", b"1", "image/jpeg", modified=NOW),
    row(b"inside.mp4", b"2", "video/mp4", modified=NOW),
    row(b"early.jpg", b"3", "image/jpeg", modified=NOW - timedelta(seconds=1)),
    row(b"late.jpg", b"4", "image/jpeg", modified=LATER),
    unread(b"timeless", "gone"),
]


@pytest.fixture
def limited(people, exhibit, load):
    """E-1, loaded under a warrant that reaches only so far, and every item on a list."""

    def make(**limits):
        with writing(frozenset({"authority_authority"})):
            type(people.warrant).objects.update(**limits)
        load(ROWS)
        stand_all(exhibit)
        exhibit.authority.refresh_from_db()
        return exhibit

    return make


@step(Item, *KEPT)
def stand_all(exhibit):
    with brought_forward([exhibit.pk], exhibit.items.all()):
        exhibit.items.update(standing=Standing.IDENTICAL)


@pytest.fixture
def narrow(limited):
    """E-1 under a warrant that reaches from now until later."""
    return limited(dates_from=NOW, dates_until=LATER)


def test_only_items_within_are_listed(narrow):
    assert [item.number for item in selectors.item_page(narrow).items] == [1, 2]
    assert [known.item.number for known in known_page(narrow).items] == [1, 2]


def test_figures_are_of_what_is_open_and_the_sealed_are_counted(narrow):
    assert selectors.counts(narrow) == selectors.Counts(items=2, pictures=1, videos=1, unread=0, sealed=3)
    assert selectors.figures([narrow])[narrow.pk] == {Standing.IDENTICAL: 2}


def test_kinds_that_the_paper_does_not_name_are_sealed(limited):
    assert selectors.counts(limited(kinds=["video"])) == selectors.Counts(
        items=1, pictures=0, videos=1, unread=0, sealed=4
    )


def test_page_says_how_many_are_sealed_and_names_none(client, people, narrow):
    client.force_login(people.alice)
    page = client.get(reverse("exhibit", args=[narrow.public_id])).text
    assert "3 items are sealed: outside the authority" in page
    assert [name for name in ("inside", "early", "late.jpg", "timeless") if name in page] == ["inside"]


def test_exhibit_whose_paper_limits_nothing_in_it_mentions_no_seal(client, people, exhibit, load):
    load(ROWS)
    client.force_login(people.alice)
    assert "sealed" not in client.get(reverse("exhibit", args=[exhibit.public_id])).text
