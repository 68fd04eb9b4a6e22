"""The drop folder of a desk: what somebody puts there is taken in by itself, and moved to where it says how it went.

    workspace/drop/UNIT-1a2b3c4d/             put files here
    workspace/drop/UNIT-1a2b3c4d/done/        a receipt for each that was taken in
    workspace/drop/UNIT-1a2b3c4d/failed/      not taken in, each with the reason beside it

A file is copied into the vault before anything else is done with it, and removed only when its delivery is entered and
its receipt written, since nothing lies in clear longer than it must: where work is cut off, it still lies there, and
the same content is not taken in twice.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.text import slugify

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.forms.taking import fits
from kavalan.casework.intake.models import Delivery, Desk
from kavalan.casework.intake.preview import head_in
from kavalan.casework.intake.rules import Form, form_of
from kavalan.casework.intake.selectors import mappings_of
from kavalan.casework.intake.services import Parcel, begin_dropped
from kavalan.casework.keys import LockedError
from kavalan.casework.vault.store import put
from kavalan.sources import shown
from kavalan.tips.head import HeadRequest
from kavalan.vault import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kavalan.casework.intake.models import ColumnMapping
    from kavalan.vault import Stored

SETTLED: Final = 5.0
"""Seconds for which nothing of a file changed before it counts as complete."""
_AT_ONCE: Final = 200
"""Files in one look, so that what they hold is read meanwhile."""
_UNFINISHED: Final = (".part", ".partial", ".crdownload", ".tmp", "~")


def folder_of(desk: Desk) -> Path:
    """Where files for a desk are put."""
    workspace: Path = settings.KAVALAN_WORKSPACE
    return workspace / "drop" / f"{slugify(desk.unit.name) or 'unit'}-{desk.public_id.hex[:8]}"


def take_dropped(now: datetime) -> str | None:
    """Take in what lies in the drop folders and is complete.

    Returns:
        What keeps it from being taken in, for the log; None where nothing does.
    """
    try:
        for desk in Desk.objects.select_related("unit", "compartment").order_by("pk"):
            folder = folder_of(desk)
            for each in (folder, folder / "done", folder / "failed"):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path in _complete(folder, now):
                _take(desk, path, now)
    except LockedError:
        return "waits: nobody unlocked the keys"
    return None


def _complete(folder: Path, now: datetime) -> Iterator[Path]:
    count = 0
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        path = folder / name
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode) or name.startswith(".") or name.lower().endswith(_UNFINISHED):
            continue
        # Not when it was modified, which whoever copies may set: when anything of it last changed here.
        if now.timestamp() - found.st_ctime < SETTLED:
            continue
        yield path
        count += 1
        if count == _AT_ONCE:
            return


def _take(desk: Desk, path: Path, now: datetime) -> None:
    try:
        delivery = _taken(desk, path, now)
    except LockedError:
        raise
    except (RefusedError, OSError) as error:
        why = f"Not taken in: {error}\nTo try again, move the file back.\n"
        target = _free(path.parent / "failed", path.name)
        path.rename(target)
        _write_beside(target, "reason", path.name, why)
    else:
        _write_beside(_free(path.parent / "done", path.name), "receipt", path.name, receipt_of(delivery))
        path.unlink()


def _taken(desk: Desk, path: Path, now: datetime) -> Delivery:
    form = form_of(path.suffix)
    if form is None:
        raise RefusedError("Its name does not tell what it is: a report is .json, .eml, .csv, .zip or .pdf.")
    # No link is followed: it would take in what lies elsewhere.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise RefusedError("This is no file.")
        stored = put(file)
    same = Delivery.objects.filter(desk=desk, sha256=stored.sha256).order_by("pk").first()
    if same is not None:
        return same
    arrived = min(now, datetime.fromtimestamp(found.st_ctime, UTC))
    columns = _columns(desk, stored) if form == Form.TABLE else None
    return begin_dropped(
        None, now, desk=desk, parcel=Parcel(stored, form, os.fsencode(path.name)[:1000], arrived, columns=columns)
    )


def _columns(desk: Desk, stored: Stored) -> ColumnMapping | None:
    """The only saved meaning that fits the table; where none or several do, a person says it."""
    saved = mappings_of(desk.unit_id)
    try:
        fitting = [one for one in saved if fits(one, head_in(stored.name, HeadRequest(one.columns.get("skip", 0))))]
    except RefusedError:
        return None
    return fitting[0] if len(fitting) == 1 else None


def receipt_of(delivery: Delivery) -> str:
    """What lies beside a file that was taken in: reference, time and digest, and no name."""
    return (
        f"Delivery {delivery.public_id}\n"
        f"Arrived {delivery.arrived_at.isoformat()}\n"
        f"Taken in {delivery.entered_at.isoformat()}\n"
        f"Size {delivery.size}\n"
        f"SHA-256 {bytes(delivery.sha256 or b'').hex()}\n"
    )


def _free(folder: Path, name: str) -> Path:
    """A path that nothing lies at, nor anything beside it: nothing is overwritten."""
    number, target = 1, folder / name
    while any(os.path.lexists(each) for each in (target, _beside(target, "receipt"), _beside(target, "reason"))):
        number += 1
        target = folder / f"{number}-{name}"
    return target


def _beside(target: Path, ending: str) -> Path:
    # Cut in bytes: a name may be as long as the file system allows.
    return target.with_name(os.fsdecode(os.fsencode(target.name)[:200]) + f".{ending}.txt")


def _write_beside(target: Path, ending: str, name: str, text: str) -> None:
    """Write what became of a file, under the name that it would have there."""
    write_whole(_beside(target, ending), f"{shown(os.fsencode(name))}\n{text}".encode())
