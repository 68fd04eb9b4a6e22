"""Subjects that an officer may see: every read here passes the one visibility predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from kavalan.casework.access.selectors import grants_in, visible
from kavalan.casework.cases.models import Case, Part
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Indicator, Naming, Report
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.subjects.models import AccountLink, Evidence, Merging, Subject
from kavalan.casework.subjects.query import CLOSED, OPEN
from kavalan.casework.subjects.rules import LINKABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.access.models import Grant
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.subjects.query import SubjectsQuery

SUBJECTS_A_PAGE = 50
MOST_OFFERED = 200
"""Accounts, reports and exhibits that a form offers."""


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One page of subjects, the newest first, and the one before which the next page begins."""

    subjects: Sequence[Subject]
    before: UUID | None


def visible_subjects(officer: Officer, now: datetime) -> QuerySet[Subject]:
    """The subjects that the officer may see."""
    return Subject.objects.filter(visible(Subject, officer, now)).select_related("unit", "opened_by", "merged_into")


def subject_for(officer: Officer, public_id: UUID, now: datetime) -> Subject | None:
    """The subject, or None where it does not exist or may not be seen: one answer for both."""
    return visible_subjects(officer, now).filter(public_id=public_id).first()


def subject_page(officer: Officer, query: SubjectsQuery, now: datetime) -> SubjectPage:
    """A page of what the officer may see."""
    standing = {OPEN: Q(closed_at__isnull=True, merged_into__isnull=True), CLOSED: Q(closed_at__isnull=False)}
    seen = visible_subjects(officer, now).filter(standing.get(query.standing, Q()))
    if query.mine:
        seen = seen.filter(opened_by=officer)
    if query.before is not None:
        seen = seen.filter(pk__lt=Subject.objects.filter(public_id=query.before).values("pk"))
    found = list(seen.order_by("-pk")[: SUBJECTS_A_PAGE + 1])
    page = found[:SUBJECTS_A_PAGE]
    return SubjectPage(page, page[-1].public_id if len(found) > SUBJECTS_A_PAGE else None)


def link_for(officer: Officer, public_id: UUID, now: datetime) -> AccountLink | None:
    """The link of an account, or None: one answer for what is not there and what may not be seen."""
    there = AccountLink.objects.filter(visible(Subject, officer, now, "subject_id"), public_id=public_id)
    named = ("subject__unit", "subject__merged_into", "indicator", "report", "exhibit", "linked_by", "ended_by")
    return there.select_related(*named).first()


def evidence_for(officer: Officer, public_id: UUID, now: datetime) -> Evidence | None:
    """A piece of evidence, or None: one answer for what is not there and what may not be seen."""
    there = Evidence.objects.filter(visible(Subject, officer, now, "subject_id"), public_id=public_id)
    return there.select_related("subject").first()


def merging_for(officer: Officer, public_id: UUID, now: datetime) -> Merging | None:
    """A merging of which both subjects may be seen, or None."""
    both = visible(Subject, officer, now, "kept_id"), visible(Subject, officer, now, "gone_id")
    return Merging.objects.filter(*both, public_id=public_id).select_related("kept", "gone").first()


def reasons(officer: Officer, subject: Subject, now: datetime) -> list[Grant]:
    """Why the officer sees it."""
    return list(grants_in(officer, subject.compartment_ids(), now))


def indicators_of(subject: Subject) -> QuerySet[Indicator]:
    """What is linked to a subject, or was."""
    return Indicator.objects.filter(subjects__subject=subject).distinct()


def cases_of(subject: Subject, officer: Officer, now: datetime) -> list[Case]:
    """The cases open to the officer in which it is joined."""
    parts = Part.objects.filter(kind=Subject._meta.label_lower, object_id=subject.pk, ended_at__isnull=True)
    return list(visible_cases(officer, now).filter(pk__in=parts.values("case")).order_by("pk"))


def cases_beside(cases: Collection[Case], officer: Officer, now: datetime) -> list[Case]:
    """Other cases open to the officer, the newest first."""
    others = visible_cases(officer, now).filter(merged_into__isnull=True).exclude(pk__in=[case.pk for case in cases])
    return list(others.order_by("-pk")[:MOST_OFFERED])


def others(subject: Subject, officer: Officer, now: datetime) -> list[Subject]:
    """Other hypotheses that are followed and open to the officer, the newest first."""
    followed = visible_subjects(officer, now).filter(closed_at__isnull=True, merged_into__isnull=True)
    return list(followed.exclude(pk=subject.pk).order_by("-pk")[:MOST_OFFERED])


def reports_in(cases: Collection[Case], officer: Officer, now: datetime) -> list[Report]:
    """The reports in these cases that the officer may see, the newest first."""
    seen = Report.objects.filter(visible(Report, officer, now), pk__in=_parts(cases, Report))
    return list(seen.defer("tip", "digest", "answers").order_by("-pk")[:MOST_OFFERED])


def exhibits_in(cases: Collection[Case], officer: Officer, now: datetime) -> list[Exhibit]:
    """The exhibits in these cases that the officer may see, the newest first."""
    seen = Exhibit.objects.filter(visible(Exhibit, officer, now), pk__in=_parts(cases, Exhibit))
    return list(seen.order_by("-pk")[:MOST_OFFERED])


def offered_in(reports: Collection[Report]) -> list[Naming]:
    """What these reports name of those whom they report, or of nobody, as one would link it; victims' is left out.

    What is offered is still refused where another report says that somebody is protected (`protected`).
    """
    of = Q(person__isnull=True) | Q(person__role=PersonRole.REPORTED)
    minor = Q(person__possible_minors__ended_at__isnull=True, person__possible_minors__isnull=False)
    rows = Naming.objects.filter(of, report__in=reports, indicator__kind__in=LINKABLE).exclude(minor)
    found = rows.select_related("indicator", "report", "person").order_by("-report_id", "-strong", "pk")
    unique = {(one.report_id, one.indicator_id): one for one in reversed(found[: 5 * MOST_OFFERED])}
    return list(reversed(unique.values()))[:MOST_OFFERED]


def _parts(cases: Collection[Case], model: type[Report | Exhibit]) -> QuerySet[Part, int]:
    there = Part.objects.filter(case__in=cases, kind=model._meta.label_lower, ended_at__isnull=True)
    return there.values_list("object_id", flat=True)
