"""Taking an account away."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.services import end_account

from .conftest import SOON, fresh


def test_row_stays_and_says_why(people, link):
    end_account(people.bob, SOON, link=link, reason="a mistake")
    gone = fresh(link)
    assert (gone.ended_by, gone.ended_at, gone.ended_why) == (people.bob, SOON, "a mistake")
    with pytest.raises(RefusedError, match="already"):
        end_account(people.bob, SOON, link=link, reason="again")
