"""Sealing names, correcting them, and opening one by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import place
from kavalan.casework.approvals.services import use
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.models import Identity, SealedVersion
from kavalan.casework.identities.rules import draw_pseudonym, fault, names_in
from kavalan.casework.identities.sealing import same_person, seal, unseal
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.identities.rules import Kind, Particulars
    from kavalan.ledger import Payload

SEALS: Final = frozenset({Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})
"""Who seals a name: whoever may learn one at work, for a name that cannot be put here is written elsewhere."""


@house_verb("identity.seal")
def seal_identity(act: HouseAct, *, kind: Kind, compartment: Compartment, particulars: Particulars) -> Done[Identity]:
    """Seal a name, and give it a pseudonym.

    No authority is asked: nothing is taken from anybody, and the law bids to keep the name of a child or a reporter
    secret before there is any paper.

    Raises:
        RefusedError: when the actor has no role there that extends to it, or the particulars cannot be sealed.
        LockedError: when this process holds no keys.
    """
    if not SEALS & roles_in(act.officer, [compartment.pk], act.at):
        raise RefusedError("Your role in this compartment does not extend to sealing a name there.")
    identity = Identity.objects.create(
        kind=kind, pseudonym=_new_pseudonym(act.at.year), sealed_by=act.officer, sealed_at=act.at
    )
    place(identity, compartment)
    version = _sealed(act, identity, particulars)
    said = {"kind": kind.value, "pseudonym": identity.pseudonym, "compartment": str(compartment.public_id)}
    return Done(identity, {**said, **_told(version)})


@house_verb("identity.correct")
def correct_identity(act: HouseAct, *, identity: Identity, particulars: Particulars, reason: str) -> Done[Identity]:
    """Seal what is right now, whole; the pseudonym stays, and so does what was sealed before.

    Raises:
        RefusedError: when the actor has no role where it lies that extends to it, the reason is missing or names
            the person, or the particulars cannot be sealed.
        LockedError: when this process holds no keys.
    """
    # Locked, so that two corrections do not take one number.
    identity = Identity.objects.select_for_update().get(pk=identity.pk)
    if not SEALS & roles_in(act.officer, identity.compartment_ids(), act.at):
        raise RefusedError("Your role where this lies does not extend to correcting it.")
    why = required(reason)
    if names_in(why, particulars):
        raise RefusedError("The reason is not sealed: write it without the name.")
    version = _sealed(act, identity, particulars, why)
    return Done(identity, {"reason": version.reason, **_told(version)})


def opening(identity: Identity, number: int) -> Payload:
    """What is asked for when that version of an identity is to be opened: the payload of the approval."""
    return {"identity": str(identity.public_id), "version": number}


@house_verb("identity.open")
def open_identity(act: HouseAct, *, identity: Identity, number: int) -> Done[Identity]:
    """Use up another officer's grant to be told one version; `read_identity` then tells it.

    Raises:
        RefusedError: when the actor's role where it lies does not extend to it, or no grant is there to be used.
        LockedError: when this process holds no keys.
        BrokenSealError: when what is sealed cannot be opened; the grant stays.
    """
    if not OPEN_IDENTITY.ask & roles_in(act.officer, identity.compartment_ids(), act.at):
        raise RefusedError("Your role where this lies does not extend to opening it.")
    payload = opening(identity, number)
    approval = use(act.officer, act.at, kind=OPEN_IDENTITY, matter=identity, payload=payload)
    # Tried here, so that no grant is used up for what cannot be told.
    unseal(identity.versions.get(number=number))
    return Done(identity, {**payload, "approval": str(approval.public_id)})


def read_identity(officer: Officer, now: datetime, *, identity: Identity, number: int) -> Particulars:
    """Tell who it is, once: the ledger has the opening before this returns. Raises as `open_identity` does."""
    open_identity(officer, now, identity=identity, number=number)
    return unseal(identity.versions.get(number=number))


def _new_pseudonym(year: int) -> str:
    while Identity.objects.filter(pseudonym=(drawn := draw_pseudonym(year))).exists():
        pass
    return drawn


def _sealed(act: HouseAct, identity: Identity, particulars: Particulars, reason: str = "") -> SealedVersion:
    if why := fault(particulars):
        raise RefusedError(why)
    number = identity.versions.count() + 1
    sealed = seal(particulars, identity.public_id, number)
    room = Compartment.objects.get(pk=min(identity.compartment_ids()))
    return SealedVersion.objects.create(
        identity=identity,
        number=number,
        sealed=sealed.blob,
        seal=sealed.seal,
        same=same_person(particulars, room),
        reason=reason,
        recorded_by=act.officer,
        recorded_at=act.at,
    )


def _told(version: SealedVersion) -> Payload:
    """Of what was sealed the ledger is told a keyed digest over the encrypted form: it says which, and nothing else."""
    return {"version": version.number, "seal": bytes(version.seal).hex()}
