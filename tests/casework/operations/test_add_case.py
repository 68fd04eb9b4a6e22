"""Putting a case into an operation."""

import pytest

from kavalan.casework.cases.selectors import case_for
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.case_section import operations_section
from kavalan.casework.operations.selectors.operations import joined_cases, operation_for
from kavalan.casework.operations.services import add_case

from ..conftest import NOW


def test_case_opens_to_nobody_by_being_put_in(people, operation, case, joined):
    assert case_for(people.charlie, case.public_id, NOW) is None
    assert operation_for(people.bob, operation.public_id, NOW) is None
    assert joined_cases(operation, people.alice, NOW) == ([joined], 0)
    assert joined_cases(operation, people.charlie, NOW) == ([], 1)


def test_page_of_the_case_names_the_operation_to_whom_it_is_open(people, operation, case, joined):
    assert operations_section(people.alice, case, NOW).context == {"operations": [operation], "more": False}
    assert operations_section(people.bob, case, NOW) is None


def test_case_is_in_an_operation_once(people, operation, case, joined):
    with pytest.raises(RefusedError, match="already"):
        add_case(people.alice, NOW, operation=operation, case=case)


def test_only_who_works_on_both_puts_a_case_in(people, operation, case):
    with pytest.raises(RefusedError, match="Only who works on a case"):
        add_case(people.charlie, NOW, operation=operation, case=case)
    with pytest.raises(RefusedError, match="Your role in this operation"):
        add_case(people.bob, NOW, operation=operation, case=case)
