"""Undoing what the desk took for the same, and putting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.said import required
from kavalan.casework.triage.models import Bundled, Duplicate
from kavalan.casework.triage.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.ledger import Payload

Found = TypeVar("Found", Duplicate, Bundled)


@house_verb("duplicate.undo")
def undo_duplicate(act: HouseAct, *, duplicate: Duplicate, reason: str) -> Done[Duplicate]:
    """Say that a report is not the same one as the first; it stays so, whatever comes later.

    Raises:
        RefusedError: when the actor does not work where the report lies, it was undone, or no reason is given.
    """
    return _marked(act, duplicate, reason, in_force=False)


@house_verb("duplicate.put_back")
def put_back_duplicate(act: HouseAct, *, duplicate: Duplicate, reason: str) -> Done[Duplicate]:
    """Say that it is the same one after all.

    Raises:
        RefusedError: when the actor does not work where the report lies, it stands, or no reason is given.
    """
    return _marked(act, duplicate, reason, in_force=True)


@house_verb("bundle.take_out")
def take_out_of_bundle(act: HouseAct, *, bundled: Bundled, reason: str) -> Done[Bundled]:
    """Take a report out of a bundle; it stays out, whatever comes later.

    Raises:
        RefusedError: when the actor does not work where the report lies, it was taken out, or no reason is given.
    """
    return _changed(act, Bundled.objects.get(pk=bundled.pk), reason, in_force=False)


@house_verb("bundle.put_back")
def put_back_in_bundle(act: HouseAct, *, bundled: Bundled, reason: str) -> Done[Bundled]:
    """Put a report back into the bundle that it was taken out of.

    Raises:
        RefusedError: when the actor does not work where the report lies, it lies in it, or no reason is given.
    """
    return _changed(act, Bundled.objects.get(pk=bundled.pk), reason, in_force=True)


def _marked(act: HouseAct, duplicate: Duplicate, reason: str, *, in_force: bool) -> Done[Duplicate]:
    done = _changed(act, Duplicate.objects.get(pk=duplicate.pk), reason, in_force=in_force)
    first = done.subject.first_id if in_force else None
    Report.objects.filter(pk=done.subject.report_id).update(duplicate_of=first)
    return done


def _changed(act: HouseAct, found: Found, reason: str, *, in_force: bool) -> Done[Found]:
    report = held(act, found.report)
    # Read again now that the report is locked.
    found.refresh_from_db()
    if found.in_force == in_force:
        raise RefusedError("It stands so already.")
    found.in_force, found.reason = in_force, required(reason)
    found.changed_by, found.changed_at = act.officer, act.at
    found.save(update_fields=["in_force", "reason", "changed_by", "changed_at"])
    said: Payload = {"report": str(report.public_id), "in_force": "yes" if in_force else "no", "reason": found.reason}
    return Done(found, said)
