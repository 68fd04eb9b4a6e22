"""The pages of cases: what each shows to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kavalan.casework.cases.models import Case, Series
from kavalan.casework.cases.services import join, open_case

from ..authority.conftest import a_paper
from ..conftest import NOW
from ..verb_desk import content_in

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


def test_work_on_a_case_is_entered_on_its_own_pages_and_stands_on_it(bob, people, case, unlocked):
    typed = {
        "case-stage": {"stage": "registered", "happened_at": "2026-03-01T10:00"},
        "case-charges": {"charged": "pocso", "section": "15(2)"},
        "case-numbers": {"kind": "fir", "number": "0012/2026", "office": "Harbour station"},
        "case-marking": {"marking": "red", "reason": "a child in danger"},
        "case-papers": {"title": "The FIR, copy", "file": a_paper()},
    }
    for name, said in typed.items():
        assert bob.get(address(name, case)).status_code == 200
        assert bob.post(address(name, case), said).url == address("case", case)
    page = text_of(bob.get(address("case", case)))
    for words in ("Registered", "POCSO Act, 2012</span>, 15(2)", "0012/2026", "TLP:RED", "The FIR, copy"):
        assert words in page
    on_paper = text_of(bob.post(address("case-print", case), {"reason": "the prosecutor"}))
    assert "Printed by Bob Varghese" in on_paper
    assert 'name="reason"' not in on_paper


def test_supervisor_lets_in_and_names_the_lead(client, people, case):
    client.force_login(people.alice)
    dora = str(people.dora.public_id)
    client.post(address("case-people", case), {"officer": dora, "role": "investigator"})
    client.post(address("case-lead", case), {"officer": dora})
    page = text_of(client.get(address("case", case)))
    assert "Dora Nair (dora) leads it since" in page
    client.force_login(people.dora)
    assert client.get(address("case", case)).status_code == 200


def test_refusals_are_told_where_they_were_made(bob, people, case):
    bob.post(address("case-charges", case), {"charged": "it-act", "section": "67B"})
    answer = bob.post(address("case-charges", case), {"charged": "it-act", "section": "s. 67B"})
    assert (answer.status_code, "A section is cited like" in text_of(answer)) == (422, True)
    charge = case.charges.get()
    assert bob.post(address("end-charge", charge), {"reason": ""}).status_code == 409
    assert bob.post(address("end-charge", charge), {"reason": "nothing was sent"}).url == address("case-charges", case)


def test_who_only_reads_is_told_so(client, people, case, let_in):
    let_in(people.dora)
    client.force_login(people.dora)
    page = text_of(client.get(address("case-stage", case)))
    assert "Your role in this case reads this" in page
    said = {"stage": "arrest", "happened_at": "2026-03-01T10:00"}
    assert client.post(address("case-stage", case), said).status_code == 422


def test_stage_is_corrected_beside_what_was_entered(bob, people, case):
    bob.post(address("case-stage", case), {"stage": "arrest", "happened_at": "2026-03-01T10:00"})
    wrong = case.stages.get()
    said = {"stage": "arrest", "happened_at": "2026-03-01T10:00", "void": "on", "why": "of another case"}
    assert bob.post(address("correct-stage", wrong), said).url == address("case", case)
    page = text_of(bob.get(address("case-stage", case)))
    assert "did not happen" in page
    assert "of another case" in page


def test_review_of_a_closed_case_is_led_to_and_decided(client, people, case):
    client.force_login(people.alice)
    said = {"stage": "closed", "happened_at": "2026-03-01T10:00", "outcome": "untraced", "reason": "nobody was traced"}
    client.post(address("case-stage", case), said)
    review = case.reviews.get()
    assert address("case-review", review) in text_of(client.get(address("case", case)))
    client.post(address("case-review", review), {"decision": "let_go", "reason": "nothing holds it"})
    assert "nothing holds it any more" in text_of(client.get(address("case-review", review)))


def test_report_goes_into_a_case_and_out_of_it(bob, people, case, report):
    page = text_of(bob.get(address("report", report)))
    assert address("report-cases", report) in page
    said = {"case": str(case.public_id), "reason": "the same account"}
    assert bob.post(address("report-cases", report), said).url == address("case", case)
    assert case.reference in text_of(bob.get(address("report", report)))
    assert "You work on no case" not in text_of(bob.get(address("report-cases", report)))
    part = case.parts.get()
    assert bob.post(address("end-part", part), {"reason": "another matter"}).url == address("case-parts", case)
    assert "No report is joined yet" in text_of(bob.get(address("case", case)))


def test_case_is_opened_with_a_report_or_an_exhibit(bob, people, series, report, exhibit):
    for name, one in (("report", report), ("exhibit", exhibit)):
        way = f"{address('open-case')}?{name}={one.public_id}"
        assert f"It begins with {one}" in text_of(bob.get(way))
        made = bob.post(way, {"title": "Accounts of a harbour"})
        assert one.reference in text_of(bob.get(made.url))
    assert bob.get(f"{address('open-case')}?report={exhibit.public_id}").status_code == 404


def test_content_is_picked_out_of_an_exhibit_by_its_digest(bob, people, case, exhibit):
    content = content_in(exhibit)
    join(people.bob, NOW, case=case, joined=exhibit)
    said = {"case": str(case.public_id), "sha256": content.sha256_hex, "reason": "the same picture"}
    asked = bob.get(address("exhibit-cases", exhibit), {"sha256": content.sha256_hex})
    assert f'name="sha256" value="{content.sha256_hex}"' in text_of(asked)
    assert bob.post(address("exhibit-cases", exhibit), said).url == address("case", case)
    page = text_of(bob.get(address("case", case)))
    assert content.sha256_hex in page
    for digest in ("ab" * 32, "no digest"):
        assert bob.post(address("exhibit-cases", exhibit), said | {"sha256": digest}).status_code == 422
