"""Telling what happened at a site, and correcting it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site, SiteEntry
from kavalan.casework.operations.rules import TOLD, State, Told, fault, standing
from kavalan.casework.operations.working import require
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.ledger import Payload

CLOCKS_DIFFER = timedelta(minutes=2)
"""How far a telephone's clock may be ahead of the desk's; what it says is kept as the time of the entry."""


@house_verb("site.enter")
def enter_state(act: HouseAct, *, site: Site, what: State, moment: datetime, persons: int = 0) -> Done[SiteEntry]:
    """Tell what happened at a site.

    Args:
        act: who tells it, at the time of the entry.
        site: where.
        what: searched, nothing found, things seized, or arrested.
        moment: when it happened, aware UTC.
        persons: how many were arrested there; with an arrest alone.

    Raises:
        RefusedError: when the actor does not work in the operation, it lies ahead, or cannot stand beside what is told.
    """
    require(act, site.operation)
    if what not in TOLD:
        raise RefusedError("This is not told of a site.")
    return _enter(act, site, Told(0, what, _happened(act, moment), persons))


@house_verb("site.correct")
def correct_state(
    act: HouseAct, *, entry: SiteEntry, what: State, moment: datetime, reason: str, persons: int = 0
) -> Done[SiteEntry]:
    """Put another entry in place of one that was wrong, or take it back; the wrong one stays readable.

    Raises:
        RefusedError: as `enter_state`; when it was corrected before, no reason is given, or what is corrected is that
            the site was planned, and not taken back.
    """
    require(act, entry.site.operation)
    if what not in (*TOLD, State.TAKEN_BACK) or (entry.what == State.PLANNED and what != State.TAKEN_BACK):
        raise RefusedError("A plan can be taken back; it is not changed into something else.")
    return _enter(act, entry.site, Told(0, what, _happened(act, moment), persons, entry.pk), required(reason))


def _happened(act: HouseAct, moment: datetime) -> datetime:
    if moment > act.at + CLOCKS_DIFFER:
        raise RefusedError("This lies ahead: an event is entered once it has happened.")
    return min(moment, act.at)


def _enter(act: HouseAct, site: Site, told: Told, why: str = "") -> Done[SiteEntry]:
    site = Site.objects.select_for_update(of=("self",)).select_related("operation").get(pk=site.pk)
    entries = [one.told for one in site.entries.order_by("pk")]
    if told.corrects is not None and any(one.corrects == told.corrects for one in entries):
        raise RefusedError("This entry was corrected already: correct the one in its place.")
    if refused := fault(entries, told):
        raise RefusedError(refused)
    made = SiteEntry.objects.create(
        site=site,
        what=told.what,
        at=told.at,
        persons=told.persons,
        entered_by=act.officer,
        entered_at=act.at,
        corrects_id=told.corrects,
        why=why,
    )
    _repeat(site, [*entries, replace(told, number=made.pk)], act.at)
    return Done(made, _said(made, why))


def _repeat(site: Site, entries: list[Told], now: datetime) -> None:
    """Let the site's own columns say what the entries come to."""
    found = standing(entries)
    site.state, site.searched_at, site.told_at = found.state, found.searched_at, now
    site.nothing, site.seized, site.arrests = found.nothing, found.seized, found.arrests
    site.save(update_fields=["state", "searched_at", "told_at", "nothing", "seized", "arrests"])


def _said(made: SiteEntry, why: str) -> Payload:
    said: Payload = {
        "site": str(made.site.public_id),
        "what": made.what,
        "at": made.at.isoformat(),
        "persons": made.persons,
    }
    wrong = made.corrects
    return said if wrong is None else {**said, "corrects": str(wrong.public_id), "reason": why}
