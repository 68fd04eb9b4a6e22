"""Closing an operation."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.figures import rows_of, total_of
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.selectors.counting import counted
from kavalan.casework.operations.services import close_operation

from ..conftest import NOW


def test_closing_keeps_the_figures_and_what_is_told_later_shows_beside_them(people, operation, searched, tell):
    made = close_operation(people.alice, NOW, operation=operation, remark="S-3 is a school: after the holidays")
    tell(searched[2], State.SEARCHED)
    changed = {
        row.figure.id: (row.before, row.total)
        for row in rows_of(counted(operation), made.figures)
        if row.before is not None
    }
    assert changed == {"waiting": (1, 0), "searched": (2, 3)}
    made.refresh_from_db()
    assert total_of(made.figures, "searched") == 2


def test_operation_is_closed_again_once_something_has_changed(people, operation, searched, tell, last_entry):
    close_operation(people.alice, NOW, operation=operation)
    operation.refresh_from_db()
    assert operation.closed_at == NOW
    with pytest.raises(RefusedError, match="Nothing has changed"):
        close_operation(people.alice, NOW, operation=operation)
    tell(searched[2], State.SEARCHED)
    again = close_operation(people.alice, NOW + timedelta(days=1), operation=operation)
    operation.refresh_from_db()
    assert (again.number, operation.closed_at) == (2, NOW)
    assert last_entry()[1]["searched"] == 3


def test_operation_without_a_site_is_not_closed(people, operation):
    with pytest.raises(RefusedError, match="without a site"):
        close_operation(people.alice, NOW, operation=operation)


def test_only_who_supervises_closes_it(people, operation, sites):
    with pytest.raises(RefusedError, match="Your role in this operation"):
        close_operation(people.charlie, NOW, operation=operation)
