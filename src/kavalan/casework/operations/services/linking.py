"""What was seized at a site, and the authority behind a warrant."""

from __future__ import annotations

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Kind
from kavalan.casework.custody.models import Seizure
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site, SiteSeizure, Warrant
from kavalan.casework.operations.working import require
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("site.link_seizure")
def link_seizure(act: HouseAct, *, site: Site, seizure: Seizure) -> Done[SiteSeizure]:
    """Say that a seizure was made at a site. What was seized opens to nobody by it; the operation counts it.

    Raises:
        RefusedError: when the actor does not work both in the operation and on what was seized, or the seizure is said
            to be of a site already.
    """
    require(act, site.operation)
    if not KEEPERS & roles_in(act.officer, seizure.compartment_ids(), act.at):
        raise RefusedError("Only who works on what was seized says at which site it was.")
    # Locked, so that two officers do not link it at once.
    seizure = Seizure.objects.select_for_update(of=("self",)).get(pk=seizure.pk)
    if SiteSeizure.objects.filter(seizure=seizure, ended_at__isnull=True).exists():
        raise RefusedError("It is recorded already at which site this seizure was made.")
    made = SiteSeizure.objects.create(site=site, seizure=seizure, linked_by=act.officer, linked_at=act.at)
    return Done(made, _said(made))


@house_verb("site.end_seizure")
def end_seizure(act: HouseAct, *, link: SiteSeizure, reason: str) -> Done[SiteSeizure]:
    """Say that a seizure was not made at a site after all; the row stays and says why.

    Raises:
        RefusedError: when the actor does not work in the operation, it was said before, or no reason is given.
    """
    require(act, link.site.operation)
    link = SiteSeizure.objects.select_for_update(of=("self",)).select_related("site", "seizure").get(pk=link.pk)
    if link.ended_at is not None:
        raise RefusedError("This seizure is not linked to the site any more.")
    link.ended_by, link.ended_at, link.ended_why = act.officer, act.at, required(reason)
    link.save(update_fields=["ended_by", "ended_at", "ended_why"])
    return Done(link, _said(link) | {"reason": link.ended_why})


@house_verb("warrant.link")
def link_warrant(act: HouseAct, *, warrant: Warrant, authority: Authority) -> Done[Warrant]:
    """Say which recorded authority a warrant is.

    Raises:
        RefusedError: when the actor does not work in the operation, the authority is another unit's, withdrawn or no
            warrant, or the warrant has one.
    """
    require(act, warrant.operation)
    warrant = Warrant.objects.select_for_update(of=("self",)).get(pk=warrant.pk)
    if warrant.authority_id is not None:
        raise RefusedError("It is recorded already which authority this warrant is.")
    if authority.unit_id != act.officer.unit_id:
        raise RefusedError("It was given to another unit.")
    if authority.kind != Kind.WARRANT or authority.withdrawn_at is not None:
        raise RefusedError("This authority is no warrant that holds.")
    warrant.authority, warrant.linked_by, warrant.linked_at = authority, act.officer, act.at
    warrant.save(update_fields=["authority", "linked_by", "linked_at"])
    return Done(warrant, {"warrant": str(warrant.public_id), "authority": str(authority.public_id)})


def _said(link: SiteSeizure) -> dict[str, str]:
    return {"site": str(link.site.public_id), "seizure": str(link.seizure.public_id)}
