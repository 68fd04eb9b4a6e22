"""Where a report stands: a person takes it, gives it back, sets it aside, opens it again. Nothing else moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Standing
from kavalan.casework.said import required
from kavalan.casework.triage.models import Move
from kavalan.casework.triage.working import held, supervises
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Report


@house_verb("report.take")
def take_report(act: HouseAct, *, report: Report) -> Done[Report]:
    """Take a report that is open, to work on it.

    Raises:
        RefusedError: when the actor does not work where it lies, or it is not open.
    """
    report = held(act, report)
    if report.standing != Standing.OPEN:
        raise RefusedError("Only an open report is taken; this one is not open.")
    return _moved(act, report, Standing.TAKEN, taken_by=act.officer)


@house_verb("report.give_back")
def give_back_report(act: HouseAct, *, report: Report, reason: str) -> Done[Report]:
    """Give a report back to the desk, where it is open again.

    Raises:
        RefusedError: when it is not being worked on, the actor neither took it nor supervises there, or no reason is
            given.
    """
    report = held(act, report)
    if report.standing != Standing.TAKEN:
        raise RefusedError("Nobody works on this report.")
    _require_own(act, report)
    return _moved(act, report, Standing.OPEN, required(reason))


@house_verb("report.set_aside")
def set_aside_report(act: HouseAct, *, report: Report, reason: str) -> Done[Report]:
    """Set a report aside, for a reason that stays with it; it is kept, found and counted as before.

    Raises:
        RefusedError: when it is set aside or handed over already, somebody else works on it, an officer must
            acknowledge it first, or no reason is given.
    """
    report = held(act, report)
    if report.standing not in {Standing.OPEN, Standing.TAKEN}:
        raise RefusedError("Only a report that is open or being worked on is set aside.")
    if report.standing == Standing.TAKEN:
        _require_own(act, report)
    if report.urgent.filter(acknowledged_at__isnull=True).exists():
        raise RefusedError("It is urgent and nobody has acknowledged it: that comes first.")
    return _moved(act, report, Standing.SET_ASIDE, required(reason))


@house_verb("report.reopen")
def reopen_report(act: HouseAct, *, report: Report, reason: str) -> Done[Report]:
    """Open a report again that was set aside.

    Raises:
        RefusedError: when it is not set aside, or no reason is given.
    """
    report = held(act, report)
    if report.standing != Standing.SET_ASIDE:
        raise RefusedError("Only a report that was set aside is opened again.")
    return _moved(act, report, Standing.OPEN, required(reason))


def _require_own(act: HouseAct, report: Report) -> None:
    if report.taken_by_id != act.officer.pk and not supervises(act, report):
        raise RefusedError("Somebody else works on this report: they give it back, or a supervisor does.")


def _moved(
    act: HouseAct, report: Report, after: Standing, reason: str = "", taken_by: Officer | None = None
) -> Done[Report]:
    before = report.standing
    Move.objects.create(report=report, before=before, after=after, reason=reason, by=act.officer, at=act.at)
    report.standing, report.taken_by = after, taken_by
    report.save(update_fields=["standing", "taken_by"])
    return Done(report, {"before": before, "after": after.value, "reason": reason})
