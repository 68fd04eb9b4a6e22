"""The pages of the ledger: its entries, one of them, and how it stands."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework import keys
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger import rows
from kavalan.casework.ledger.forms import REASON, EntriesForm
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.listing import EntryPage, colleagues, entry_page, entry_row
from kavalan.casework.ledger.oversight import audits, oversees, told_to
from kavalan.casework.ledger.proofs import last_checkpoint, prove
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.casework.ledger.services import disclose_payload, told_payload
from kavalan.casework.ledger.slip import slip_context
from kavalan.casework.ledger.standing import standing
from kavalan.ledger import AnchorError
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.ledger.listing import Row
    from kavalan.ledger import ToldPayload


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The entries that the officer oversees, the newest first, and how the ledger stands."""
    return _page(request)


@require_POST
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Make a checkpoint at once."""
    officer, now = officer_of(request), timezone.now()
    if not _may_sign(officer, now):
        raise Http404
    try:
        checkpoint_now(now)
    except (RefusedError, AnchorError) as refusal:
        return _page(request, str(refusal))
    return redirect("ledger")


@require_safe
def slip(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, to be printed, signed and filed."""
    try:
        note, signer = last_checkpoint(trusted_keys(settings.KAVALAN_WORKSPACE))
    except RefusedError as refusal:
        return _page(request, str(refusal))
    return render(request, "ledger/slip_page.html", slip_context(note, signer, timezone.now()))


@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry, in its very words."""
    return _entry(request, _row_or_404(request, number))


@never_cache
@require_POST
def said(request: HttpRequest, number: int) -> HttpResponse:
    """What was said with an entry; that it is told is recorded before it is."""
    row = _row_or_404(request, number)
    try:
        disclose_payload(officer_of(request), timezone.now(), number=number, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _entry(request, row, refusal=str(refusal))
    told = told_payload(bytes(row.entry.payload))
    return _entry(request, row, told=told, purged=told is None)


@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """One entry as a file that proves itself."""
    row = _row_or_404(request, number)
    try:
        proved = prove(number, trusted_keys(settings.KAVALAN_WORKSPACE))
    except RefusedError as refusal:
        return _entry(request, row, refusal=str(refusal))
    name = f'attachment; filename="ledger-entry-{number}.json"'
    return HttpResponse(proved.text, content_type="application/json", headers={"Content-Disposition": name})


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    officers, stands = colleagues(officer), standing(settings.KAVALAN_ANCHOR)
    query = EntriesForm(request.GET, officers)
    page = entry_page(officer, now, query.wanted, query.before) if query.is_valid() else EntryPage((), None)
    context = {
        "query": query,
        "page": page,
        "oversees": oversees(officer, now),
        "audits": audits(officer, now),
        "colleagues": officers,
        "standing": stands,
        "late": stands.is_late(now, timedelta(minutes=settings.KAVALAN_CHECKPOINT_MINUTES)),
        "anchor": printable(str(settings.KAVALAN_ANCHOR)),
        "may_sign": _may_sign(officer, now),
        "unlocked": _unlocked(),
        "refusal": refusal,
    }
    return render(request, "ledger/ledger.html", context, status=409 if refusal else 422 if query.errors else 200)


def _entry(
    request: HttpRequest, row: Row, *, refusal: str = "", told: ToldPayload | None = None, purged: bool = False
) -> HttpResponse:
    officer, now, number = officer_of(request), timezone.now(), row.entry.number
    kept = next(rows.entries(number - 1))
    context = {
        "row": row,
        "text": kept.text.decode("ascii", "replace"),
        "hash": kept.hash.hex(),
        "holds": sha256(kept.text).digest() == kept.hash,
        "previous": bytes(row.entry.previous).hex(),
        "covered": standing(settings.KAVALAN_ANCHOR).covered >= number,
        "may_ask": told_to(officer, now).filter(number=number).exists(),
        "longest": REASON,
        "told": told,
        "purged": purged,
        "refusal": refusal,
    }
    return render(request, "ledger/entry.html", context, status=409 if refusal else 200)


def _row_or_404(request: HttpRequest, number: int) -> Row:
    row = entry_row(officer_of(request), timezone.now(), number)
    if row is None:
        raise Http404
    return row


def _unlocked() -> bool:
    try:
        keys.held()
    except keys.LockedError:
        return False
    return True


def _may_sign(officer: Officer, now: datetime) -> bool:
    return holds(officer, [OfficerRole.ADMINISTRATOR, OfficerRole.AUDITOR], now)
