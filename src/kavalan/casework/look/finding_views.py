"""Finding things: for the palette while somebody types, and as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.selectors import reads_only
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.look.finding import LONGEST, Group, count, find, found_in, ways_to
from kavalan.casework.routing.seen import identifiers_in
from kavalan.casework.search.rules import Kind
from kavalan.casework.search.selectors import Search
from kavalan.casework.search.words import question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.search.selectors import Page
    from kavalan.casework.search.words import Question

OF_EACH: Final = 6
OF_ONE: Final = 50
WAYS: Final = 8


class PageForm(forms.Form):
    """Documents of which kind, and behind which of them the page begins."""

    kind = forms.TypedChoiceField(required=False, choices=Kind, coerce=Kind, empty_value=None)
    before = forms.UUIDField(required=False)


@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    """What a question leads to: a page, or for the palette (`Accept: application/json`) what may be meant, as JSON."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    if not request.accepts("text/html"):
        groups = find(officer_of(request), text, timezone.now())
        return JsonResponse({"groups": [_as_json(group) for group in groups], "told": _told(groups)})
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404
    asked, kind = question(text), form.cleaned_data["kind"]
    pages = _pages(request, asked, form) if asked else []
    groups = [_group(page, asked, whole=kind is not None) for page in pages] if asked else []
    reading = reads_only(officer_of(request), timezone.now())
    ways = [] if kind else ways_to(text, reading=reading)[:WAYS]
    shown = [*groups, *([Group(_("Go to and do"), ways)] if ways else [])]
    context = {
        "question": text,
        "longest": LONGEST,
        "groups": shown,
        "told": _told(shown),
        "kind": kind,
        "next": pages[0].documents[-1].public_id if kind and pages and pages[0].more else None,
        **_others(request, text, sought=bool(asked), found=bool(groups)),
    }
    return render(request, "look/find.html", context)


def _pages(request: HttpRequest, asked: Question, form: PageForm) -> Sequence[Page]:
    officer, now, kind = officer_of(request), timezone.now(), form.cleaned_data["kind"]
    if kind is None:
        return Search(officer, now, OF_EACH).of_each_kind(asked.wanted)
    page = Search(officer, now, OF_ONE).of_kind(asked.wanted, kind, form.cleaned_data["before"])
    return [page] if page.documents else []


def _group(page: Page, asked: Question, *, whole: bool) -> Group:
    found = [found_in(document, asked) for document in page.documents]
    return Group(str(page.kind.label), found, page.kind.value if page.more and not whole else "")


def _others(request: HttpRequest, text: str, *, sought: bool, found: bool) -> dict[str, object]:
    """Whether other units can be asked about what was not found here, and by which identifiers."""
    if found or not sought:
        return {}
    may = desks_of(officer_of(request), timezone.now()).exists()
    return {"may_ask_others": may, "identifiers": identifiers_in(text) if may else []}


def _told(groups: Sequence[Group]) -> str:
    number = count(groups)
    return ngettext("%(number)d found", "%(number)d found", number) % {"number": number}


def _as_json(group: Group) -> dict[str, object]:
    found = [
        {
            "title": one.title,
            "note": " · ".join(filter(None, [one.note, f"{one.reason.said}: {one.reason.text}" if one.reason else ""])),
            "address": one.address,
            "says": dict(one.says),
            "language": one.language,
        }
        for one in group.found
    ]
    return {"name": group.name, "found": found}
