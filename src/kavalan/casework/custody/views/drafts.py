"""Typing a seizure in: one thing after the other, from a telephone's keyboard, a scanner or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.access.selectors import compartments_with
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import authorities_in_force
from kavalan.casework.custody import selectors, services
from kavalan.casework.custody.forms import RowForm, SeizeForm
from kavalan.casework.custody.memo import memo_of
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.custody.rows import FIELDS, next_row, read_table, tidy
from kavalan.casework.custody.views.asked import draft_or_404
from kavalan.casework.custody.words import Sort
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.casework.custody.models import Draft
    from kavalan.casework.custody.rows import Row

SHOWN = 12
"""Rows that are shown while typing goes on; those at fault are always shown."""
_CARRIED = frozenset({Sort.PHONE, Sort.TABLET})
_MOST_TABLE = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a seizure, or go on with one that was being typed in."""
    officer, now = officer_of(request), timezone.now()
    authorities = list(authorities_in_force(officer, Activity.COLLECT, now))
    rooms = list(compartments_with(officer, KEEPERS, now))
    form = SeizeForm(request.POST if request.method == "POST" else None, authorities, rooms)
    if form.is_valid():
        try:
            made = services.begin_draft(
                officer,
                now,
                authority=form.authority_chosen,
                compartment=form.room,
                reference=form.cleaned_data["reference"],
                memo=form.memo,
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("seizure-draft", made.public_id)
    context = {"form": form, "authorities": authorities, "rooms": rooms, "drafts": selectors.drafts_of(officer)}
    return render(request, "custody/seize.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Type a thing in; Enter goes on to the next field that is empty, and keeps the row when none is."""
    shown = draft_or_404(request, public_id)
    if shown.seizure is not None:
        return redirect("seizure", shown.seizure.public_id)
    if request.method != "POST":
        return _page(request, shown)
    try:
        _do(request, shown)
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    # Without a fragment: with one, browsers leave `autofocus` alone.
    return redirect("seizure-draft", public_id)


@require_POST
def enter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Register all of it, or none."""
    shown = draft_or_404(request, public_id)
    try:
        services.enter_seizure(officer_of(request), shown.authority, shown, timezone.now())
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    shown.refresh_from_db()
    return redirect("seizure", shown.seizure.public_id) if shown.seizure else redirect("devices")


@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw away what was typed."""
    shown = draft_or_404(request, public_id)
    try:
        services.discard_draft(officer_of(request), timezone.now(), draft=shown)
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    return redirect("seize")


def _do(request: HttpRequest, shown: Draft) -> None:
    """What one of the page's buttons asks for; Enter presses the first."""
    officer, pressed = officer_of(request), request.POST.get("do", "next")
    said = {name: request.POST.get(name, "") for name in FIELDS}
    if pressed == "keep" or (pressed == "next" and next_empty(tidy(said)) is None):
        services.save_row(shown, officer, said)
    elif pressed == "next":
        services.keep_typing(shown, officer, said)
    elif pressed == "table":
        services.load_rows(shown, officer, _table(request))
    elif pressed == "take_back":
        services.take_back_load(shown, officer)
    elif pressed.startswith("drop-") and pressed[5:].isascii() and pressed[5:].isdigit():
        services.drop_row(shown, officer, int(pressed[5:]))


def next_empty(row: Row) -> str | None:
    """The field to go on with: what every thing has, and no row takes from the one before. None when all is there."""
    own = ("imei", "seal") if row.get("sort", Sort.PHONE) in _CARRIED else ("serial", "seal")
    return next((name for name in ("reference", *own) if not row.get(name)), None)


def _table(request: HttpRequest) -> list[Row]:
    upload = request.FILES.get("file")
    if upload is None:
        return read_table(request.POST.get("table", ""))
    if upload.size is None or upload.size > _MOST_TABLE:
        raise RefusedError("This table is too long.")
    try:
        return read_table(upload.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RefusedError("This file is no table in UTF-8: save it as CSV (UTF-8).") from error


def _page(request: HttpRequest, shown: Draft, refusal: str = "") -> HttpResponse:
    held = list(shown.rows.order_by("number"))
    rows = {row.number: row.said for row in held}
    faults = services.draft_faults(shown, rows) if shown.is_open else {}
    typing = shown.typing or next_row(held[-1].said if held else {"sort": Sort.PHONE})
    form = RowForm(initial=typing)
    focus = next_empty(typing) or "note"
    if not refusal:
        form.fields[focus].widget.attrs["autofocus"] = True
    seen = held if request.GET.get("all") == "1" else held[-SHOWN:]
    listed = {row.number: row for row in held if row in seen or row.number in faults}
    context = {
        "draft": shown,
        "memo": memo_of(shown.facts),
        "form": form,
        "begun": bool(shown.typing),
        "rows": [(row, faults.get(number, [])) for number, row in sorted(listed.items(), reverse=True)],
        "count": len(held),
        "hidden": len(held) - len(listed),
        "faults": len(faults),
        "loaded": any(row.load for row in held),
        "fields": FIELDS,
        "refusal": refusal,
    }
    return render(request, "custody/draft.html", context, status=409 if refusal else 200)
