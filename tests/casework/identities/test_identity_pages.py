"""The pages of sealed names: what they say, and that what was typed is never sent back."""

import pytest
from django.urls import reverse

from kavalan.casework.approvals.models import Approval
from kavalan.casework.identities.models import Identity

from .conftest import CHILD

TYPED = {
    "kind": "child",
    "name": CHILD.name,
    "born": CHILD.born,
    "contact": CHILD.contact,
}


def address(name, child):
    return reverse(name, args=[child.public_id])


@pytest.fixture
def as_bob(client, people):
    client.force_login(people.bob)
    return client


@pytest.fixture
def asked(client, people, child):
    """Bob asks on the page, and Alice grants there."""

    def through():
        client.force_login(people.bob)
        client.post(address("ask-identity", child), {"version": "1", "reason": "for the court"})
        asked = Approval.objects.order_by("pk").last()
        client.force_login(people.alice)
        client.post(reverse("answer-approval", args=[asked.public_id]), {"answer": "grant", "reason": "the court asks"})
        client.force_login(people.bob)

    return through


def seal(client, people, **changed):
    typed = {**TYPED, "compartment": str(people.compartment.public_id), **changed}
    return client.post(reverse("seal-identity"), typed)


def test_sealed_on_the_page_it_is_known_by_its_pseudonym(as_bob, people, unlocked):
    answer = seal(as_bob, people)
    made = Identity.objects.get()
    assert answer.url == address("identity", made)
    for page in (as_bob.get(answer.url), as_bob.get(reverse("identities"))):
        assert made.pseudonym in page.text
        assert CHILD.name not in page.text


@pytest.mark.parametrize("changed", [{"born": "9 April 2015"}, {"name": ""}, {"compartment": "x"}, {"kind": "x"}])
def test_what_is_refused_is_not_sent_back(as_bob, people, unlocked, changed):
    answer = seal(as_bob, people, **changed)
    assert (answer.status_code, Identity.objects.count()) == (422, 0)
    assert "type it again" in answer.text
    assert not [text for text in (CHILD.name, "2016-11-23", "9 April", "after school") if text in answer.text]


def test_locked_keys_are_told_before_anybody_types_and_after(as_bob, people):
    assert "kavalan serve" in as_bob.get(reverse("seal-identity")).text
    answer = seal(as_bob, people)
    assert (answer.status_code, "kavalan serve" in answer.text, CHILD.name in answer.text) == (422, True, False)


def test_browser_keeps_none_of_it_and_checks_no_spelling(as_bob, unlocked):
    page = as_bob.get(reverse("seal-identity")).text
    assert page.count('autocomplete="off" spellcheck="false" autocapitalize="off"') == 7


def test_correction_stands_on_the_page_and_what_was_typed_does_not(as_bob, child):
    page = address("correct-identity", child)
    answer = as_bob.post(page, {"name": "Zelphina", "reason": "called Zelphina"})
    assert (answer.status_code, "without the name" in answer.text) == (422, True)
    assert as_bob.post(page, {"name": "Zelphina", "reason": "one letter"}).url == address("identity", child)
    shown = as_bob.get(address("identity", child)).text
    assert ("one letter" in shown, "Zelphina" in shown) == (True, False)


def test_name_is_told_to_who_asked_once_and_to_nobody_else(client, people, child, asked):
    asked()
    assert "Open it now" in client.get(address("identity", child)).text
    client.force_login(people.alice)
    assert client.post(address("open-identity", child), {"version": "1"}).status_code == 409
    client.force_login(people.bob)
    told = client.post(address("open-identity", child), {"version": "1"})
    assert (told.status_code, CHILD.name in told.text, "2016-11-23" in told.text) == (200, True, True)
    again = client.post(address("open-identity", child), {"version": "1"})
    assert (again.status_code, CHILD.name in again.text) == (409, False)
    page = client.get(address("identity", child)).text
    assert ("for the court" in page, "the court asks" in page, CHILD.name in page) == (True, True, False)


def test_page_of_a_name_is_kept_nowhere_leaves_by_itself_and_runs_nothing(client, child, asked):
    asked()
    told = client.post(address("open-identity", child), {"version": "1"})
    assert told["Cache-Control"] == "no-store"
    assert told["Refresh"] == f"300; url={address('identity', child)}"
    assert "<script" not in told.text
    # It is folded, and not printed.
    assert '<details class="card unprinted">' in told.text
    assert client.get(address("open-identity", child)).status_code == 405


@pytest.mark.parametrize("version", ["", "2", "x", "1 ", "０"])
@pytest.mark.parametrize("name", ["ask-identity", "open-identity"])
def test_a_version_that_is_not_there_is_not_found(as_bob, child, name, version):
    assert as_bob.post(address(name, child), {"version": version, "reason": "why"}).status_code == 404


def test_question_without_a_reason_is_refused_on_the_page(as_bob, child):
    answer = as_bob.post(address("ask-identity", child), {"version": "1", "reason": ""})
    assert (answer.status_code, "A reason is needed" in answer.text) == (409, True)


def test_who_grants_reads_whose_name_by_pseudonym(client, people, child):
    client.force_login(people.bob)
    client.post(address("ask-identity", child), {"version": "1", "reason": "for the court"})
    client.force_login(people.alice)
    page = client.get(reverse("approvals")).text
    assert (child.pseudonym in page, CHILD.name in page) == (True, False)


def test_same_person_sealed_again_is_told(as_bob, people, child):
    answer = seal(as_bob, people)
    assert child.pseudonym in as_bob.get(answer.url).text


def test_list_goes_on_where_a_page_ends(as_bob, people, unlocked, monkeypatch):
    monkeypatch.setattr("kavalan.casework.identities.selectors.IDENTITIES_A_PAGE", 2)
    for _ in range(3):
        seal(as_bob, people)
    first, second, third = Identity.objects.order_by("pk")
    page = as_bob.get(reverse("identities")).text
    assert (third.pseudonym in page, first.pseudonym in page) == (True, False)
    rest = as_bob.get(reverse("identities"), {"before": second.public_id}).text
    assert (first.pseudonym in rest, third.pseudonym in rest) == (True, False)


def test_nothing_sealed_says_what_to_do(as_bob):
    assert "seal it first" in as_bob.get(reverse("identities")).text


def test_pages_ask_few_questions_of_the_database(as_bob, people, unlocked, django_assert_max_num_queries):
    for _ in range(3):
        seal(as_bob, people)
    with django_assert_max_num_queries(12):
        as_bob.get(reverse("identities"))


@pytest.mark.parametrize(("who", "offered"), [("alice", True), ("dora", False)])
def test_who_gave_a_consent_is_offered_by_the_pseudonyms_one_knows(client, people, child, who, offered):
    client.force_login(getattr(people, who))
    page = client.get(reverse("record-authority")).text
    assert (f'<option value="{child.pseudonym}">child {child.pseudonym}</option>' in page) == offered
