"""Entering what an officer was told or saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.entering import Draft, Entry
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.rules import Via
from kavalan.casework.intake.services.deliveries import require_intake
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Desk
    from kavalan.casework.intake.typed import Typed


@house_verb("report.enter")
def enter_report(act: HouseAct, *, desk: Desk, typed: Typed) -> Done[Report]:
    """Enter a report that an officer typed: a call, a walk-in, a report under rule 11, an address, a channel.

    Raises:
        RefusedError: when the actor takes nothing in at the desk, or it was told after now.
        LockedError: this process holds no keys, so that no name could be sealed.
    """
    require_intake(act, desk)
    if typed.arrived_at > act.at:
        raise RefusedError("It cannot arrive after now.")
    delivery = Delivery.objects.create(
        desk=desk,
        form=typed.form,
        via=Via.TYPED,
        arrived_at=typed.arrived_at,
        entered_at=act.at,
        entered_by=act.officer,
    )
    draft = Draft(
        1,
        typed.tip,
        answers={str(fact): answer for fact, answer in typed.answers.items()},
        confidential=typed.confidential,
    )
    (report,) = Entry(delivery, [draft], act.officer, act.at).enter()
    digest = bytes(report.digest)
    Delivery.objects.filter(pk=delivery.pk).update(digest=digest)
    said = {"desk": str(desk.public_id), "form": typed.form.value, "reference": report.reference}
    return Done(report, {**said, "sha256": digest.hex()})
