"""Whose accounts are never a subject's: those of possible children, of victims, of bystanders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Naming
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.subjects.rules import Why
from kavalan.casework.triage.models import PossibleMinor

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def protected_among(indicators: Collection[int]) -> Mapping[int, Why]:
    """Which identifiers are somebody's who never becomes a subject, and why; one query.

    All reports count, open to the asking officer or not: a child is protected from a hypothesis by what any desk knows.
    A person who was let out of the child lane on evidence of majority is no child. Whoever reports, or received
    something, is protected as long as no report says that the same account was reported.

    Args:
        indicators: numbers of them.
    """
    minor = PossibleMinor.objects.filter(person=OuterRef("person"), ended_at__isnull=True)
    rows = Naming.objects.filter(indicator__in=indicators, person__isnull=False).annotate(minor=Exists(minor))
    found: dict[int, set[tuple[str, bool]]] = {}
    for indicator, role, lane in rows.values_list("indicator_id", "person__role", "minor").distinct():
        found.setdefault(indicator, set()).add((role, lane))
    return {indicator: why for indicator, said in found.items() if (why := _why(said)) is not None}


def _why(said: Collection[tuple[str, bool]]) -> Why | None:
    if any(minor for _, minor in said):
        return Why.CHILD
    roles = {role for role, _ in said}
    if PersonRole.VICTIM in roles:
        return Why.VICTIM
    return None if PersonRole.REPORTED in roles else Why.BYSTANDER


def of_a_child() -> Q:
    """A condition on `AccountLink`: a report names the account as that of a victim, or of who may be a child."""
    minor = PossibleMinor.objects.filter(person=OuterRef("person"), ended_at__isnull=True)
    theirs = Naming.objects.filter(Q(Exists(minor)) | Q(person__role=PersonRole.VICTIM))
    return Q(Exists(theirs.filter(indicator=OuterRef("indicator"))))


def require_unprotected(indicator: int) -> None:
    """Let nobody make a subject of whoever must not be one.

    Raises:
        RefusedError: the text says why in words that tell nothing of the reports in which it stands.
    """
    why = protected_among([indicator]).get(indicator)
    if why is not None:
        raise RefusedError("This account becomes no subject's. %(why)s", why=why.label)
