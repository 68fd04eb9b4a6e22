"""What addresses may ask for."""

import pytest
from django.http import QueryDict

from kavalan.casework.exhibits.forms import ExhibitsQuery, ItemsQuery
from kavalan.casework.exhibits.rules import Family


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", (None, False, 0, "")),
        ("family=video&unread=1&after=77", (Family.VIDEO, True, 77, "family=video&unread=1")),
        ("family=nonsense&unread=yes&after=-3", (None, False, 0, "")),
        ("after=%C2%B2", (None, False, 0, "")),
        ("after=" + "9" * 4000, (None, False, 0, "")),
        ("after=9999999999999999999", (None, False, 2**62, "")),
    ],
)
def test_items_query_takes_what_it_knows_and_passes_over_the_rest(asked, expected):
    query = ItemsQuery(QueryDict(asked))
    assert (query.family, query.unread_only, query.after, query.filters) == expected


@pytest.mark.parametrize("asked", ["", "before=", "before=7", "before=%00"])
def test_exhibits_query_without_an_id_is_the_first_page(asked):
    assert ExhibitsQuery(QueryDict(asked)).before is None
