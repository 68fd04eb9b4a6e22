"""Of the browser tests' workspace what triage shows: urgent reports, alike ones, a child who is reported, a slice."""

from datetime import timedelta

from django.utils import timezone
from tests.browser.routing_furniture import desk_of

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import enter_report
from kavalan.casework.intake.typed import Typed
from kavalan.casework.triage.rules import SliceAnswer
from kavalan.casework.triage.ruling import packaged_text
from kavalan.casework.triage.services import answer_fact, answer_slice, bring_rules, draw_slice
from kavalan.tips import Account, Person, Tip


def lay_triage(officer, supervisor, now):
    """Reports at the officer's desk, which the officer supervises as well; the addresses of some pages."""
    lead = Officer.objects.select_related("unit").get(badge=supervisor)
    desk = desk_of(officer, lead, now)
    grant(lead, now, compartment=desk.compartment, to=officer, role=Role.SUPERVISOR)

    def tell(number, *persons, answers=None, **said):
        tip = Tip(form="phone", number=number, sender="Helpline, invented", persons=persons, **said)
        typed = Typed(Form.PHONE, tip, now - timedelta(minutes=50), answers or {})
        return enter_report(officer, now, desk=desk, typed=typed)

    caller = Person("reported", account=Account("Example Messenger", "lagoon-1", "lagoon.one"))
    first = tell("H-1", caller)
    tell("H-1", caller, Person("victim", name="Zelphine Okwaramba"))
    waiting = tell("H-2", caller, answers={"danger_now": True})
    tell("H-3", answers={"child_reports": True})
    child = tell("H-4", Person("reported", name="Tavik Melorin", age="14"))
    for number in range(5, 9):
        tell(f"H-{number}")
    answer_fact(officer, now, report=first, fact="solicitation", answer=True, reason="read out by the caller")
    drawn = draw_slice(None, now, desk=desk, day=timezone.localdate(now), seed=bytes(32)).drawn.order_by("pk")
    missed = "a school is named in the call"
    answer_slice(officer, now, drawn=drawn[0], answer=SliceAnswer.MISSED, reason=missed)
    text = packaged_text().replace('version = "1"', 'version = "Malanad 1"')
    rules = bring_rules(lead, now, text=text, reason="our own weights, to be read")
    return {
        "alike": f"/intake/reports/{first.public_id}/triage/",
        "urgent": f"/intake/urgent/{waiting.urgent.get().public_id}/",
        "flag": f"/intake/persons/{first.persons.get().public_id}/child/",
        "child_report": f"/reports/{child.public_id}/",
        "drawn": f"/intake/slice/{drawn[1].public_id}/",
        "rule_set": f"/intake/rules/{rules.public_id}/",
    }
