"""Recording that a child was brought to safety."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.insight.services import record_safeguarded

from ..conftest import NOW

TODAY = NOW.date()


def test_the_child_stands_there_by_the_pseudonym_and_the_ledger_names_nobody(people, cases, child, last_entry):
    made = record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=child.pseudonym.lower(), happened_on=TODAY)
    entry, said = last_entry()
    assert (made.child, entry.verb) == (child, "case.safeguard")
    assert said == {"case": str(cases[0].public_id), "child": child.pseudonym, "on": TODAY.isoformat()}


def test_nobody_is_counted_twice_in_a_case(people, cases, child):
    for case in cases[:2]:
        record_safeguarded(people.alice, NOW, case=case, pseudonym=child.pseudonym, happened_on=TODAY)
    with pytest.raises(RefusedError, match="already"):
        record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=child.pseudonym, happened_on=TODAY)


def test_a_name_is_no_pseudonym_and_a_giver_of_a_consent_no_child(people, cases, child):
    giver = seal_identity(
        people.alice, NOW, kind=Kind.GIVER, compartment=people.compartment, particulars=Particulars("Tavik Melorin")
    )
    for text in ("Zelphine Okwaramba", giver.pseudonym, ""):
        with pytest.raises(RefusedError, match="no child of this pseudonym"):
            record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=text, happened_on=TODAY)


def test_what_lies_ahead_has_not_happened(people, cases, child):
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(RefusedError, match="ahead"):
        record_safeguarded(people.alice, NOW, case=cases[0], pseudonym=child.pseudonym, happened_on=tomorrow)
