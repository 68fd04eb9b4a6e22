"""The page of figures: who sees whose, and what it never shows."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.insight import pages
from kavalan.casework.insight.definitions import definitions

PAGE = reverse("insight")


@pytest.fixture
def long_ago(cases, monkeypatch):
    """The cases as they were opened in a year that is over."""
    monkeypatch.setattr(timezone, "now", lambda: cases[0].opened_at.replace(year=2027))
    return cases


def lines(client, address):
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


def shown(rows, figure, by="district"):
    return {row["id"]: row["count"] for row in rows if (row["figure"], row["by"]) == (figure, by)}


def test_a_supervisor_sees_the_unit_with_definitions_and_no_small_number(client, people, long_ago):
    client.force_login(people.alice)
    text = client.get(f"{PAGE}?year=2026&show=cases").text
    for figure in definitions().figure:
        assert f"<code>{figure.source}</code>" in text
    counts = shown(lines(client, f"{reverse('insight-table')}?year=2026"), "Cases")
    assert counts["in-32-596"] == "withheld"
    assert not {"1", "2", "3", "4"} & set(counts.values())
    assert client.get(f"{PAGE}?year=2026&of=all").text.count("Figures by unit") == 0


def test_an_auditor_sees_all_units_in_the_order_of_their_names(client, people, long_ago, give):
    give(people.dora, OfficerRole.AUDITOR)
    client.force_login(people.dora)
    text = client.get(f"{PAGE}?year=2026&of=all").text
    assert text.index("Coastal Unit", text.index("Figures by unit")) < text.index("Hill Unit")
    assert shown(lines(client, f"{reverse('insight-table')}?year=2026&of=all"), "Cases", "unit").keys() == {
        str(people.alice.unit_id),
        str(people.charlie.unit_id),
    }


def test_who_neither_supervises_nor_audits_is_told_who_does_and_gets_no_table(client, people, long_ago):
    client.force_login(people.bob)
    text = client.get(PAGE).text
    assert "No figures are open to you" in text
    assert "COAST" not in text
    assert client.get(reverse("insight-table")).status_code == 404


def test_an_address_that_cannot_be_read_asks_for_the_first_of_each(client, people, cases):
    client.force_login(people.alice)
    assert client.get(f"{PAGE}?year=soon&of=everybody&show=people").status_code == 200


def test_it_asks_as_many_statements_however_much_there_is(client, people, cases, django_assert_max_num_queries):
    client.force_login(people.alice)
    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_a_district_with_many_reports_and_few_cases_is_named(client, people, long_ago, reports, monkeypatch):
    monkeypatch.setattr(pages, "standing_out", lambda *_: frozenset({"in-32-596"}))
    client.force_login(people.alice)
    assert "many reports, few cases" in client.get(f"{PAGE}?year=2026").text


def test_a_child_is_recorded_and_withdrawn_on_the_case(client, people, cases, child):
    client.force_login(people.alice)
    there = reverse("safeguarded", args=[cases[0].public_id])
    assert "Nobody yet" in client.get(there).text
    assert client.post(there, {"pseudonym": "Zelphine", "happened_on": "2026-03-01"}).status_code == 422
    assert client.post(there, {"pseudonym": child.pseudonym, "happened_on": "2026-03-01"}).status_code == 302
    assert child.pseudonym in client.get(there).text
    assert child.pseudonym in client.get(reverse("case", args=[cases[0].public_id])).text
    row = cases[0].safeguarded.get()
    away = reverse("withdraw-safeguarded", args=[row.public_id])
    assert client.post(away, {"reason": ""}).status_code == 422
    assert client.post(away, {"reason": "another child"}).status_code == 302
    assert "another child" in client.get(there).text
