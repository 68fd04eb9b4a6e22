"""What the address of the list of hits may ask for."""

import pytest
from django.http import QueryDict

from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.hits.forms import HitsQuery


@pytest.mark.parametrize(
    ("asked", "standing", "after", "filters"),
    [
        ("", None, 0, ""),
        ("standing=near&after=7", Standing.NEAR, 7, "standing=near"),
        ("standing=withdrawn", Standing.WITHDRAWN, 0, "standing=withdrawn"),
        ("standing=unknown", None, 0, ""),
        ("standing=known_good", None, 0, ""),
        ("standing=%27%20OR%201&after=-1", None, 0, ""),
        ("after=99999999999999999999999", None, 0, ""),
    ],
)
def test_only_what_is_known_is_taken(asked, standing, after, filters):
    query = HitsQuery(QueryDict(asked))
    assert (query.standing, query.after, query.filters) == (standing, after, filters)
