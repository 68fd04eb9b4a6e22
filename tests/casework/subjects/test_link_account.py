"""Linking one more account."""

from datetime import date

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.services import link_account

from .conftest import OTHER, PHONE, SOON, claim


def test_second_account_has_days_and_evidence_of_its_own(people, subject, told):
    report = told(OTHER.value, OTHER.kind)
    link = link_account(
        people.alice, SOON, subject=subject, account=OTHER, claim=claim(None, date(2026, 2, 1)), rests_on=report
    )
    assert (link.since, link.until, link.report) == (None, date(2026, 2, 1), report)


def test_same_account_is_not_linked_twice_for_one_day(people, subject, report):
    with pytest.raises(RefusedError, match="for that time already"):
        link_account(people.alice, SOON, subject=subject, account=PHONE, claim=claim(), rests_on=report)
    before = claim(date(2025, 1, 1), date(2025, 12, 31))
    assert link_account(people.alice, SOON, subject=subject, account=PHONE, claim=before, rests_on=report)


def test_last_day_does_not_lie_before_the_first(people, subject, report):
    backward = claim(date(2025, 2, 1), date(2025, 1, 1))
    with pytest.raises(RefusedError, match="before the first"):
        link_account(people.alice, SOON, subject=subject, account=PHONE, claim=backward, rests_on=report)
