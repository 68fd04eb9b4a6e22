"""The child lane: an officer's flag, and evidence that somebody is of age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Naming, Person
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.said import required
from kavalan.casework.triage.likeness import bundle
from kavalan.casework.triage.looking import Occasion, look
from kavalan.casework.triage.models import Bundled, PossibleMinor
from kavalan.casework.triage.rules import MinorBasis
from kavalan.casework.triage.veiling import veil
from kavalan.casework.triage.working import held, supervises
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report


@house_verb("child.flag")
def flag_minor(act: HouseAct, *, person: Person, reason: str) -> Done[PossibleMinor]:
    """Say that a reported person may be a child: the name is sealed, and nothing counts or ranks them from now on.

    Raises:
        RefusedError: when the actor does not work where the report lies, the person is not one of those reported or is
            in the child lane, no reason is given, or it names the person.
        LockedError: when this process holds no keys, and so cannot seal the name.
    """
    report = held(act, person.report)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.role != PersonRole.REPORTED:
        raise RefusedError("The child lane is for those who are reported; a victim's name is sealed in any case.")
    if PossibleMinor.objects.filter(person=person, ended_at__isnull=True).exists():
        raise RefusedError("This person is in the child lane.")
    why = required(reason)
    identity = veil(act, report, person, why)
    made = PossibleMinor.objects.create(
        person=person,
        report=report,
        basis=MinorBasis.OFFICER,
        found_at=act.at,
        flagged_by=act.officer,
        reason=why,
    )
    _leave_bundles(report, person)
    look([report], Occasion(act.at, act.officer, why))
    said = {"report": str(report.public_id), "person": str(person.public_id), "reason": why}
    return Done(made, said | {"identity": str(identity.public_id) if identity else None})


@house_verb("child.release")
def release_minor(act: HouseAct, *, minor: PossibleMinor, reason: str) -> Done[PossibleMinor]:
    """End the child lane for somebody on evidence of majority, which the reason names; the name stays sealed.

    Raises:
        RefusedError: when the actor is neither a supervisor where the report lies nor a child welfare police officer
            who was let in there, it has ended, or no reason is given.
    """
    report = held(act, minor.report)
    if not supervises(act, report) and not holds(act.officer, [OfficerRole.CHILD_OFFICER], act.at):
        raise RefusedError("A supervisor or a child welfare police officer says that somebody is of age.")
    minor = PossibleMinor.objects.select_for_update(of=("self",)).get(pk=minor.pk)
    if minor.ended_at is not None:
        raise RefusedError("This ended already.")
    minor.ended_at, minor.ended_by, minor.ended_why = act.at, act.officer, required(reason)
    minor.save(update_fields=["ended_at", "ended_by", "ended_why"])
    look([report], Occasion(act.at, act.officer, minor.ended_why))
    bundle([report], act.at)
    return Done(minor, {"report": str(report.public_id), "reason": minor.ended_why})


def _leave_bundles(report: Report, person: Person) -> None:
    """Out of the bundles in which the report lies because of this person alone."""
    theirs = Naming.objects.filter(person=person).values("indicator")
    others = Naming.objects.filter(report=report).exclude(person=person).values("indicator")
    lying = Bundled.objects.filter(report=report, in_force=True, bundle__indicator__in=theirs)
    lying.exclude(bundle__indicator__in=others).delete()
