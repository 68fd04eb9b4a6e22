"""Putting sections of law on a case, and striking them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from kavalan.casework.cases.leading import require_rank
from kavalan.casework.cases.models import Charge
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case

_SECTION: Final = re.compile(r"[0-9]{1,4}[A-Z]{0,2}(\([0-9a-zA-Z]{1,5}\)){0,3}")


@house_verb("case.add_charge")
def add_charge(act: HouseAct, *, case: Case, charged: str, section: str) -> Done[Charge]:
    """Put a section of law on a case.

    Args:
        act: who does it.
        case: which.
        charged: the act of law, by its id in `kavalan.law`.
        section: as it is cited: `67B`, `15(2)`.

    Raises:
        RefusedError: when the actor does not work on the case, the act makes no offences, the section is none or
            stands there already, or the act asks for a lead of a higher rank than the case's has on this day.
    """
    case = held(act, case)
    law = packaged_law().acts.get(charged)
    if law is None or not law.charged:
        raise RefusedError("Nobody is charged under this act, as far as the tables of law know.")
    section = "".join(section.split())
    if not _SECTION.fullmatch(section):
        raise RefusedError("A section is cited like 67B or 15(2), without the word.")
    if case.charges.filter(act=charged, section=section, ended_at__isnull=True).exists():
        raise RefusedError("This section stands on the case already.")
    if case.lead is not None:
        require_rank(case, [charged], case.lead, timezone.localdate(act.at))
    made = Charge.objects.create(case=case, act=charged, section=section, added_by=act.officer, added_at=act.at)
    return Done(made, _said(made, case))


@house_verb("case.end_charge")
def end_charge(act: HouseAct, *, charge: Charge, reason: str) -> Done[Charge]:
    """Strike a section out; the row stays, with the reason.

    Raises:
        RefusedError: when the actor does not work on the case, it was struck out already, or no reason is given.
    """
    case = held(act, charge.case)
    charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if charge.ended_at is not None:
        raise RefusedError("It was struck out already.")
    charge.ended_by, charge.ended_at, charge.ended_why = act.officer, act.at, required(reason)
    charge.save(update_fields=["ended_by", "ended_at", "ended_why"])
    return Done(charge, _said(charge, case) | {"reason": charge.ended_why})


def _said(charge: Charge, case: Case) -> dict[str, str]:
    return {"case": str(case.public_id), "act": charge.act, "section": charge.section}
