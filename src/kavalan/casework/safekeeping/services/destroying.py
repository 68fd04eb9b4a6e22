"""Destroying what is kept of an exhibit: decided by two people, done by the worker, told by a certificate that stays.

The decision is a verb; only after it the worker touches a file. A crash at any moment leaves blobs that are to be
destroyed, and the worker goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.approvals.services import ask_approval, use
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.safekeeping.approval_kinds import DESTROY_EVIDENCE
from kavalan.casework.safekeeping.models import Destroyed, Destruction, Safekeeping
from kavalan.casework.safekeeping.selectors import kept_of
from kavalan.casework.vault.models import Kept, VaultFault
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.models import Approval
    from kavalan.ledger import Payload

DESTROY = "evidence.destroy"
"""The kind of job that destroys what two people decided to."""


def destroying(records: Sequence[Kept]) -> Payload:
    """What is asked for when these are to be destroyed: the payload of the approval."""
    return {
        "kept": [str(one.public_id) for one in records],
        "sha256": [one.sha256_hex for one in records],
    }


def ask_for_destruction(officer: Officer, now: datetime, exhibit: Exhibit, reason: str) -> Approval:
    """Ask an exhibit custodian to grant that all that is kept of an exhibit now is destroyed.

    Raises:
        RefusedError: when nothing is kept, it is being copied, or the officer has no right to ask.
    """
    records = kept_of(exhibit)
    _require_some(exhibit, records)
    return ask_approval(officer, now, kind=DESTROY_EVIDENCE, matter=exhibit, payload=destroying(records), reason=reason)


@house_verb("evidence.destroy")
def destroy_evidence(act: HouseAct, *, exhibit: Exhibit) -> Done[Destruction]:
    """Decide, on a custodian's grant for exactly this, that all that is kept of an exhibit is destroyed.

    Raises:
        RefusedError: when the actor does not supervise where it lies, something changed since it was asked, or the
            grant is missing, lapsed or used.
    """
    if Role.SUPERVISOR not in roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("A supervisor where the exhibit lies destroys what is kept of it.")
    exhibit = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    records = kept_of(exhibit)
    _require_some(exhibit, records)
    said = destroying(records)
    approval = use(act.officer, act.at, kind=DESTROY_EVIDENCE, matter=exhibit, payload=said)
    job = Job.objects.create(kind=DESTROY, officer=act.officer, created_at=act.at)
    destruction = Destruction.objects.create(exhibit=exhibit, approval=approval, job=job, decided_at=act.at)
    Kept.objects.filter(pk__in=[one.pk for one in records]).update(doomed_at=act.at)
    Destroyed.objects.bulk_create([Destroyed(destruction=destruction, kept=one) for one in records])
    return Done(destruction, {**said, "exhibit": str(exhibit.public_id), "approval": str(approval.public_id)})


def _require_some(exhibit: Exhibit, records: Sequence[Kept]) -> None:
    if Safekeeping.objects.filter(exhibit=exhibit, job__state__in=ACTIVE).exists():
        raise RefusedError("It is being copied or read at this moment. Stop that, or wait for its end.")
    if not records:
        message = f"Nothing is kept of {exhibit}."
        raise RefusedError(message)


@step(Kept)
def stays_for_others(kept: Kept) -> bool:
    """Whether the same content is kept for something else too: asked under the lock that `enter` takes."""
    same = list(Kept.objects.select_for_update().filter(name=kept.name, destroyed_at__isnull=True))
    return any(one.doomed_at is None for one in same)


@step(Destroyed, Kept, VaultFault, Job)
def record_destroyed(job: Job, one: Destroyed, sha256: bytes | None, now: datetime, *, remains: bool) -> None:
    """Keep that it is gone."""
    Destroyed.objects.filter(pk=one.pk).update(sha256=sha256, remains=remains, done_at=now)
    Kept.objects.filter(pk=one.kept.pk).update(destroyed_at=now)
    if not remains:
        VaultFault.objects.filter(name=one.kept.name, cured_at__isnull=True).update(cured_at=now)
    keep(job, now, attempts=0)


@house_verb("evidence.destroyed", unattended=True)
def finish_destruction(act: HouseAct, *, destruction: Destruction, job: Job) -> Done[Destruction]:
    """Say that it is gone."""
    hold(job)
    end(job, State.DONE, act.at)
    Destruction.objects.filter(pk=destruction.pk).update(ended_at=act.at)
    return Done(destruction, _said(destruction))


@house_verb("evidence.destruction_stopped", unattended=True)
def stop_destruction(act: HouseAct, *, destruction: Destruction, job: Job, state: State, why: str) -> Done[Destruction]:
    """Say that it could not be brought to its end. What is to be destroyed stays so, until it is gone on with."""
    hold(job)
    end(job, state, act.at, why)
    return Done(destruction, {**_said(destruction), "state": state.value, "why": why})


@house_verb("evidence.destroy_again")
def resume_destruction(act: HouseAct, *, destruction: Destruction) -> Done[Destruction]:
    """Go on with a destruction that did not come to its end.

    Raises:
        RefusedError: when the actor does not supervise there, or there is nothing to go on with.
    """
    if Role.SUPERVISOR not in roles_in(act.officer, destruction.exhibit.compartment_ids(), act.at):
        raise RefusedError("A supervisor where the exhibit lies goes on with this.")
    destruction = Destruction.objects.select_for_update(of=("self",)).select_related("job").get(pk=destruction.pk)
    if destruction.ended_at is not None or destruction.job.active:
        raise RefusedError("There is nothing to go on with.")
    destruction.job = Job.objects.create(kind=DESTROY, officer=act.officer, created_at=act.at)
    destruction.save(update_fields=["job"])
    return Done(destruction, {"job": str(destruction.job.public_id)})


def _said(destruction: Destruction) -> Payload:
    gone = destruction.destroyed.select_related("kept").filter(done_at__isnull=False).order_by("pk")
    return {
        "kept": [str(one.kept.public_id) for one in gone],
        "sha256": [one.sha256_hex or "unreadable" for one in gone],
        "remains": [str(one.kept.public_id) for one in gone if one.remains],
    }
