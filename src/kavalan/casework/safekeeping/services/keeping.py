"""Keeping an exhibit: asked for by an examiner on the authority to collect it, done by the worker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment, Placement
from kavalan.casework.access.selectors import EXAMINERS, roles_in
from kavalan.casework.authority.rules import Activity
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.safekeeping.models import Safekeeping, Way
from kavalan.casework.safekeeping.selectors import kept_of
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.services import enter
from kavalan.casework.vault.store import vault
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, step, verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.safekeeping.work import Taken
    from kavalan.ledger import Payload

KEEP = "exhibit.keep"
"""The kind of job that copies an exhibit into the vault, or holds it in place."""


@verb("exhibit.keep", activity=Activity.COLLECT, roles=EXAMINERS)
def keep_exhibit(act: Act, exhibit: Exhibit, *, way: Way) -> Done[Safekeeping]:
    """Ask for an exhibit to be kept, by copying it or by holding it in place.

    Raises:
        LockedError: nobody unlocked the keys.
        RefusedError: it is kept already, or about to be; or this cannot be held, or not be copied here.
    """
    exhibit = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    if Safekeeping.objects.filter(exhibit=exhibit, job__state__in=ACTIVE).exists() or kept_of(exhibit):
        message = f"{exhibit} is kept already, or is about to be."
        raise RefusedError(message)
    path = bytes(exhibit.source)
    if not path and way == Way.HELD:
        raise RefusedError("This was sent to the vault and lies nowhere else: it is kept as a copy.")
    require_way(way, is_folder=bool(path) and Path(os.fsdecode(path)).is_dir())
    job = Job.objects.create(kind=KEEP, officer=act.officer, authority=act.authority, created_at=act.at)
    keeping = Safekeeping.objects.create(exhibit=exhibit, way=way, job=job)
    return Done(keeping, {"exhibit": str(exhibit.public_id), "way": way.value, "job": str(job.public_id)})


def require_way(way: Way, *, is_folder: bool) -> None:
    """Refuse what cannot be kept in that way.

    Raises:
        LockedError: nobody unlocked the keys.
        RefusedError: a folder cannot be held, or the workspace is media-free and keeps no copy.
    """
    media_free = vault().media_free
    if way == Way.HELD and is_folder:
        raise RefusedError(
            "A folder cannot be held in place: keep a copy of it, or register a file, an archive or an image."
        )
    if way == Way.COPY and media_free:
        raise RefusedError(
            "This workspace is media-free and keeps no copy of evidence. Hold in place what is one file."
        )


@house_verb("keeping.cancel")
def cancel_keeping(act: HouseAct, *, keeping: Safekeeping) -> Done[Safekeeping]:
    """Stop the copying or the reading; nothing of it stays.

    Raises:
        RefusedError: when the actor is no examiner there, or it has ended.
    """
    if not EXAMINERS & roles_in(act.officer, keeping.compartment_ids(), act.at):
        raise RefusedError("Only an examiner where the exhibit lies stops this.")
    job = Job.objects.select_for_update().get(safekeeping=keeping)
    if not job.active:
        raise RefusedError("This has ended already.")
    if job.state == State.WAITING:
        end(job, State.CANCELLED, act.at)
    else:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    return Done(keeping, {"job": str(job.public_id)})


@step(Safekeeping, Kept, Placement, Job)
def record_taken(job: Job, keeping: Safekeeping, taken: Taken, by: Officer, now: datetime) -> None:
    """Answer for what the vault has taken; the verb that ends the work tells the ledger."""
    rooms = list(Compartment.objects.filter(pk__in=keeping.compartment_ids()))
    held = keeping.way == Way.HELD
    content = enter(
        taken.content,
        what=What.HELD if held else What.EXHIBIT_COPY,
        media_type="application/zip" if taken.index else "application/octet-stream",
        by=by,
        at=now,
        rooms=rooms,
    )
    index = taken.index and enter(
        taken.index, what=What.FOLDER_INDEX, media_type="application/octet-stream", by=by, at=now, rooms=rooms
    )
    Safekeeping.objects.filter(pk=keeping.pk).update(
        content=content, index=index, members=taken.members, left_out=taken.left_out
    )
    keep(job, now, attempts=0)


@verb("keeping.finish", activity=Activity.COLLECT, roles=EXAMINERS)
def finish_keeping(act: Act, keeping: Safekeeping, *, job: Job) -> Done[Safekeeping]:
    """Say that the exhibit is kept, and with which digest."""
    hold(job)
    end(job, State.DONE, act.at)
    return Done(keeping, _said(keeping, job))


@house_verb("keeping.stop", unattended=True)
def stop_keeping(act: HouseAct, *, keeping: Safekeeping, job: Job, state: State, why: str) -> Done[Safekeeping]:
    """Say that it came to another end."""
    hold(job)
    end(job, state, act.at, why)
    return Done(keeping, {**_said(keeping, job), "state": state.value, "why": why})


def _said(keeping: Safekeeping, job: Job) -> Payload:
    done = Safekeeping.objects.select_related("exhibit", "content", "index").get(pk=keeping.pk)
    return {
        "exhibit": str(done.exhibit.public_id),
        "job": str(job.public_id),
        "sha256": done.content.sha256_hex if done.content else None,
        "size": done.content.size if done.content else None,
        "index": done.index.sha256_hex if done.index else None,
        "members": done.members,
        "left_out": done.left_out,
    }
