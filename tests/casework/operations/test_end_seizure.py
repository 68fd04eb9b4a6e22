"""Taking the link of a seizure back."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.services import end_seizure, link_seizure

from ..conftest import NOW


def test_link_that_was_wrong_is_taken_back_with_a_reason_and_made_anew(people, sites, seizure, linked):
    ended = end_seizure(people.charlie, NOW, link=linked, reason="the house beside it")
    assert ended.ended_why == "the house beside it"
    assert link_seizure(people.alice, NOW, site=sites[1], seizure=seizure).site == sites[1]
    with pytest.raises(RefusedError, match="not linked"):
        end_seizure(people.alice, NOW, link=linked, reason="again")
