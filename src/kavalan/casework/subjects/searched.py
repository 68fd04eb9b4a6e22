"""What can be found of subjects: their numbers, hypotheses and doubts, what speaks for and against, their accounts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said
from kavalan.casework.subjects.models import AccountLink, Evidence, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def subject_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Subjects with the accounts that are linked to them now; they hold no name, and none is added here."""
    accounts: dict[int, set[tuple[str, str]]] = defaultdict(set)
    links = AccountLink.objects.filter(subject__in=numbers, ended_at__isnull=True, indicator__isnull=False)
    for number, kind, value in links.values_list("subject_id", "indicator__kind", "indicator__value"):
        accounts[number].add((str(kind), str(value)))
    evidence: dict[int, list[str]] = defaultdict(list)
    pieces = Evidence.objects.filter(subject__in=numbers, ended_at__isnull=True).order_by("pk")
    for number, text in pieces.values_list("subject_id", "text"):
        evidence[number].append(text)
    for subject in Subject.objects.filter(pk__in=numbers).select_related("unit"):
        named = sorted(accounts[subject.pk])
        texts = [subject.hypothesis, subject.innocent_because, *evidence[subject.pk]]
        yield Draft(
            number=subject.pk,
            address=subject.public_id,
            placed=("subjects.subject", subject.pk),
            title=subject.reference,
            note=str(subject.unit),
            lines=[*((Said.TEXT, text) for text in texts), (Said.NAMED, "; ".join(value for _, value in named))],
            wholes=[subject.reference],
            named=named,
        )
