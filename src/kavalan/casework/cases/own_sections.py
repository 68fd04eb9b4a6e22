"""The sections that cases fill themselves: where it stands, law and lead, numbers, papers, who works there, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Grant
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.leading import rank_on, rules_for, unmet
from kavalan.casework.cases.models import CasePaper, Charge, ExternalNumber
from kavalan.casework.cases.section import MOST_ROWS, Section
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import TypeVar

    from django.db.models import Model, QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case, LeadHeld, MarkingSet, StageReached
    from kavalan.law import Section as LawSection

    Row = TypeVar("Row", bound=Model)


def stages_section(_officer: Officer, case: Case, _now: datetime) -> Section:
    """Where it stands, and since when; whether what is kept of it is to be looked through."""
    review = case.reviews.filter(decided_at__isnull=True).first() if case.over_at else None
    told = {**_first(stages_of(case)), "review": review}
    return Section("standing", _("Where it stands"), "cases/_stages.html", told)


def law_section(_officer: Officer, case: Case, now: datetime) -> Section:
    """On which sections of law it stands, who leads it, and what the law asks of that."""
    charges = list(charges_of(case))
    day = timezone.localdate(now)
    rules = rules_for(case, sorted({charge.act for charge in charges}), day)
    # Asked only where a rule may bind: the rank of a day is a statement of its own.
    rank = rank_on(case.lead, day) if case.lead is not None and rules else None
    told = {
        "rows": told_charges(charges[:MOST_ROWS]),
        "more": len(charges) > MOST_ROWS,
        "rules": rules,
        "unmet": case.lead is not None and unmet(rules, rank) is not None,
        "lead": leads_of(case).first(),
    }
    return Section("law", _("Law and lead"), "cases/_law.html", told)


def numbers_section(_officer: Officer, case: Case, _now: datetime) -> Section:
    """What other offices call it."""
    return Section("numbers", _("Numbers of other offices"), "cases/_numbers.html", _first(numbers_of(case)))


def papers_section(_officer: Officer, case: Case, _now: datetime) -> Section:
    """The files that belong to it."""
    return Section("papers", _("Papers"), "cases/_papers.html", _first(papers_of(case)))


def people_section(_officer: Officer, case: Case, now: datetime) -> Section:
    """Who works on it, and as what."""
    return Section("people", _("Who works on it"), "cases/_people.html", _first(let_in(case, now)))


def markings_section(_officer: Officer, case: Case, _now: datetime) -> Section:
    """Who may be told, and how that changed."""
    return Section("marking", _("Who may be told"), "cases/_markings.html", _first(markings_of(case)))


@dataclass(frozen=True, slots=True)
class ToldCharge:
    """A section of law on a case, the act's title, and what the tables of law say of it: nothing where they do not."""

    charge: Charge
    act: str
    law: LawSection | None


def told_charges(charges: Iterable[Charge]) -> list[ToldCharge]:
    """Each with what the law as data says."""
    law = packaged_law()
    # A sub-section is told by its section.
    return [
        ToldCharge(one, law.acts[one.act].title, law.sections.get((one.act, one.section.partition("(")[0])))
        for one in charges
    ]


def stages_of(case: Case) -> QuerySet[StageReached]:
    """Where it came to stand, the last first, corrected rows among them."""
    return case.stages.select_related("entered_by", "corrected_by").order_by("-happened_at", "-pk")


def charges_of(case: Case) -> QuerySet[Charge]:
    """The sections of law that stand on it and on what was merged into it, in the order in which they came."""
    found = Charge.objects.filter(case__in=family_of(case), ended_at__isnull=True)
    return found.select_related("added_by").order_by("pk")


def leads_of(case: Case) -> QuerySet[LeadHeld]:
    """Who led it, the newest first."""
    return case.leads.select_related("officer", "named_by").order_by("-pk")


def numbers_of(case: Case) -> QuerySet[ExternalNumber]:
    """The numbers that stand on it and on what was merged into it, in the order in which they came."""
    found = ExternalNumber.objects.filter(case__in=family_of(case), withdrawn_at__isnull=True)
    return found.select_related("added_by").order_by("pk")


def papers_of(case: Case) -> QuerySet[CasePaper]:
    """Its papers and those of what was merged into it, the newest first."""
    return CasePaper.objects.filter(case__in=family_of(case)).select_related("kept__kept_by").order_by("-pk")


def markings_of(case: Case) -> QuerySet[MarkingSet]:
    """Its handling marks, the newest first."""
    return case.markings.select_related("set_by").order_by("-pk")


def let_in(case: Case, now: datetime) -> QuerySet[Grant]:
    """Who has a role where it lies, and as what."""
    held = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=now), compartment=case.compartment_id)
    return held.select_related("officer__unit", "unit").order_by("pk")


def _first(rows: QuerySet[Row]) -> Mapping[str, object]:
    found = list(rows[: MOST_ROWS + 1])
    return {"rows": found[:MOST_ROWS], "more": len(found) > MOST_ROWS}
