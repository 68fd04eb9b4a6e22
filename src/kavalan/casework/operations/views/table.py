"""The page on which a table of sites is shown with every faulty line, and then taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.places import districts
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations import services
from kavalan.casework.operations.asked import operation_or_404
from kavalan.casework.operations.forms import TableForm
from kavalan.casework.operations.judging import judge
from kavalan.casework.operations.selectors.known import known_for
from kavalan.casework.operations.tables import COLUMNS, MOST_BYTES, MOST_ROWS, decode, read_table
from kavalan.casework.operations.working import LEADS, may

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring a table: first what of it would be taken in and what stands against it is shown, then it is taken in."""
    shown, officer, now = operation_or_404(request, public_id), officer_of(request), timezone.now()
    if not may(officer, shown, LEADS, now):
        raise Http404
    form, judged, text = _form(request), None, ""
    if form.is_valid():
        text = _text(form)
        table = read_table(text)
        judged = judge(table, known_for(table, shown, officer, now))
        if judged.whole and request.POST.get("do") == "take":
            try:
                services.take_sites(officer, now, operation=shown, text=text)
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("operation", public_id)
    context = {
        "operation": shown,
        "here": "sites",
        "form": form,
        "judged": judged,
        "faults": sorted(judged.faults.items()) if judged else [],
        "text": text,
        "districts": districts(shown.unit_id),
        "columns": COLUMNS,
        "most": MOST_ROWS,
    }
    unfilled = form.errors or (judged is not None and not judged.whole)
    return render(request, "operations/take_in.html", context, status=422 if unfilled else 200)


def _form(request: HttpRequest) -> TableForm:
    return TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()


def _text(form: TableForm) -> str:
    upload = form.cleaned_data["file"]
    if upload is None:
        text: str = form.cleaned_data["text"]
        # A browser sends lines of a hidden field as it thinks lines end.
        return text.replace("\r\n", "\n")
    return decode(upload.read(MOST_BYTES + 1))
