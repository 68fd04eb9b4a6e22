"""What a request about subjects names: missing and closed answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.utils import timezone

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.working import WORKS
from kavalan.casework.subjects.selectors.subjects import evidence_for, link_for, merging_for, subject_for
from kavalan.casework.subjects.selectors.watches import told_for, watch_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.subjects.models import AccountLink, Evidence, Merging, Subject, Told, Watch

Row = TypeVar("Row")


def subject_or_404(request: HttpRequest, public_id: UUID) -> Subject:
    """The subject, as far as the officer may see it.

    Raises:
        Http404: when there is none, or it is not open to the officer; so do all of these.
    """
    return _found(subject_for(officer_of(request), public_id, timezone.now()))


def link_or_404(request: HttpRequest, public_id: UUID) -> AccountLink:
    """The link of an account to a subject that the officer may see."""
    return _found(link_for(officer_of(request), public_id, timezone.now()))


def evidence_or_404(request: HttpRequest, public_id: UUID) -> Evidence:
    """A piece of evidence about a subject that the officer may see."""
    return _found(evidence_for(officer_of(request), public_id, timezone.now()))


def merging_or_404(request: HttpRequest, public_id: UUID) -> Merging:
    """A merging of two subjects that the officer may see."""
    return _found(merging_for(officer_of(request), public_id, timezone.now()))


def watch_or_404(request: HttpRequest, public_id: UUID) -> Watch:
    """A watch of a subject that the officer may see."""
    return _found(watch_for(officer_of(request), public_id, timezone.now()))


def told_or_404(request: HttpRequest, public_id: UUID) -> Told:
    """What a watch told the officer."""
    return _found(told_for(officer_of(request), public_id))


def works_on(request: HttpRequest, subject: Subject) -> bool:
    """Whether the officer works where the subject lies."""
    return not roles_in(officer_of(request), subject.compartment_ids(), timezone.now()).isdisjoint(WORKS)


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
