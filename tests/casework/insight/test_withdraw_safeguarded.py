"""Withdrawing that a child was brought to safety."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.services import record_safeguarded, withdraw_safeguarded
from kavalan.casework.insight.sources import safeguarded

from ..conftest import NOW
from .test_sources import YEAR


def test_a_row_that_was_withdrawn_stays_and_is_counted_no_more(people, cases, child):
    row = record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=child.pseudonym, happened_on=NOW.date())
    assert sum(safeguarded(YEAR).values()) == 1
    assert withdraw_safeguarded(people.alice, NOW, row=row, reason="another child").withdrawn_why == "another child"
    assert sum(safeguarded(YEAR).values()) == 0
    with pytest.raises(RefusedError, match="already"):
        withdraw_safeguarded(people.alice, NOW, row=row, reason="again")
    record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=child.pseudonym, happened_on=NOW.date())
