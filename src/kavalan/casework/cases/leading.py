"""Who may lead a case: on the day, by rank, where an act of the law asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.ranks import LADDER, ranks, title_of
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Charge
from kavalan.casework.errors import RefusedError
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.law import Investigator, Rank


def rank_on(officer: Officer, day: date) -> Rank | None:
    """The officer's rank on a day; None where none was recorded."""
    held = officer.ranks.filter(since__lte=day).order_by("-since").first()
    return held.described if held else None


def acts_on(case: Case) -> list[str]:
    """The acts of which a section stands on the case, or on what was merged into it, now."""
    standing = Charge.objects.filter(case__in=family_of(case), ended_at__isnull=True)
    return sorted(set(standing.values_list("act", flat=True)))


def rules_for(case: Case, acts: Iterable[str], day: date) -> list[Investigator]:
    """What acts ask of who leads a case, as far as they bind the case's unit; the case's unit must be at hand."""
    rules = (packaged_law().investigator(act, day) for act in acts)
    return [rule for rule in rules if rule is not None and case.unit.kind in rule.binds and rule.ladder == LADDER]


def unmet(rules: Iterable[Investigator], rank: Rank | None) -> Investigator | None:
    """The first rule that somebody of a rank does not meet; None where they meet all."""
    known = ranks()
    return next((rule for rule in rules if rank is None or rank.order < known[rule.least].order), None)


def require_rank(case: Case, acts: Iterable[str], officer: Officer, day: date) -> None:
    """Hold who leads, or is to lead, to what the acts ask on a day.

    Raises:
        RefusedError: the rank is too low, or none was recorded for that day; the text says what to do.
    """
    rank = rank_on(officer, day)
    rule = unmet(rules_for(case, acts, day), rank)
    if rule is None:
        return
    told = {"provision": rule.provision, "least": title_of(ranks()[rule.least]), "lead": officer.name}
    if rank is None:
        raise RefusedError(
            "%(provision)s asks for an officer of the rank %(least)s or above, and no rank of %(lead)s is recorded for "
            "this day. An administrator records it, or somebody else is named as lead first.",
            **told,
        )
    raise RefusedError(
        "%(provision)s asks for an officer of the rank %(least)s or above; %(lead)s is %(rank)s on this day. Name a "
        "lead of that rank first.",
        **told,
        rank=title_of(rank),
    )
