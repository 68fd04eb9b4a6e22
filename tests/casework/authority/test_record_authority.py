"""Recording authorities."""

import pytest
from django.db import IntegrityError

from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.selectors import grounds_of
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing

from ..conftest import LATER, NOW, grounds


def record(actor, said, reference="FIR 12/2026"):
    return record_authority(actor, NOW, kind=Kind.FIR, reference=reference, grounds=said)


def test_authority_says_what_was_recorded(people, last_entry):
    said = grounds("E-8", "E-9", activities=["collect", "triage"])
    authority = record(people.charlie, said)
    assert grounds_of(authority) == said
    assert authority.unit == people.charlie.unit
    entry, told = last_entry()
    assert (entry.verb, entry.authority, entry.subject) == ("authority.record", None, authority.public_id)
    assert (told["reference"], told["exhibits"]) == ("FIR 12/2026", ["E-8", "E-9"])


@pytest.mark.parametrize(
    "said",
    [
        Grounds({Activity.COLLECT: Span(NOW, LATER)}, frozenset()),
        Grounds({Activity.COLLECT: Span(NOW, LATER)}, frozenset({"everything"})),
        Grounds({}, frozenset({"E-1"})),
    ],
)
def test_authority_for_everything_or_nothing_is_refused(people, entries, said):
    before = entries()
    with pytest.raises(RefusedError):
        record(people.alice, said)
    assert (entries(), Authority.objects.count()) == (before, 1)


def test_database_refuses_a_permission_with_an_open_end(people):
    with writing(frozenset({"authority_permit"})), pytest.raises(IntegrityError):
        Permit.objects.create(authority=people.warrant, activity="block", valid_from=NOW, valid_until=None)


def test_database_refuses_a_permission_that_ends_before_it_begins(people):
    with writing(frozenset({"authority_permit"})), pytest.raises(IntegrityError):
        Permit.objects.create(authority=people.warrant, activity="block", valid_from=LATER, valid_until=NOW)
