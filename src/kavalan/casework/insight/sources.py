"""The queries that the definitions name: for each, how many there are of what in a year, by unit and district."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from django.db.models import Case as Choose
from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from kavalan.casework.cases.models import Case, Part, StageReached
from kavalan.casework.cases.rules import Outcome, Stage
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.insight.models import Safeguarded
from kavalan.casework.intake.models import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.db.models import Model, QuerySet
    from django.db.models.expressions import Combinable

Span = tuple["datetime", "datetime"]


def reports(span: Span) -> Mapping[tuple[int, str], int]:
    """Reports that were entered, and had not come before."""
    there = Coalesce(_of_first_case(Report), F("named_district__district"), Value(""))
    rows = Report.objects.filter(entered_at__gte=span[0], entered_at__lt=span[1], duplicate_of__isnull=True)
    return _counted(rows, "desk__unit", there)


def cases(span: Span) -> Mapping[tuple[int, str], int]:
    """Cases that were opened and do not go on in another."""
    rows = _apart().filter(opened_at__gte=span[0], opened_at__lt=span[1])
    return _counted(rows, "unit", F("district"))


def arrests(span: Span) -> Mapping[tuple[int, str], int]:
    """Cases in which an arrest was made, by the first of them."""
    stands = StageReached.objects.filter(stage=Stage.ARREST, void=False, corrected_by__isnull=True)
    first = stands.filter(case=OuterRef("pk")).order_by().values("case").values(first=Min("happened_at"))
    rows = Case.objects.annotate(arrest=Subquery(first)).filter(arrest__gte=span[0], arrest__lt=span[1])
    return _counted(rows, "unit", F("district"))


def exhibits(span: Span) -> Mapping[tuple[int, str], int]:
    """Exhibits that were registered."""
    rows = Exhibit.objects.filter(registered_at__gte=span[0], registered_at__lt=span[1])
    return _counted(rows, "authority__unit", Coalesce(_of_first_case(Exhibit), Value("")))


def safeguarded(span: Span) -> Mapping[tuple[int, str], int]:
    """Children who were brought to safety, each once in a unit: in the district of the case that tells it first."""
    rows = Safeguarded.objects.filter(
        happened_on__gte=span[0].date(), happened_on__lt=span[1].date(), withdrawn_at__isnull=True
    )
    first = rows.order_by().values("case__unit", "child").annotate(first=Min("pk")).values("first")
    return _counted(Safeguarded.objects.filter(pk__in=first), "case__unit", F("case__district"))


def ended(span: Span) -> Mapping[tuple[int, str], int]:
    """Cases that came to an end."""
    return _counted(_ended(span), "unit", F("district"))


def days_open(span: Span) -> Mapping[tuple[int, str], list[int]]:
    """The whole days for which each case that ended was open."""
    found: dict[tuple[int, str], list[int]] = {}
    lasted = ExpressionWrapper(F("over_at") - F("opened_at"), DurationField())
    for unit, district, open_for in _ended(span).annotate(_for=lasted).values_list("unit", "district", "_for"):
        found.setdefault((unit, district), []).append(open_for.days)
    return found


SOURCES: Final[Mapping[str, Callable[[Span], Mapping[tuple[int, str], int]]]] = {
    one.__name__: one for one in (reports, cases, arrests, exhibits, safeguarded, ended)
}
"""The queries by their names."""


def _ended(span: Span) -> QuerySet[Case]:
    return _apart().filter(over_at__gte=span[0], over_at__lt=span[1])


def _apart() -> QuerySet[Case]:
    """Cases that go on by themselves: neither merged into another nor empty since the split was undone."""
    emptied = StageReached.objects.filter(
        case=OuterRef("pk"), happened_at=OuterRef("over_at"), outcome=Outcome.UNDONE, void=False
    )
    return Case.objects.filter(~Exists(emptied), merged_into__isnull=True)


def _of_first_case(model: type[Model]) -> Combinable:
    """The district of the first case that something is in; null where it is in none, or that one's is not known."""
    joined = Part.objects.filter(kind=model._meta.label_lower, object_id=OuterRef("pk"), ended_at__isnull=True)
    known = joined.order_by("pk").annotate(known=Choose(When(~Q(case__district=""), then=F("case__district"))))
    return Subquery(known.values("known")[:1])


def _counted(rows: QuerySet[Model], unit: str, district: Combinable) -> Mapping[tuple[int, str], int]:
    counted = rows.annotate(_district=district).order_by().values_list(unit, "_district").annotate(Count("pk"))
    found: Counter[tuple[int, str]] = Counter()
    for number, place, count in counted:
        found[number, place] += count
    return found
