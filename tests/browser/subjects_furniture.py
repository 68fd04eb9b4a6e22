"""Of the browser tests' workspace a case with subjects: two accounts, a gap and a watch; one closed, one merged."""

from datetime import timedelta

from django.utils import timezone
from tests.browser.routing_furniture import desk_of

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.rules import Account as Named
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.cases.models import Series
from kavalan.casework.cases.services import join, open_case, open_series
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import enter_report
from kavalan.casework.intake.typed import Typed
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.subjects.linking import Claim
from kavalan.casework.subjects.rules import Certainty, Closed, Side
from kavalan.casework.subjects.services import (
    add_evidence,
    begin_watch,
    close_subject,
    correct_account,
    link_account,
    merge_subjects,
    open_subject,
)
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.subjects.services.watches import Terms
from kavalan.tips import Account, Moment, Person, Tip

NUMBER, SERVICE = "+447700900771", "Example Messenger"
PHONE, ACCOUNT = Identifier("phone", NUMBER), Identifier("account", "example messenger harbour-7")


def lay_subjects(officer, supervisor, now):
    """The addresses of a case's pages about subjects; people and numbers are invented."""
    lead = Officer.objects.select_related("unit").get(badge=supervisor)
    desk = desk_of(officer, lead, now)

    def tell(days):
        seen = now - timedelta(days=days)
        whose = Person(
            "reported", name="Orlan Vexby", phones=(NUMBER,), account=Account(SERVICE, "harbour-7", "harbour")
        )
        tip = Tip(form="phone", persons=(whose,), received=Moment(seen.isoformat(), seen))
        return enter_report(officer, now, desk=desk, typed=Typed(Form.PHONE, tip, now - timedelta(minutes=40)))

    if not Series.objects.filter(unit=lead.unit_id).exists():
        open_series(lead, now, prefix="MALANAD")
    case = open_case(lead, now, title="Accounts of a harbour")
    grant(lead, now, compartment=case.compartment, to=officer, role=Role.INVESTIGATOR)
    first, last = tell(200), tell(3)
    for report in (first, last):
        join(officer, now, case=case, joined=report)
    subject, second, third = (_opened(officer, case, first, now) for _ in range(3))
    link = subject.accounts.get()
    said = Claim(None, None, Certainty.POSSIBLE, "the same words at the same hours")
    account = link_account(officer, now, subject=subject, account=ACCOUNT, claim=said, rests_on=last)
    surer = Claim(timezone.localdate(now) - timedelta(days=3), None, Certainty.LIKELY, "the service told us")
    correct_account(officer, now, link=account, claim=surer)
    for side, text, points_at in (
        (Side.FOR, "Both write between nine and ten in the evening.", first),
        (Side.AGAINST, "The second account was used while the telephone was switched off.", last),
    ):
        add_evidence(officer, now, subject=subject, side=side, text=text, points_at=points_at)
    close_subject(lead, now, subject=second, outcome=Closed.REFUTED, reason="the telephone of a shop")
    merge_subjects(lead, now, kept=subject, gone=third, reason="one voice")
    reach = frozenset({Named("phone", NUMBER)})
    grounds = Grounds({Activity.WATCH: Span(now, now + timedelta(days=40))}, frozenset(), reach)
    order = record_authority(officer, now, kind=Kind.PRODUCTION_ORDER, reference="PO 9/2026, Malanad", grounds=grounds)
    terms = Terms("whether the number goes on", [officer, lead], now + timedelta(days=20))
    watch = begin_watch(lead, order, link, now, terms=terms)
    tell(0)
    return {
        "subject_case": f"/cases/{case.public_id}/",
        "subject": f"/subjects/{subject.public_id}/",
        "subject_account": f"/subjects/accounts/{link.public_id}/",
        "watch": f"/watches/{watch.public_id}/",
    }


def _opened(officer, case, report, now):
    doubted = Hypothesis(
        "One person holds the telephone and the account, and sends from both what lists know.",
        "The telephone stands in a shop where many use it; the account may have been taken over.",
    )
    since = timezone.localdate(now) - timedelta(days=250)
    claim = Claim(since, None, Certainty.LIKELY, "two callers gave this number")
    return open_subject(officer, now, case=case, hypothesis=doubted, account=PHONE, claim=claim, rests_on=report)
