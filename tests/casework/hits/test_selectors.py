"""What is listed of hits."""

import pytest

from kavalan.casework.exhibits.rules import ItemFilter, Standing
from kavalan.casework.exhibits.selectors import figures, item_page
from kavalan.casework.hits import selectors
from kavalan.casework.hits.services import start_rematch
from kavalan.lists import Kind

from ..conftest import NOW
from ..exhibits.batches import row
from .conftest import entry


@pytest.fixture
def mixed(make_list, take_in):
    """Seven items: identical, unknown, MD5 only, identical, suppressed, known good, contradicted."""
    make_list(
        "known",
        entry(1, b"0"),
        entry(2, b"2", ("md5",)),
        entry(3, b"3", ("sha1",)),
        entry(4, b"4"),
        entry(5, b"6", ("md5",), sha256=b"\x01" * 32),
    )
    make_list("cleared", entry(1, b"4"), kind=Kind.NEGATIVE)
    make_list("system", entry(1, b"5"), kind=Kind.KNOWN_GOOD)
    return take_in([row(b"%d" % number, b"%d" % number) for number in range(7)])


def pages(exhibit, **query):
    """The item numbers of each page, from the first to the last."""
    found, after = [], 0
    while after is not None:
        page = selectors.known_page(exhibit, after=after, **query)
        found.append([known.item.number for known in page.items])
        after = page.after
    return found


def test_figures_are_apart_and_count_each_item_once(exhibit, mixed):
    known = figures([exhibit])[exhibit.pk]
    assert known.sure == [(Standing.IDENTICAL, 2), (Standing.MD5_ONLY, 1), (Standing.NEAR, 0)]
    assert known.doubtful == [(Standing.CONTRADICTED, 1), (Standing.SUPPRESSED, 1)]
    assert known.listed == 5


def test_same_content_twice_is_two_items(exhibit, make_list, take_in):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one"), row(b"b", b"one")])
    assert figures([exhibit])[exhibit.pk][Standing.IDENTICAL] == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [[1, 3], [4, 5], [7]]),
        ({"standing": Standing.IDENTICAL}, [[1, 4]]),
        ({"standing": Standing.SUPPRESSED}, [[5]]),
        ({"standing": Standing.NEAR}, [[]]),
    ],
)
def test_pages_hold_every_item_with_hits_once_and_in_order(exhibit, mixed, monkeypatch, query, expected):
    monkeypatch.setattr(selectors, "ITEMS_A_PAGE", 2)
    assert pages(exhibit, **query) == expected


def test_items_on_a_list_are_a_filter_of_the_exhibits_items(exhibit, mixed):
    assert [item.number for item in item_page(exhibit, ItemFilter(known_only=True)).items] == [1, 3, 4, 5, 7]


def test_strongest_hits_are_shown_and_the_others_counted(exhibit, make_list, take_in, monkeypatch):
    monkeypatch.setattr(selectors, "HITS_SHOWN", 2)
    make_list("known", entry(1, b"one", ("md5",)), entry(2, b"one"), entry(3, b"one", ("sha1",)))
    take_in([row(b"a", b"one")])
    (known,) = selectors.known_page(exhibit).items
    assert ([hit.method for hit in known.hits], known.more) == ([1, 2], 1)


def test_withdrawn_hits_come_last(exhibit, make_list, catalogue, take_in, rematch):
    make_list("a", entry(1, b"one"))
    make_list("b", entry(1, b"one", ("md5",)))
    take_in([row(b"a", b"one")])
    catalogue.remove("a")
    rematch()
    (known,) = selectors.known_page(exhibit).items
    assert [(hit.list_name, hit.withdrawn_at is None) for hit in known.hits] == [("b", True), ("a", False)]


def test_page_is_two_queries_however_many_hits(exhibit, mixed, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = selectors.known_page(exhibit)
        assert [len(known.hits) for known in page.items] == [1, 1, 1, 2, 1]


def test_last_question_is_the_rematch_where_it_covered_the_scan(exhibit, make_list, take_in, rematch):
    assert selectors.question(exhibit).asked is None
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    assert [one["name"] for one in selectors.question(exhibit).matched] == ["known"]
    make_list("later", entry(1, b"one"))
    rematch()
    asked = selectors.question(exhibit)
    assert ([one["name"] for one in asked.matched], asked.again, asked.partial) == (["known", "later"], True, [])


def test_list_that_came_in_between_is_named_partial(exhibit, make_list, take_in):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    make_list("late", entry(1, b"one"))
    make_list("known", entry(2, b"two"))
    take_in([row(b"b", b"two")], number=2)
    assert [one["name"] for one in selectors.question(exhibit).partial] == ["known", "late"]


def test_rematch_under_way_is_told(people, exhibit):
    rematch = start_rematch(people.alice, NOW)
    assert selectors.question(exhibit).under_way == rematch


def test_other_units_rematch_is_none_of_ours(people, exhibit):
    start_rematch(people.charlie, NOW)
    assert selectors.question(exhibit).under_way is None
