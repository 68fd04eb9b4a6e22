"""How cases belong together: what was merged, split off, related, and what might be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case, Part, Rearrangement, Sort
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.working import WORKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN: Final = 100
"""Relations of a case on one page, and cases that may be merged into it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a case, from its side: the other case, and whether that is open to who looks."""

    made: Rearrangement
    other: Case
    open: bool

    @property
    def outward(self) -> bool:
        """Whether the case that is looked at is the one of which it was said."""
        return self.other.pk == self.made.other_id


def relations_of(officer: Officer, case: Case, now: datetime, most: int = MOST_SHOWN) -> Sequence[Relation]:
    """How the case belongs to others, those that stand first, then the newest.

    Where it went and what came from it is told to who sees the case; what it has to do with another only to who sees
    both.
    """
    here = Q(case=case) | Q(other=case)
    rows = _seen(officer, now).filter(here).order_by(F("undone_at").desc(nulls_first=True), "-pk")
    rows = rows.annotate(
        case_open=visible(Case, officer, now, "case_id"), other_open=visible(Case, officer, now, "other_id")
    )
    found = []
    for made in rows.select_related("case", "other", "by", "undone_by")[:most]:
        outward = made.case_id == case.pk
        other, is_open = (made.other, made.other_open) if outward else (made.case, made.case_open)
        found.append(Relation(made, other, is_open))
    return found


def rearrangement_for(officer: Officer, public_id: UUID, now: datetime) -> Rearrangement | None:
    """The rearrangement, or None where there is none or it may not be seen: one answer for both."""
    found = _seen(officer, now).select_related("case__unit", "other__unit", "by", "undone_by")
    return found.filter(public_id=public_id).first()


def mergeable(officer: Officer, case: Case, now: datetime) -> QuerySet[Case]:
    """Other cases on which the officer works and that go on; those first that have something in common with it."""
    here = Part.objects.filter(case=case, ended_at__isnull=True, kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    alike = Part.objects.filter(Exists(here), case=OuterRef("pk"), ended_at__isnull=True)
    works = Q(visible(Case, officer, now, roles=WORKS), merged_into__isnull=True)
    others = visible_cases(officer, now).filter(works).exclude(pk=case.pk)
    return others.annotate(alike=Exists(alike)).order_by("-alike", "-pk")


def merged_here(case: Case) -> QuerySet[Case]:
    """The cases that go on in it, at any depth."""
    return Case.objects.filter(pk__in=family_of(case)).exclude(pk=case.pk).order_by("pk")


def _seen(officer: Officer, now: datetime) -> QuerySet[Rearrangement]:
    one, other = visible(Case, officer, now, "case_id"), visible(Case, officer, now, "other_id")
    both = Q(one) & Q(other)
    return Rearrangement.objects.filter(both | (~Q(sort=Sort.LINK) & (Q(one) | Q(other))))
