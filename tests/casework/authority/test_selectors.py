"""Asking an authority."""

import uuid
from datetime import timedelta

import pytest

from kavalan.casework.authority import selectors
from kavalan.casework.authority.rules import Activity, Kind
from kavalan.casework.authority.selectors import ask, authority_for, lapsing
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW, grounds


def test_what_it_permits_is_not_refused(people):
    ask(people.warrant, people.alice, Activity.COLLECT, "E-1", NOW)


def test_officer_of_another_unit_is_refused(people):
    with pytest.raises(RefusedError, match="another unit"):
        ask(people.warrant, people.charlie, Activity.COLLECT, "E-1", NOW)


def test_lapsed_authority_is_refused_by_name(people):
    with pytest.raises(RefusedError, match=r"^W 7/2026 .* ended on"):
        ask(people.warrant, people.alice, Activity.COLLECT, "E-1", LATER)


def test_permits_that_end_within_seven_days_are_warned_of_and_no_others(people):
    week = timedelta(days=7)
    assert lapsing(people.alice, LATER - week - timedelta(seconds=1), people.warrant) == []
    soon = lapsing(people.dora, LATER - week, people.warrant)
    assert [permit.activity for permit in soon] == ["collect", "examine"]
    assert lapsing(people.alice, LATER, people.warrant) == lapsing(people.charlie, LATER - week, people.warrant) == []


def test_authority_of_another_unit_is_none_as_one_that_does_not_exist(people):
    assert authority_for(people.dora, people.warrant.public_id) == people.warrant
    assert authority_for(people.charlie, people.warrant.public_id) is None
    assert authority_for(people.dora, uuid.uuid4()) is None


def test_authorities_come_in_pages_the_newest_first(people, monkeypatch):
    monkeypatch.setattr(selectors, "AUTHORITIES_A_PAGE", 1)
    newer = record_authority(people.alice, NOW, kind=Kind.FIR, reference="F 1", grounds=grounds("E-3"))
    record_authority(people.charlie, NOW, kind=Kind.FIR, reference="F 2", grounds=grounds("E-3"))
    page = selectors.authority_page(people.dora)
    assert (list(page.authorities), page.before) == ([newer], newer.public_id)
    rest = selectors.authority_page(people.dora, page.before)
    assert (list(rest.authorities), rest.before) == ([people.warrant], None)
