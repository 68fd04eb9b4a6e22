"""Having a file of results made, and giving it out.

It is made before anybody is asked: so the second officer grants these very bytes, and what is given out is what was
granted, not what the results have become since. Until then it lies encrypted in the vault, and nobody has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from kavalan.casework.access.models import Compartment, Placement
from kavalan.casework.approvals.services import ask_approval, use
from kavalan.casework.authority.rules import Activity
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.forms import ItemsQuery
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.thinning import require_open
from kavalan.casework.exports.approval_kinds import GIVE_EXPORT, giving
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.rules import ASKERS
from kavalan.casework.exports.selectors import sealed_since
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, step, verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.models import Approval
    from kavalan.casework.exports.work import Made
    from kavalan.ledger import Payload

MAKE = "export.make"
"""The kind of job that makes a file of results."""


@verb("export.make", activity=Activity.EXAMINE, roles=ASKERS)
def make_export(act: Act, exhibit: Exhibit, *, form: Form, filters: str) -> Done[Export]:
    """Ask for a file of an exhibit's results to be made; nobody has it before another officer has granted it.

    Args:
        act: who asks.
        exhibit: whose results.
        form: as what.
        filters: of the list, as its address says them.

    Raises:
        RefusedError: it is to be thinned by earlier exhibits, and that is not open to the actor.
    """
    require_open(act.officer, exhibit, ItemsQuery(QueryDict(filters)).asked, act.at)
    job = Job.objects.create(kind=MAKE, officer=act.officer, authority=act.authority, created_at=act.at)
    export = Export.objects.create(
        exhibit=exhibit, form=form, filters=filters, asked_by=act.officer, asked_at=act.at, job=job
    )
    said = {"exhibit": str(exhibit.public_id), "form": form.value, "filters": filters, "job": str(job.public_id)}
    return Done(export, said)


def ask_for_export(officer: Officer, now: datetime, export: Export, reason: str) -> Approval:
    """Ask a supervisor to grant that a file is given out.

    Raises:
        RefusedError: when it is not made, is another officer's, was given out, or the officer has no right to ask.
    """
    _require_ready(officer, export)
    payload = giving(export)
    return ask_approval(officer, now, kind=GIVE_EXPORT, matter=export.exhibit, payload=payload, reason=reason)


@verb("export.give", activity=Activity.EXAMINE, roles=ASKERS)
def give_export(act: Act, export: Export) -> Done[Export]:
    """Give a file out, once, on a supervisor's grant for exactly this file: recorded before the first byte leaves.

    Raises:
        RefusedError: when it is not made or another officer's, the grant is missing, lapsed or used, or something of
            the exhibit was sealed since it was made.
    """
    export = Export.objects.select_for_update(of=("self",)).select_related("exhibit", "kept").get(pk=export.pk)
    _require_ready(act.officer, export)
    # Held against whoever seals at this moment, as they hold it.
    list(Exhibit.objects.select_for_update(of=("self",)).filter(pk=export.exhibit_id).values_list("pk"))
    if sealed_since(export):
        raise RefusedError("Something of the exhibit was sealed as privileged since this was made. Have it made anew.")
    said = giving(export)
    approval = use(act.officer, act.at, kind=GIVE_EXPORT, matter=export.exhibit, payload=said)
    export.given_at = act.at
    export.save(update_fields=["given_at"])
    return Done(export, {**said, "approval": str(approval.public_id)})


def _require_ready(officer: Officer, export: Export) -> None:
    if export.asked_by_id != officer.pk:
        raise RefusedError("Only who had it made asks for it.")
    if export.kept is None or export.job.state != State.DONE:
        raise RefusedError("The file is not made.")
    if export.given_at is not None:
        raise RefusedError("This was given out. Have it made anew.")


@step(Export, Kept, Placement, Job)
def record_made(job: Job, export: Export, made: Made, by: Officer, now: datetime) -> None:
    """Answer for the file that was made; the verb that ends the work tells the ledger."""
    rooms = Compartment.objects.filter(pk__in=export.compartment_ids())
    what, media_type = What.EXPORT, "application/zip"
    kept = enter(made.stored, what=what, media_type=media_type, by=by, at=now, rooms=rooms)
    facts = {"kept": kept, "items": made.items, "left_out": made.left_out, "seals": made.seals}
    Export.objects.filter(pk=export.pk).update(**facts)
    keep(job, now, progress=made.items, attempts=0)


@verb("export.finish", activity=Activity.EXAMINE, roles=ASKERS)
def finish_export(act: Act, export: Export, *, job: Job) -> Done[Export]:
    """Say that the file is made, with its digest."""
    require_open(act.officer, export.exhibit, export.filter, act.at)
    hold(job)
    end(job, State.DONE, act.at)
    return Done(export, _said(export, job))


@house_verb("export.stop", unattended=True)
def stop_export(act: HouseAct, *, export: Export, job: Job, state: State, why: str) -> Done[Export]:
    """Say that the file was not made."""
    hold(job)
    end(job, state, act.at, why)
    return Done(export, {**_said(export, job), "state": state.value, "why": why})


def _said(export: Export, job: Job) -> Payload:
    done = Export.objects.select_related("kept").get(pk=export.pk)
    return {
        "job": str(job.public_id),
        "items": done.items,
        "left_out": [f"{name} {count}" for name, count in sorted(done.left_out.items())],
        "sha256": done.kept.sha256_hex if done.kept else None,
    }
