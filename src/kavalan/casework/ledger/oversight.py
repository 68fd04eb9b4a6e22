"""Who may look at which entries: a supervisor at those about what is open to them, an auditor at those of the unit.

The ledger names nobody, but which exhibit was looked at when, and by which id, is itself something to keep. To see an
entry and to be told what was said with it are two things: an auditor sees ids, and is told only about what is open to
them as to anybody else.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from kavalan.casework.access.models import Compartment, Grant, Placement, Role
from kavalan.casework.access.selectors import compartments_with, visible
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.authority.models import Authority
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model


def audits(officer: Officer, now: datetime) -> bool:
    """Whether the officer is an auditor."""
    return holds(officer, [OfficerRole.AUDITOR], now)


def oversees(officer: Officer, now: datetime) -> bool:
    """Whether the officer is a supervisor anywhere, or an auditor."""
    return compartments_with(officer, [Role.SUPERVISOR], now).exists() or audits(officer, now)


def overseen(officer: Officer, now: datetime) -> QuerySet[LedgerEntry]:
    """The entries that an officer may look at; none for who is neither supervisor nor auditor.

    Both: those of `told_to`. An auditor also: all that the unit's officers did and that was done on its authorities,
    and whatever was done to its officers' records and to what lies where the unit or one of its officers was let in.
    """
    if not oversees(officer, now):
        return LedgerEntry.objects.none()
    seen = list(_about(_open_to(officer, now)))
    if audits(officer, now):
        seen += _of_unit(officer.unit_id, now)
    return LedgerEntry.objects.filter(reduce(or_, seen))


def told_to(officer: Officer, now: datetime) -> QuerySet[LedgerEntry]:
    """The entries of which a supervisor or an auditor may be told what was said.

    They are those about what is placed where the officer has a grant, about the compartments that the officer
    supervises and the grants in them, and about the officer's own unit, its officers and its authorities.
    """
    if not oversees(officer, now):
        return LedgerEntry.objects.none()
    return LedgerEntry.objects.filter(reduce(or_, _about(_open_to(officer, now))))


def by_or_about(officer: Officer) -> Q:
    """A condition on entries: the officer did it, or it was done to the officer's own record."""
    return reduce(or_, _about(_records_of(Q(pk=officer.pk))), Q(actor=officer.public_id))


def record_of(entry: LedgerEntry) -> Record | None:
    """What an entry is about; None where there is no such thing any more."""
    for model in apps.get_models():
        if issubclass(model, Record) and model._meta.model_name == entry.subject_kind:
            return QuerySet(model).filter(public_id=entry.subject).first()
    return None


def _about(things: Iterable[tuple[type[Model], Q]]) -> Iterator[Q]:
    for model, condition in things:
        ids: QuerySet[Model, dict[str, UUID]] = QuerySet(model).filter(condition).values("public_id")
        yield Q(subject_kind=model._meta.model_name, subject__in=ids)


def _open_to(officer: Officer, now: datetime) -> Iterator[tuple[type[Model], Q]]:
    for model in _placed():
        yield model, Q(visible(model, officer, now))
    supervised = compartments_with(officer, [Role.SUPERVISOR], now)
    yield Compartment, Q(pk__in=supervised.values("pk"))
    yield Grant, Q(compartment__in=supervised.values("pk"))
    yield Authority, Q(unit=officer.unit_id)
    yield Officer, Q(unit=officer.unit_id)
    yield Unit, Q(pk=officer.unit_id)


def _of_unit(unit: int, now: datetime) -> Iterator[Q]:
    officers, authorities = Officer.objects.filter(unit=unit), Authority.objects.filter(unit=unit)
    yield Q(actor__in=officers.values("public_id"))
    yield Q(authority__in=authorities.values("public_id"))
    yield from _about(_records_of(Q(unit=unit)))
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    let_in = Grant.objects.filter(Q(unit=unit) | Q(officer__unit=unit), in_force)
    rooms = Compartment.objects.filter(pk__in=let_in.values("compartment"))
    yield from _about([(Compartment, Q(pk__in=rooms)), (Grant, Q(compartment__in=rooms))])
    yield from _about((model, _lies_in(model, rooms)) for model in _placed())


def _records_of(officers: Q) -> Iterator[tuple[type[Model], Q]]:
    """Officers and every record that is about one: it has a field of that name."""
    found = Officer.objects.filter(officers)
    yield Officer, Q(pk__in=found.values("pk"))
    for model in apps.get_models():
        if issubclass(model, Record) and any(field.name == "officer" for field in model._meta.fields):
            yield model, Q(officer__in=found.values("pk"))


def _placed() -> Iterator[type[Model]]:
    """The kinds of things that lie in compartments."""
    for kind in Placement.objects.order_by("kind").values_list("kind", flat=True).distinct():
        yield apps.get_model(kind)


def _lies_in(model: type[Model], rooms: QuerySet[Compartment]) -> Q:
    there = Placement.objects.filter(kind=model._meta.label_lower, object_id=OuterRef("pk"), compartment__in=rooms)
    return Q(Exists(there))
