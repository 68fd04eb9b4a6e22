"""What the first page says to an officer."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import DUTIES, OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.authority.rules import Activity, Kind
from kavalan.casework.authority.services import declare_override, record_authority
from kavalan.casework.cases.services import open_case, open_series
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan, stop_scan
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.services import claim
from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.mydesk.waiting import Way
from kavalan.casework.operations.services import open_operation
from kavalan.casework.verbs import step

from ..conftest import LATER, NOW, grounds
from ..waiting import waiting


def told(officer, now=NOW):
    """What waits, by its words: the things named, how many more, whether it is urgent."""
    return {wait.what: ([way.text for way in wait.ways], wait.more, wait.urgent) for wait in waiting(officer, now)}


def test_exhibit_that_nobody_scanned_waits_for_its_examiners_alone(people, exhibit):
    assert told(people.alice)["Registered, not scanned yet"] == (["E-1"], 0, False)
    for other in (people.bob, people.dora, people.charlie):
        assert "Registered, not scanned yet" not in told(other)


def test_scan_that_stopped_is_urgent_and_leads_to_its_exhibit(people, exhibit):
    start_scan(people.alice, people.warrant, exhibit, NOW)
    claim("a worker", NOW)
    exhibit.refresh_from_db()
    stop_scan(people.alice, NOW, exhibit=exhibit, job=exhibit.scan, state=State.FAILED, why="a fault")
    first = waiting(people.alice)[0]
    assert (first.what, first.urgent) == ("A scan that stopped", True)
    assert first.ways == [Way("E-1", reverse("exhibit", args=[exhibit.public_id]))]


def test_running_scan_waits_for_nobody(people, exhibit):
    start_scan(people.alice, people.warrant, exhibit, NOW)
    assert set(told(people.alice)) == {"You are the only administrator"}


def test_override_waits_for_another_supervisor_and_is_urgent_once_its_day_is_over(people, exhibit):
    declare_override(people.alice, NOW, exhibit=exhibit, activity=Activity.TAKEDOWN, reason="a child in danger")
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.SUPERVISOR)
    words = "An emergency override that you review"
    assert words not in told(people.alice)
    assert told(people.dora)[words] == (["E-1"], 0, False)
    assert told(people.dora, NOW + timedelta(days=3))[words] == (["E-1"], 0, True)


def test_authority_that_lapses_soon_is_named_once_however_many_permits(people):
    soon = LATER - timedelta(days=1)
    assert told(people.dora, soon)["An authority that lapses soon"] == (["warrant W 7/2026"], 0, False)


def test_lone_administrator_is_told_until_there_is_a_second(people):
    assert "You are the only administrator" in told(people.alice)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.ADMINISTRATOR)
    assert "You are the only administrator" not in told(people.alice)


def test_beyond_three_things_of_a_sort_are_counted(people, folder):
    names = [f"E-{number}" for number in range(10, 15)]
    warrant = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 8", grounds=grounds(*names))
    for name in names:
        register_exhibit(people.alice, warrant, ExhibitDraft(name, folder, people.compartment), NOW)
    assert told(people.alice)["Registered, not scanned yet"] == (["E-14", "E-13", "E-12"], 2, False)


def test_first_page_says_what_waits_and_where(client, people, exhibit):
    client.force_login(people.alice)
    page = client.get("/").text
    assert "What waits for you" in page
    assert "Registered, not scanned yet" in page


def test_first_page_says_when_nothing_waits(client, people, exhibit):
    client.force_login(people.bob)
    assert "Nothing waits for you." in client.get("/").text


@pytest.mark.parametrize("role", [OfficerRole.AUDITOR, OfficerRole.FILTER_OFFICER])
def test_who_has_no_exhibit_is_told_what_each_role_is_there_for(client, people, role):
    give_role(people.alice, NOW, officer=people.dora, role=role)
    client.force_login(people.dora)
    assert str(DUTIES[role]) in client.get("/").text


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (OfficerRole.AUDITOR, {"ledger", "insight", "retention"}),
        (OfficerRole.EXAMINER, {"record-authority", "exhibits"}),
        (OfficerRole.INVESTIGATOR, {"open-case", "record-authority", "exhibits"}),
    ],
)
def test_only_what_somebody_may_do_is_offered(client, people, role, offered):
    give_role(people.alice, NOW, officer=people.dora, role=role)
    client.force_login(people.dora)
    assert {route for route, _words in client.get("/").context["begin"]} == offered


def test_every_role_says_what_it_is_there_for():
    assert DUTIES.keys() == set(OfficerRole)


def test_what_others_did_since_one_was_here_is_new_and_nothing_at_the_first_sign_in(people, exhibit):
    before = NOW - timedelta(hours=1)
    (new,) = waiting(people.bob, NOW, before, Shelf.NEW)
    assert (new.what, [way.text for way in new.ways]) == ("Exhibits", ["E-1"])
    assert waiting(people.alice, NOW, before, Shelf.NEW) == []
    assert waiting(people.bob, NOW, None, Shelf.NEW) == []


def test_a_grant_that_ends_soon_expires_for_its_holder_alone(people):
    until = NOW + timedelta(days=5)
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.EXAMINER, until=until)
    words = "Case of the lighthouse, until 6 Mar 2026"
    assert [wait.ways[0].text for wait in waiting(people.dora, NOW, shelf=Shelf.ENDS)] == [words]
    assert waiting(people.bob, NOW, shelf=Shelf.ENDS) == []
    assert waiting(people.dora, until, shelf=Shelf.ENDS) == []


def test_who_was_let_in_since_is_told_where(people):
    before = NOW - timedelta(hours=1)
    step(RoleHeld)(RoleHeld.objects.create)(
        officer=people.alice, role=OfficerRole.SUPERVISOR, since=before - timedelta(days=1)
    )
    open_series(people.alice, before, prefix="COAST")
    case = open_case(people.alice, before - timedelta(days=1), title="Nets")
    operation = open_operation(people.alice, before, title="Harbour lights")
    for room in (case.compartment, operation.compartment):
        grant(people.alice, NOW, compartment=room, to=people.charlie.unit, role=Role.EXAMINER)
    news = {wait.what: wait.ways[0].text for wait in waiting(people.charlie, NOW, before, Shelf.NEW)}
    assert news == {
        "Cases into which you were let": "COAST/1/2026",
        "Operations into which you were let": "COAST/OP/1/2026",
    }
    assert waiting(people.charlie, NOW, NOW, Shelf.NEW) == []


def test_the_first_page_asks_few_questions_and_says_since_when_one_was_away(
    client, people, exhibit, django_assert_max_num_queries
):
    client.force_login(people.bob)
    assert "New since you were last here" not in client.get("/").text
    client.force_login(people.bob)
    with django_assert_max_num_queries(12):
        assert "New since you were last here" in client.get("/").text


def test_every_sort_has_a_name_of_its_own_and_an_address():
    found = [sort for config in apps.get_app_configs() for sort in sorts_of(config)]
    assert len({sort.name for sort in found}) == len(found) > 0
    for sort in found:
        assert reverse(sort.route, args=[] if sort.bare or sort.counted else [uuid4()])


def sorts_of(config):
    """Those of one app; none where it says none."""
    try:
        return import_module(f"{config.name}.waits").SORTS
    except ModuleNotFoundError:
        return ()
