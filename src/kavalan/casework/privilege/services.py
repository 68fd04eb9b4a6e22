"""Supplying privileged identifiers, and opening what they seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.approvals.services import ask_approval, use
from kavalan.casework.authority.rules import Activity
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit, Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exhibits.tallies import brought_forward
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.models import PrivilegedIdentifier, PrivilegeSeal
from kavalan.casework.privilege.rules import folded, identifier_fault
from kavalan.casework.privilege.sealing import seal_matches
from kavalan.casework.privilege.selectors import FILTER, are_sealed, filters, sealed_items
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, verb

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.ledger import Payload


@house_verb("privilege.supply")
def supply_identifiers(act: HouseAct, *, exhibit: Exhibit, identifiers: Collection[str]) -> Done[Exhibit]:
    """Seal every item of an exhibit whose path speaks of one of these, now and as items are loaded.

    Raises:
        RefusedError: when the actor has no role where the exhibit lies, there are none, or one is too short.
    """
    if not roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("Only who has a role where the exhibit lies supplies privileged identifiers.")
    if not identifiers:
        raise RefusedError("Name at least one number, address or name.")
    if faults := [why for text in identifiers if (why := identifier_fault(text))]:
        raise RefusedError(faults[0])
    # Locked as a scan's batches lock it: an item is either sealed here or by the batch that loads it.
    exhibit = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    texts = sorted({folded(text)[:200] for text in identifiers})
    PrivilegedIdentifier.objects.bulk_create(
        [
            PrivilegedIdentifier(exhibit=exhibit, text=text, supplied_by=act.officer, supplied_at=act.at)
            for text in texts
        ],
        ignore_conflicts=True,
    )
    return Done(exhibit, {"identifiers": len(texts), "sealed": seal_matches(exhibit)})


@verb("privilege.look", activity=Activity.EXAMINE, roles=FILTER)
def look_at_sealed(act: Act, exhibit: Exhibit, after: int = 0) -> Done[Exhibit]:
    """Record that a filter officer looks at a page of what is sealed; nothing of it is shown before this is done.

    Args:
        act: who looks.
        exhibit: in which.
        after: the number of the item behind which the page begins.

    Raises:
        RefusedError: when the actor also works on the investigation there.
    """
    _require_filter_officer(act, exhibit)
    shown = [item.number for item in sealed_items(exhibit, after).items]
    return Done(exhibit, {"after": after, "items": len(shown), "last": shown[-1] if shown else None})


def opening(numbers: Collection[int]) -> Payload:
    """What is asked for when these items of an exhibit are to be opened: the payload of the approval."""
    return {"items": [str(number) for number in sorted(set(numbers))]}


def ask_for_opening(officer: Officer, at: datetime, exhibit: Exhibit, numbers: Collection[int], reason: str) -> None:
    """Ask a supervisor for these items to be opened.

    Raises:
        RefusedError: when one of them is not sealed, or as `ask_approval`.
    """
    if not are_sealed(exhibit, numbers):
        raise RefusedError("Tick the items that are to be opened.")
    ask_approval(officer, at, kind=OPEN_PRIVILEGED, matter=exhibit, payload=opening(numbers), reason=reason)


@verb("privilege.open", activity=Activity.EXAMINE, roles=FILTER)
def open_privileged(act: Act, exhibit: Exhibit, numbers: Collection[int]) -> Done[Exhibit]:
    """Take items out of the privilege seal, on another officer's grant for exactly these.

    Raises:
        RefusedError: when the actor also works on the investigation there, one of the items is not sealed, or the
            grant is missing, lapsed or used.
    """
    _require_filter_officer(act, exhibit)
    if not are_sealed(exhibit, numbers):
        raise RefusedError("These are not items that are sealed as privileged.")
    approval = use(act.officer, act.at, kind=OPEN_PRIVILEGED, matter=exhibit, payload=opening(numbers))
    items = Item.objects.filter(exhibit=exhibit, number__in=numbers)
    PrivilegeSeal.objects.filter(item__in=items.values("pk")).update(opened_at=act.at, opened_by=act.officer)
    with brought_forward([exhibit.pk], items):
        items.filter(seal=Seal.PRIVILEGED).update(seal=Seal.OPEN)
    return Done(exhibit, {**opening(numbers), "approval": str(approval.public_id)})


def _require_filter_officer(act: Act, exhibit: Exhibit) -> None:
    if not filters(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("A filter officer has no other role where the exhibit lies.")
