"""Taking a case out of an operation."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.selectors.operations import joined_cases
from kavalan.casework.operations.services import end_case

from ..conftest import NOW


def test_case_that_was_taken_out_is_told_no_more_and_its_row_says_why(people, operation, case, joined):
    ended = end_case(people.charlie, NOW, joined=joined, reason="another matter")
    assert (joined_cases(operation, people.alice, NOW), ended.ended_why) == (([], 0), "another matter")
    with pytest.raises(RefusedError, match="not in this operation any more"):
        end_case(people.alice, NOW, joined=joined, reason="again")
