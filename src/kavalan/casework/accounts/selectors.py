"""Reading people: who holds which rank and role, whose sessions are open, who must wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Prefetch, Q

from kavalan.casework.accounts.models import (
    Attempts,
    Authenticator,
    ConductAccepted,
    DeskSession,
    Officer,
    RoleHeld,
    SignInReset,
    Unit,
)
from kavalan.casework.accounts.roles import DUTIES, OfficerRole
from kavalan.casework.ledger.models import LedgerExtract

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.roles import Words
    from kavalan.casework.accounts.rules import Limits
    from kavalan.law import Rank


KEEP_PEOPLE = (OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR)
"""Whose the page of the desk's people is."""


def in_force(now: datetime) -> Q:
    """A condition on `RoleHeld`: it has begun and not ended."""
    return Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))


def holds(officer: Officer, roles: Collection[OfficerRole], now: datetime) -> bool:
    """Whether the officer holds one of the roles now."""
    return RoleHeld.objects.filter(in_force(now), officer=officer, role__in=roles).exists()


def is_administrator(officer: Officer, now: datetime) -> bool:
    """Whether the officer looks after the desk's people."""
    return holds(officer, [OfficerRole.ADMINISTRATOR], now)


def lasting_administrators(now: datetime) -> QuerySet[Officer]:
    """Who administers the desk without an end: there must always be one of them."""
    lasting = RoleHeld.objects.filter(
        officer=OuterRef("pk"), role=OfficerRole.ADMINISTRATOR, since__lte=now, until__isnull=True
    )
    return Officer.objects.filter(Exists(lasting), is_active=True)


def rank_of(officer: Officer, on: date) -> Rank | None:
    """The rank the officer had on a day; None before the first that is recorded."""
    held = officer.ranks.filter(since__lte=on).order_by("-since").first()
    return held.described if held else None


def held_roles(officer: Officer, now: datetime) -> list[OfficerRole]:
    """The roles that the officer holds now, each once."""
    held = RoleHeld.objects.filter(in_force(now), officer=officer).order_by("pk").values_list("role", flat=True)
    return [OfficerRole(role) for role in dict.fromkeys(held)]


def reads_only(officer: Officer, now: datetime) -> bool:
    """Whether the officer audits and is nothing else, and so changes nothing of what the desk works on."""
    return held_roles(officer, now) == [OfficerRole.AUDITOR]


def duties_of(officer: Officer, now: datetime) -> list[Words]:
    """What each role that the officer holds now is there for."""
    return [DUTIES[role] for role in held_roles(officer, now)]


def roles_of(officer: Officer) -> QuerySet[RoleHeld]:
    """Every role the officer holds or held, the newest first."""
    return officer.roles.select_related("given_by").order_by("-since", "-pk")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An officer in one line: the roles held now, whether an app is set up, when the newest session began."""

    officer: Officer
    roles: list[str]
    has_app: bool
    last_sign_in: datetime | None


def all_officers(now: datetime) -> list[Enrolled]:
    """Every officer, those who work here first, by badge."""
    app = Authenticator.objects.filter(officer=OuterRef("pk"), confirmed_at__isnull=False)
    officers = Officer.objects.select_related("unit").order_by("-is_active", "badge")
    held = Prefetch("roles", RoleHeld.objects.filter(in_force(now)).order_by("pk"))
    rows = officers.prefetch_related(held).annotate(has_app=Exists(app), last=Max("sessions__since"))
    return [
        Enrolled(each, [role.get_role_display() for role in each.roles.all()], each.has_app, each.last) for each in rows
    ]


def units_with_officers() -> QuerySet[Unit]:
    """Every unit with its officers, by name."""
    officers = Officer.objects.order_by("-is_active", "name", "pk").prefetch_related("ranks", "roles")
    return Unit.objects.order_by("name").prefetch_related(Prefetch("officers", officers))


def officer_for(asker: Officer, public_id: UUID, now: datetime) -> Officer | None:
    """An officer's page is an administrator's; None for anybody else as for an officer who does not exist."""
    if not is_administrator(asker, now):
        return None
    return Officer.objects.select_related("unit").filter(public_id=public_id).first()


def held_role_for(asker: Officer, public_id: UUID, now: datetime) -> RoleHeld | None:
    """A role somebody holds, for an administrator."""
    if not is_administrator(asker, now):
        return None
    return RoleHeld.objects.select_related("officer").filter(in_force(now), public_id=public_id).first()


def attempts_for(asker: Officer, now: datetime) -> QuerySet[Attempts]:
    """Who must wait: all for an administrator, the unit's own officers for a supervisor, nothing for anybody else."""
    waiting = Attempts.objects.filter(blocked_until__gt=now).select_related("officer__unit").order_by("-last_at", "pk")
    if is_administrator(asker, now):
        return waiting
    if holds(asker, [OfficerRole.SUPERVISOR], now):
        return waiting.filter(officer__unit=asker.unit_id)
    return waiting.none()


def open_sessions(officer: Officer, limits: Limits, now: datetime) -> QuerySet[DeskSession]:
    """The officer's sessions that have not ended and are not too old, the one used last first."""
    began = now - limits.age
    return DeskSession.objects.filter(officer=officer, ended_at__isnull=True, since__gt=began).order_by("-last_seen")


@dataclass(frozen=True, slots=True)
class Found:
    """A session that goes on, and what every page must know of its officer."""

    session: DeskSession
    accepted: bool
    keeps_people: bool
    was_reset: bool
    was_extracted: bool


def session_of(public_id: str, officer: Officer) -> DeskSession | None:
    """One of the officer's sessions that nobody has ended."""
    return DeskSession.objects.filter(public_id=public_id, officer=officer, ended_at__isnull=True).first()


def find_session(public_id: str, officer: Officer, conduct: str, now: datetime) -> Found | None:
    """The session that a browser names, if it is the officer's and nobody has ended it: one query for every page.

    Args:
        public_id: as the browser's own session holds it.
        officer: who signed in there.
        conduct: the version of the code of conduct that must have been accepted.
        now: aware UTC.
    """
    keeping = RoleHeld.objects.filter(in_force(now), officer=officer, role__in=KEEP_PEOPLE)
    accepted = ConductAccepted.objects.filter(officer=officer, version=conduct)
    open_ones = DeskSession.objects.filter(public_id=public_id, officer=officer, ended_at__isnull=True)
    unread = SignInReset.objects.filter(officer=officer, read_at__isnull=True)
    extracts = LedgerExtract.objects.filter(officer=officer, acknowledged_at__isnull=True)
    row = open_ones.annotate(
        accepted=Exists(accepted),
        keeps_people=Exists(keeping),
        was_reset=Exists(unread),
        was_extracted=Exists(extracts),
    ).first()
    return Found(row, row.accepted, row.keeps_people, row.was_reset, row.was_extracted) if row else None


def has_accepted(officer: Officer, version: str) -> bool:
    """Whether the officer accepted the code of conduct in this version."""
    return ConductAccepted.objects.filter(officer=officer, version=version).exists()
