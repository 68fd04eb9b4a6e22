"""The pages of the tables of offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.routing import selectors
from kavalan.casework.routing.changes import changes
from kavalan.casework.routing.forms import TableForm, WhereForm
from kavalan.casework.routing.responsible import responsible
from kavalan.casework.routing.services import adopt_table
from kavalan.casework.routing.tables import MOST_BYTES, TableError, packaged_table, read_table

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Who is there for a place and an offence on a day, and which tables are asked."""
    officer, now = officer_of(request), timezone.now()
    known = selectors.offices_for(officer.unit_id)
    where = WhereForm(request.GET, known, next(iter(known.places)), timezone.localdate(now))
    said = where.cleaned_data if where.is_valid() else None
    context = {
        "where": where,
        "answer": responsible(known, said["place"], said["offence"], said["on"]) if said else None,
        "packaged": packaged_table(),
        "tables": selectors.own_tables(officer.unit_id)[: selectors.MOST_SHOWN],
        "may_take_in": holds(officer, [OfficerRole.SUPERVISOR], now),
    }
    return render(request, "routing/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Bring a table: first it is shown with what it changes, then taken in with a reason."""
    officer, now = officer_of(request), timezone.now()
    if not holds(officer, [OfficerRole.SUPERVISOR], now):
        raise Http404
    form = TableForm(request.POST or None, request.FILES or None)
    preview, text = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            text = _text(form)
            preview = changes(selectors.offices_for(officer.unit_id), read_table(text, packaged_table()))
            if form.cleaned_data["text"] and form.cleaned_data["reason"]:
                adopt_table(officer, now, text=text, reason=form.cleaned_data["reason"])
                return redirect("offices")
        except (TableError, RefusedError) as error:
            form.add_error(None, str(error))
    context = {"form": form, "preview": preview, "text": text}
    return render(request, "routing/take_in.html", context, status=422 if form.errors else 200)


def _text(form: TableForm) -> str:
    upload = form.cleaned_data["file"]
    if upload is None:
        text: str = form.cleaned_data["text"]
        # A browser sends lines of a hidden field as it thinks lines end.
        return text.replace("\r\n", "\n")
    try:
        return str(upload.read(MOST_BYTES + 1).decode())
    except UnicodeDecodeError as error:
        raise TableError("this file is no text in UTF-8") from error
