"""Naming who leads a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.leading import acts_on, rank_on, require_rank
from kavalan.casework.cases.models import LeadHeld
from kavalan.casework.cases.working import WORKS, held
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


@house_verb("case.name_lead")
def name_lead(act: HouseAct, *, case: Case, lead: Officer, reason: str = "") -> Done[LeadHeld]:
    """Name who leads a case from now on.

    Args:
        act: who does it, a supervisor of the case.
        case: which.
        lead: who works on it.
        reason: why it changes, where that is not plain.

    Raises:
        RefusedError: when the actor does not supervise the case, the lead does not work on it or leads it already, or
            an act of which a section stands on the case asks for a higher rank than theirs on this day.
    """
    case = held(act, case, {Role.SUPERVISOR})
    if not lead.is_active or not roles_in(lead, case.compartment_ids(), act.at) & WORKS:
        raise RefusedError("Who leads a case works on it: let them in as investigator or supervisor first.")
    if case.lead_id == lead.pk:
        raise RefusedError("They lead it already.")
    day = timezone.localdate(act.at)
    require_rank(case, acts_on(case), lead, day)
    rank = rank_on(lead, day)
    made = LeadHeld.objects.create(
        case=case,
        officer=lead,
        rank=rank.id if rank else "",
        reason=reason.strip()[:400],
        since=act.at,
        named_by=act.officer,
    )
    case.lead = lead
    case.save(update_fields=["lead"])
    told = {"case": str(case.public_id), "lead": str(lead.public_id), "rank": made.rank, "reason": made.reason}
    return Done(made, told)
