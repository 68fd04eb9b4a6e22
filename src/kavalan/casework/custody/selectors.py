"""What an officer may see of things in custody: every read here passes the one visibility predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kavalan.casework.access.models import Grant
from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import Officer
from kavalan.casework.custody.models import CustodyEvent, Device, Draft, Recording, Seizure
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.custody.telling import chains_of
from kavalan.casework.custody.words import What, Where
from kavalan.casework.exhibits.models import Exhibit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.custody.chain import Chain, Gap
    from kavalan.casework.custody.models import Handled

DEVICES_A_PAGE = 50
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which things: the filters hold together."""

    where: Where | None = None
    gaps: bool = False
    overdue: bool = False
    handed: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DevicePage:
    """One page of things, the newest first, and the one before which the next page begins."""

    devices: Sequence[Device]
    before: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a thing's time line: its share in it, what corrects it, and what does not fit there.

    `gap` stands alone: a time in which nobody or more than one held the thing, before the next event.
    """

    share: Handled | None
    corrected_by: CustodyEvent | None = None
    gaps: Sequence[Gap] = ()
    gap: Gap | None = None


def visible_devices(officer: Officer, now: datetime) -> QuerySet[Device]:
    """The things that the officer may see."""
    return Device.objects.filter(visible(Device, officer, now)).select_related(
        "authority__unit", "seizure", "holder", "offer__taker", "offer__giver"
    )


def device_for(officer: Officer, public_id: UUID, now: datetime) -> Device | None:
    """The thing, or None where it does not exist or may not be seen: one answer for both."""
    return visible_devices(officer, now).filter(public_id=public_id).first()


def device_labelled(officer: Officer, label: str, now: datetime) -> Device | None:
    """The thing that carries this label; None likewise."""
    return visible_devices(officer, now).filter(label=label).first()


def devices_named(officer: Officer, ids: Collection[UUID], now: datetime) -> list[Device] | None:
    """All of these things in the order of their numbers, None where one of them is not there for the officer."""
    found = list(visible_devices(officer, now).filter(public_id__in=ids).order_by("pk"))
    return found if len(found) == len(set(ids)) else None


def device_page(officer: Officer, now: datetime, asked: Asked, before: UUID | None = None) -> DevicePage:
    """A page of the things that the officer may see."""
    seen = visible_devices(officer, now).filter(_asked(officer, asked, now))
    if before is not None:
        seen = seen.filter(pk__lt=Device.objects.filter(public_id=before).values("pk"))
    found = list(seen.order_by("-pk")[: DEVICES_A_PAGE + 1])
    page = found[:DEVICES_A_PAGE]
    return DevicePage(page, page[-1].public_id if len(found) > DEVICES_A_PAGE else None)


def counts(officer: Officer, now: datetime) -> dict[str, int]:
    """How many of the things that the officer may see each filter would leave, by its name; one query."""
    each = {where.value: Asked(where=where) for where in Where}
    each |= {"gaps": Asked(gaps=True), "overdue": Asked(overdue=True)}
    each |= {"handed": Asked(handed=True), "mine": Asked(mine=True)}
    seen = Device.objects.filter(visible(Device, officer, now))
    counted: dict[str, int] = seen.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=_asked(officer, asked, now)) for name, asked in each.items()}
    )
    return counted


def _asked(officer: Officer, asked: Asked, now: datetime) -> Q:
    found = Q()
    if asked.where is not None:
        found &= Q(where=asked.where)
    if asked.gaps:
        found &= Q(gaps__gt=0)
    if asked.overdue:
        found &= Q(due_at__lte=now)
    if asked.handed:
        found &= Q(offer__isnull=False)
    if asked.mine:
        found &= Q(holder=officer)
    return found


def line_of(device: Device) -> tuple[Chain, list[Line]]:
    """What a thing's events come to, and all of them by the time at which they happened, the corrected ones too."""
    chain, shares = chains_of([device])[device.pk]
    corrected = {one.event.corrects_id: one.event for one in shares.values() if one.event.corrects_id is not None}
    lines = [
        (
            share.event.at,
            1,
            Line(share, corrected.get(number), [gap for gap in chain.gaps if gap.number == number]),
        )
        for number, share in shares.items()
    ]
    lines += [(gap.since, 2, Line(None, gap=gap)) for gap in chain.gaps if gap.number is None]
    return chain, [line for _, _, line in sorted(lines, key=lambda one: one[:2])]


def offer_for(officer: Officer, public_id: UUID, now: datetime) -> CustodyEvent | None:
    """A hand-over, or None where there is none or it may not be seen."""
    there = CustodyEvent.objects.filter(visible(CustodyEvent, officer, now), what=What.OFFERED, public_id=public_id)
    return there.select_related("giver", "taker", "entered_by").first()


def in_offer(offer: CustodyEvent, officer: Officer, now: datetime) -> list[Handled]:
    """What an event is about, as far as the officer may see it."""
    seen = offer.handled.filter(visible(Device, officer, now, "device_id"))
    return list(seen.select_related("device__authority", "device__seizure", "event").order_by("device_id"))


def answers_to(offer: CustodyEvent) -> list[CustodyEvent]:
    """What closed a hand-over, or parts of it."""
    return list(
        CustodyEvent.objects.filter(Q(answers=offer) | Q(corrects=offer)).select_related("taker", "entered_by", "slip")
    )


def event_about(device: Device, public_id: UUID) -> Handled | None:
    """A thing's share in an event; None where it has none."""
    about = device.handled.filter(event__public_id=public_id)
    return about.select_related("event__giver", "event__taker", "event__answers").first()


def seizure_for(officer: Officer, public_id: UUID, now: datetime) -> Seizure | None:
    """A seizure, or None where there is none or it may not be seen."""
    there = Seizure.objects.filter(visible(Seizure, officer, now), public_id=public_id)
    return there.select_related("authority", "seized_by", "entered_by").first()


def recording_for(officer: Officer, public_id: UUID, now: datetime) -> Recording | None:
    """A recording of a search, likewise."""
    there = Recording.objects.filter(visible(Recording, officer, now), public_id=public_id)
    return there.select_related("seizure").first()


def drafts_of(officer: Officer) -> QuerySet[Draft]:
    """What the officer is typing in, with the number of its rows; nobody else sees it."""
    return Draft.objects.filter(officer=officer, seizure__isnull=True, discarded_at__isnull=True).order_by("-pk")


def draft_for(officer: Officer, public_id: UUID) -> Draft | None:
    """What the officer is or was typing in; None where it is another's."""
    mine = Draft.objects.filter(officer=officer, public_id=public_id)
    return mine.select_related("authority", "compartment", "seizure").first()


def receivers(officer: Officer, rooms: Collection[int], now: datetime) -> list[Officer]:
    """Who may be handed what lies in these compartments: whoever was let into each of them, but for the officer."""
    found = Officer.objects.filter(is_active=True).exclude(pk=officer.pk)
    valid = Q(until__isnull=True) | Q(until__gt=now)
    for room in rooms:
        there = Grant.objects.filter(valid, compartment=room)
        found = found.filter(Q(pk__in=there.values("officer")) | Q(unit__in=there.values("unit")))
    return list(found.select_related("unit").order_by("name", "pk"))


def exhibits_to_draw(officer: Officer, device: Device, now: datetime) -> list[Exhibit]:
    """Exhibits on the thing's authority of which nobody said from what they were made."""
    theirs = Exhibit.objects.filter(
        visible(Exhibit, officer, now, roles=KEEPERS), authority=device.authority_id, drawn_from__isnull=True
    )
    return list(theirs.order_by("-pk")[:MOST_SHOWN])
