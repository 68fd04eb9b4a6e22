"""Taking sites in from a table."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site, SiteEntry, Team, TeamMember, Warrant
from kavalan.casework.operations.services import close_operation, take_sites

from ..conftest import NOW, grounds
from .conftest import HOME, TABLE, row, table_of


def test_sites_come_with_their_teams_and_warrants(operation, sites, people):
    assert [(one.reference, one.district, one.home, str(one.team), str(one.warrant)) for one in sites] == [
        ("S-1", "in-32-594", True, "T1", "W 1/2026"),
        ("S-2", "in-32-594", None, "T1", "W 2/2026"),
        ("S-3", "in-32-600", None, "T1", "None"),
    ]
    members = TeamMember.objects.order_by("badge").values_list("badge", "officer__badge", "leads")
    assert list(members) == [("bob", "bob", False), ("charlie", "charlie", True), ("zed", None, False)]
    assert sites[0].warrant.court == "JFCM I"


def test_each_site_begins_with_an_entry_that_it_was_planned(sites):
    assert list(SiteEntry.objects.values_list("what", "at")) == [("planned", NOW)] * 3


def test_ledger_tells_how_much_was_taken_in_and_no_address(people, operation, last_entry):
    take_sites(people.alice, NOW, operation=operation, text=TABLE)
    entry, said = last_entry()
    assert (said["sites"], said["teams"], said["warrants"]) == (3, 1, 2)
    assert HOME not in json.dumps(said)
    assert entry.subject == operation.public_id


def test_nothing_is_taken_in_where_one_row_is_faulty(people, operation):
    text = table_of(row(1), row(2, "Atlantis"))
    with pytest.raises(RefusedError, match="Line 3: No such district"):
        take_sites(people.alice, NOW, operation=operation, text=text)
    assert not Site.objects.exists()
    assert not Team.objects.exists()


def test_second_table_adds_to_the_teams_that_are_there(people, operation, sites):
    take_sites(people.alice, NOW, operation=operation, text=table_of(row(4, members="dora", warrant="W 1/2026")))
    assert (Site.objects.count(), Team.objects.count(), Warrant.objects.count()) == (4, 1, 2)
    assert TeamMember.objects.filter(team__name="T1", badge="dora").exists()


def test_warrant_that_the_unit_has_recorded_is_linked_to_its_authority(people, operation):
    authority = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 2/2026", grounds=grounds("E-1"))
    take_sites(people.alice, NOW, operation=operation, text=TABLE)
    assert dict(Warrant.objects.values_list("reference", "authority")) == {"W 1/2026": None, "W 2/2026": authority.pk}


def test_case_that_is_open_to_the_actor_is_the_sites(people, operation, case):
    take_sites(people.alice, NOW, operation=operation, text=table_of(row(1, case=case.reference)))
    assert Site.objects.get().case == case


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_who_supervises_the_operation_takes_sites_in(people, operation, who):
    with pytest.raises(RefusedError, match="Your role in this operation"):
        take_sites(getattr(people, who), NOW, operation=operation, text=TABLE)


def test_closed_operation_takes_no_more_in(people, operation, sites):
    close_operation(people.alice, NOW, operation=operation)
    with pytest.raises(RefusedError, match="was closed"):
        take_sites(people.alice, NOW, operation=operation, text=table_of(row(4)))


def test_500_rows_take_a_handful_of_statements_more_than_one(people, operation):
    counts = []
    for text in (
        table_of(row(1, members="bob")),
        table_of(*(row(number, members=f"bob m{number}", team=f"T{number}") for number in range(2, 502))),
    ):
        with CaptureQueriesContext(connection) as captured:
            take_sites(people.alice, NOW, operation=operation, text=text)
        counts.append(len(captured))
    # 200 rows go in a statement: two more for sites, entries, teams and warrants, seven more for members.
    assert counts[1] - counts[0] == 4 * 2 + 7
    assert Site.objects.count() == 501
