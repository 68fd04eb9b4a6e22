"""Writing an event, and bringing what lists are found by up to it; parts of verbs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from kavalan.casework.custody.chain import Chain, Fact, chain_of
from kavalan.casework.custody.limits import limits
from kavalan.casework.custody.models import CustodyEvent, Device, Handled
from kavalan.casework.custody.words import SealState, What, Where
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.vault.models import Kept
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Party:
    """Who had a thing: an officer of the desk, or words for a badge, an office, a court; nobody where empty."""

    officer: Officer | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How one thing was: see `Handled`."""

    seal: str = ""
    seal_state: SealState = SealState.UNKNOWN
    isolation: str = ""
    opened: bool = False
    shown_at: datetime | None = None
    step: int | None = None
    within: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says that happened: see `CustodyEvent`; `found` holds for each thing that says nothing else."""

    what: What
    at: datetime
    giver: Party = Party()
    taker: Party = Party()
    place: str = ""
    reference: str = ""
    due_at: datetime | None = None
    report: bytes | None = None
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class Ties:
    """What an event belongs to: the hand-over that it answers, the event that it corrects and why, a signed slip."""

    answers: CustodyEvent | None = None
    corrects: CustodyEvent | None = None
    why: str = ""
    slip: Kept | None = None


def tell(
    by: Officer,
    now: datetime,
    devices: Sequence[Device],
    told: Told,
    ties: Ties = Ties(),
    *,
    each: Mapping[int, Found] | None = None,
) -> CustodyEvent:
    """Add an event about these things.

    Args:
        by: who enters it.
        now: when, aware UTC.
        devices: what it happened to.
        told: what happened.
        ties: what it belongs to.
        each: how single things were, by their numbers, where not as `told` says of all.

    Raises:
        RefusedError: it lies ahead, or is about nothing.
    """
    if told.at > now:
        raise RefusedError("This lies ahead: an event is entered once it has happened.")
    if not devices:
        raise RefusedError("Choose at least one thing.")
    event = CustodyEvent.objects.create(
        what=told.what,
        at=told.at,
        entered_at=now,
        entered_by=by,
        giver=told.giver.officer,
        giver_words=told.giver.words,
        taker=told.taker.officer,
        taker_words=told.taker.words,
        place=told.place,
        reference=told.reference,
        due_at=told.due_at,
        report=told.report,
        slip=ties.slip,
        answers=ties.answers,
        corrects=ties.corrects,
        why=ties.why,
    )
    single = each or {}
    Handled.objects.bulk_create(_handled(event, device, single.get(device.pk, told.found)) for device in devices)
    bring_up(devices)
    return event


def _handled(event: CustodyEvent, device: Device, found: Found) -> Handled:
    return Handled(
        event=event,
        device=device,
        seal=found.seal,
        seal_state=found.seal_state,
        isolation=found.isolation,
        opened=found.opened,
        shown_at=found.shown_at,
        step=found.step,
        within=found.within,
        note=found.note,
    )


def chains_of(devices: Collection[Device]) -> dict[int, tuple[Chain, dict[int, Handled]]]:
    """What the events of each thing come to, and its share in each by the event's number; one query for all."""
    handled: dict[int, dict[int, Handled]] = {device.pk: {} for device in devices}
    about = Handled.objects.filter(device__in=list(handled)).select_related(
        "event__giver", "event__taker", "event__entered_by", "event__slip"
    )
    for one in about.order_by("event_id"):
        handled[one.device_id][one.event_id] = one
    slack = limits().hand_over.span
    return {key: (chain_of(map(_fact, shares.values()), slack), shares) for key, shares in handled.items()}


def bring_up(devices: Collection[Device]) -> None:
    """Write anew what lists find the things by; part of the verb that adds an event."""
    chains = chains_of(devices)
    alike: dict[tuple[tuple[str, object], ...], list[int]] = {}
    for device in devices:
        before = _columns(device)
        _bring(device, *chains[device.pk])
        changed = tuple((name, value) for name, value in _columns(device).items() if value != before[name])
        alike.setdefault(changed, []).append(device.pk)
    # Together: what happens to hundreds at once mostly leaves all of them alike, and others wait meanwhile.
    for columns, keys in alike.items():
        if columns:
            Device.objects.filter(pk__in=keys).update(**dict(columns))


def _columns(device: Device) -> dict[str, object]:
    names = ("where", "holder_id", "holder_words", "seal", "offer_id", "due_at", "gaps")
    return {name: getattr(device, name) for name in names}


def _bring(device: Device, chain: Chain, shares: Mapping[int, Handled]) -> None:
    device.where, device.seal, device.gaps = chain.where, chain.seal, len(chain.gaps)
    device.offer = shares[chain.open_offer].event if chain.open_offer is not None else None
    device.holder, device.holder_words = None, ""
    for share in shares.values():
        if chain.holder and _key(share.event.taker_id, share.event.taker_words) == chain.holder:
            device.holder, device.holder_words = share.event.taker, share.event.taker_words
    device.due_at = _due(chain, shares) if chain.where == Where.LAB else None


def _due(chain: Chain, shares: Mapping[int, Handled]) -> datetime:
    sent = shares[next(fact.number for fact in reversed(chain.facts) if fact.what == What.LAB_OUT)].event
    return sent.due_at or sent.at + limits().laboratory.span


def _fact(share: Handled) -> Fact:
    event = share.event
    return Fact(
        number=event.pk,
        what=What(event.what),
        at=event.at,
        giver=_key(event.giver_id, event.giver_words),
        taker=_key(event.taker_id, event.taker_words),
        seal=share.seal,
        state=SealState(share.seal_state),
        opened=share.opened,
        answers=event.answers_id,
        corrects=event.corrects_id,
    )


def _key(officer: int | None, words: str) -> str:
    return f"officer {officer}" if officer is not None else " ".join(words.casefold().split())


def said_of(event: CustodyEvent) -> Payload:
    """What the ledger keeps a salted hash of."""
    shares = list(event.handled.select_related("device").order_by("device_id"))
    told = [
        {
            "device": str(share.device.public_id),
            "seal": share.seal,
            "state": share.seal_state,
            "isolation": share.isolation,
            "opened": share.opened,
            "shown_at": _iso(share.shown_at),
            "step": share.step,
            "within": share.within,
            "note": share.note,
        }
        for share in shares
    ]
    said: dict[str, str | int | None] = {
        "what": event.what,
        "at": _iso(event.at),
        "giver": str(event.giver.public_id) if event.giver else event.giver_words,
        "taker": str(event.taker.public_id) if event.taker else event.taker_words,
        "place": event.place,
        "reference": event.reference,
        "due_at": _iso(event.due_at),
        "report": event.report_hex,
        "slip": event.slip.sha256_hex if event.slip else None,
        "answers": str(event.answers.public_id) if event.answers else None,
        "corrects": str(event.corrects.public_id) if event.corrects else None,
        "why": event.why,
        "things": len(told),
        # One entry for one event, of however many things: their shares by a digest.
        "sha256": hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest(),
    }
    return {name: value for name, value in said.items() if value not in {None, ""}}


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
