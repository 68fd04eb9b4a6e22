"""Printing a case that is for named persons only."""

import pytest
from django.urls import reverse

from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import mark_case, print_case
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


@pytest.fixture
def red(people, case):
    mark_case(people.alice, NOW, case=case, marking=Marking.RED, reason="an informer")
    return case


def test_the_ledger_keeps_for_whom_it_was(people, red, last_entry):
    print_case(people.alice, NOW, case=red, reason="the prosecutor, by hand")
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["reason"]) == ("case.print", red.public_id, "the prosecutor, by hand")


def test_nobody_prints_what_is_closed_to_them_and_a_wider_mark_asks_nothing(people, case):
    with pytest.raises(RefusedError, match="print it as it is"):
        print_case(people.alice, NOW, case=case, reason="x")
    with pytest.raises(RefusedError, match="no such thing"):
        print_case(people.charlie, NOW, case=case, reason="x")


def test_the_page_asks_first_for_whom(client, people, red, entries):
    client.force_login(people.alice)
    address, before = reverse("case-print", args=[red.public_id]), entries()
    assert "Where it stands" not in client.get(address).text
    assert client.post(address, {"reason": " "}).status_code == 422
    assert entries() == before
    page = client.post(address, {"reason": "the prosecutor"}).text
    assert "Where it stands" in page
    assert page.count("TLP:RED") >= 2
    assert entries() == before + 1


def test_a_mark_that_was_changed_meanwhile_is_told_on_the_page(client, people, red, monkeypatch):
    client.force_login(people.alice)

    def changed_meanwhile(*asked, **said):
        mark_case(people.alice, NOW, case=red, marking=Marking.GREEN, reason="no informer any more")
        return print_case(*asked, **said)

    monkeypatch.setattr("kavalan.casework.cases.views.cases.print_case", changed_meanwhile)
    answer = client.post(reverse("case-print", args=[red.public_id]), {"reason": "the prosecutor"})
    assert answer.status_code == 422
    assert "print it as it is" in answer.text
