"""Founding units, enrolling officers, and what they are: rank and roles. All of it is an administrator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from kavalan.casework.accounts.models import (
    Attempts,
    Authenticator,
    DeskSession,
    Officer,
    RankHeld,
    RecoveryCode,
    RoleHeld,
    SignInReset,
    Unit,
)
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import in_force, is_administrator, lasting_administrators
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from kavalan.law import Rank


@house_verb("unit.found")
def found_unit(act: HouseAct, *, name: str, kind: UnitKind = UnitKind.POLICE) -> Done[Unit]:
    """Found a unit under a name that no other has.

    Args:
        act: who founds it.
        name: of the unit.
        kind: what it is, by which the law binds it.

    Raises:
        RefusedError: when the actor is not an administrator, or the name is taken.
    """
    _require_administrator(act)
    if Unit.objects.filter(name=name).exists():
        raise RefusedError("There is a unit of this name already.")
    unit = Unit.objects.create(name=name, kind=kind)
    return Done(unit, {"name": name, "kind": UnitKind(kind).value})


@house_verb("officer.enrol")
def enrol_officer(act: HouseAct, *, badge: str, name: str, unit: Unit, password: str) -> Done[Officer]:
    """Enrol an officer, who signs in with badge and password; a workspace's first officer becomes its administrator.

    Raises:
        RefusedError: when the actor is not an administrator, or the badge is taken.
        ValidationError: when the password is shorter than twelve characters or one that many people use.
    """
    _require_administrator(act)
    if Officer.objects.filter(badge=badge).exists():
        raise RefusedError("This badge is taken.")
    officer = Officer(badge=badge, name=name, unit=unit)
    validate_password(password, officer)
    officer.set_password(password)
    officer.save(force_insert=True)
    if act.actor is None:
        RoleHeld.objects.create(officer=officer, role=OfficerRole.ADMINISTRATOR, since=act.at)
    return Done(officer, {"badge": badge, "name": name, "unit": str(unit.public_id)})


@house_verb("officer.rank")
def record_rank(act: HouseAct, *, officer: Officer, rank: Rank, since: date) -> Done[RankHeld]:
    """Record that an officer has a rank from a day on; what was recorded before stays.

    Raises:
        RefusedError: when the actor is not an administrator, the day is to come, there was no such rank then, or
            another began on it.
    """
    _require_administrator(act)
    if since > timezone.localdate(act.at):
        raise RefusedError("A rank is recorded once it holds: this day is still to come.")
    if not rank.holds(since):
        raise RefusedError("There was no such rank on this day.")
    if officer.ranks.filter(since=since).exists():
        raise RefusedError("A rank that began on this day is recorded already.")
    held = RankHeld.objects.create(officer=officer, rank=rank.id, since=since)
    return Done(held, {"officer": str(officer.public_id), "rank": rank.id, "since": since.isoformat()})


@house_verb("role.give")
def give_role(act: HouseAct, *, officer: Officer, role: OfficerRole, until: datetime | None = None) -> Done[RoleHeld]:
    """Give an officer a role, from now until a moment or until it is taken back.

    Raises:
        RefusedError: when the actor is not an administrator or is the officer, or the officer holds it or has left.
    """
    _require_administrator(act)
    if act.officer.pk == officer.pk:
        raise RefusedError("Nobody gives themselves a role. Ask another administrator.")
    if not Officer.objects.filter(pk=officer.pk, is_active=True).exists():
        raise RefusedError("This officer no longer works here.")
    if until is not None and until <= act.at:
        raise RefusedError("This role would have ended before it began.")
    if officer.roles.filter(in_force(act.at), role=role).exists():
        raise RefusedError("The officer holds this role already.")
    held = RoleHeld.objects.create(officer=officer, role=role, since=act.at, until=until, given_by=act.officer)
    said = {"officer": str(officer.public_id), "role": role.value}
    return Done(held, said | {"until": until.isoformat() if until else None})


@house_verb("role.end")
def end_role(act: HouseAct, *, held: RoleHeld) -> Done[RoleHeld]:
    """Take a role back, at once.

    Raises:
        RefusedError: when the actor is not an administrator, it has ended, or nobody would administer the desk.
    """
    _require_administrator(act)
    if held.role == OfficerRole.ADMINISTRATOR:
        _require_another_administrator(act, held.officer)
    if not RoleHeld.objects.filter(in_force(act.at), pk=held.pk).update(until=act.at):
        raise RefusedError("This role has ended already.")
    held.refresh_from_db()
    return Done(held, {"officer": str(held.officer.public_id), "role": held.role})


@house_verb("sign_in.reset")
def reset_sign_in(act: HouseAct, *, officer: Officer, password: str) -> Done[Officer]:
    """Give an officer who cannot sign in a new password; app, recovery codes and sessions of before are gone.

    Raises:
        RefusedError: when the actor is not an administrator, or is the officer.
        ValidationError: when the password is shorter than twelve characters or one that many people use.
    """
    _require_administrator(act)
    if act.officer.pk == officer.pk:
        raise RefusedError("Another administrator resets yours. While you can sign in, change your password.")
    _reset(officer, password, act)
    return Done(officer)


@house_verb("sign_in.reset_at_machine", unattended=True)
def reset_at_machine(act: HouseAct, *, officer: Officer, password: str, reason: str) -> Done[Officer]:
    """Give an officer a new password as `reset_sign_in` does, but at the machine, where no administrator can.

    Nobody of the desk does this: whoever may read the workspace's files may. The ledger says so, and the officer is
    told. Who must wait after failures need not wait any longer.

    Raises:
        RefusedError: when an officer of the desk is named as acting, no reason is given, or the officer has left.
        ValidationError: when the password is shorter than twelve characters or one that many people use.
    """
    if act.actor is not None:
        raise RefusedError("At the desk an administrator resets a sign-in, on the officer's page.")
    if not reason.strip():
        raise RefusedError("Say why: the officer and whoever reads the ledger must know.")
    if not Officer.objects.filter(pk=officer.pk, is_active=True).exists():
        raise RefusedError("This officer no longer works here.")
    _reset(officer, password, act, reason)
    Attempts.objects.filter(officer=officer).update(failures=0, blocked_until=None)
    return Done(officer, {"at_machine": True, "reason": reason})


@house_verb("sign_in.reset_read")
def read_resets(act: HouseAct) -> Done[Officer]:
    """The officer has read that and why their sign-in was reset.

    Raises:
        RefusedError: when there is nothing that they have not read.
    """
    if not act.officer.resets.filter(read_at__isnull=True).update(read_at=act.at):
        raise RefusedError("You have read all of it.")
    return Done(act.officer)


@house_verb("officer.leave")
def let_go(act: HouseAct, *, officer: Officer) -> Done[Officer]:
    """An officer no longer works here: sessions, roles and sign-in end; what they did stays theirs.

    Raises:
        RefusedError: when the actor is not an administrator or is the officer, or they have left already.
    """
    _require_administrator(act)
    if act.officer.pk == officer.pk:
        raise RefusedError("Another administrator records that you leave.")
    if not Officer.objects.filter(pk=officer.pk, is_active=True).update(is_active=False):
        raise RefusedError("This officer has left already.")
    _forget_sign_in(officer, act.at)
    officer.roles.filter(in_force(act.at)).update(until=act.at)
    officer.refresh_from_db()
    return Done(officer)


def _reset(officer: Officer, password: str, act: HouseAct, reason: str = "") -> None:
    validate_password(password, officer)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    _forget_sign_in(officer, act.at)
    SignInReset.objects.create(officer=officer, by=act.actor, reason=reason, at=act.at)


def _forget_sign_in(officer: Officer, at: datetime) -> None:
    RecoveryCode.objects.filter(officer=officer).delete()
    Authenticator.objects.filter(officer=officer).delete()
    DeskSession.objects.filter(officer=officer, ended_at__isnull=True).update(ended_at=at)


def _require_administrator(act: HouseAct) -> None:
    # Nobody acts only while there is no officer; the verb itself has asked that.
    if act.actor is not None and not is_administrator(act.actor, act.at):
        raise RefusedError("Only an administrator does this.")


def _require_another_administrator(act: HouseAct, officer: Officer) -> None:
    if not lasting_administrators(act.at).exclude(pk=officer.pk).exists():
        raise RefusedError("Nobody would administer the desk. Give another officer this role without an end first.")
