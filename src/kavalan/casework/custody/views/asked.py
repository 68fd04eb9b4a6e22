"""The thing, the seizure, the hand-over that a request names: missing and closed answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.custody import selectors
from kavalan.casework.custody.query import uuid_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.custody.models import CustodyEvent, Device, Draft, Recording, Seizure

Found = TypeVar("Found")


def device_or_404(request: HttpRequest, public_id: UUID) -> Device:
    """The thing, as far as the officer may see it.

    Raises:
        Http404: as each of these, when there is none, or it is not open to the officer.
    """
    return _there(selectors.device_for(officer_of(request), public_id, timezone.now()))


def devices_or_404(request: HttpRequest, names: Sequence[str]) -> list[Device]:
    """All things of these ids."""
    ids = [_there(uuid_in(name)) for name in names]
    return _there(selectors.devices_named(officer_of(request), ids, timezone.now()))


def offer_or_404(request: HttpRequest, public_id: UUID) -> CustodyEvent:
    """The hand-over."""
    return _there(selectors.offer_for(officer_of(request), public_id, timezone.now()))


def seizure_or_404(request: HttpRequest, public_id: UUID) -> Seizure:
    """The seizure."""
    return _there(selectors.seizure_for(officer_of(request), public_id, timezone.now()))


def recording_or_404(request: HttpRequest, public_id: UUID) -> Recording:
    """The recording of a search."""
    return _there(selectors.recording_for(officer_of(request), public_id, timezone.now()))


def draft_or_404(request: HttpRequest, public_id: UUID) -> Draft:
    """What the officer is typing in."""
    return _there(selectors.draft_for(officer_of(request), public_id))


def _there(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found
