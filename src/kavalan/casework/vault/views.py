"""The vault's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.giving import given
from kavalan.casework.vault.selectors import paper_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase


@require_POST
def give(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A kept paper as a file; asked by a form, since it is recorded."""
    officer, now = officer_of(request), timezone.now()
    kept = paper_for(officer, public_id, now)
    if kept is None:
        raise Http404
    try:
        return given(officer, kept, now)
    except RefusedError as refusal:
        return render(request, "vault/refused.html", {"refusal": refusal}, status=409)
