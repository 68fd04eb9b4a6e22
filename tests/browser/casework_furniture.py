"""Of the browser tests' workspace the work on a case: tasks, notes, and the cases that were one with it or near."""

from datetime import timedelta

from tests.browser.routing_furniture import desk_of, tell

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.models import Case, Rearrangement, TaskState
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import (
    add_task,
    correct_note,
    end_task,
    join,
    link_cases,
    merge_cases,
    open_case,
    plan_tasks,
    split_case,
    write_note,
)
from kavalan.casework.cases.sight import gaining


def lay_casework(officer, supervisor, reference, now):
    """Work on the case of that public id, in which the officer investigates. The addresses of what has its own page."""
    case = Case.objects.get(public_id=reference)
    head = Officer.objects.select_related("unit").get(badge=supervisor)
    add_task(officer, now, case=case, title="Ask the provider again", assignee=officer, due_at=now - timedelta(days=1))
    dropped = add_task(officer, now, case=case, title="Ask the other district", due_at=now + timedelta(days=3))
    end_task(officer, now, task=dropped, state=TaskState.DROPPED, reason="they wrote first")
    plan_tasks(officer, now, case=case, template="seized-things")
    when = now - timedelta(days=3)
    wrong = write_note(
        officer, now, case=case, text="The caller rang at nine.", marking=Marking.AMBER, happened_at=when
    )
    correct_note(officer, now, note=wrong, text="The caller rang at ten.", marking=Marking.AMBER)
    _rearrange(officer, head, case, now)
    merged = Rearrangement.objects.get(sort="merge", other=case)
    return {
        "task": f"/cases/tasks/{dropped.public_id}/",
        "note": f"/cases/notes/{case.notes.get(corrects=wrong).public_id}/correct/",
        "merged": f"/cases/{merged.case.public_id}/",
        "rearranged": f"/cases/rearrangements/{merged.public_id}/",
    }


def _rearrange(officer, head, case, now):
    nets, boats = (open_case(head, now, title=title) for title in ("Nets", "Boats"))
    desk = desk_of(officer, head, now)
    for into in (nets, case):
        join(head, now, case=into, joined=tell(officer, desk, now), reason="the same number")
    seen = [one.public_id for one in gaining([nets], case, now)[nets.pk]]
    merge_cases(head, now, into=case, merged=[nets], reason="one and the same account", seen=seen)
    link_cases(head, now, case=case, other=boats, reason="the same boats")
    split_case(
        officer,
        now,
        case=case,
        parts=[case.parts.filter(shifts__isnull=True).latest("pk")],
        title="Another harbour",
        reason="another account",
    )
