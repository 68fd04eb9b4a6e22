"""What falls due, looking through it, asking, purging, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.reviewing import open_reviews
from kavalan.casework.errors import RefusedError
from kavalan.casework.retention import selectors
from kavalan.casework.retention.falling import due_page
from kavalan.casework.retention.models import KnownBackup
from kavalan.casework.retention.preview import preview_of
from kavalan.casework.retention.schedules import schedules
from kavalan.casework.retention.services import ask_for_purge, purge_reports, resume_purge, say_backup_gone

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.retention.models import Purge
    from kavalan.casework.retention.preview import Preview
    from kavalan.casework.retention.schedules import Schedule


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """How long things are kept, what falls due, purges, backups."""
    return _overview(request)


@require_safe
def desk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What falls due at a desk by one schedule, and what was asked."""
    return _desk(request, _desk_or_404(request, public_id))


@require_POST
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look through exactly what would go."""
    shown = _desk_or_404(request, public_id)
    return _previewed(request, shown, _ids(request), request.POST.get("schedule", ""))


@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a supervisor to grant it."""
    shown, ids, name = _desk_or_404(request, public_id), _ids(request), request.POST.get("schedule", "")
    reason = request.POST.get("reason", "")
    try:
        ask_for_purge(officer_of(request), timezone.now(), desk=shown, schedule=name, reports=ids, reason=reason)
    except RefusedError as refusal:
        return _previewed(request, shown, ids, name, str(refusal))
    return redirect("retention-desk", public_id)


@require_safe
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Exactly what was asked for, as it stands now: for who grants it."""
    found = selectors.question_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    shown, asked = found
    ids = [UUID(one) for one in asked.payload["reports"]]
    return _previewed(request, shown, ids, asked.payload["schedule"], asked=True)


@require_POST
def purge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Purge, on the grant."""
    found = selectors.question_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    try:
        done = purge_reports(officer_of(request), timezone.now(), question=found[1])
    except RefusedError as refusal:
        return _desk(request, found[0], str(refusal))
    return redirect("purge-page", done.public_id)


@require_safe
def purge_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was purged, what stays, and which backups hold it still."""
    return _purge(request, _purge_or_404(request, public_id))


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on with a purge that did not come to its end."""
    shown = _purge_or_404(request, public_id)
    try:
        resume_purge(officer_of(request), timezone.now(), purge=shown)
    except RefusedError as refusal:
        return _purge(request, shown, str(refusal))
    return redirect("purge-page", public_id)


@require_POST
def backup_gone(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a backup was destroyed."""
    found = KnownBackup.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    try:
        say_backup_gone(officer_of(request), timezone.now(), backup=found)
    except RefusedError as refusal:
        return _overview(request, str(refusal))
    return redirect("retention")


def _overview(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    backups, overdue = selectors.backups(now)
    context = {
        "rows": selectors.rows_for(officer, now),
        "purges": selectors.purges_for(officer, now)[: selectors.MOST_SHOWN],
        "reviews": open_reviews(officer, now).select_related("case")[: selectors.MOST_SHOWN],
        "backups": backups,
        "overdue": overdue,
        "now": now,
        "refusal": refusal,
    }
    return render(request, "retention/retention.html", context, status=409 if refusal else 200)


def _desk(request: HttpRequest, shown: Desk, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    rows = [row for row in schedules(now.date()).values() if row.purges]
    chosen = next((row for row in rows if row.id == request.GET.get("schedule")), rows[0])
    after = request.GET.get("after", "")
    context = {
        "desk": shown,
        "schedules": rows,
        "schedule": chosen,
        "page": due_page(shown, chosen, now, int(after) if after.isascii() and after.isdigit() else 0),
        "questions": selectors.questions_at(shown, now),
        "may_ask": selectors.may_ask(officer, shown, now),
        "officer": officer,
        "refusal": refusal,
    }
    return render(request, "retention/desk.html", context, status=409 if refusal else 200)


def _previewed(
    request: HttpRequest, shown: Desk, ids: list[UUID], name: str, refusal: str = "", *, asked: bool = False
) -> HttpResponse:
    schedule = schedules(timezone.now().date()).get(name)
    if schedule is None or not schedule.purges:
        raise Http404
    try:
        found = preview_of(shown, schedule, ids, timezone.now())
    except RefusedError as error:
        return _desk(request, shown, str(error))
    return _preview(request, shown, schedule, found, refusal, asked=asked)


def _preview(
    request: HttpRequest, shown: Desk, schedule: Schedule, found: Preview, refusal: str, *, asked: bool
) -> HttpResponse:
    context = {"desk": shown, "schedule": schedule, "preview": found, "refusal": refusal, "asked": asked}
    return render(request, "retention/preview.html", context, status=409 if refusal else 200)


def _purge(request: HttpRequest, shown: Purge, refusal: str = "") -> HttpResponse:
    context = {
        "purge": shown,
        "schedule": schedules(shown.decided_at.date()).get(shown.schedule),
        "tombstones": shown.tombstones.select_related("report").order_by("pk"),
        "blobs": shown.blobs.select_related("kept").order_by("pk"),
        "backups": selectors.backups_holding(shown),
        "may_ask": selectors.may_ask(officer_of(request), shown.desk, timezone.now()),
        "now": timezone.now(),
        "refusal": refusal,
    }
    return render(request, "retention/purge.html", context, status=409 if refusal else 200)


def _ids(request: HttpRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("reports"):
        try:
            found.append(UUID(one))
        except ValueError:
            continue  # what is no id names no report: the preview says how many there are
    return found


def _desk_or_404(request: HttpRequest, public_id: UUID) -> Desk:
    found = selectors.desk_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _purge_or_404(request: HttpRequest, public_id: UUID) -> Purge:
    found = selectors.purges_for(officer_of(request), timezone.now()).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
