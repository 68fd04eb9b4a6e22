"""The world of the lists' benchmark: cases, grants, items; imported once Django is set up."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import TypeVar

from django.db import connection

from benchmarks.ledger_desk import fill
from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.models import Officer, RoleHeld, Unit
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import accept_conduct, enrol_officer, found_unit
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.cases.models import Case, Part, StageReached
from kavalan.casework.cases.rules import Stage
from kavalan.casework.exhibits.models import Content, Exhibit, Item, ScanBatch, Stack, Stacking, Thinning
from kavalan.casework.exhibits.rules import Family, Listing, Novelty, Seal, Standing
from kavalan.casework.exhibits.services import THIN
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.rules import Kind as ListKind
from kavalan.casework.hits.rules import Method
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.verbs import step

T = TypeVar("T")
NOW = datetime.now(UTC)
AT_ONCE = 10_000
AN_AUTHORITY = 100
"""How many exhibits an authority names."""
ITEMS_A_CONTENT, ONE_HIT_IN = 5, 100
NEW_IN = 20
"""One content in so many was not met in earlier exhibits."""
DAYS = 1000
"""Over how many days items were modified; an authority that is limited reaches the last half of them."""
DISTRICTS = 14
FAMILIES = {Family.PICTURE: 80, Family.VIDEO: 2, Family.OTHER: 18}
PLACES = {"camera": 50, "cache": 30, "downloads": 5, "messenger-received": 10, "trash": 1, "unknown": 4}
STATES = {Listing.ALLOCATED: 90, Listing.DELETED: 10}
ON_LISTS = (Standing.IDENTICAL, Standing.NEAR, Standing.MD5_ONLY, Standing.WITHDRAWN)


@dataclass(frozen=True)
class Size:
    """How much there is.

    `large` are three exhibits that the officer sees: an open one, one of which its authority reaches half, one in which
    one item in twenty is privileged. All others are alike.
    """

    cases: int
    seen: int
    items: int
    large: tuple[int, int, int]
    entries: int

    def of(self, place: int) -> int:
        """How many items the exhibit of that place has."""
        if place < len(self.large):
            return self.large[place]
        return (self.items - sum(self.large)) // (self.cases - len(self.large))


SIZES = {
    "quick": Size(300, 60, 24_000, (10_000, 5_000, 2_000), 2_000),
    "full": Size(10_000, 300, 1_000_000, (200_000, 100_000, 50_000), 100_000),
}


def build(size: Size) -> Officer:
    """Build it; the officer for whom pages are asked."""
    chance = random.Random(7)
    unit = found_unit(None, NOW, name="Unit")
    owner, officer = (_enrol(badge, unit) for badge in ("owner", "reader"))
    exhibits = _exhibits(owner, _authorities(owner, size), size)
    others = chance.sample(range(len(size.large), size.cases), size.seen * 2 - len(size.large))
    seen, lapsed = [*range(len(size.large)), *others[: size.seen - len(size.large)]], others[size.seen - 3 :]
    _cases(owner, exhibits)
    _audits(officer)
    _grant(owner, officer, seen, lapsed)
    contents = size.items // ITEMS_A_CONTENT
    for first in range(0, contents, AT_ONCE):
        _contents(unit, range(first + 1, min(first + AT_ONCE, contents) + 1))
    for some in _chunks(_items(exhibits, size, contents, chance)):
        _load(some)
    _stacks(exhibits)
    _thin(owner, exhibits[: len(size.large)])
    _batches(exhibits, size)
    fill(size.entries, [exhibit.public_id for exhibit in exhibits])
    if connection.vendor == "postgresql":
        # As the server does by itself within minutes.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return officer


def _enrol(badge: str, unit: Unit) -> Officer:
    actor = Officer.objects.first()
    officer = enrol_officer(actor, NOW, badge=badge, name=badge, unit=unit, password="nine quiet herons")  # noqa: S106 of a desk that lives for minutes
    accept_conduct(officer, NOW, version=code_of_conduct().version)
    return officer


def _authorities(owner: Officer, size: Size) -> list[Authority]:
    spans = {activity: Span(NOW, NOW + timedelta(days=90)) for activity in (Activity.COLLECT, Activity.EXAMINE)}
    half = Span(NOW - timedelta(days=DAYS / 2), NOW)
    every = frozenset(f"E-{number}" for number in range(AN_AUTHORITY))
    return [
        record_authority(
            owner,
            NOW,
            kind=Kind.WARRANT,
            reference=f"W {number}",
            grounds=Grounds(spans, every, dates=half if number == 1 else None),
        )
        for number in range(len(size.large) + size.cases // AN_AUTHORITY + 1)
    ]


@step(Compartment, Exhibit, Placement)
def _exhibits(owner: Officer, authorities: Sequence[Authority], size: Size) -> list[Exhibit]:
    """One in each case; the large ones each under an authority of its own."""
    rooms = Compartment.objects.bulk_create(Compartment(name=f"Case {number}") for number in range(size.cases))
    large = len(size.large)
    exhibits = Exhibit.objects.bulk_create(
        Exhibit(
            reference=f"E-{number % AN_AUTHORITY}",
            description=f"memory card {number}",
            source=b"/evidence",
            authority=authorities[number if number < large else large + number // AN_AUTHORITY],
            registered_by=owner,
            registered_at=NOW,
        )
        for number in range(size.cases)
    )
    kind = Exhibit._meta.label_lower
    Placement.objects.bulk_create(
        Placement(kind=kind, object_id=exhibit.pk, compartment=room)
        for exhibit, room in zip(exhibits, rooms, strict=True)
    )
    return exhibits


@step(Case, Part, Placement, StageReached)
def _cases(owner: Officer, exhibits: Sequence[Exhibit]) -> None:
    """A case in each compartment, with its exhibit, in one of the districts; each came to two stages."""
    rooms = Compartment.objects.order_by("pk")
    stages = list(Stage)
    made = Case.objects.bulk_create(
        Case(
            unit=owner.unit,
            reference=f"U/{number}/2026",
            title=f"Matter {number}",
            compartment=room,
            district=f"in-32-{588 + number % DISTRICTS}",
            stage=stages[number % len(stages)],
            lead=owner if number % 2 else None,
            opened_by=owner,
            opened_at=NOW - timedelta(hours=number),
        )
        for number, room in enumerate(rooms)
    )
    Placement.objects.bulk_create(
        Placement(kind=Case._meta.label_lower, object_id=case.pk, compartment_id=case.compartment_id) for case in made
    )
    of = {"kind": Exhibit._meta.label_lower, "added_by": owner, "added_at": NOW}
    Part.objects.bulk_create(
        Part(case=case, object_id=exhibit.pk, **of) for case, exhibit in zip(made, exhibits, strict=True)
    )
    StageReached.objects.bulk_create(
        StageReached(case=case, stage=stage, happened_at=case.opened_at, entered_by=owner, entered_at=case.opened_at)
        for case in made
        for stage in (Stage.INQUIRY, case.stage)
    )


@step(RoleHeld)
def _audits(officer: Officer) -> None:
    """The officer is shown figures."""
    RoleHeld.objects.create(officer=officer, role=OfficerRole.AUDITOR, since=NOW)


@step(Grant)
def _grant(owner: Officer, officer: Officer, seen: Sequence[int], lapsed: Sequence[int]) -> None:
    """The owner supervises all; the officer sees half by name, a third by the unit, the others both ways."""
    rooms = list(Compartment.objects.order_by("pk").values_list("pk", flat=True))
    given = {"via": Via.GIVEN, "role": Role.EXAMINER}
    grants = [Grant(compartment_id=room, officer=owner, role=Role.SUPERVISOR, via=Via.OPENED) for room in rooms]
    for place, number in enumerate(seen):
        if place % 6 != 1 and place % 6 != 2:
            grants.append(Grant(compartment_id=rooms[number], officer=officer, **given))
        if place % 6 < 3:
            grants.append(Grant(compartment_id=rooms[number], unit=officer.unit, **given))
    before = NOW - timedelta(days=1)
    grants += [Grant(compartment_id=rooms[number], officer=officer, until=before, **given) for number in lapsed]
    Grant.objects.bulk_create(grants)


@step(Content, Hit)
def _contents(unit: Unit, numbers: Sequence[int]) -> None:
    Content.objects.bulk_create(
        Content(
            pk=number,
            sha256=hashlib.sha256(b"%d" % number).digest(),
            sha1=hashlib.sha1(b"%d" % number, usedforsecurity=False).digest(),
            md5=hashlib.md5(b"%d" % number, usedforsecurity=False).digest(),
            size=number,
            kind="image/jpeg",
            pdq=hashlib.sha256(b"p%d" % number).digest(),
            pdq_quality=90,
        )
        for number in numbers
    )
    Hit.objects.bulk_create(
        Hit(
            unit=unit,
            content_id=number,
            list_name=f"list {one}",
            owner="Owner",
            version="1",
            confirmed="1",
            state="gen-1+0",
            kind=ListKind.POSITIVE,
            method=Method.MD5 if _standing(number) == Standing.MD5_ONLY else Method.SHA256,
            said=hashlib.sha256(b"%d" % one).digest(),
            found_at=NOW,
            withdrawn_at=NOW if _standing(number) == Standing.WITHDRAWN else None,
        )
        for number in numbers
        if number % ONE_HIT_IN == 0
        for one in range(2)
    )


def _standing(content: int) -> Standing:
    return ON_LISTS[content // ONE_HIT_IN % len(ON_LISTS)] if content % ONE_HIT_IN == 0 else Standing.UNKNOWN


def _items(exhibits: Sequence[Exhibit], size: Size, contents: int, chance: random.Random) -> Iterator[Item]:
    limited, privileged = exhibits[1], exhibits[2]
    for place, exhibit in enumerate(exhibits):
        for number in range(1, size.of(place) + 1):
            content, age = chance.randint(1, contents), timedelta(days=chance.random() * DAYS)
            error = "truncated" if chance.random() < 0.01 else ""
            seal = Seal.PRIVILEGED if exhibit is privileged and number % 20 == 0 else Seal.OPEN
            yield Item(
                exhibit=exhibit,
                number=number,
                path=b"DCIM/%d/IMG_%d.jpg" % (number // 1000, number),
                state=_drawn(STATES, chance),
                place=_drawn(PLACES, chance),
                content_id=content,
                family=_drawn(FAMILIES, chance),
                modified=NOW - age,
                error=error,
                reason=error and "damaged",
                standing=_standing(content),
                novelty=Novelty.MET if content % NEW_IN and not _standing(content) and not error else Novelty.NEW,
                seal=Seal.OUTSIDE if exhibit is limited and age.days >= DAYS / 2 else seal,
            )


def _drawn(shares: dict[T, int], chance: random.Random) -> T:
    return chance.choices(list(shares), list(shares.values()))[0]


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    for first in rest:
        yield list(chain([first], islice(rest, AT_ONCE - 1)))


@step(Item, *KEPT, PrivilegeSeal)
def _load(items: Sequence[Item]) -> None:
    """Load them as a scan does, its counts included."""
    exhibits = {item.exhibit_id for item in items}
    last = Item.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    with brought_forward(exhibits, Item.objects.filter(pk__gt=last)):
        made = Item.objects.bulk_create(items)
    PrivilegeSeal.objects.bulk_create(PrivilegeSeal(item=item) for item in made if item.seal == Seal.PRIVILEGED)


@step(Item, Stack, Stacking)
def _stacks(exhibits: Sequence[Exhibit]) -> None:
    """Items of four contents that follow each other lie in one stack; written at once, as no scan would."""
    key = "SELECT id, MIN(number) OVER (PARTITION BY exhibit_id, content_id / 4) AS first FROM exhibits_item"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE exhibits_item SET stack = of.first FROM ({key} WHERE family <> 'other') AS of "  # noqa: S608 our own
            "WHERE of.id = exhibits_item.id"
        )
        cursor.execute(
            "INSERT INTO exhibits_stack (exhibit_id, number, standing, family, first, same, alike, others, size) "
            "SELECT exhibit_id, stack, standing, 'picture', MIN(number), COUNT(*), 0, 0, COUNT(*) FROM exhibits_item "
            "WHERE stack IS NOT NULL AND seal = 0 GROUP BY exhibit_id, stack, standing"
        )
    Stacking.objects.bulk_create(Stacking(exhibit=one, items=1, alike=True, done_at=NOW) for one in exhibits)


@step(Thinning, Job)
def _thin(owner: Officer, exhibits: Sequence[Exhibit]) -> None:
    """The large ones may be thinned: of twenty contents nineteen were met."""
    for exhibit in exhibits:
        job = Job.objects.create(kind=THIN, officer=owner, state=State.DONE, created_at=NOW)
        Thinning.objects.create(exhibit=exhibit, job=job, chosen_by=owner, chosen_at=NOW)


@step(ScanBatch)
def _batches(exhibits: Sequence[Exhibit], size: Size) -> None:
    ScanBatch.objects.bulk_create(
        ScanBatch(
            exhibit=exhibit,
            number=number,
            sha256=b"",
            rows=min(AT_ONCE, size.of(place) - AT_ONCE * (number - 1)),
            pictures=0,
            videos=0,
            unread=0,
        )
        for place, exhibit in enumerate(exhibits)
        for number in range(1, (size.of(place) - 1) // AT_ONCE + 2)
    )
