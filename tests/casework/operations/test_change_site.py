"""Planning a site otherwise."""

import pytest
from django.urls import reverse

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Team
from kavalan.casework.operations.services import Plan, change_site, close_operation
from kavalan.casework.verbs import step

from ..conftest import NOW
from .conftest import HOME

ELSEWHERE = Plan(None, "Ward 9", "Heron House, Ferry Lane 9", home=True)


def test_another_team_and_address_are_planned_and_the_earlier_ones_stay_readable(people, operation, sites, last_entry):
    site = operation.sites.get(reference="S-1")
    made = change_site(people.alice, NOW, site=site, plan=ELSEWHERE, reason="they moved")
    site.refresh_from_db()
    assert (site.team, site.place, site.address, site.home) == (None, "Ward 9", ELSEWHERE.address, True)
    assert (made.team.name, made.place, made.address, made.home) == ("T1", "Ward 1", HOME, True)
    entry, said = last_entry()
    assert entry.verb == "site.change"
    assert said == {"site": str(site.public_id), "changed": ["address", "place", "team"], "reason": "they moved"}


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (Plan(None, " ", "", home=None), "neither a place nor an address"),
        (Plan(None, "Ward 2", "", home=None), "Nothing changes"),
    ],
)
def test_what_is_no_other_plan_is_refused(people, operation, sites, plan, why):
    site = operation.sites.get(reference="S-2")
    change_site(people.alice, NOW, site=site, plan=Plan(None, "Ward 2", "", home=None), reason="no team is left")
    with pytest.raises(RefusedError, match=why):
        change_site(people.alice, NOW, site=site, plan=plan, reason="x")


def test_only_a_supervisor_of_an_open_operation_changes_its_sites_and_to_its_own_teams(people, operation, sites):
    site = operation.sites.get(reference="S-2")
    with pytest.raises(RefusedError, match="Your role in this operation"):
        change_site(people.charlie, NOW, site=site, plan=ELSEWHERE, reason="x")
    foreign = step(Team)(Team)(operation_id=operation.pk + 1, name="T9")
    with pytest.raises(RefusedError, match="no such team"):
        change_site(people.alice, NOW, site=site, plan=Plan(foreign, "Ward 9", "", home=None), reason="x")
    close_operation(people.alice, NOW, operation=operation)
    with pytest.raises(RefusedError, match="was closed"):
        change_site(people.alice, NOW, site=site, plan=ELSEWHERE, reason="x")


def test_the_page_shows_how_it_is_and_takes_another_plan(client, people, operation, sites):
    site = operation.sites.get(reference="S-1")
    address = reverse("change-site", args=[site.public_id])
    client.force_login(people.charlie)
    assert "A supervisor of the operation plans its sites, until it is closed." in client.get(address).text
    client.force_login(people.alice)
    assert HOME in client.get(address).text
    said = {"team": "", "place": "Ward 9", "address": "", "home": "no", "reason": "they moved"}
    assert client.post(address, said).status_code == 302
    page = client.get(reverse("site", args=[site.public_id])).text
    assert "Ward 9" in page
    assert "they moved" in page
