"""Whose request it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from kavalan.casework.accounts.models import Officer

if TYPE_CHECKING:
    from django.http import HttpRequest


def officer_of(request: HttpRequest) -> Officer:
    """The signed-in officer; the middleware has sent everybody else to sign in."""
    if not isinstance(request.user, Officer):
        raise PermissionDenied
    return request.user
