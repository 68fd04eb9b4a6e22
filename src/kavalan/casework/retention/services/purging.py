"""Purging: asked for, granted by a second person, done by the worker one report after another, told by tombstones.

The decision is a verb; only after it anything is removed. A crash at any moment leaves reports that are still to be
emptied and blobs that are still to be destroyed, and the worker goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.apps import apps

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.approvals.services import ask_approval, use
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Desk, Report
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.retention.approval_kinds import PURGE_REPORTS
from kavalan.casework.retention.content import content_of, take_out
from kavalan.casework.retention.models import Purge, PurgedBlob, Tombstone
from kavalan.casework.retention.preview import preview_of
from kavalan.casework.retention.rules import ASKS
from kavalan.casework.retention.schedules import Of, schedules
from kavalan.casework.vault.models import Kept, VaultFault
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.models import Approval
    from kavalan.casework.retention.preview import Preview
    from kavalan.ledger import Payload

PURGE: Final = "retention.purge"
"""The kind of job that purges what two people decided to."""


def ask_for_purge(
    officer: Officer, now: datetime, *, desk: Desk, schedule: str, reports: Collection[UUID], reason: str
) -> Approval:
    """Ask a supervisor of the desk to grant that exactly this goes.

    Raises:
        RefusedError: when the schedule purges nothing, something holds one of the reports, or the officer has no right
            to ask there.
    """
    preview = _preview(desk, schedule, reports, now)
    return ask_approval(officer, now, kind=PURGE_REPORTS, matter=desk, payload=preview.payload, reason=reason)


@house_verb("retention.purge")
def purge_reports(act: HouseAct, *, question: Approval) -> Done[Purge]:
    """Decide, on a supervisor's grant for exactly this, that what falls due of some reports is purged.

    Args:
        act: who asked for it.
        question: what was asked and granted.

    Raises:
        RefusedError: when the actor's role at the desk does not extend to it, something changed or holds a report
            since it was asked, or the grant is missing, lapsed or used.
    """
    desk = Desk.objects.get(public_id=question.subject)
    if not frozenset(ASKS) & roles_in(act.officer, desk.compartment_ids(), act.at):
        raise RefusedError("Your role at this desk does not extend to purging.")
    wanted = [UUID(one) for one in question.payload["reports"]]
    list(Report.objects.select_for_update(of=("self",)).filter(desk=desk, public_id__in=wanted).order_by("pk"))
    preview = _preview(desk, question.payload["schedule"], wanted, act.at)
    approval = use(act.officer, act.at, kind=PURGE_REPORTS, matter=desk, payload=preview.payload)
    job = Job.objects.create(kind=PURGE, officer=act.officer, created_at=act.at)
    purge = Purge.objects.create(
        desk=desk,
        schedule=preview.schedule.id,
        of=preview.schedule.of.value,
        approval=approval,
        job=job,
        decided_at=act.at,
    )
    Tombstone.objects.bulk_create([Tombstone(purge=purge, report=line.report) for line in preview.lines])
    return Done(purge, {**preview.payload, "desk": str(desk.public_id), "approval": str(approval.public_id)})


def _preview(desk: Desk, name: str, reports: Collection[UUID], now: datetime) -> Preview:
    schedule = schedules(now.date()).get(name)
    if schedule is None or not schedule.purges:
        raise RefusedError("By this schedule nothing is purged here.")
    preview = preview_of(desk, schedule, reports, now)
    if preview.held:
        reference = preview.held[0].report.reference
        raise RefusedError("Something holds %(reference)s: look at the list again.", reference=reference)
    return preview


def empty_report(job: Job, tombstone: Tombstone, now: datetime) -> None:
    """Take out what falls due of one report, in one transaction, and doom what of it lies in the vault."""
    # Which tables hang on a report is found when it is done: rooms that are added later are reached too.
    step(*apps.get_models())(_empty_report)(job, tombstone, now)


def _empty_report(job: Job, tombstone: Tombstone, now: datetime) -> None:
    report = Report.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=tombstone.report_id)
    of = Of(tombstone.purge.of)
    content = content_of(report, of, ())
    take_out(report, of, content)
    Kept.objects.filter(pk__in=[one.pk for one in content.blobs]).update(doomed_at=now)
    PurgedBlob.objects.bulk_create([PurgedBlob(purge=tombstone.purge, kept=one) for one in content.blobs])
    tombstone.rows, tombstone.blobs, tombstone.done_at = content.reach.rows, len(content.blobs), now
    tombstone.save(update_fields=["rows", "blobs", "done_at"])
    keep(job, now, attempts=0)


@step(PurgedBlob, Kept, VaultFault, Job)
def record_blob(job: Job, one: PurgedBlob, now: datetime, *, remains: bool) -> None:
    """Keep that a blob is gone; what was known of its content goes with it."""
    PurgedBlob.objects.filter(pk=one.pk).update(remains=remains, done_at=now)
    Kept.objects.filter(pk=one.kept.pk).update(destroyed_at=now, sha256=b"", size=0)
    if not remains:
        VaultFault.objects.filter(name=one.kept.name, cured_at__isnull=True).update(cured_at=now)
    keep(job, now, attempts=0)


@house_verb("retention.purged", unattended=True)
def finish_purge(act: HouseAct, *, purge: Purge, job: Job) -> Done[Purge]:
    """Say that it is gone."""
    hold(job)
    end(job, State.DONE, act.at)
    Purge.objects.filter(pk=purge.pk).update(ended_at=act.at)
    return Done(purge, _said(purge))


@house_verb("retention.purge_stopped", unattended=True)
def stop_purge(act: HouseAct, *, purge: Purge, job: Job, state: State, why: str) -> Done[Purge]:
    """Say that it could not be brought to its end. What is to be purged stays so, until it is gone on with."""
    hold(job)
    end(job, state, act.at, why)
    return Done(purge, {**_said(purge), "state": state.value, "why": why})


@house_verb("retention.purge_again")
def resume_purge(act: HouseAct, *, purge: Purge) -> Done[Purge]:
    """Go on with a purge that did not come to its end.

    Raises:
        RefusedError: when the actor's role at the desk does not extend to it, or there is nothing to go on with.
    """
    purge = Purge.objects.select_for_update(of=("self",)).select_related("job", "desk").get(pk=purge.pk)
    if not frozenset(ASKS) & roles_in(act.officer, purge.compartment_ids(), act.at):
        raise RefusedError("Your role at this desk does not extend to purging.")
    if purge.ended_at is not None or purge.job.active:
        raise RefusedError("There is nothing to go on with.")
    purge.job = Job.objects.create(kind=PURGE, officer=act.officer, created_at=act.at)
    purge.save(update_fields=["job"])
    return Done(purge, {"job": str(purge.job.public_id)})


def _said(purge: Purge) -> Payload:
    done = purge.tombstones.filter(done_at__isnull=False).select_related("report").order_by("pk")
    return {
        "reports": [str(one.report.public_id) for one in done],
        "rows": sum(one.rows for one in done),
        "blobs": purge.blobs.filter(done_at__isnull=False).count(),
    }
