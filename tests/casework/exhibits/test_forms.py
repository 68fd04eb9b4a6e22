"""What addresses may ask for."""

import pytest
from django.http import QueryDict

from kavalan.casework.exhibits.forms import ExhibitsQuery, ItemsQuery
from kavalan.casework.exhibits.rules import Family, ItemFilter, Standing


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", (ItemFilter(), 0, "")),
        (
            "family=video&unread=1&after=77",
            (ItemFilter(family=Family.VIDEO, unread_only=True), 77, "family=video&unread=1"),
        ),
        (
            "place=camera&deleted=1&standing=md5_only&known=1",
            (
                ItemFilter(known_only=True, standing=Standing.MD5_ONLY, deleted_only=True, place="camera"),
                0,
                "known=1&standing=md5_only&deleted=1&place=camera",
            ),
        ),
        ("family=nonsense&unread=yes&standing=known_good&place=moon&after=-3", (ItemFilter(), 0, "")),
        ("after=%C2%B2", (ItemFilter(), 0, "")),
        ("after=" + "9" * 4000, (ItemFilter(), 0, "")),
        ("after=9999999999999999999", (ItemFilter(), 2**62, "")),
    ],
)
def test_items_query_takes_what_it_knows_and_passes_over_the_rest(asked, expected):
    query = ItemsQuery(QueryDict(asked))
    assert (query.asked, query.after, query.filters) == expected


def test_filter_is_added_changed_and_taken_away_from_the_first_page_on():
    query = ItemsQuery(QueryDict("family=video&unread=1&after=77"))
    assert query.with_filter("deleted", "1") == "family=video&unread=1&deleted=1"
    assert query.with_filter("family", "picture") == "family=picture&unread=1"
    assert query.with_filter("family", "") == "unread=1"


@pytest.mark.parametrize("asked", ["", "before=", "before=7", "before=%00"])
def test_exhibits_query_without_an_id_is_the_first_page(asked):
    assert ExhibitsQuery(QueryDict(asked)).before is None
