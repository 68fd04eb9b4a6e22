"""Correcting what is said of an account."""

from datetime import date

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.services import correct_account

from .conftest import SOON, claim, fresh


def test_corrected_row_ends_and_another_follows_it_with_the_same_evidence(people, link, report):
    after = correct_account(people.bob, SOON, link=link, claim=claim(date(2025, 6, 1), None, "a bill says so"))
    before = fresh(link)
    assert (before.ended_at, before.ended_why, before.since.isoformat()) == (SOON, "a bill says so", "2026-01-01")
    assert (after.follows, after.report, after.indicator) == (before, report, before.indicator)


def test_account_that_turned_out_to_be_a_childs_is_not_corrected(people, link, told):
    told(may_be_minor=True)
    with pytest.raises(RefusedError, match="may be a child"):
        correct_account(people.bob, SOON, link=link, claim=claim())
    assert fresh(link).ended_at is None
