"""What the law asks of a search, and which digital exhibits come from which thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.rules import Event, counted, limits_of
from kavalan.casework.custody.models import Device, Origin, Recording, Seizure
from kavalan.casework.custody.roles import KEEPERS, place_all, require_keeper
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.custody.memo import Memo
    from kavalan.casework.custody.words import Part
    from kavalan.casework.exhibits.models import Exhibit

_DIGEST = re.compile(r"[0-9a-f]{64}")


def entered(act: Act, reference: str, memo: Memo, rooms: Iterable[int]) -> Seizure:
    """Register a seizure with what its memo says, and begin what the law sets for it; part of a verb.

    Raises:
        RefusedError: when the recording's digest is none, or something in it lies ahead or before the search.
    """
    if memo.reasons_at is not None and memo.reasons_at > act.at:
        raise RefusedError("This lies ahead: an event is entered once it has happened.")
    seizure = Seizure.objects.create(
        authority=act.authority,
        reference=reference,
        at=memo.at,
        place=memo.place,
        seized_by=None if memo.seized_by_words else act.officer,
        seized_by_words=memo.seized_by_words,
        witnesses=memo.witnesses,
        reasons_at=memo.reasons_at,
        entered_by=act.officer,
        entered_at=act.at,
    )
    place_all([seizure], rooms)
    if memo.recording:
        _recorded(act, seizure, memo.recording, memo.forwarded_to, memo.forwarded_at)
    if memo.reasons_at is not None:
        _begin(act.officer, act.authority, Event.REASONS, memo.reasons_at, act.at)
    return seizure


@house_verb("recording.add")
def add_recording(
    act: HouseAct, *, seizure: Seizure, sha256: str, forwarded_to: str = "", forwarded_at: datetime | None = None
) -> Done[Recording]:
    """Say by its SHA-256 which recording was made of a search, and to whom it was forwarded where it was.

    Raises:
        RefusedError: when the actor does not work on what was seized, it is no digest or there already, or the
            forwarding lies ahead or before the search, or says one of to whom and when without the other.
    """
    _require_works(act, seizure)
    made = _recorded(act, seizure, sha256, forwarded_to, forwarded_at)
    return Done(made, {"seizure": str(seizure.public_id), "sha256": made.sha256_hex, **_forwarding(made)})


@house_verb("recording.forward")
def forward_recording(act: HouseAct, *, recording: Recording, to: str, moment: datetime) -> Done[Recording]:
    """Say to which magistrate a recording was forwarded and when (BNSS s. 105).

    Raises:
        RefusedError: when the actor does not work on what was seized, it is recorded as forwarded already, or as
            `add_recording`.
    """
    held = Recording.objects.select_for_update(of=("self",)).select_related("seizure").get(pk=recording.pk)
    _require_works(act, held.seizure)
    if held.forwarded_at is not None:
        raise RefusedError("It is recorded as forwarded already.")
    _forward(held, to, moment, act.at)
    held.save(update_fields=["forwarded_to", "forwarded_at", "forwarded_entered_at"])
    return Done(held, _forwarding(held))


@house_verb("device.draw")
def draw_exhibit(act: HouseAct, *, device: Device, exhibit: Exhibit, part: Part) -> Done[Origin]:
    """Say that a digital exhibit was made from a thing, or from a part of it.

    Raises:
        RefusedError: when the actor does not work on both, or the exhibit is said to come from a thing already.
    """
    require_keeper(act.officer, [device], act.at)
    if not KEEPERS & roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("Only who works on the exhibit says where it comes from.")
    if Origin.objects.filter(exhibit=exhibit).exists():
        raise RefusedError("It is recorded already from which thing this exhibit comes.")
    made = Origin.objects.create(device=device, exhibit=exhibit, part=part, entered_by=act.officer, entered_at=act.at)
    said = {"device": str(device.public_id), "exhibit": str(exhibit.public_id), "part": part.value}
    return Done(made, said)


def _require_works(act: HouseAct, seizure: Seizure) -> None:
    if not KEEPERS & roles_in(act.officer, seizure.compartment_ids(), act.at):
        raise RefusedError("Only who works on what was seized enters this.")


def _recorded(
    act: Act | HouseAct, seizure: Seizure, sha256: str, forwarded_to: str, forwarded_at: datetime | None
) -> Recording:
    digest = sha256.strip().lower()
    if not _DIGEST.fullmatch(digest):
        raise RefusedError("The recording's SHA-256 has 64 hexadecimal digits; `kavalan hash FILE` prints it.")
    if seizure.recordings.filter(sha256=bytes.fromhex(digest)).exists():
        raise RefusedError("This recording is there already.")
    if bool(forwarded_to.strip()) != bool(forwarded_at):
        raise RefusedError("Say both to whom it was forwarded and when, or neither.")
    made = Recording(seizure=seizure, sha256=bytes.fromhex(digest), entered_by=act.officer, entered_at=act.at)
    if forwarded_at is not None:
        _forward(made, forwarded_to, forwarded_at, act.at)
    made.save()
    place_all([made], seizure.compartment_ids())
    _begin(act.officer, seizure.authority, Event.SEARCH, seizure.at, act.at)
    return made


def _forward(recording: Recording, to: str, at: datetime, now: datetime) -> None:
    if not recording.seizure.at <= at <= now:
        raise RefusedError("It was forwarded between the search and now.")
    recording.forwarded_to = required(to, "Say to which magistrate.")[:200]
    recording.forwarded_at, recording.forwarded_entered_at = at, now


def _forwarding(recording: Recording) -> dict[str, str]:
    if recording.forwarded_at is None:
        return {}
    return {"forwarded_to": recording.forwarded_to, "forwarded_at": recording.forwarded_at.isoformat()}


def _begin(officer: Officer, authority: Authority, event: Event, moment: datetime, now: datetime) -> None:
    """Begin what the law sets for an event, once, where it binds the unit."""
    for limit in limits_of(event, moment, UnitKind(authority.unit.kind)):
        Clock.objects.get_or_create(
            name=limit.id,
            authority=authority,
            started_at=moment,
            defaults={
                "version": limit.since,
                "due_at": counted(limit, moment, now).at,
                "recorded_at": now,
                "recorded_by": officer,
            },
        )
