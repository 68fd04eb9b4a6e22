"""What somebody says is wrong in a report, and what an officer decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import INTAKE
from kavalan.casework.retention.models import Challenge, Decision
from kavalan.casework.retention.schedules import Of
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report
    from kavalan.casework.retention.models import By

_DECIDES = frozenset({Role.INVESTIGATOR, Role.SUPERVISOR})


@house_verb("report.challenge")
def record_challenge(act: HouseAct, *, report: Report, by: By, where: str, received: str, asked: str) -> Done[Report]:
    """Record that somebody challenges what a report states, or asks for a correction.

    Args:
        act: who writes it down.
        report: of which.
        by: who asks.
        where: the place in the report, in words.
        received: what stands there, as far as it matters.
        asked: what they say is right, or why it is wrong.

    Raises:
        RefusedError: when the actor does not work where it lies, it was purged, or place or request are missing.
    """
    if not frozenset(INTAKE) & roles_in(act.officer, report.compartment_ids(), act.at):
        raise RefusedError("Only who works on this report writes down what is said against it.")
    if report.tombstones.filter(purge__of=Of.REPORT).exists():
        raise RefusedError("It was purged, or is about to be.")
    challenge = Challenge.objects.create(
        report=report,
        by=by,
        where=required(where, "Say which place of the report.")[:200],
        received=received.strip()[:400],
        asked=required(asked, "Write down what they ask."),
        recorded_by=act.officer,
        recorded_at=act.at,
    )
    # What is said of a person stays beside the report, and goes with it.
    return Done(report, {"challenge": str(challenge.public_id), "by": str(by)})


@house_verb("report.decide_challenge")
def decide_challenge(
    act: HouseAct, *, challenge: Challenge, decision: Decision, right: str, reason: str
) -> Done[Report]:
    """Decide about a challenge; what was received stays as it was, and what is right stands beside it.

    Args:
        act: who decides: an investigator or a supervisor there.
        challenge: which.
        decision: what.
        right: what is right, for a correction.
        reason: why.

    Raises:
        RefusedError: when the actor may not decide there, it was decided, a correction does not say what is right, or
            no reason is given.
    """
    rows = Challenge.objects.select_for_update(of=("self",)).select_related("report")
    challenge = rows.get(pk=challenge.pk)
    if not _DECIDES & roles_in(act.officer, challenge.report.compartment_ids(), act.at):
        raise RefusedError("An investigator or a supervisor where the report lies decides this.")
    if challenge.decision:
        raise RefusedError("It was decided already.")
    if decision == Decision.CORRECTED:
        challenge.right = required(right, "Say what is right.")
    challenge.decision, challenge.reason = decision, required(reason)
    challenge.decided_by, challenge.decided_at = act.officer, act.at
    challenge.save(update_fields=["right", "decision", "reason", "decided_by", "decided_at"])
    return Done(challenge.report, {"challenge": str(challenge.public_id), "decision": str(decision)})
