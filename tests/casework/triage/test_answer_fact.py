"""An officer answers a question: a new look, and the old one stays."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import Lane
from kavalan.casework.triage.models import Answer, Urgent
from kavalan.casework.triage.services import answer_fact

from ..conftest import NOW


def test_it_leads_to_a_new_look_that_says_who_and_why(people, report, last_entry):
    answer_fact(people.bob, NOW, report=report, fact="solicitation", answer=True, reason="seen in the chat")
    first, second = report.assessments.order_by("number")
    assert (second.number, second.by, second.reason) == (2, people.bob, "seen in the chat")
    assert second.risk > first.risk == 0
    line = next(line for line in second.lines.risk.lines if line.line.fact == "solicitation")
    assert line.fact.because == ("answered",)
    assert Report.objects.get(pk=report.pk).risk == second.risk
    _, said = last_entry()
    assert (said["fact"], said["answer"], said["reason"]) == ("solicitation", "yes", "seen in the chat")


def test_danger_now_raises_it(people, report):
    answer_fact(people.bob, NOW, report=report, fact="danger_now", answer=True, reason="the caller said so")
    assert Report.objects.get(pk=report.pk).lane == Lane.URGENT
    assert Urgent.objects.get(report=report).acknowledged_at is None


def test_newest_answer_holds_and_may_be_unknown_again(people, report):
    for answer in (True, None):
        answer_fact(people.bob, NOW, report=report, fact="solicitation", answer=answer, reason="x")
    assert Report.objects.get(pk=report.pk).risk == 0
    assert Answer.objects.filter(report=report).count() == 2


@pytest.mark.parametrize(
    ("who", "fact", "reason", "why"),
    [
        ("bob", "guilty", "x", "no such question"),
        ("bob", "danger_now", " ", "A reason"),
        ("charlie", "danger_now", "x", "Only who takes in"),
    ],
)
def test_it_is_refused(people, report, who, fact, reason, why):
    with pytest.raises(RefusedError, match=why):
        answer_fact(getattr(people, who), NOW, report=report, fact=fact, answer=True, reason=reason)
