"""Asking a second person, answering, and using the answer once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment
from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.access.services import place
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.rules import payload_digest
from kavalan.casework.approvals.selectors import Lies, roles_where
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.rules import Kind, Matter
    from kavalan.ledger import Payload


@house_verb("approval.ask")
def ask_approval(act: HouseAct, *, kind: Kind, matter: Matter, payload: Payload, reason: str) -> Done[Approval]:
    """Ask another officer to let the actor do this to that object, once.

    Args:
        act: who asks.
        kind: what is asked for.
        matter: the object; the question lies where it lies.
        payload: exactly what would be done; a grant is for nothing else.
        reason: why.

    Raises:
        RefusedError: when the actor has no right to ask there, the same is asked already, or no reason is given.
    """
    lies = Lies.where(matter)
    if not kind.ask & roles_where(act.officer, lies, act.at):
        raise RefusedError("Your role where this lies does not extend to asking for it.")
    digest = payload_digest(payload)
    same = Approval.objects.filter(kind=kind.name, subject=matter.public_id, digest=digest, asked_by=act.officer)
    if same.filter(used_at__isnull=True, expires_at__gt=act.at).exclude(granted=False).exists():
        raise RefusedError("You have asked for this already.")
    approval = Approval.objects.create(
        kind=kind.name,
        subject=matter.public_id,
        unit_id=lies.unit,
        payload=dict(payload),
        digest=digest,
        reason=required(reason),
        asked_by=act.officer,
        asked_at=act.at,
        expires_at=act.at + kind.answered_within,
    )
    for room in Compartment.objects.filter(pk__in=lies.rooms):
        place(approval, room)
    return Done(approval, {"kind": kind.name, "object": str(matter.public_id), "digest": digest.hex(), "why": reason})


@house_verb("approval.answer")
def answer_approval(act: HouseAct, *, approval: Approval, granted: bool, reason: str) -> Done[Approval]:
    """Grant or refuse what another officer asked for.

    Raises:
        RefusedError: when the actor asked it, has no right to grant there, it was answered or lapsed, or no reason is
            given.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    kind, lies = approval.described, Lies(tuple(compartments_of(approval)), approval.unit_id)
    if approval.asked_by_id == act.officer.pk:
        raise RefusedError("Nobody grants what they asked for.")
    if not kind.grant & roles_where(act.officer, lies, act.at):
        raise RefusedError("Your role where this lies does not extend to granting it.")
    if approval.granted is not None:
        raise RefusedError("This was answered already.")
    if approval.expires_at <= act.at:
        raise RefusedError("This question has lapsed.")
    approval.granted, approval.answer_reason = granted, required(reason)
    approval.answered_by, approval.answered_at = act.officer, act.at
    if granted:
        approval.expires_at = act.at + kind.used_within
    approval.save(update_fields=["granted", "answer_reason", "answered_by", "answered_at", "expires_at"])
    return Done(approval, {"granted": "yes" if granted else "no", "why": reason})


def use(officer: Officer, at: datetime, *, kind: Kind, matter: Matter, payload: Payload) -> Approval:
    """Use a grant up; part of the verb that needs it, so that both happen or neither.

    Raises:
        RefusedError: when nobody granted this officer exactly this, or it lapsed or was used.
    """
    held = Approval.objects.filter(
        kind=kind.name,
        subject=matter.public_id,
        digest=payload_digest(payload),
        asked_by=officer,
        granted=True,
        used_at__isnull=True,
        expires_at__gt=at,
    )
    approval = held.order_by("pk").first()
    # The condition is in the statement itself: of two at once the second finds nothing left to use.
    if approval is None or not held.filter(pk=approval.pk).update(used_at=at):
        raise RefusedError("This needs another officer's grant for exactly this, which is used once. Ask for it first.")
    return approval
