"""Of the browser tests' workspace a case with something in each of its sections, one that is over, and one more."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.browser.routing_furniture import desk_of, tell

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.papers import take
from kavalan.casework.cases.models import Series
from kavalan.casework.cases.rules import Marking, NumberKind, Outcome, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_number,
    add_paper,
    join,
    join_content,
    mark_case,
    name_lead,
    open_case,
    open_series,
    reach_stage,
)
from kavalan.casework.exhibits.rules import Seal

TITLE = "Pictures sent on between accounts of a harbour and a hill station"


def lay_cases(officer, supervisor, exhibit, now):
    """The addresses of the pages of cases; `supervisor` is a badge. People and numbers are invented."""
    head = Officer.objects.select_related("unit").get(badge=supervisor)
    desk = desk_of(officer, head, now)
    if not Series.objects.filter(unit=head.unit_id).exists():
        open_series(head, now, prefix="MALANAD")
    case = open_case(head, now, title=TITLE, district="in-32-594")
    grant(head, now, compartment=case.compartment, to=officer, role=Role.INVESTIGATOR)
    report = tell(officer, desk, now)
    join(officer, now, case=case, joined=report, reason="the caller named the number")
    join(officer, now, case=case, joined=exhibit, reason="found at the same address")
    content = exhibit.items.filter(content__isnull=False, seal=Seal.OPEN).first().content
    join_content(officer, now, case=case, exhibit=exhibit, content=content, reason="the picture that was sent on")
    _enter(officer, head, case, now)
    over = open_case(head, now, title="A shop's telephone", district="in-32-589")
    closed = Reached(Stage.CLOSED, now - timedelta(days=40), Outcome.UNTRACED, "nobody was traced")
    wrong = reach_stage(head, now, case=over, reached=closed)
    grant(head, now, compartment=over.compartment, to=officer, role=Role.SUPERVISOR)
    return {
        "case": f"/cases/{case.public_id}/",
        "case_over": f"/cases/{over.public_id}/",
        "case_report": f"/reports/{report.public_id}/",
        "case_review": f"/cases/reviews/{over.reviews.get().public_id}/",
        "stage": f"/cases/stages/{wrong.public_id}/correct/",
    }


def _enter(officer, head, case, now):
    kinds = ((NumberKind.FIR, "0112/2026", "Harbour station, invented"), (NumberKind.COURT, "SC 3/2026", "POCSO court"))
    for kind, number, office in kinds:
        add_number(officer, now, case=case, kind=kind, number=number, office=office)
    add_charge(officer, now, case=case, charged="pocso", section="15(2)")
    name_lead(head, now, case=case, lead=officer, reason="took the first call")
    for days, stage in ((9, Stage.REGISTERED), (8, Stage.INVESTIGATION), (2, Stage.ARREST)):
        reached = Reached(stage, now - timedelta(days=days), reason="entered from the station's diary")
        reach_stage(officer, now, case=case, reached=reached)
    mark_case(officer, now, case=case, marking=Marking.RED, reason="a child may be in danger")
    paper = SimpleUploadedFile("fir.txt", b"First information, invented.\n", "text/plain")
    add_paper(officer, now, case=case, paper=take(paper, "First information report, copy"))
