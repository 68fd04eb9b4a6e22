"""Planning a site otherwise: another team, another place, another address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site, SiteChange
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.working import held
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.operations.models import Team


@dataclass(frozen=True, slots=True)
class Plan:
    """Who searches a site, and where: a place in words that name nobody, an address, or both.

    `home` says whether somebody lives there; None where nobody said so, and then it is taken for one.
    """

    team: Team | None
    place: str
    address: str
    home: bool | None


@house_verb("site.change")
def change_site(act: HouseAct, *, site: Site, plan: Plan, reason: str) -> Done[SiteChange]:
    """Plan a site otherwise, before or after it was searched; how it was planned stays readable on its page.

    The ledger learns what was changed and why; neither the place nor the address, which may be somebody's home.

    Args:
        act: a supervisor of the operation.
        site: which; not one that was taken back.
        plan: how it is planned from now on.
        reason: why, without a name.

    Raises:
        RefusedError: when the actor does not supervise the operation, it was closed, the site was taken back, the team
            is another operation's, there is neither place nor address, nothing changes, or no reason is given.
    """
    operation = held(act, site.operation)
    if operation.closed_at is not None:
        raise RefusedError("This operation was closed: its sites stay as they are.")
    site = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if site.state == State.TAKEN_BACK:
        raise RefusedError("This site was taken back.")
    if plan.team is not None and plan.team.operation_id != operation.pk:
        raise RefusedError("There is no such team in this operation.")
    if not plan.place.strip() and not plan.address.strip():
        raise RefusedError("It says neither a place nor an address.")
    why, before = required(reason), Plan(site.team, site.place, site.address, site.home)
    after = Plan(plan.team, plan.place.strip()[:200], plan.address.strip()[:400], plan.home)
    changed = [name for name in Plan.__slots__ if getattr(before, name) != getattr(after, name)]
    if not changed:
        raise RefusedError("Nothing changes by that.")
    made = SiteChange.objects.create(site=site, why=why, by=act.officer, at=act.at, **_columns(before))
    Site.objects.filter(pk=site.pk).update(**_columns(after))
    return Done(made, {"site": str(site.public_id), "changed": sorted(changed), "reason": why})


def _columns(plan: Plan) -> dict[str, Team | str | bool | None]:
    return {"team": plan.team, "place": plan.place, "address": plan.address, "home": plan.home}
