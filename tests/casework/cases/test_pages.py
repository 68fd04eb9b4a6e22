"""The pages of cases: what each shows to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kavalan.casework.cases.models import Case, Series
from kavalan.casework.cases.services import join, open_case

from ..conftest import NOW

MOST_STATEMENTS = 12


@pytest.fixture
def bob(client, people):
    client.force_login(people.bob)
    return client


def text_of(answer):
    return " ".join(answer.content.decode().split())


def address(name, record=None):
    return reverse(name, args=[record.public_id] if record else [])


def test_list_teaches_how_a_case_begins(client, people, desk, give):
    client.force_login(people.alice)
    assert "a supervisor of your unit opens its number series" in text_of(client.get(address("cases")))
    client.post(address("case-series"), {"letters": "COAST"})
    assert Series.objects.get().prefix == "COAST"
    assert "Open the first case" in text_of(client.get(address("cases")))
    client.force_login(people.dora)
    assert "An investigator or a supervisor opens one" in text_of(client.get(address("cases")))


def test_case_is_opened_and_leads_to_its_page(bob, series):
    answer = bob.post(address("open-case"), {"title": "Accounts of a harbour", "district": "in-32-594"})
    made = Case.objects.get()
    assert answer.url == address("case", made)
    page = text_of(bob.get(answer.url))
    assert all(words in page for words in ("Case COAST/1/2026", "Accounts of a harbour", "Thrissur", "under inquiry"))


def test_who_opens_none_is_told_so(client, people, series):
    client.force_login(people.dora)
    assert "You open no cases" in text_of(client.get(address("open-case")))
    answer = client.post(address("open-case"), {"title": "a harbour"})
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_refused_series_is_told(client, people, desk):
    client.force_login(people.alice)
    answer = client.post(address("case-series"), {"letters": "coast"})
    assert answer.status_code == 422
    assert "A prefix is capital letters" in text_of(answer)


def test_page_shows_what_is_joined_with_the_reason(bob, people, case, report, exhibit):
    join(people.bob, NOW, case=case, joined=report, reason="the same account")
    join(people.bob, NOW, case=case, joined=exhibit)
    page = text_of(bob.get(address("case", case)))
    assert all(words in page for words in (report.reference, "the same account", exhibit.reference))


def test_filters_hold_together_and_count(bob, people, series):
    first, second = (
        open_case(people.bob, NOW, title=title, district=district)
        for title, district in (("a harbour", "in-32-594"), ("a hill", "in-32-589"))
    )
    assert text_of(bob.get(address("cases"))).count("COAST/") == 2
    page = text_of(bob.get(address("cases"), {"district": "in-32-589"}))
    assert second.reference in page
    assert first.reference not in page
    assert "No case of this sort" in text_of(bob.get(address("cases"), {"mine": "1"}))
    assert "No case of this sort" in text_of(bob.get(address("cases"), {"stage": "closed"}))


def test_list_goes_on_before_the_last_case_of_a_page(bob, people, series, monkeypatch):
    monkeypatch.setattr("kavalan.casework.cases.selectors.CASES_A_PAGE", 2)
    for title in ("one", "two", "three"):
        open_case(people.bob, NOW, title=title)
    page = bob.get(address("cases"))
    assert [case.title for case in page.context["page"].cases] == ["three", "two"]
    older = bob.get(address("cases"), {"before": page.context["page"].before})
    assert [case.title for case in older.context["page"].cases] == ["one"]


def test_list_takes_a_bounded_number_of_statements(bob, case):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        bob.get(address("cases"))
    assert len(asked) <= MOST_STATEMENTS


def test_closed_case_is_not_there(client, people, case):
    for officer in (people.dora, people.charlie):
        client.force_login(officer)
        assert client.get(address("case", case)).status_code == 404
        assert "COAST/" not in text_of(client.get(address("cases")))
