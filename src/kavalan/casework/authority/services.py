"""Recording authorities, withdrawing them, and going beyond one in an emergency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.working import require_no_auditor
from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.models import Authority, AuthorityPaper, Override, Permit
from kavalan.casework.authority.rules import Activity, Basis, Kind, basis_fault, fault, preliminary_grounds
from kavalan.casework.authority.selectors import override_in_force, overrides_stopped
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.authority.papers import Taken
    from kavalan.casework.authority.rules import Account, Grounds
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.ledger import Payload


@house_verb("authority.record")
def record_authority(
    act: HouseAct,
    *,
    kind: Kind,
    reference: str,
    grounds: Grounds,
    basis: Basis | None = None,
    paper: Taken | None = None,
) -> Done[Authority]:
    """Record an authority that the actor's unit was given, with the file of its paper where there is one.

    Raises:
        RefusedError: when it names no exhibit or no activity, means everything, ends before it begins, lacks what its
            kind needs, its file has another SHA-256 than was said, the unit has one of that reference, or the actor is
            an auditor and nothing else.
    """
    require_no_auditor(act)
    basis = _with_digest(basis or Basis(), paper)
    authority = _granted(act, kind, reference, grounds, basis)
    if paper is not None:
        _entered(act, authority, paper)
    return Done(authority, _said(kind, reference, grounds, basis))


@house_verb("authority.add_paper")
def add_paper(act: HouseAct, *, authority: Authority, paper: Taken) -> Done[Authority]:
    """Add a file to an authority that is recorded: its paper, or a later one that extends or ends it.

    What it permits does not change by it; a paper that permits more is an authority of its own.

    Raises:
        RefusedError: when the authority is another unit's, this file is there already, or the actor only audits.
    """
    require_no_auditor(act)
    if authority.unit_id != act.officer.unit_id:
        raise RefusedError("It was given to another unit.")
    if authority.papers.filter(kept__sha256=paper.stored.sha256, kept__destroyed_at__isnull=True).exists():
        raise RefusedError("This file is kept with it already.")
    _entered(act, authority, paper)
    return Done(authority, {"paper": paper.stored.sha256.hex(), "size": paper.stored.size, "title": paper.title})


@house_verb("authority.carry")
def record_preliminary(act: HouseAct, *, report: str, accounts: Collection[Account]) -> Done[Authority]:
    """Record the authority that a report carries itself: over its own identifiers, for what the limits permit.

    Raises:
        RefusedError: when the report names no identifier, or has its authority already.
    """
    authority, said = carry_preliminary(act, report=report, accounts=accounts)
    return Done(authority, said)


def carry_preliminary(act: HouseAct, *, report: str, accounts: Collection[Account]) -> tuple[Authority, Payload]:
    """Give a report its own authority, and what is said of it; part of the verb that takes the report in.

    Raises:
        RefusedError: as `record_preliminary`.
    """
    grounds, basis = preliminary_grounds(report, accounts, act.at), Basis(giver=report)
    authority = _granted(act, Kind.PRELIMINARY, report, grounds, basis)
    return authority, _said(Kind.PRELIMINARY, report, grounds, basis)


def _with_digest(basis: Basis, paper: Taken | None) -> Basis:
    """The file's own SHA-256; where another was said, one of the two is not the paper."""
    if paper is None:
        return basis
    digest = paper.stored.sha256.hex()
    if basis.paper not in {"", digest}:
        raise RefusedError("The file is not the one of which you gave the SHA-256: its own is %(own)s.", own=digest)
    return replace(basis, paper=digest)


def _entered(act: HouseAct, authority: Authority, paper: Taken) -> None:
    kept = enter(
        paper.stored,
        what=What.AUTHORITY_PAPER,
        media_type=paper.media_type,
        by=act.officer,
        at=act.at,
        unit=authority.unit,
    )
    AuthorityPaper.objects.create(authority=authority, kept=kept, title=paper.title)


def _granted(act: HouseAct, kind: Kind, reference: str, grounds: Grounds, basis: Basis) -> Authority:
    if why := fault(grounds, kind) or basis_fault(kind, basis):
        raise RefusedError(why)
    if Authority.objects.filter(unit=act.officer.unit_id, reference=reference).exists():
        raise RefusedError("%(reference)s is recorded already.", reference=reference)
    authority = _recorded(act, kind, reference, grounds, basis)
    Permit.objects.bulk_create(
        Permit(authority=authority, activity=activity, valid_from=span.start, valid_until=span.end)
        for activity, span in grounds.activities.items()
    )
    return authority


def _recorded(act: HouseAct, kind: Kind, reference: str, grounds: Grounds, basis: Basis) -> Authority:
    return Authority.objects.create(
        kind=kind,
        reference=reference,
        unit=act.officer.unit,
        exhibits=sorted(grounds.exhibits),
        accounts=[[one.platform, one.native_id] for one in sorted(grounds.accounts)],
        kinds=sorted(one.value for one in grounds.kinds),
        dates_from=grounds.dates.start if grounds.dates else None,
        dates_until=grounds.dates.end if grounds.dates else None,
        giver=basis.giver,
        paper=bytes.fromhex(basis.paper) or None,
        kept_at=basis.kept_at,
        recorded_by=act.officer,
        recorded_at=act.at,
    )


def _said(kind: Kind, reference: str, grounds: Grounds, basis: Basis) -> Payload:
    spans = [
        f"{name.value} {span.start.isoformat()} {span.end.isoformat()}" for name, span in grounds.activities.items()
    ]
    dates = grounds.dates
    return {
        "kind": kind.value,
        "reference": reference,
        "exhibits": sorted(grounds.exhibits),
        "accounts": [f"{one.platform} {one.native_id}" for one in sorted(grounds.accounts)],
        "kinds": sorted(one.value for one in grounds.kinds),
        "dates": f"{dates.start.isoformat()} {dates.end.isoformat()}" if dates else None,
        "permits": sorted(spans),
        "giver": basis.giver,
        "paper": basis.paper,
        "kept_at": basis.kept_at,
    }


@house_verb("authority.withdraw")
def withdraw_authority(act: HouseAct, *, authority: Authority, reason: str) -> Done[Authority]:
    """Record that an authority was withdrawn; from now on it permits nothing, and no override reaches past it.

    Raises:
        RefusedError: when it is another unit's, was withdrawn already, no reason is given, or the actor only audits.
    """
    require_no_auditor(act)
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    if authority.unit_id != act.officer.unit_id:
        raise RefusedError("It was given to another unit.")
    if authority.withdrawn_at is not None:
        raise RefusedError("%(reference)s was withdrawn already.", reference=authority.reference)
    authority.withdrawn_at, authority.withdrawn_why = act.at, required(reason)
    authority.save(update_fields=["withdrawn_at", "withdrawn_why"])
    return Done(authority, {"reason": reason})


@house_verb("override.declare")
def declare_override(act: HouseAct, *, exhibit: Exhibit, activity: Activity, reason: str) -> Done[Override]:
    """In an emergency, let an activity be done on an exhibit beyond what its authority permits, for a bounded time.

    Raises:
        RefusedError: when the actor is no supervisor where the exhibit lies, the authority is withdrawn or another
            unit's, overrides are stopped for the unit, one is in force already, or no reason is given.
    """
    # Locked, so that two supervisors do not declare the same one at once.
    authority = Authority.objects.select_for_update().get(pk=exhibit.authority_id)
    if why := _no_override(act, authority, exhibit):
        raise RefusedError(why)
    if override_in_force(authority, activity, exhibit.reference, act.at):
        raise RefusedError("An override for this is in force.")
    override = Override.objects.create(
        authority=authority,
        exhibit=exhibit,
        activity=activity,
        reason=required(reason),
        declared_by=act.officer,
        declared_at=act.at,
        until=act.at + limits().override.span,
    )
    said = {"exhibit": str(exhibit.public_id), "authority": str(authority.public_id), "activity": activity.value}
    return Done(override, said | {"reason": reason, "until": override.until.isoformat()})


def _no_override(act: HouseAct, authority: Authority, exhibit: Exhibit) -> str | None:
    if Role.SUPERVISOR not in roles_in(act.officer, exhibit.compartment_ids(), act.at):
        return gettext("Only a supervisor where the exhibit lies declares an override.")
    if authority.unit_id != act.officer.unit_id:
        return gettext("Its authority was given to another unit.")
    if authority.withdrawn_at is not None:
        return gettext("Its authority was withdrawn: no override reaches past that.")
    if overrides_stopped(authority.unit_id, act.at):
        days = limits().override_stop.days
        text = gettext("An override of your unit was not reviewed for %(days)d days. Until it is, there are no others.")
        return text % {"days": days}
    return None


@house_verb("override.review")
def review_override(act: HouseAct, *, override: Override, approved: bool, reason: str) -> Done[Override]:
    """Approve or reject another supervisor's override; a rejected one ends at once.

    Raises:
        RefusedError: when the actor declared it, is no supervisor where the exhibit lies, it was reviewed already, or
            no reason is given.
    """
    override = Override.objects.select_for_update(of=("self",)).select_related("exhibit").get(pk=override.pk)
    if Role.SUPERVISOR not in roles_in(act.officer, override.exhibit.compartment_ids(), act.at):
        raise RefusedError("Only a supervisor where the exhibit lies reviews an override.")
    if override.declared_by_id == act.officer.pk:
        raise RefusedError("Another supervisor reviews what you declared.")
    if override.approved is not None:
        raise RefusedError("This override was reviewed already.")
    override.approved, override.review_reason = approved, required(reason)
    override.reviewed_by, override.reviewed_at = act.officer, act.at
    override.save(update_fields=["approved", "review_reason", "reviewed_by", "reviewed_at"])
    return Done(override, {"approved": "yes" if approved else "no", "reason": reason})
