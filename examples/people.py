"""The demo's people: three units, whoever works there, and what each signs in with. All of them are invented."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from story import World

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer, Unit

MALANAD = "Child Protection Cell, Malanad"
KADAVU = "Cyber Crime Police Station, Kadavu"
TRUST = "Vilakku Trust, Kadavu"
ADMINISTRATOR, INSPECTOR, SUPERVISOR, INTAKE = "KP-1000", "KP-1001", "KP-1002", "KP-1003"
EXAMINER, AUDITOR, SUPERINTENDENT = "KP-1004", "KP-1005", "KP-1006"
KADAVU_INSPECTOR, KADAVU_SUPERVISOR, COORDINATOR = "KP-2001", "KP-2002", "VT-3001"


@dataclass(frozen=True, slots=True)
class Somebody:
    """An officer of the demo: badge, name, unit, the roles held, the rank, and whether a sign-in is printed."""

    badge: str
    name: str
    unit: str
    roles: Sequence[str]
    rank: str = ""
    signs_in: bool = False


PEOPLE = (
    Somebody(INSPECTOR, "Inspector Asha Varma", MALANAD, ("investigator", "child_officer"), "inspector", signs_in=True),
    Somebody(SUPERVISOR, "Deputy Superintendent Leela Menon", MALANAD, ("supervisor",), "dysp", signs_in=True),
    Somebody(INTAKE, "Sub-Inspector Joy Mathew", MALANAD, ("intake",), "si", signs_in=True),
    Somebody(EXAMINER, "Sub-Inspector Rekha Pillai", MALANAD, ("examiner", "custodian"), "si", signs_in=True),
    Somebody(AUDITOR, "Superintendent Sara Ninan", MALANAD, ("auditor",), "sp", signs_in=True),
    Somebody(SUPERINTENDENT, "Superintendent Thomas Kurian", MALANAD, ("supervisor",), "sp"),
    Somebody(KADAVU_INSPECTOR, "Inspector Rema Thomas", KADAVU, ("investigator",), "inspector"),
    Somebody(KADAVU_SUPERVISOR, "Deputy Superintendent Basheer Ali", KADAVU, ("supervisor",), "dysp"),
    Somebody(COORDINATOR, "Nila Das, coordinator", TRUST, ("supervisor", "intake"), signs_in=True),
)
_RANKED_SINCE = date(2021, 4, 1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What an officer signs in with: the password, then what an app shows that was given the address, or a code."""

    officer: Officer
    duty: str
    password: str
    address: str
    code: str


def enrol(world: World) -> list[SignIn]:
    """Found the units and enrol everybody at `world.at`, with roles and ranks; those who can sign in."""
    from kavalan.casework.accounts.services import enrol_officer, found_unit
    from kavalan.casework.accounts.unit_kinds import UnitKind

    units = {name: found_unit(None, world.at, name=name) for name in (MALANAD, KADAVU)}
    units[TRUST] = found_unit(None, world.at, name=TRUST, kind=UnitKind.NGO)
    administrator = enrol_officer(
        None,
        world.at,
        badge=ADMINISTRATOR,
        name="Civil Police Officer Manu Nadodi",
        unit=units[MALANAD],
        password=secrets.token_urlsafe(12),
    )
    world.officers[ADMINISTRATOR] = administrator
    made = [_enrolled(world, administrator, units[one.unit], one) for one in PEOPLE]
    return [sign_in for sign_in in made if sign_in]


def _enrolled(world: World, administrator: Officer, unit: Unit, one: Somebody) -> SignIn | None:
    from kavalan.casework.accounts.ranks import ranks
    from kavalan.casework.accounts.roles import OfficerRole
    from kavalan.casework.accounts.services import enrol_officer, give_role, record_rank

    password = secrets.token_urlsafe(9)
    officer = enrol_officer(administrator, world.at, badge=one.badge, name=one.name, unit=unit, password=password)
    for role in one.roles:
        give_role(administrator, world.at, officer=officer, role=OfficerRole(role))
    if one.rank:
        rank = ranks()[one.rank]
        record_rank(administrator, world.at, officer=officer, rank=rank, since=_RANKED_SINCE)
    world.officers[one.badge] = officer
    if not one.signs_in:
        return None
    duty = ", ".join(str(OfficerRole(role).label) for role in one.roles)
    return SignIn(officer, duty, password, *_app(world, officer))


def _app(world: World, officer: Officer) -> tuple[str, str]:
    """What an authenticator app scans, and a recovery code for whoever has no app at hand."""
    from kavalan.casework.accounts import totp
    from kavalan.casework.accounts.keeping import new_recovery_codes
    from kavalan.casework.accounts.services import confirm_authenticator, draft_authenticator

    codes = new_recovery_codes()
    secret = draft_authenticator(officer=officer, now=world.at)
    shown = totp.code_at(secret, totp.step_at(world.at))
    confirm_authenticator(officer, world.at, code=shown, recovery_codes=codes)
    return totp.otpauth_uri(secret, officer.badge), codes[0]
