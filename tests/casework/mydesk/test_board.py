"""A unit's open work, for its supervisors."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services import add_task, name_lead, open_case, open_series
from kavalan.casework.mydesk.board import board_of
from kavalan.casework.verbs import step

from ..conftest import NOW
from ..reports import lay_reports, open_intake

PAGE = reverse("unit")


@pytest.fixture
def case(people):
    """A case that Alice, a supervisor, opened and leads, with a task of Bob's; a second that nobody leads."""
    desk = open_intake(people)
    lay_reports(desk, 2)
    lay_reports(desk, 1, at=NOW - timedelta(days=40))
    open_series(people.alice, NOW, prefix="COAST")
    made = open_case(people.alice, NOW, title="Accounts of a harbour")
    open_case(people.alice, NOW + timedelta(days=1), title="Nets")
    name_lead(people.alice, NOW, case=made, lead=people.alice)
    add_task(people.alice, NOW, case=made, title="Ask the harbour", due_at=NOW + timedelta(hours=1))
    return made


def loads(officer, now=NOW):
    return {str(load.kind.what): load for load in board_of(officer, now).loads}


def test_work_is_counted_by_kind_and_age_with_what_is_overdue(people, case, exhibit):
    now = NOW + timedelta(days=2)
    found = loads(people.alice, now)
    reports = found["Reports that wait or are worked on"]
    assert (reports.count, list(reports.ages), reports.oldest) == (3, [2, 0, 1, 0], NOW - timedelta(days=40))
    assert (found["Cases"].count, found["Tasks of cases"].count, found["Tasks of cases"].overdue) == (2, 1, 1)
    assert found["Exhibits that are not scanned"].count == 1


def test_another_units_work_is_not_counted(people, case, exhibit):
    assert {load.count for load in loads(people.charlie).values()} == {0}
    assert [person.name for person in board_of(people.charlie, NOW).people] == ["Charlie Menon"]


def test_cases_are_the_oldest_first_with_their_tasks(people, case):
    found = board_of(people.alice, NOW + timedelta(days=2)).cases
    assert [(one.title, one.open_tasks, one.overdue_tasks) for one in found] == [
        ("Accounts of a harbour", 1, 1),
        ("Nets", 0, 0),
    ]


def test_people_stand_in_the_order_of_their_names_with_what_is_open_and_no_more(people, case):
    found = board_of(people.alice, NOW).people
    assert [(one.name, one.cases_led) for one in found] == [("Alice Kurian", 1), ("Bob Varghese", 0), ("Dora Nair", 0)]


def test_a_case_that_is_closed_to_a_supervisor_is_counted_and_not_named(client, people, case):
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.dora, role=OfficerRole.SUPERVISOR, since=NOW)
    client.force_login(people.dora)
    text = client.get(PAGE).text
    assert "2 more are open at the unit" in text
    assert case.reference not in text


def test_the_page_is_the_supervisors_alone_and_takes_few_questions(client, people, case, django_assert_max_num_queries):
    client.force_login(people.alice)
    with django_assert_max_num_queries(12):
        assert case.reference in client.get(PAGE).text
    assert PAGE in client.get("/").text
    client.force_login(people.bob)
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/").text
