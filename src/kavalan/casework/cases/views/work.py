"""The pages on which a case is worked on: each says what there is, and takes what is said next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.papers import is_oversized, most_megabytes, take
from kavalan.casework.cases import own_forms, own_sections
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.models import Case, Charge, ExternalNumber, RetentionReview, StageReached
from kavalan.casework.cases.rules import Marking, NumberKind, Outcome, ReviewDecision, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_number,
    add_paper,
    correct_stage,
    decide_review,
    end_charge,
    mark_case,
    name_lead,
    reach_stage,
    withdraw_number,
)
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict

Row = TypeVar("Row", Charge, ExternalNumber, RetentionReview, StageReached)
CHANGES: Final = ["GET", "HEAD", "POST"]
SUPERVISES: Final = frozenset({Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Words:
    """What a page of work says.

    Attributes:
        title: what it is about.
        says: what whoever works there should know.
        button: what sending does.
        rows: the template of what there is; empty for none.
        roles: who does it; others read.
    """

    title: str | Promise
    says: str | Promise
    button: str | Promise
    rows: str = ""
    roles: Collection[Role] = WORKS


@require_http_methods(CHANGES)
def stage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where a case came to stand; a POST enters the next."""
    case = case_or_404(request, public_id)
    form = own_forms.StageForm(_posted(request), initial={"stage": case.stage, "happened_at": timezone.localtime()})
    words = Words(
        _("Where it stands"),
        _("When it happened and when it is entered stand apart. Nothing that was entered is changed or deleted."),
        _("Enter it"),
        "cases/_stages.html",
    )
    here = {"rows": own_sections.stages_of(case)}

    def do() -> object:
        return reach_stage(*_by(request), case=case, reached=_reached(form))

    return _page(request, case, form, words, do, here=here)


@require_http_methods(CHANGES)
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a row in place of one that was entered wrongly."""
    wrong = _of_case(request, StageReached, public_id)
    said = {"stage": wrong.stage, "happened_at": timezone.localtime(wrong.happened_at), "outcome": wrong.outcome}
    form = own_forms.CorrectStageForm(_posted(request), initial={**said, "reason": wrong.reason})
    words = Words(
        _("Correct what was entered"),
        _("The wrong row stays readable; this one stands in its place."),
        _("Correct it"),
    )

    def do() -> object:
        reached = None if form.cleaned_data["void"] else _reached(form)
        return correct_stage(*_by(request), wrong=wrong, reached=reached, reason=form.cleaned_data["why"])

    return _page(request, wrong.case, form, words, do)


@require_http_methods(CHANGES)
def lead(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who leads a case; a POST names another."""
    case, now = case_or_404(request, public_id), timezone.now()
    held = own_sections.let_in(case, now).filter(role__in=WORKS, officer__is_active=True)
    form = own_forms.LeadForm(_posted(request), dict.fromkeys(one.officer for one in held if one.officer))
    words = Words(
        _("Lead"),
        _("A supervisor of the case names who leads it, among those who work on it. Some acts ask for a rank."),
        _("Name the lead"),
        "cases/_leads.html",
        SUPERVISES,
    )

    def do() -> object:
        return name_lead(*_by(request), case=case, lead=form.chosen, reason=form.cleaned_data["reason"])

    return _page(request, case, form, words, do, here={"rows": own_sections.leads_of(case)})


@require_http_methods(CHANGES)
def charges(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sections of law on a case; a POST puts another on it."""
    case = case_or_404(request, public_id)
    form = own_forms.ChargeForm(_posted(request))
    words = Words(
        _("Sections of law"),
        _("For which offences the case is investigated. What the tables of law say beside it is no advice."),
        _("Put it on the case"),
        "cases/_charges.html",
    )
    here = {"rows": own_sections.told_charges(own_sections.charges_of(case))}

    def do() -> object:
        return add_charge(*_by(request), case=case, **form.cleaned_data)

    return _page(request, case, form, words, do, here=here)


@require_http_methods(CHANGES)
def numbers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What other offices call a case; a POST enters another number."""
    case = case_or_404(request, public_id)
    form = own_forms.NumberForm(_posted(request))
    words = Words(
        _("Numbers of other offices"),
        _("However a number is written, it is found: blanks, hyphens, strokes and zeros before it do not count."),
        _("Enter the number"),
        "cases/_numbers.html",
    )

    def do() -> object:
        said = form.cleaned_data
        kind = NumberKind(said["kind"])
        return add_number(*_by(request), case=case, kind=kind, number=said["number"], office=said["office"])

    here = {"rows": own_sections.numbers_of(case)}
    return _page(request, case, form, words, do, here=here)


@require_http_methods(CHANGES)
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The papers of a case; a POST brings another."""
    case = case_or_404(request, public_id)
    posted = request.method == "POST"
    form = own_forms.PaperForm(_posted(request), request.FILES if posted else None)
    if posted and is_oversized(request):
        form.add_error("file", _("This is larger than %(most)d MB.") % {"most": most_megabytes()})
    words = Words(
        _("Papers"),
        _("Files go into the vault, encrypted; the name that a file had is not kept. No pictures of evidence here."),
        _("Keep it"),
        "cases/_papers.html",
    )

    def do() -> object:
        paper = take(form.cleaned_data["file"], form.cleaned_data["title"])
        return add_paper(*_by(request), case=case, paper=paper)

    return _page(request, case, form, words, do, here={"rows": own_sections.papers_of(case)})


@require_http_methods(CHANGES)
def people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who works on a case; a supervisor of it lets others in."""
    case, now = case_or_404(request, public_id), timezone.now()
    there = Officer.objects.filter(is_active=True).select_related("unit").order_by("unit__name", "name")
    form = own_forms.LetInForm(_posted(request), there)
    words = Words(
        _("Who works on it"),
        _("Whoever is let in sees all that lies in it. Investigators and supervisors work on it, examiners read."),
        _("Let them in"),
        "cases/_people.html",
        SUPERVISES,
    )

    def do() -> object:
        said = form.cleaned_data
        room, role = case.compartment, Role(said["role"])
        return grant(*_by(request), compartment=room, to=form.chosen, role=role, until=said["until"])

    return _page(request, case, form, words, do, here={"rows": own_sections.let_in(case, now)})


@require_http_methods(CHANGES)
def marking(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The handling mark of a case; a POST sets another."""
    case = case_or_404(request, public_id)
    form = own_forms.MarkingForm(_posted(request), initial={"marking": case.marking})
    words = Words(
        _("Who may be told"),
        _("Whoever works on the case makes it narrower; a supervisor of it makes it wider. The mark stands on prints."),
        _("Set the mark"),
        "cases/_markings.html",
    )

    def do() -> object:
        said = form.cleaned_data
        return mark_case(*_by(request), case=case, marking=Marking(said["marking"]), reason=said["reason"])

    return _page(request, case, form, words, do, here={"rows": own_sections.markings_of(case)})


@require_http_methods(CHANGES)
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What becomes of what is kept of a case that is over; a POST decides it."""
    shown = _of_case(request, RetentionReview, public_id)
    form = own_forms.ReviewForm(_posted(request))
    words = Words(
        _("Review of what is kept"),
        _("Nothing goes by this decision: reports are set aside and purged, evidence destroyed, on their own pages."),
        _("Decide"),
        "cases/_review.html",
        SUPERVISES,
    )

    def do() -> object:
        said = form.cleaned_data
        decision = ReviewDecision(said["decision"])
        return decide_review(*_by(request), review=shown, decision=decision, reason=said["reason"])

    return _page(request, shown.case, form, words, do, here={"review": shown})


@require_POST
def strike_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Strike a section of law out."""
    charge = _of_case(request, Charge, public_id)
    reason = request.POST.get("reason", "")
    return _ended(request, charge.case, lambda: end_charge(*_by(request), charge=charge, reason=reason), "case-charges")


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a number."""
    number = _of_case(request, ExternalNumber, public_id)
    reason = request.POST.get("reason", "")
    return _ended(
        request, number.case, lambda: withdraw_number(*_by(request), number=number, reason=reason), "case-numbers"
    )


def _page(
    request: HttpRequest,
    case: Case,
    form: Form,
    words: Words,
    do: Callable[[], object],
    *,
    here: Mapping[str, object] | None = None,
) -> HttpResponse:
    if form.is_valid():
        try:
            do()
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", case.public_id)
    officer, now = _by(request)
    context = {
        "case": case,
        "form": form,
        "words": words,
        "here": {"whole": True, **(here or {})},
        "works": bool(roles_in(officer, case.compartment_ids(), now).intersection(words.roles)),
    }
    return render(request, "cases/work.html", context, status=422 if form.errors else 200)


def _ended(request: HttpRequest, case: Case, do: Callable[[], object], back: str) -> HttpResponse:
    try:
        do()
    except RefusedError as refusal:
        return render(request, "cases/refused.html", {"case": case, "back": back, "refusal": refusal}, status=409)
    return redirect(back, case.public_id)


def _of_case(request: HttpRequest, model: type[Row], public_id: UUID) -> Row:
    """A row of a case that the officer may see; missing and closed answer alike."""
    seen: QuerySet[Row] = QuerySet(model).filter(visible(Case, *_by(request), at="case_id"), public_id=public_id)
    found = seen.select_related("case__unit", "case__compartment").first()
    if found is None:
        raise Http404
    return found


def _reached(form: own_forms.StageForm) -> Reached:
    said = form.cleaned_data
    outcome = Outcome(said["outcome"]) if said["outcome"] else None
    return Reached(Stage(said["stage"]), said["happened_at"], outcome, said["reason"])


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _by(request: HttpRequest) -> tuple[Officer, datetime]:
    return officer_of(request), timezone.now()
