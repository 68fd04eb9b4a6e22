"""Two hypotheses about one person become one, and two again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.subjects.models import Merging
from kavalan.casework.subjects.working import held, held_open
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.subjects.models import Subject


@house_verb("subject.merge")
def merge_subjects(act: HouseAct, *, kept: Subject, gone: Subject, reason: str) -> Done[Merging]:
    """Say that two subjects are one person: `gone` goes on in `kept`. Nothing is moved, and nobody sees more by it.

    Raises:
        RefusedError: when the actor does not work where both lie, they are the same one, either is closed or goes on in
            another, or no reason is given.
    """
    if kept.pk == gone.pk:
        raise RefusedError("Name another subject than this one.")
    # Locked in one order, so that two who merge crosswise do not wait for each other for ever.
    locked = {one.pk: held_open(act, one) for one in sorted((kept, gone), key=lambda one: one.pk)}
    kept, gone = locked[kept.pk], locked[gone.pk]
    made = Merging.objects.create(
        kept=kept, gone=gone, reason=required(reason), merged_by=act.officer, merged_at=act.at
    )
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    return Done(made, _said(made) | {"reason": made.reason})


@house_verb("subject.undo_merge")
def undo_merge(act: HouseAct, *, merging: Merging, reason: str) -> Done[Merging]:
    """Say that they are two after all: each is as it was.

    Raises:
        RefusedError: when the actor does not work where both lie, it was undone already, or no reason is given.
    """
    both = sorted((merging.kept, merging.gone), key=lambda one: one.pk)
    locked = {one.pk: held(act, one) for one in both}
    merging = Merging.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merging.pk)
    if merging.undone_at is not None:
        raise RefusedError("They were parted already.")
    merging.undone_by, merging.undone_at, merging.undone_why = act.officer, act.at, required(reason)
    merging.save(update_fields=["undone_by", "undone_at", "undone_why"])
    gone = locked[merging.gone_id]
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    return Done(merging, _said(merging) | {"reason": merging.undone_why})


def _said(merging: Merging) -> dict[str, str]:
    return {"kept": str(merging.kept.public_id), "gone": str(merging.gone.public_id)}
