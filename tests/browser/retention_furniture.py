"""Of the browser tests' workspace what falls due: reports of years ago, one held and challenged, one being purged."""

from datetime import timedelta

from tests.browser.routing_furniture import desk_of, tell

from kavalan.casework.accounts.models import Officer
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import meet_together
from kavalan.casework.retention.models import By, Decision
from kavalan.casework.retention.services import (
    ask_for_purge,
    decide_challenge,
    hold_report,
    note_backup,
    purge_reports,
    record_challenge,
)
from kavalan.casework.triage.services import set_aside_report

LONG = timedelta(days=900)


def lay_retention(officer, supervisor, now):
    """The addresses of the desk's list, of a report that is held, and of a purge."""
    lead = Officer.objects.select_related("unit").get(badge=supervisor)
    desk, then = desk_of(officer, lead, now), now - LONG
    reports = [tell(officer, desk, then) for _ in range(4)]
    for name in ("pocso-19-5", "pocso-19-6"):
        ids = Clock.objects.filter(report__in=reports, name=name).values_list("public_id", flat=True)
        meet_together(officer, then, clocks=list(ids), met_at=then, note="list 7 of that week")
    for report in reports:
        set_aside_report(officer, then, report=report, reason="nothing in it, twice looked at")
    held, gone, asked, _ = reports
    hold_report(officer, now, report=held, reason="the court of Malanad asked for it")
    said = {"by": By.CONCERNED, "where": "address", "received": "Beach Road", "asked": "never lived there"}
    record_challenge(officer, now, report=held, **said)
    record_challenge(officer, now, report=held, **{**said, "where": "telephone", "received": "", "asked": "not mine"})
    one = held.challenges.order_by("pk").first()
    right = {"decision": Decision.CORRECTED, "right": "Hill Road", "reason": "the register says so"}
    decide_challenge(lead, now, challenge=one, **right)
    question = {"desk": desk, "schedule": "report-set-aside", "reason": "two years are over"}
    first = ask_for_purge(officer, now, reports=[gone.public_id], **question)
    answer_approval(lead, now, approval=first, granted=True, reason="looked through")
    purge = purge_reports(officer, now, question=first)
    second = ask_for_purge(officer, now, reports=[asked.public_id], **question)
    note_backup(None, now, name="20240101T000000.000000Z-0123456789abcdef.json", made_at=now - LONG / 2, whole=True)
    return {
        "falls_due": f"/retention/desks/{desk.public_id}/",
        "question": f"/retention/questions/{second.public_id}/",
        "purge": f"/retention/purges/{purge.public_id}/",
        "held": f"/reports/{held.public_id}/retention/",
        "held_report": f"/reports/{held.public_id}/",
        "report_clocks": f"/reports/{held.public_id}/clocks/",
    }
