"""Asking an authority, and what of it people are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.models import Authority, AuthorityPaper, Override, Permit
from kavalan.casework.authority.rules import Account, Activity, DataKind, Grounds, Kind, Scope, Span, refusal
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.rules import KnownAccount

AUTHORITIES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """One page of authorities, the newest first, and the one before which the next page begins."""

    authorities: Sequence[Authority]
    before: UUID | None


def scope_of(authority: Authority) -> Scope:
    """What the authority reaches, as its row says."""
    dates = (
        Span(authority.dates_from, authority.dates_until) if authority.dates_from and authority.dates_until else None
    )
    accounts = frozenset(Account(platform, native_id) for platform, native_id in authority.accounts)
    return Scope(frozenset(authority.exhibits), accounts, dates, frozenset(map(DataKind, authority.kinds)))


def grounds_of(authority: Authority) -> Grounds:
    """What the authority says, its permits read anew."""
    spans = {
        Activity(permit.activity): Span(permit.valid_from, permit.valid_until) for permit in authority.permits.all()
    }
    scope = scope_of(authority)
    report = authority.giver if authority.kind == Kind.PRELIMINARY else ""
    return Grounds(spans, scope.exhibits, scope.accounts, scope.dates, scope.kinds, report)


def authorities_in_force(officer: Officer, activity: Activity, now: datetime) -> QuerySet[Authority]:
    """The authorities of the officer's unit that permit the activity now, the newest first."""
    permits = Permit.objects.filter(
        authority=OuterRef("pk"), activity=activity, valid_from__lte=now, valid_until__gt=now
    )
    found = Authority.objects.filter(Exists(permits), unit=officer.unit_id, withdrawn_at__isnull=True)
    return found.order_by("-pk")


def authority_page(officer: Officer, before: UUID | None = None) -> AuthorityPage:
    """A page of what the officer's unit was given, each with its permits."""
    theirs = Authority.objects.filter(unit=officer.unit_id)
    if before is not None:
        theirs = theirs.filter(pk__lt=theirs.filter(public_id=before).values("pk"))
    found = list(theirs.prefetch_related("permits").order_by("-pk")[: AUTHORITIES_A_PAGE + 1])
    page = found[:AUTHORITIES_A_PAGE]
    return AuthorityPage(page, page[-1].public_id if len(found) > AUTHORITIES_A_PAGE else None)


def authority_for(officer: Officer, public_id: UUID) -> Authority | None:
    """The authority, or None where it does not exist or was given to another unit: one answer for both."""
    theirs = Authority.objects.filter(unit=officer.unit_id, public_id=public_id)
    return theirs.select_related("recorded_by", "unit").prefetch_related("permits").first()


def papers_of(authority: Authority) -> QuerySet[AuthorityPaper]:
    """The files of its paper, the first first."""
    return AuthorityPaper.objects.filter(authority=authority).select_related("kept__kept_by").order_by("pk")


def ending_soon(officer: Officer, now: datetime) -> QuerySet[Permit]:
    """The permits of the officer's unit that end within the days of warning."""
    return Permit.objects.filter(
        authority__unit=officer.unit_id,
        authority__withdrawn_at__isnull=True,
        valid_until__gt=now,
        valid_until__lte=now + limits().warning.span,
    )


def lapsing(officer: Officer, now: datetime, authority: Authority) -> list[Permit]:
    """Those of one authority, the next first."""
    soon = ending_soon(officer, now).filter(authority=authority)
    return list(soon.select_related("authority").order_by("valid_until", "pk"))


def overrides_stopped(unit: int, now: datetime) -> bool:
    """Whether an override of the unit stayed unreviewed for too long: until it is reviewed, none holds."""
    since = now - limits().override_stop.span
    return Override.objects.filter(authority__unit=unit, approved__isnull=True, declared_at__lte=since).exists()


def override_in_force(authority: Authority, activity: Activity, exhibit: str, at: datetime) -> Override | None:
    """The override that lets this be done on the authority's exhibit at that time, or None."""
    held = Override.objects.filter(
        authority=authority, activity=activity, exhibit__reference=exhibit, declared_at__lte=at, until__gt=at
    ).exclude(approved=False)
    found = held.order_by("pk").first()
    return None if found is None or overrides_stopped(authority.unit_id, at) else found


def ask(
    authority: Authority, officer: Officer, activity: Activity, matter: str | KnownAccount, at: datetime
) -> Override | None:
    """Ask whether the officer may do that to the exhibit, or the report, of that reference at that time.

    Or to an account, past the naming of which no override reaches.

    Returns:
        The emergency override that it is done under, None where the authority itself permits it.

    Raises:
        RefusedError: when not; the text says why.
    """
    why = _barred(authority, officer)
    if why is None:
        why = refusal(grounds_of(authority), activity, matter, at)
        if why is None:
            return None
        if isinstance(matter, str) and (held := override_in_force(authority, activity, matter, at)) is not None:
            return held
    raise RefusedError("%(authority)s does not allow this. %(why)s", authority=authority.reference, why=why)


def _barred(authority: Authority, officer: Officer) -> str | None:
    """What no override reaches past. The withdrawal is read anew: the caller's row may be older than it."""
    if authority.unit_id != officer.unit_id:
        return gettext("It was given to another unit.")
    withdrawn = Authority.objects.values_list("withdrawn_at", flat=True).get(pk=authority.pk)
    if withdrawn is None:
        return None
    return gettext("It was withdrawn on %(at)s UTC.") % {"at": f"{withdrawn:%Y-%m-%d %H:%M}"}
