"""The demo's operation: a search day in five districts, what was seized on it, and a warrant that has lapsed since."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from people import EXAMINER, INSPECTOR, KADAVU_INSPECTOR, SUPERVISOR
from story import Story, World

if TYPE_CHECKING:
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.custody.models import Seizure
    from kavalan.casework.operations.models import Site

DAY = 12.0
"""Days ago on which was searched."""
WARRANT = "W 300/2026, Special Court"
MEMO = "SM 31/2026"
THINGS = 24
_COLUMNS = "site,district,place,address,home,team,lead,members,warrant,court,case"
_DISTRICTS = ("Idukki", "Kottayam", "Ernakulam", "Alappuzha", "Kollam")
_TEAMS = ((INSPECTOR, EXAMINER), (KADAVU_INSPECTOR, ""), (SUPERVISOR, "KP-7788"))
SITES = 15
# What was found where, by the site's number; what is not here was searched in vain, and the last two were not reached.
_SEIZED = {1: 2, 2: 0, 4: 1, 5: 0, 7: 0, 9: 0, 11: 0}
"""Sites at which things were seized, with how many were arrested there."""
_NOT_REACHED = frozenset({14, 15})


def stories(world: World) -> Iterator[Story]:
    """The operation's own, and that of what was seized."""
    yield _operation(world)


def _operation(world: World) -> Story:
    from django.utils import timezone

    from kavalan.casework.operations.models import Site
    from kavalan.casework.operations.services import add_case, let_teams_in, link_seizure, open_operation, take_sites

    leela = world.officers[SUPERVISOR]
    yield 30
    day = timezone.localdate(world.now - timedelta(days=DAY))
    operation = open_operation(leela, world.at, title="Harbour lights, a search day in five districts", day=day)
    for key in ("charged", "arrest"):
        add_case(leela, world.at, operation=operation, case=world.cases[key])
    yield DAY + 5
    take_sites(leela, world.at, operation=operation, text=_table(world))
    let_teams_in(leela, world.at, operation=operation)
    rema = world.officers[KADAVU_INSPECTOR]
    add_case(rema, world.at, operation=operation, case=world.cases["investigation"])
    yield DAY + 1
    warrant = _warrant(world)
    sites = list(Site.objects.filter(operation=operation).select_related("operation").order_by("pk"))
    for number, site in enumerate(sites, start=1):
        if number not in _NOT_REACHED:
            yield DAY - number / 48
            _tell(world, site, number)
    yield DAY - 0.5
    link_seizure(world.officers[EXAMINER], world.at, site=sites[0], seizure=_seize(world, warrant))
    yield DAY - 2
    _send_to_laboratory(world, warrant)
    yield 1
    _hand_over(world)


def _table(world: World) -> str:
    """The table of sites, as it would come from a spreadsheet."""
    held = io.StringIO()
    table = csv.writer(held, lineterminator="\n")
    table.writerow(_COLUMNS.split(","))
    for number in range(1, SITES + 1):
        lead, member = _TEAMS[number % len(_TEAMS)]
        case = world.cases["charged" if number % 2 else "arrest"].reference
        cells = (
            f"HL-{number:02}",
            _DISTRICTS[number % len(_DISTRICTS)],
            f"Ward {number + 3}",
            f"House {number}, Lane of the Herons",
            "yes" if number % 3 else "no",
            f"Team {number % len(_TEAMS) + 1}",
            lead,
            member,
            f"HL {number}/2026",
            "Special Court, Malanad",
            case,
        )
        table.writerow(cells)
    return held.getvalue()


def _warrant(world: World) -> Authority:
    """Names what was seized; lapsed three days ago, so that what is sealed stays so until there is another."""
    from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
    from kavalan.casework.authority.services import record_authority

    span = Span(world.at, world.now - timedelta(days=3))
    grounds = Grounds(dict.fromkeys((Activity.COLLECT, Activity.EXAMINE), span), frozenset({MEMO}))
    return record_authority(world.officers[SUPERVISOR], world.at, kind=Kind.WARRANT, reference=WARRANT, grounds=grounds)


def _tell(world: World, site: Site, number: int) -> None:
    """That it was searched, and what was found; told a quarter of an hour later, by who led the team."""
    from kavalan.casework.operations.rules import State
    from kavalan.casework.operations.services import enter_state

    who = world.officers[_TEAMS[number % len(_TEAMS)][0]]
    moment = world.at - timedelta(minutes=15)
    if number not in _SEIZED:
        enter_state(who, world.at, site=site, what=State.NOTHING, moment=moment)
        return
    enter_state(who, world.at, site=site, what=State.SEIZED, moment=moment)
    if arrested := _SEIZED[number]:
        enter_state(who, world.at, site=site, what=State.ARRESTED, moment=moment, persons=arrested)


def _seize(world: World, warrant: Authority) -> Seizure:
    """Telephones and drives, each with its seal, entered from a table by the examiner."""
    from kavalan.casework.access.models import Role
    from kavalan.casework.access.services import grant, open_compartment
    from kavalan.casework.custody.memo import Memo
    from kavalan.casework.custody.models import Seizure
    from kavalan.casework.custody.services import begin_draft, enter_seizure, load_rows

    leela, rekha = world.officers[SUPERVISOR], world.officers[EXAMINER]
    room = open_compartment(leela, world.at, name="Search day, Harbour lights")
    for badge, role in ((EXAMINER, Role.EXAMINER), (INSPECTOR, Role.INVESTIGATOR)):
        grant(leela, world.at, compartment=room, to=world.officers[badge], role=role)
    memo = Memo(world.at - timedelta(hours=4), "House 1, Lane of the Herons", witnesses=2)
    draft = begin_draft(rekha, world.at, authority=warrant, compartment=room, reference=MEMO, memo=memo)
    load_rows(draft, rekha, [_thing(number) for number in range(1, THINGS + 1)])
    enter_seizure(rekha, warrant, draft, world.at)
    return Seizure.objects.get(reference=MEMO)


def _thing(number: int) -> dict[str, str]:
    sort, make = ("phone", "Fairtone") if number % 4 else ("drive", "Longstore")
    imei = _with_check_digit(f"49015420{number:06}") if sort == "phone" else ""
    seal = f"MLD {number:04}"
    return {"reference": f"{MEMO}/{number}", "sort": sort, "make": make, "seal": seal, "imei": imei}


def _with_check_digit(digits: str) -> str:
    """An IMEI's last digit, by Luhn's rule."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    total = sum(digit // 10 + digit % 10 for digit in doubled)
    return digits + str(-total % 10)


def _send_to_laboratory(world: World, warrant: Authority) -> None:
    """Three of them; one is late."""
    from kavalan.casework.custody.models import Device
    from kavalan.casework.custody.services import Things, examine_things
    from kavalan.casework.custody.telling import Party, Told
    from kavalan.casework.custody.words import What

    rekha = world.officers[EXAMINER]
    for number, days in ((1, 60), (2, 60), (3, 5)):
        thing = Device.objects.select_related("seizure", "authority").get(reference=f"{MEMO}/{number}")
        told = Told(
            What.LAB_OUT,
            world.at,
            Party(rekha),
            Party(words="FSL, Thiruvananthapuram"),
            reference=f"FSL {300 + number}/2026",
            due_at=world.at + timedelta(days=days),
        )
        examine_things(rekha, warrant, Things([thing]), world.at, told=told)


def _hand_over(world: World) -> None:
    """Two things are offered to the inspector, who has not accepted yet."""
    from kavalan.casework.custody.models import Device
    from kavalan.casework.custody.services import offer_things
    from kavalan.casework.custody.telling import Party

    rekha, asha = world.officers[EXAMINER], world.officers[INSPECTOR]
    chosen = [f"{MEMO}/{number}" for number in (5, 6)]
    things = list(Device.objects.filter(reference__in=chosen).select_related("seizure", "authority"))
    offer_things(rekha, world.at, devices=things, to=Party(asha), moment=world.at)
