"""Taking the sites of a search day in from a table, with their teams and warrants: all of it or nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Kind
from kavalan.casework.bulk import Prepared
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.judging import judge
from kavalan.casework.operations.models import Operation, Site, SiteEntry, Team, TeamMember, Warrant
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.selectors.known import known_for
from kavalan.casework.operations.tables import read_table
from kavalan.casework.operations.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.operations.judging import Planned


@house_verb("operation.take_sites")
def take_sites(act: HouseAct, *, operation: Operation, text: str) -> Done[Operation]:
    """Take the sites of a table in, with their teams and warrants; the table itself is not kept.

    Args:
        act: a supervisor of the operation, to whom the cases that the table names are open.
        operation: where to.
        text: the table, as `tables.decode` gives it.

    Raises:
        RefusedError: when the actor does not supervise the operation, it was closed, or any row cannot be taken in.
    """
    operation = held(act, operation)
    if operation.closed_at is not None:
        raise RefusedError("This operation was closed: it takes no more sites in.")
    table = read_table(text)
    known = known_for(table, operation, act.officer, act.at)
    judged = judge(table, known)
    if not judged.whole:
        line = min(judged.faults)
        raise RefusedError("Nothing was taken in. Line %(line)d: %(why)s", line=line, why=judged.faults[line][0])
    teams = _teams(operation, judged.sites, known.officers)
    warrants = _warrants(act, operation, judged.sites)
    _sites(act, operation, judged.sites, teams, warrants)
    digest = hashlib.sha256(text.encode()).hexdigest()
    said = {"sites": len(judged.sites), "teams": len(teams), "warrants": len(warrants)}
    return Done(operation, {**said, "sha256": digest})


def _teams(operation: Operation, sites: Sequence[Planned], officers: Mapping[str, Officer]) -> dict[str, int]:
    """The numbers of the teams that the sites name, by their names; the new ones are made."""
    names = sorted({site.team for site in sites} - {""})
    Prepared(Team, [Team(operation=operation, name=name) for name in names]).insert(ignore_conflicts=True)
    numbers = dict(operation.teams.filter(name__in=names).values_list("name", "pk"))
    members: dict[tuple[int, str], bool] = {}
    for site in sites:
        for badge in site.members:
            at = (numbers[site.team], badge)
            members[at] = members.get(at, False) or badge == site.lead
    rows = [
        TeamMember(team_id=team, badge=badge, officer=officers.get(badge), leads=leads)
        for (team, badge), leads in sorted(members.items())
    ]
    Prepared(TeamMember, rows).insert(ignore_conflicts=True)
    return numbers


def _warrants(act: HouseAct, operation: Operation, sites: Sequence[Planned]) -> dict[str, int]:
    """The numbers of the warrants likewise; one that the actor's unit has recorded is linked to its authority."""
    courts: dict[str, str] = {}
    for site in sites:
        if site.warrant:
            courts[site.warrant] = courts.get(site.warrant) or site.court
    theirs = Authority.objects.filter(
        unit=act.officer.unit_id, kind=Kind.WARRANT, withdrawn_at__isnull=True, reference__in=courts
    )
    recorded = dict(theirs.values_list("reference", "pk"))
    rows = [
        Warrant(
            operation=operation,
            reference=reference,
            court=court,
            authority_id=recorded.get(reference),
            linked_by=act.officer if reference in recorded else None,
            linked_at=act.at if reference in recorded else None,
        )
        for reference, court in sorted(courts.items())
    ]
    Prepared(Warrant, rows).insert(ignore_conflicts=True)
    return dict(operation.warrants.filter(reference__in=courts).values_list("reference", "pk"))


def _sites(
    act: HouseAct,
    operation: Operation,
    sites: Sequence[Planned],
    teams: Mapping[str, int],
    warrants: Mapping[str, int],
) -> None:
    entered = {"entered_by": act.officer, "entered_at": act.at}
    rows = [
        Site(
            operation=operation,
            reference=site.reference,
            district=site.district,
            place=site.place,
            address=site.address,
            home=site.home,
            team_id=teams.get(site.team),
            warrant_id=warrants.get(site.warrant),
            case=site.case,
            told_at=act.at,
            **entered,
        )
        for site in sites
    ]
    Prepared(Site, rows).insert()
    made = operation.sites.filter(reference__in=[site.reference for site in sites]).values_list("pk", flat=True)
    entries = [SiteEntry(site_id=number, what=State.PLANNED, at=act.at, **entered) for number in made]
    Prepared(SiteEntry, entries).insert()
