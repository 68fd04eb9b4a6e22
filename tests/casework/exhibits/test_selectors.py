"""What is listed, and to whom."""

import pytest

from kavalan.casework.access.services import open_compartment
from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.rules import Family, ItemFilter
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit

from ..conftest import NOW
from .batches import row, unread

ROWS = [
    row(b"1.jpg", b"1", "image/jpeg"),
    row(b"2.mp4", b"2", "video/mp4"),
    row(b"3.txt", b"3"),
    unread(b"4", "gone"),
    row(b"5.jpg", b"5", "image/jpeg", error="truncated"),
    row(b"6.jpg", b"6", "image/png"),
]


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr(selectors, "ITEMS_A_PAGE", 2)
    monkeypatch.setattr(selectors, "EXHIBITS_A_PAGE", 2)


def numbers(exhibit, **query):
    """The item numbers of each page, from the first to the last."""
    pages, after = [], 0
    while after is not None:
        page = selectors.item_page(exhibit, ItemFilter(**query), after)
        pages.append([item.number for item in page.items])
        after = page.after
    return pages


def test_counts_are_those_of_a_walk_over_the_rows(exhibit, load):
    load(ROWS[:4])
    load(ROWS[4:], number=2)
    found = selectors.counts(exhibit)
    assert (found.items, found.pictures, found.videos, found.other, found.unread) == (6, 3, 1, 2, 2)


def test_exhibit_without_batches_counts_nothing(exhibit):
    assert selectors.counts(exhibit) == selectors.Counts(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [[1, 2], [3, 4], [5, 6]]),
        ({"family": Family.PICTURE}, [[1, 5], [6]]),
        ({"family": Family.VIDEO}, [[2]]),
        ({"family": Family.OTHER}, [[3, 4]]),
        ({"unread_only": True}, [[4, 5]]),
        ({"unread_only": True, "family": Family.PICTURE}, [[5]]),
        ({"unread_only": True, "family": Family.VIDEO}, [[]]),
    ],
)
def test_pages_hold_every_item_asked_for_once_and_in_order(exhibit, load, pages_of_two, query, expected):
    load(ROWS)
    assert numbers(exhibit, **query) == expected


def test_items_of_another_exhibit_are_not_listed(people, exhibit, load, folder):
    load(ROWS)
    draft = ExhibitDraft("E-2", folder, people.compartment)
    other = register_exhibit(people.alice, people.warrant, draft, NOW)
    assert selectors.item_page(other).items == []


def test_page_of_items_is_one_query(exhibit, load, django_assert_num_queries):
    load(ROWS)
    with django_assert_num_queries(1):
        kinds = [item.content and item.content.kind for item in selectors.item_page(exhibit).items]
    assert kinds[:2] == ["image/jpeg", "video/mp4"]


def test_exhibits_come_in_pages_the_newest_first(people, folder, pages_of_two):
    made = [
        register_exhibit(people.alice, people.warrant, ExhibitDraft("E-1", folder, people.compartment), NOW),
        register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", folder, people.compartment), NOW),
    ]
    page = selectors.exhibit_page(people.bob, NOW)
    assert (list(page.exhibits), page.before) == (made[::-1], None)
    rest = selectors.exhibit_page(people.bob, NOW, before=made[1].public_id)
    assert list(rest.exhibits) == made[:1]


def test_each_exhibit_comes_with_its_number_of_items(people, exhibit, load):
    load(ROWS)
    assert [shown.item_count for shown in selectors.exhibit_page(people.alice, NOW).exhibits] == [6]


def test_page_before_an_exhibit_one_may_not_see_is_empty(people, exhibit):
    open_compartment(people.charlie, NOW, name="elsewhere")
    assert selectors.exhibit_page(people.charlie, NOW, before=exhibit.public_id).exhibits == []


def test_list_takes_one_query_however_many_exhibits(people, exhibit, load, django_assert_num_queries):
    load(ROWS)
    with django_assert_num_queries(1):
        page = selectors.exhibit_page(people.alice, NOW)
        assert [(str(shown.authority), shown.scan.state) for shown in page.exhibits]


def test_exhibit_one_may_not_see_is_none_as_one_that_does_not_exist(people, exhibit):
    assert selectors.exhibit_for(people.bob, exhibit.public_id, NOW) == exhibit
    assert selectors.exhibit_for(people.charlie, exhibit.public_id, NOW) is None
