"""Starting a time limit of the law, saying that it was met, correcting it, and saying that it does not apply."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment
from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.access.services import place
from kavalan.casework.authority.models import Authority
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.rules import counted, limit_of
from kavalan.casework.clocks.workers import hung, hung_on, require_works, supervises
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.clocks.models import Matter
    from kavalan.ledger import Payload


@house_verb("clock.start")
def start_clock(act: HouseAct, *, name: str, matter: Matter, started_at: datetime) -> Done[Clock]:
    """Start a time limit: the event happened then, about this.

    Args:
        act: who says so.
        name: the law's id of the limit.
        matter: what it hangs on.
        started_at: when the event happened, aware UTC.

    Raises:
        RefusedError: when the actor does not work on it, it lies ahead, the law knew no such limit on that day or sets
            it for other kinds of unit, or it runs already.
    """
    require_works(act, matter)
    # Locked, so that two who are told of the same event start it once.
    type(matter).objects.select_for_update(of=("self",)).get(pk=matter.pk)
    running = Clock.objects.filter(hung_on(matter), name=name, corrected_by__isnull=True, dismissed_at__isnull=True)
    if running.filter(started_at=started_at).exists():
        raise RefusedError("This is recorded already, as started at that moment.")
    if act.officer.unit.kind not in limit_of(name, started_at).runs_for:
        raise RefusedError("This time limit does not run for a unit of your kind.")
    clock = _made(act, name, matter, started_at)
    return Done(clock, _said(clock))


@house_verb("clock.meet")
def meet_clock(act: HouseAct, *, clock: Clock, met_at: datetime, note: str) -> Done[Clock]:
    """Say when and how what the law demands was done; too late is recorded as what it is.

    Raises:
        RefusedError: when the actor does not work on it, it has ended or was corrected, the moment lies ahead or
            before its beginning, or nothing is said of how.
    """
    clock = _held(act, clock)
    if clock.met_at is not None:
        raise RefusedError("It is recorded as met already.")
    if not clock.started_at <= met_at <= act.at:
        raise RefusedError("It was met between its beginning and now.")
    clock.met_at, clock.met_by = met_at.astimezone(UTC), act.officer
    clock.met_note = required(note, "Say how: to whom, under which number.")
    clock.save(update_fields=["met_at", "met_by", "met_note"])
    return Done(
        clock, {"met_at": clock.met_at.isoformat(), "note": clock.met_note, "late": "yes" if _late(clock) else "no"}
    )


@house_verb("clock.correct")
def correct_clock(act: HouseAct, *, clock: Clock, started_at: datetime, reason: str) -> Done[Clock]:
    """Put another row in place of one that began at a wrong moment; the wrong one stays as it was recorded.

    Returns:
        The new one; whether and when it was met is taken over.

    Raises:
        RefusedError: when the actor does not work on it, it was dismissed or corrected, the moment lies ahead, after it
            was met or is the same, or no reason is given.
    """
    wrong = _held(act, clock)
    if started_at == wrong.started_at or (wrong.met_at is not None and started_at > wrong.met_at):
        raise RefusedError("A correction says another moment, which lies before it was met.")
    why = required(reason)
    made = _made(act, wrong.name, wrong.matter, started_at, corrects=wrong, why=why)
    if wrong.met_at is not None:
        made.met_at, made.met_by, made.met_note = wrong.met_at, wrong.met_by, wrong.met_note
        made.save(update_fields=["met_at", "met_by", "met_note"])
    return Done(made, {**_said(made), "corrects": str(wrong.public_id), "reason": why})


@house_verb("clock.dismiss")
def dismiss_clock(act: HouseAct, *, clock: Clock, reason: str) -> Done[Clock]:
    """Say that a time limit does not apply here after all: a supervisor's decision.

    Raises:
        RefusedError: when the actor is no supervisor where it hangs, it has ended or was corrected, or no reason is
            given.
    """
    clock = _held(act, clock)
    if not supervises(act, clock.matter):
        raise RefusedError("Only a supervisor says that a time limit of the law does not apply.")
    if clock.met_at is not None:
        raise RefusedError("It is recorded as met already.")
    clock.dismissed_at, clock.dismissed_by = act.at, act.officer
    clock.dismissed_why = required(reason)
    clock.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_why"])
    return Done(clock, {"reason": clock.dismissed_why})


def _held(act: HouseAct, clock: Clock) -> Clock:
    """The clock as it is now, locked, if the actor works on it and it has not been put aside."""
    rows = Clock.objects.select_for_update(of=("self",)).select_related("exhibit", "authority", "report")
    held = rows.get(pk=clock.pk)
    require_works(act, held.matter)
    _place(held)
    if held.dismissed_at is not None:
        raise RefusedError("A supervisor said that it does not apply.")
    if Clock.objects.filter(corrects=held).exists():
        raise RefusedError("It was corrected: look at the one that stands in its place.")
    return held


def _made(
    act: HouseAct,
    name: str,
    matter: Matter,
    started_at: datetime,
    *,
    corrects: Clock | None = None,
    why: str = "",
) -> Clock:
    if started_at > act.at:
        raise RefusedError("The event that starts it lies ahead.")
    started_at = started_at.astimezone(UTC)
    limit = limit_of(name, started_at)
    clock = Clock.objects.create(
        name=name,
        version=limit.since,
        **hung(matter),
        started_at=started_at,
        due_at=counted(limit, started_at, act.at).at,
        recorded_at=act.at,
        recorded_by=act.officer,
        corrects=corrects,
        correction_why=why,
    )
    _place(clock)
    return clock


def _place(clock: Clock) -> None:
    """Put it where its matter lies, so that who oversees that oversees what is done with it.

    Those of reports begin by the thousand and without an entry each; they are placed with the first thing that is done.
    """
    matter = clock.matter
    if not isinstance(matter, Authority) and not compartments_of(clock):
        for room in Compartment.objects.filter(pk__in=matter.compartment_ids()):
            place(clock, room)


def _said(clock: Clock) -> Payload:
    return {
        "limit": clock.name,
        "version": clock.version.isoformat() if clock.version else None,
        "about": str(clock.matter.public_id),
        "started_at": clock.started_at.isoformat(),
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
    }


def _late(clock: Clock) -> bool:
    return clock.met_at is not None and clock.due_at is not None and clock.met_at >= clock.due_at
