"""The demo's exhibits, on two warrants of which one reaches pictures alone.

A letter on the card is sealed. Last night a supervisor let messages be read beyond the warrant; another reviews that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from material import CARD, STICK, TELEPHONE
from people import EXAMINER, INSPECTOR, SUPERINTENDENT, SUPERVISOR
from story import Story, World

if TYPE_CHECKING:
    from kavalan.casework.access.models import Compartment
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit

WARRANT, NARROW = "W 118/2026, Malanad", "W 119/2026, Malanad"
BROUGHT = "scan of the other card"
EXHIBITS = {
    "MO-1/2026": (CARD, "Memory card of a telephone, taken from the desk drawer"),
    "MO-2/2026": (TELEPHONE, "Extraction of that telephone"),
    "MO-3/2026": (STICK, "Image of a stick, found in a coat"),
    "MO-4/2026": (BROUGHT, "Card of another telephone, scanned on the spot"),
}
STICKS = "MO-3/2026"
"""What the narrower warrant names."""
LETTER = "the view.eml"
"""The file on the card that is treated as an advocate's letter."""


def stories(world: World, evidence: Path, registered: list[Exhibit]) -> Iterator[Story]:
    """Of the four exhibits, which are put into `registered`."""
    yield _registered(world, evidence, registered)


def _registered(world: World, evidence: Path, registered: list[Exhibit]) -> Story:
    from kavalan.casework.authority.rules import Activity
    from kavalan.casework.authority.services import declare_override
    from kavalan.casework.cases.services import join
    from kavalan.casework.exhibits.field_claim import is_result
    from kavalan.casework.exhibits.services import ExhibitDraft, import_scan, register_exhibit
    from kavalan.casework.privilege.services import supply_identifiers

    asha, rekha = world.officers[INSPECTOR], world.officers[EXAMINER]
    yield 11
    room, warrants = _room(world), _warrants(world)
    for reference, (name, description) in EXHIBITS.items():
        draft = ExhibitDraft(reference, evidence / name, room, description)
        into = import_scan if is_result(draft.source) else register_exhibit
        registered.append(into(rekha, warrants[reference], draft, world.at))
    supply_identifiers(asha, world.at, exhibit=registered[0], identifiers=[LETTER])
    for exhibit in registered[:2]:
        join(asha, world.at, case=world.cases["arrest"], joined=exhibit, reason="the drawer in the same room")
    yield 0.2
    reason = "a meeting is spoken of for tonight; the court is closed"
    thomas = world.officers[SUPERINTENDENT]
    declare_override(thomas, world.at, exhibit=registered[1], activity=Activity.READ_MESSAGES, reason=reason)


def _room(world: World) -> Compartment:
    from kavalan.casework.access.models import Role
    from kavalan.casework.access.services import grant, open_compartment

    leela = world.officers[SUPERVISOR]
    room = open_compartment(leela, world.at, name="Search of the school's neighbour")
    let_in = {INSPECTOR: Role.INVESTIGATOR, EXAMINER: Role.EXAMINER, SUPERINTENDENT: Role.SUPERVISOR}
    for badge, role in let_in.items():
        grant(leela, world.at, compartment=room, to=world.officers[badge], role=role)
    return room


def _warrants(world: World) -> Mapping[str, Authority]:
    """By the exhibit that each names."""
    from kavalan.casework.authority.rules import Activity, DataKind, Grounds, Kind, Span
    from kavalan.casework.authority.services import record_authority

    asha, span = world.officers[INSPECTOR], Span(world.at, world.now + timedelta(days=30))
    activities = {Activity.COLLECT: span, Activity.EXAMINE: span}
    wide = Grounds(activities, frozenset(EXHIBITS) - {STICKS})
    narrow = Grounds(activities, frozenset({STICKS}), kinds=frozenset({DataKind.PICTURE}))
    first, second = (
        record_authority(asha, world.at, kind=Kind.WARRANT, reference=reference, grounds=grounds)
        for reference, grounds in ((WARRANT, wide), (NARROW, narrow))
    )
    return dict.fromkeys(EXHIBITS, first) | {STICKS: second}
