"""What an officer may see of cases: every read here passes the one visibility predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kavalan.casework.access.selectors import grants_in, visible
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.cases.models import Case, Part, Series
from kavalan.casework.cases.query import ALL, OPEN
from kavalan.casework.cases.rules import OVER
from kavalan.casework.cases.working import WORKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kavalan.casework.access.models import Grant
    from kavalan.casework.cases.query import CasesQuery

CASES_A_PAGE = 50
MOST_CHOSEN = 200
"""Cases among which one chooses."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of cases, the newest first, and the one before which the next page begins."""

    cases: Sequence[Case]
    before: UUID | None


def visible_cases(officer: Officer, now: datetime) -> QuerySet[Case]:
    """The cases that the officer may see."""
    return _all(officer, now).select_related("unit", "lead")


def parts_of(case: Case, model: type[Model]) -> QuerySet[Part]:
    """What of one model is in a case now, in the order in which it came."""
    return case.parts.filter(kind=model._meta.label_lower, ended_at__isnull=True).order_by("pk")


def cases_of(officer: Officer, joined: Model, now: datetime) -> QuerySet[Case]:
    """The cases that the officer may see and of which something is a part, the newest first."""
    parts = Part.objects.filter(kind=joined._meta.label_lower, object_id=joined.pk, ended_at__isnull=True)
    return visible_cases(officer, now).filter(pk__in=parts.values("case")).order_by("-pk")


def workable_cases(officer: Officer, now: datetime) -> list[Case]:
    """The cases on which the officer works and that go on by themselves, the newest first, `MOST_CHOSEN` at most."""
    there = Case.objects.filter(visible(Case, officer, now, roles=WORKS), merged_into__isnull=True)
    return list(there.select_related("unit", "compartment").order_by("-pk")[:MOST_CHOSEN])


def case_for(officer: Officer, public_id: UUID, now: datetime) -> Case | None:
    """The case, or None where it does not exist or may not be seen: one answer for both."""
    seen = visible_cases(officer, now).select_related("opened_by", "merged_into")
    return seen.filter(public_id=public_id).first()


def case_page(officer: Officer, query: CasesQuery, now: datetime) -> CasePage:
    """A page of what the officer may see, the newest first."""
    seen = visible_cases(officer, now).filter(_narrowed(officer, query), _of_stage(query.stage))
    if query.before is not None:
        seen = seen.filter(pk__lt=Case.objects.filter(public_id=query.before).values("pk"))
    found = list(seen.order_by("-pk")[: CASES_A_PAGE + 1])
    page = found[:CASES_A_PAGE]
    return CasePage(page, page[-1].public_id if len(found) > CASES_A_PAGE else None)


def stage_counts(officer: Officer, query: CasesQuery, now: datetime) -> Mapping[str, int]:
    """How many cases stand at each stage, as far as the other filters let them through."""
    seen = visible_cases(officer, now).filter(_narrowed(officer, query), merged_into__isnull=True)
    counted = seen.order_by().values_list("stage").annotate(Count("pk"))
    return dict(counted)


def units_of(officer: Officer, now: datetime) -> QuerySet[Unit]:
    """The units of the cases that the officer may see, by name."""
    return Unit.objects.filter(pk__in=_all(officer, now).values("unit")).order_by("name", "pk")


def leads_of(officer: Officer, now: datetime) -> QuerySet[Officer]:
    """Who leads a case that the officer may see, by name."""
    return Officer.objects.filter(pk__in=_all(officer, now).values("lead")).order_by("name", "pk")


def reasons(officer: Officer, case: Case, now: datetime) -> list[Grant]:
    """Why the officer sees it."""
    return list(grants_in(officer, case.compartment_ids(), now))


def series_of(unit: int) -> Series | None:
    """The number series of a unit, by the unit's number, with its years."""
    return Series.objects.filter(unit=unit).select_related("opened_by").prefetch_related("years").first()


def _all(officer: Officer, now: datetime) -> QuerySet[Case]:
    return Case.objects.filter(visible(Case, officer, now))


def _narrowed(officer: Officer, query: CasesQuery) -> Q:
    conditions = {
        Q(lead=officer): query.mine,
        Q(unit__public_id=query.unit): query.unit is not None,
        Q(lead__public_id=query.lead): query.lead is not None,
        Q(district=query.district): bool(query.district),
    }
    return Q(*(condition for condition, holds in conditions.items() if holds))


def _of_stage(stage: str) -> Q:
    if stage == ALL:
        return Q()
    here = Q(merged_into__isnull=True)
    return here & ~Q(stage__in=OVER) if stage == OPEN else here & Q(stage=stage)
