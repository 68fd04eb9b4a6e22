"""Beginning an upload, making an exhibit of it, giving it up: authority is asked at the beginning and at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import EXAMINERS
from kavalan.casework.access.services import place
from kavalan.casework.authority.rules import Activity
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.jobs.models import Job
from kavalan.casework.safekeeping.models import Safekeeping, Way
from kavalan.casework.safekeeping.services import KEEP, require_way
from kavalan.casework.uploads.models import Standing, Upload
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, step, verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.access.models import Compartment
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class UploadDraft:
    """A file that an officer is about to send, and the exhibit that it will be.

    Attributes:
        reference: as the authority names the exhibit.
        compartment: where it will lie.
        name: the file's.
        size: bytes.
        description: in words.
        mark: what the page remembers the file by.
    """

    reference: str
    compartment: Compartment
    name: bytes
    size: int
    description: str = ""
    mark: str = ""

    def scope_reference(self) -> str:
        """As its authority names it."""
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it will lie."""
        return [self.compartment.pk]


@verb("upload.begin", activity=Activity.COLLECT, roles=EXAMINERS)
def begin_upload(act: Act, draft: UploadDraft) -> Done[Upload]:
    """Begin to take a file in that will be an exhibit; nothing of it has come yet.

    Raises:
        LockedError: nobody unlocked the keys.
        RefusedError: it is registered, or on its way; or the workspace is media-free and keeps no evidence.
    """
    require_way(Way.COPY, is_folder=False)
    _require_new(act, draft.reference)
    if Upload.objects.filter(authority=act.authority, reference=draft.reference, standing=Standing.COMING).exists():
        raise RefusedError(
            "%(reference)s is being sent already: whoever began goes on with it or gives it up.",
            reference=draft.reference,
        )
    upload = Upload.objects.create(
        authority=act.authority,
        reference=draft.reference,
        compartment=draft.compartment,
        description=draft.description,
        name=draft.name,
        size=draft.size,
        mark=draft.mark,
        officer=act.officer,
        begun_at=act.at,
        received_at=act.at,
    )
    said: Payload = {
        "reference": draft.reference,
        "description": draft.description,
        "name": draft.name.hex(),
        "size": draft.size,
        "compartment": str(draft.compartment.public_id),
    }
    return Done(upload, said)


@step(Upload)
def record_received(upload: Upload, received: int, now: datetime) -> None:
    """Keep how much has come, and when."""
    Upload.objects.filter(pk=upload.pk, standing=Standing.COMING).update(received=received, received_at=now)


@verb("upload.finish", activity=Activity.COLLECT, roles=EXAMINERS)
def finish_upload(act: Act, upload: Upload) -> Done[Upload]:
    """Make an exhibit of what has come whole; the worker takes its digest and gives it its place in the vault.

    Raises:
        RefusedError: it is no longer waited for, another sent it, or its reference was registered meanwhile.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("compartment").get(pk=upload.pk)
    if upload.standing != Standing.COMING or upload.officer_id != act.officer.pk:
        raise RefusedError("This is not, or no longer, an upload of yours.")
    _require_new(act, upload.reference)
    upload.exhibit = Exhibit.objects.create(
        reference=upload.reference,
        description=upload.description,
        source=b"",
        authority=act.authority,
        registered_by=act.officer,
        registered_at=act.at,
    )
    place(upload.exhibit, upload.compartment)
    job = Job.objects.create(kind=KEEP, officer=act.officer, authority=act.authority, created_at=act.at)
    Safekeeping.objects.create(exhibit=upload.exhibit, way=Way.COPY, job=job)
    upload.standing, upload.received, upload.received_at = Standing.TAKEN, upload.size, act.at
    upload.save(update_fields=["exhibit", "standing", "received", "received_at"])
    return Done(upload, {"exhibit": str(upload.exhibit.public_id), "job": str(job.public_id), "size": upload.size})


def _require_new(act: Act, reference: str) -> None:
    if Exhibit.objects.filter(authority=act.authority, reference=reference).exists():
        raise RefusedError("%(reference)s is registered already.", reference=reference)


@house_verb("upload.abandon")
def abandon_upload(act: HouseAct, *, upload: Upload) -> Done[Upload]:
    """Give an upload up; what has come of it is removed.

    Raises:
        RefusedError: when another sent it, or it has ended.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.standing != Standing.COMING or upload.officer_id != act.officer.pk:
        raise RefusedError("This is not, or no longer, an upload of yours.")
    return _ended(upload, Standing.ABANDONED)


@house_verb("upload.expire", unattended=True)
def expire_upload(act: HouseAct, *, upload: Upload, before: datetime) -> Done[Upload]:
    """Give up an upload with which nobody went on.

    Raises:
        RefusedError: somebody did since, or it has ended.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.standing != Standing.COMING or upload.received_at >= min(before, act.at):
        raise RefusedError("Somebody went on with this, or it has ended.")
    return _ended(upload, Standing.EXPIRED)


def _ended(upload: Upload, standing: Standing) -> Done[Upload]:
    upload.standing = standing
    upload.save(update_fields=["standing"])
    return Done(upload, {"received": upload.received, "size": upload.size})
