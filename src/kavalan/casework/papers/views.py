"""The page of the papers about an exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.papers.issuing import issue
from kavalan.casework.papers.selectors import issued_about

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The papers that were issued about an exhibit; a POST issues its sequence of custody."""
    shown, refusal = exhibit_or_404(request, public_id), ""
    if request.method == "POST":
        try:
            issue(officer_of(request), shown, timezone.now())
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("papers", public_id)
    context = {"exhibit": shown, "papers": issued_about(shown), "refusal": refusal}
    return render(request, "papers/papers.html", context, status=409 if refusal else 200)
