"""Taking deliveries in: the original is in the vault already, a job then reads it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.models import Officer
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.rules import INTAKE, Form, Via
from kavalan.casework.intake.selectors import answers_for
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import end, hold
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.intake.models import ColumnMapping, Desk
    from kavalan.ledger import Payload
    from kavalan.vault import Stored

READ = "intake.read"
"""The kind of job that reads a delivery."""

_MEDIA = {
    Form.CYBERTIPLINE: "application/json",
    Form.BUNDLE: "application/zip",
    Form.PRINT: "application/pdf",
    Form.TABLE: "text/csv",
    Form.MAIL: "message/rfc822",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that lies in the vault and is to be taken in.

    Attributes:
        stored: as the vault took it.
        form: what it is to be read as.
        name: as its sender calls it, raw bytes.
        arrived_at: when it reached the unit, aware UTC.
        sender: who sent it, where somebody said so.
        columns: what those of a table mean; without them a table waits.
    """

    stored: Stored
    form: Form
    name: bytes
    arrived_at: datetime
    sender: str = ""
    columns: ColumnMapping | None = None


@house_verb("delivery.begin")
def begin_delivery(act: HouseAct, *, desk: Desk, parcel: Parcel) -> Done[Delivery]:
    """Take a file in at a desk, and have it read; a table first waits until somebody says what its columns mean.

    What came is kept even if nothing of it can be read.

    Raises:
        RefusedError: when the actor takes nothing in at this desk, it arrives in the future, or its content is being
            destroyed.
    """
    require_intake(act, desk)
    if parcel.arrived_at > act.at:
        raise RefusedError("It cannot arrive after now.")
    return _begun(act, desk, parcel, Via.UPLOAD, act.officer)


@house_verb("delivery.drop", unattended=True)
def begin_dropped(act: HouseAct, *, desk: Desk, parcel: Parcel) -> Done[Delivery]:
    """Take in what lay in a desk's drop folder; a supervisor of the desk answers for it.

    Raises:
        RefusedError: when nobody supervises the desk, or its content is being destroyed.
    """
    return _begun(act, desk, parcel, Via.DROP, answers_for(desk, act.at))


def _begun(act: HouseAct, desk: Desk, parcel: Parcel, via: Via, by: Officer) -> Done[Delivery]:
    stored, entered_by = parcel.stored, by if via == Via.UPLOAD else None
    media_type = _MEDIA[parcel.form]
    kept = enter(stored, what=What.REPORT, media_type=media_type, by=by, at=act.at, rooms=[desk.compartment])
    delivery = Delivery(
        desk=desk,
        form=parcel.form,
        via=via,
        sender=parcel.sender,
        name=parcel.name,
        kept=kept,
        sha256=stored.sha256,
        size=stored.size,
        columns=parcel.columns,
        arrived_at=parcel.arrived_at,
        entered_at=act.at,
        entered_by=entered_by,
    )
    if parcel.form != Form.TABLE or parcel.columns is not None:
        delivery.job = _job(entered_by, act.at)
    delivery.save()
    return Done(delivery, {"desk": str(desk.public_id), "form": parcel.form.value, "via": via.value, **_file(delivery)})


@house_verb("delivery.columns")
def read_with_columns(act: HouseAct, *, delivery: Delivery, columns: ColumnMapping) -> Done[Delivery]:
    """Have a table read that waited for the meaning of its columns.

    Raises:
        RefusedError: when the actor takes nothing in there, it does not wait for them, or they are another unit's.
    """
    delivery = _locked(act, delivery)
    if delivery.form != Form.TABLE or delivery.job_id is not None:
        raise RefusedError("This is no table that waits for the meaning of its columns.")
    if columns.unit_id != delivery.desk.unit_id:
        raise RefusedError("These columns are another unit's.")
    delivery.columns, delivery.job = columns, _job(act.officer, act.at)
    delivery.save(update_fields=["columns", "job"])
    return Done(delivery, {"columns": str(columns.public_id), "job": str(delivery.job.public_id)})


@house_verb("delivery.resume")
def resume_delivery(act: HouseAct, *, delivery: Delivery) -> Done[Delivery]:
    """Go on reading a delivery whose reading was stopped or failed, after the last report that was taken in.

    Raises:
        RefusedError: when the actor takes nothing in there, or it is being read or was read to its end.
    """
    delivery = _locked(act, delivery)
    if delivery.job is None or delivery.job.active or delivery.job.state == State.DONE:
        raise RefusedError("Only what was stopped, or failed, is read again.")
    delivery.job = _job(act.officer, act.at)
    delivery.save(update_fields=["job"])
    return Done(delivery, {"job": str(delivery.job.public_id)})


@house_verb("delivery.cancel")
def cancel_delivery(act: HouseAct, *, delivery: Delivery) -> Done[Delivery]:
    """Stop reading a delivery before its next reports; what was taken in stays.

    Raises:
        RefusedError: when the actor takes nothing in there, or nothing is being read.
    """
    delivery = _locked(act, delivery)
    job = Job.objects.select_for_update().filter(delivery=delivery).first()
    if job is None or not job.active:
        raise RefusedError("This delivery is not being read.")
    if job.state == State.WAITING:
        end(job, State.CANCELLED, act.at)
    else:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    return Done(delivery, {"job": str(job.public_id)})


@house_verb("delivery.finish", unattended=True)
def finish_delivery(act: HouseAct, *, delivery: Delivery, job: Job) -> Done[Delivery]:
    """Say that a delivery was read as far as it can be, with the digest over its reports."""
    hold(job)
    end(job, State.DONE, act.at)
    return _read(delivery, job)


@house_verb("delivery.stop", unattended=True)
def stop_delivery(act: HouseAct, *, delivery: Delivery, job: Job, state: State, why: str) -> Done[Delivery]:
    """Say that reading a delivery ended before its end; what was taken in stays."""
    hold(job)
    end(job, state, act.at, why)
    return _read(delivery, job, state=state.value)


def require_intake(act: HouseAct, desk: Desk) -> None:
    """Refuse who takes nothing in at a desk; part of every verb about what comes there.

    Raises:
        RefusedError: they have no role there that extends to it.
    """
    if not roles_in(act.officer, [desk.compartment_id], act.at).intersection(INTAKE):
        raise RefusedError(
            "Your role does not extend to taking reports in at this desk. A supervisor of it can let you."
        )


def _locked(act: HouseAct, delivery: Delivery) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).select_related("desk", "job").get(pk=delivery.pk)
    require_intake(act, found.desk)
    return found


def _job(officer: Officer | None, at: datetime) -> Job:
    return Job.objects.create(kind=READ, officer=officer, created_at=at)


def _file(delivery: Delivery) -> Payload:
    return {"sha256": bytes(delivery.sha256 or b"").hex(), "size": delivery.size}


def _read(delivery: Delivery, job: Job, **more: str) -> Done[Delivery]:
    found = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    reports = Report.objects.filter(delivery=found)
    digests = reports.order_by("position").values_list("digest", flat=True)
    found.digest = hashlib.sha256(b"".join(map(bytes, digests))).digest()
    found.duplicates = reports.filter(duplicate_of__isnull=False).count()
    found.save(update_fields=["digest", "duplicates"])
    said: Payload = {
        "job": str(job.public_id),
        "reports": found.reports,
        "duplicates": found.duplicates,
        "unread": found.unread,
        "whole": "no" if found.fault else "yes",
        "sha256": found.digest.hex(),
    }
    return Done(found, {**said, **more})
