"""The one visibility predicate, and the roles behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kavalan.casework.accounts.models import Officer

EXAMINERS = frozenset({Role.EXAMINER, Role.SUPERVISOR})
"""Who may register and examine exhibits."""


def _in_force(officer: Officer, now: datetime, prefix: str = "") -> Q:
    theirs = Q(**{f"{prefix}officer": officer.pk}) | Q(**{f"{prefix}unit": officer.unit_id})
    return theirs & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": now}))


def visible(
    model: type[Model], officer: Officer, now: datetime, at: str = "pk", roles: Collection[Role] | None = None
) -> Exists:
    """A condition on rows: they lie in a compartment to which the officer holds a grant that is in force.

    Args:
        model: what is placed.
        officer: who looks.
        now: aware UTC.
        at: where the placed object's number stands in the filtered rows, as `exhibit_id` of an item.
        roles: only where the officer holds one of these; any will do without.
    """
    return _let_in(Placement.objects.filter(kind=model._meta.label_lower, object_id=OuterRef(at)), officer, now, roles)


def visible_by_kind(officer: Officer, now: datetime, kind: str, at: str) -> Exists:
    """As `visible`, for rows that are about placed objects of several models.

    Args:
        officer: who looks.
        now: aware UTC.
        kind: where Django's label of the placed object's model stands in the filtered rows.
        at: where its number stands.
    """
    return _let_in(Placement.objects.filter(kind=OuterRef(kind), object_id=OuterRef(at)), officer, now)


def _let_in(
    placed: QuerySet[Placement], officer: Officer, now: datetime, roles: Collection[Role] | None = None
) -> Exists:
    theirs = _in_force(officer, now, "compartment__grants__")
    if roles is not None:
        theirs &= Q(compartment__grants__role__in=roles)
    return Exists(placed.filter(theirs))


def open_rooms(officer: Officer, now: datetime) -> QuerySet[Grant, int]:
    """The numbers of the compartments to which the officer holds a grant in force, as a query."""
    return Grant.objects.filter(_in_force(officer, now)).values_list("compartment", flat=True)


def given_since(officer: Officer, since: datetime, now: datetime) -> QuerySet[Grant, int]:
    """The numbers of the compartments into which the officer, or the unit, was let in since then, as a query."""
    given = Grant.objects.filter(_in_force(officer, now), via=Via.GIVEN, given_at__gt=since)
    return given.values_list("compartment", flat=True)


def grant_for(officer: Officer, public_id: UUID, now: datetime) -> Grant | None:
    """A grant in a compartment into which the officer is let themselves; None for any other as for none."""
    found = Grant.objects.filter(public_id=public_id, compartment__in=open_rooms(officer, now))
    return found.select_related("compartment", "officer__unit", "unit").first()


def compartments_of(placed: Model) -> list[int]:
    """The numbers of the compartments in which an object lies."""
    placements = Placement.objects.filter(kind=placed._meta.label_lower, object_id=placed.pk)
    return list(placements.values_list("compartment_id", flat=True))


def grants_in(officer: Officer, compartments: Collection[int], now: datetime) -> QuerySet[Grant]:
    """The officer's grants there that are in force, own ones and the unit's: the reasons."""
    held = Grant.objects.filter(_in_force(officer, now), compartment__in=compartments)
    return held.select_related("compartment").order_by("pk")


def grants_to(officer: Officer, placed: Model, now: datetime) -> QuerySet[Grant]:
    """The officer's grants where an object lies, as `grants_in`, in one statement."""
    placements = Placement.objects.filter(kind=placed._meta.label_lower, object_id=placed.pk)
    held = Grant.objects.filter(_in_force(officer, now), compartment__in=placements.values("compartment"))
    return held.select_related("compartment").order_by("pk")


def compartments_with(officer: Officer, roles: Collection[Role], now: datetime) -> QuerySet[Compartment]:
    """The compartments in which the officer holds one of the roles, by name."""
    # Not `Exists`: this begins with the officer's grants, which are few beside all compartments.
    held = Grant.objects.filter(_in_force(officer, now), role__in=roles)
    return Compartment.objects.filter(pk__in=held.values("compartment")).order_by("name", "pk")


def roles_in(officer: Officer, compartments: Collection[int], now: datetime) -> frozenset[Role]:
    """What the officer may do there."""
    return frozenset(Role(role) for role in grants_in(officer, compartments, now).values_list("role", flat=True))
