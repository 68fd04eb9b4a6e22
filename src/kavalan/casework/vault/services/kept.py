"""Entering what the vault has taken, and giving it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.services import place
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.selectors import paper_for
from kavalan.casework.vault.store import vault
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kavalan.casework.access.models import Compartment
    from kavalan.casework.accounts.models import Officer, Unit
    from kavalan.vault import Stored

_GONE = "The same content is being destroyed at this moment. Try again in a minute."


def enter(
    stored: Stored,
    *,
    what: What,
    media_type: str,
    by: Officer,
    at: datetime,
    rooms: Iterable[Compartment] = (),
    unit: Unit | None = None,
) -> Kept:
    """Answer for a blob that `store.put` took; part of the verb that makes what it belongs to.

    Args:
        stored: as `store.put` gave it.
        what: what it is to the desk.
        media_type: as its content was recognised.
        by: who brought it.
        at: when.
        rooms: where it lies.
        unit: whose it is, where it lies in no compartment.

    Raises:
        RefusedError: it is being destroyed, or is gone since it was put.
    """
    # Locked as a destruction locks them: it either sees this row or is seen here.
    same = list(Kept.objects.select_for_update().filter(name=stored.name, destroyed_at__isnull=True))
    opened = vault()
    shelf = opened.manifests if what == What.HELD else opened.blobs
    if any(one.doomed_at for one in same) or not shelf.path(stored.name).exists():
        raise RefusedError(_GONE)
    kept = Kept.objects.create(
        name=stored.name,
        what=what,
        size=stored.size,
        sha256=stored.sha256,
        media_type=media_type,
        unit=unit,
        kept_by=by,
        kept_at=at,
    )
    for room in rooms:
        place(kept, room)
    return kept


@house_verb("kept.give")
def give_out(act: HouseAct, *, kept: Kept) -> Done[Kept]:
    """Record that an officer is given a paper as a file, before the first byte leaves.

    Raises:
        RefusedError: when it is no paper that the actor may have.
    """
    paper = paper_for(act.officer, kept.public_id, act.at)
    if paper is None:
        raise RefusedError("This is no paper that you may have.")
    return Done(paper, {"sha256": paper.sha256_hex, "size": paper.size})
