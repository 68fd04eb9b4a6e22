"""Looking again at open reports by rules that were taken."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.duty import look_again_if_due
from kavalan.casework.triage.models import RuleSet
from kavalan.casework.triage.services import bring_rules, look_again, set_aside_report, take_rules

from ..conftest import NOW
from .conftest import lay, reported, tip
from .test_bring_rules import OWN

HEAVIER = OWN.replace('weight = 15\nwords = "an account is given"', 'weight = 21\nwords = "an account is given"')


@pytest.fixture
def taken(people, desk):
    lay(desk, *(tip(number, reported(f"u-{number}")) for number in range(3)))
    rules = bring_rules(people.bob, NOW, text=HEAVIER, reason="x")
    return take_rules(people.alice, NOW, rules=rules, reason="x")


def test_every_open_report_is_looked_at_and_the_old_look_stays(people, taken, entries, last_entry):
    aside = Report.objects.earliest("pk")
    set_aside_report(people.bob, NOW, report=aside, reason="x")
    before = entries()
    look_again_if_due(NOW)
    assert list(Report.objects.order_by("pk").values_list("workability", flat=True)) == [15, 21, 21]
    assert [one.assessments.count() for one in Report.objects.order_by("pk")] == [1, 2, 2]
    assert entries() == before + 1
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["reports"]) == ("triage.look_again", taken.public_id, 2)


def test_it_ends_once_all_are_done_and_says_when(taken, entries):
    look_again_if_due(NOW)
    assert RuleSet.objects.get(pk=taken.pk).applied_at == NOW
    before = entries()
    look_again_if_due(NOW + timedelta(hours=1))
    assert entries() == before


def test_it_goes_on_in_parts(taken, monkeypatch, entries):
    monkeypatch.setattr("kavalan.casework.triage.services.looking.AT_ONCE", 2)
    look_again(None, NOW, rules=taken)
    assert RuleSet.objects.get(pk=taken.pk).applied_at is None
    look_again_if_due(NOW)
    assert RuleSet.objects.get(pk=taken.pk).applied_at == NOW
    assert {one.assessments.count() for one in Report.objects.all()} == {2}


def test_rules_that_are_not_in_force_look_at_nothing(people, desk):
    rules = bring_rules(people.bob, NOW, text=OWN, reason="x")
    with pytest.raises(RefusedError, match="not in force"):
        look_again(None, NOW, rules=rules)
