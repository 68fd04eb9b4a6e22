"""Entering what was told."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import enter_report
from kavalan.casework.intake.typed import Someone, Typed, tip_of_typed

from ..conftest import NOW

CALLER = Someone(name="Meera Pillai", phone="+91 98470 12345").as_person("reporter")


def typed(*, confidential, at=NOW):
    passages = [("What is told", "Meera Pillai heard it")]
    tip = tip_of_typed(Form.PHONE, at, people=[CALLER, None], passages=passages)
    return Typed(Form.PHONE, tip, at, {"danger_now": False}, confidential)


def test_confidential_reporter_is_sealed_and_another_is_not(people, desk):
    sealed = enter_report(people.bob, NOW, desk=desk, typed=typed(confidential=True)).persons.get()
    named = enter_report(people.bob, NOW, desk=desk, typed=typed(confidential=False)).persons.get()
    assert (sealed.identity.kind, sealed.told["name"]) == ("reporter", sealed.identity.pseudonym)
    assert "Meera" not in str(sealed.report.tip)
    assert (named.identity, named.told["name"]) == (None, "Meera Pillai")


def test_ledger_is_told_reference_and_digest_and_nothing_that_was_said(people, desk, last_entry):
    report = enter_report(people.bob, NOW, desk=desk, typed=typed(confidential=True))
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("report.enter", report.public_id)
    assert said.keys() == {"desk", "form", "reference", "sha256"}
    assert (report.delivery.via, Delivery.objects.get().reports) == ("typed", 1)


def test_nothing_was_told_after_now(people, desk):
    with pytest.raises(RefusedError, match="cannot arrive after now"):
        enter_report(people.bob, NOW, desk=desk, typed=typed(confidential=True, at=NOW + timedelta(days=1)))
    assert not Report.objects.exists()
