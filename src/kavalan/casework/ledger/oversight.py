"""Who may look at which entries: a supervisor, at those about what is open to them.

The ledger names nobody, but which exhibit was looked at when, and by which id, is itself something to keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q, QuerySet

from kavalan.casework.access.models import Compartment, Grant, Placement, Role
from kavalan.casework.access.selectors import compartments_with, visible
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.authority.models import Authority
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model


def oversees(officer: Officer, now: datetime) -> bool:
    """Whether the officer is a supervisor anywhere."""
    return compartments_with(officer, [Role.SUPERVISOR], now).exists()


def overseen(officer: Officer, now: datetime) -> QuerySet[LedgerEntry]:
    """The entries that a supervisor may look at; none for anybody else.

    They are those about what is placed where the officer has a grant, about the compartments that the officer
    supervises and the grants in them, and about the officer's own unit, its officers and its authorities.
    """
    if not oversees(officer, now):
        return LedgerEntry.objects.none()
    seen = Q()
    for model, condition in _open_to(officer, now):
        ids: QuerySet[Model, dict[str, UUID]] = QuerySet(model).filter(condition).values("public_id")
        seen |= Q(subject_kind=model._meta.model_name, subject__in=ids)
    return LedgerEntry.objects.filter(seen)


def record_of(entry: LedgerEntry) -> Record | None:
    """What an entry is about; None where there is no such thing any more."""
    for model in apps.get_models():
        if issubclass(model, Record) and model._meta.model_name == entry.subject_kind:
            return QuerySet(model).filter(public_id=entry.subject).first()
    return None


def _open_to(officer: Officer, now: datetime) -> Iterator[tuple[type[Model], Q]]:
    for kind in Placement.objects.order_by("kind").values_list("kind", flat=True).distinct():
        model = apps.get_model(kind)
        yield model, Q(visible(model, officer, now))
    supervised = compartments_with(officer, [Role.SUPERVISOR], now)
    yield Compartment, Q(pk__in=supervised.values("pk"))
    yield Grant, Q(compartment__in=supervised.values("pk"))
    yield Authority, Q(unit=officer.unit_id)
    yield Officer, Q(unit=officer.unit_id)
    yield Unit, Q(pk=officer.unit_id)
