"""Beginning, locking and ending sessions, and what an officer does about their own sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password

from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.models import ConductAccepted, DeskSession, Officer
from kavalan.casework.accounts.selectors import is_administrator
from kavalan.casework.accounts.services.attempts import take_back
from kavalan.casework.accounts.services.enrolment import WRONG_CODE, use_code, use_recovery_code
from kavalan.casework.accounts.totp import tidy_code
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """From what device and which address somebody comes."""

    device: str
    address: str


@house_verb("session.begin")
def begin_session(act: HouseAct, *, code: str, arrival: Arrival) -> Done[DeskSession]:
    """An officer whose password was right proves the second thing: the app's code, or a recovery code.

    Raises:
        RefusedError: when the code is wrong or was used.
    """
    by_app = use_code(act.officer, code, act.at)
    if not by_app and not use_recovery_code(act.officer, code, act.at):
        raise RefusedError(WRONG_CODE)
    take_back(act.officer.badge, arrival.address, act.at, all_of_badge=True)
    session = DeskSession.objects.create(
        officer=act.officer, device=arrival.device, address=arrival.address, since=act.at, last_seen=act.at
    )
    return Done(session, {"by": "app" if by_app else "recovery code"})


@step(DeskSession)
def note_presence(*, session: DeskSession, now: datetime) -> None:
    """A person did something: the session stays open."""
    DeskSession.objects.filter(pk=session.pk, last_seen__lt=now).update(last_seen=now)


@house_verb("session.lock")
def lock_session(act: HouseAct, *, session: DeskSession) -> Done[DeskSession]:
    """Lock one's own session; only password or code open it."""
    _require_own(act, session)
    DeskSession.objects.filter(pk=session.pk).update(locked_at=act.at)
    return Done(session)


@house_verb("session.unlock")
def unlock_session(act: HouseAct, *, session: DeskSession, proof: str) -> Done[DeskSession]:
    """Open one's own locked session by the password or a code of the app.

    Raises:
        RefusedError: when it is neither.
    """
    _require_own(act, session)
    # A password has twelve characters at least: six digits are a code.
    by_code = tidy_code(proof) is not None
    right = use_code(act.officer, proof, act.at) if by_code else check_password(proof, act.officer.password)
    if not right:
        raise RefusedError("This is neither your password nor a fresh code of your app.")
    take_back(act.officer.badge, session.address, act.at, all_of_badge=True)
    DeskSession.objects.filter(pk=session.pk).update(locked_at=None, last_seen=act.at)
    return Done(session, {"by": "app" if by_code else "password"})


@house_verb("session.end")
def end_session(act: HouseAct, *, session: DeskSession) -> Done[DeskSession]:
    """End a session, from wherever: one's own, or anybody's as an administrator.

    Raises:
        RefusedError: when it is somebody else's, or has ended.
    """
    if session.officer_id != act.officer.pk and not is_administrator(act.officer, act.at):
        raise RefusedError("Only its officer or an administrator ends a session.")
    if not DeskSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=act.at):
        raise RefusedError("This session has ended already.")
    return Done(session)


@house_verb("session.end_others")
def end_other_sessions(act: HouseAct, *, session: DeskSession) -> Done[DeskSession]:
    """End all of one's sessions but the one in which one is."""
    _require_own(act, session)
    ended = _end_others(session, act.at)
    return Done(session, {"ended": ended})


@house_verb("password.change")
def change_password(act: HouseAct, *, session: DeskSession, old: str, new: str) -> Done[Officer]:
    """Change one's own password, which ends one's other sessions.

    Raises:
        RefusedError: when the old one is wrong, or the new one is the old one.
        ValidationError: when the new one is shorter than twelve characters or one that many people use.
    """
    _require_own(act, session)
    officer = Officer.objects.get(pk=act.officer.pk)
    if not check_password(old, officer.password):
        raise RefusedError("The password you have now is not right.")
    if old == new:
        raise RefusedError("The new password is the old one.")
    validate_password(new, officer)
    officer.set_password(new)
    officer.save(update_fields=["password"])
    _end_others(session, act.at)
    take_back(officer.badge, session.address, act.at, all_of_badge=True)
    return Done(officer)


@house_verb("conduct.accept")
def accept_conduct(act: HouseAct, *, version: str) -> Done[ConductAccepted]:
    """Accept the code of conduct in the version that was shown.

    Raises:
        RefusedError: when it is not the version in force, or was accepted already.
    """
    conduct = code_of_conduct()
    if version != conduct.version:
        raise RefusedError("The code of conduct has changed meanwhile. Read it as it is now.")
    if ConductAccepted.objects.filter(officer=act.officer, version=version).exists():
        raise RefusedError("You have accepted this version already.")
    accepted = ConductAccepted.objects.create(officer=act.officer, version=version, at=act.at)
    return Done(accepted, {"version": version, "sha256": conduct.sha256})


def _end_others(session: DeskSession, at: datetime) -> int:
    others = DeskSession.objects.filter(officer=session.officer_id, ended_at__isnull=True).exclude(pk=session.pk)
    return others.update(ended_at=at)


def _require_own(act: HouseAct, session: DeskSession) -> None:
    if session.officer_id != act.officer.pk:
        raise RefusedError("This is not your session.")
