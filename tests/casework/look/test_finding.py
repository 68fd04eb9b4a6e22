"""What the palette finds: only what the officer may see, fewer than twenty things."""

import pytest

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.look.finding import count, find
from tests.casework.conftest import NOW, grounds
from tests.casework.reports import open_intake


def titles(officer, question):
    return [one.title for group in find(officer, question, NOW) for one in group.found]


def test_an_exhibit_is_found_by_a_part_of_its_reference(people, exhibit):
    assert "E-1" in titles(people.alice, "e-")
    assert "E-1" not in titles(people.alice, "e-2")


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_who_was_not_let_in_finds_no_exhibit(people, exhibit, who):
    assert "E-1" not in titles(getattr(people, who), "e-1")
    assert "E-1" in titles(people.bob, "e-1")


def test_every_word_must_fit(people, exhibit):
    assert "Register an exhibit" in titles(people.alice, "exhibit regis")
    assert titles(people.alice, "register nonsense") == []


def test_without_a_word_places_and_actions_are_offered(people, exhibit):
    assert {"Exhibits", "Register an exhibit"} <= set(titles(people.alice, ""))
    assert "E-1" not in titles(people.alice, "")


@pytest.mark.parametrize("question", ["", "a", "e"])
def test_fewer_than_twenty_things_are_found_however_many_fit(people, folder, question):
    references = {f"AE-{number}" for number in range(30)}
    everything = grounds(*references)
    paper = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 8/2026", grounds=everything)
    for reference in references:
        register_exhibit(people.alice, paper, ExhibitDraft(reference, folder, people.compartment), NOW)
    assert count(find(people.alice, question, NOW)) < 20


def test_english_words_find_in_every_language(client, people):
    client.force_login(people.alice)
    for language in ("ml", "hi"):
        found = client.get("/find/?q=register", headers={"accept": "application/json", "accept-language": language})
        assert [one["address"] for group in found.json()["groups"] for one in group["found"]] == ["/exhibits/register/"]


def test_a_language_is_found_by_its_own_name_and_by_its_english_one(people):
    assert titles(people.alice, "മലയാളം") == titles(people.alice, "malayalam") != []


def test_the_page_and_the_palette_find_the_same(client, people, exhibit):
    client.force_login(people.alice)
    page = client.get("/find/?q=e-1").text
    answer = client.get("/find/?q=e-1", headers={"accept": "application/json"}).json()
    found = [one for group in answer["groups"] for one in group["found"]]
    assert answer["told"] == f"{len(found)} found"
    for one in found:
        assert one["title"] in page
        assert f'"{one["address"]}"' in page


def test_what_was_found_stands_under_its_kind_with_the_reason(people, exhibit):
    (group,) = [one for one in find(people.alice, "memory card", NOW) if one.name == "Exhibits"]
    (found,) = group.found
    assert (found.reason.said, found.reason.text) == ("text", "a memory card")


def test_a_kind_has_pages_of_its_own(client, people, folder):
    references = [f"AE-{number}" for number in range(8)]
    paper = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 8/2026", grounds=grounds(*references))
    for reference in references:
        register_exhibit(people.alice, paper, ExhibitDraft(reference, folder, people.compartment, "shore"), NOW)
    client.force_login(people.alice)
    some = client.get("/find/?q=shore").text
    assert "AE-7" in some
    assert "AE-0" not in some
    assert "q=shore&amp;kind=exhibit" in some
    every = client.get("/find/?q=shore&kind=exhibit").text
    assert all(reference in every for reference in references)
    assert client.get("/find/?q=shore&kind=nonsense").status_code == 404


def test_what_was_not_found_can_be_asked_of_other_units_by_who_works_at_a_desk(client, people):
    client.force_login(people.bob)
    assert "Ask other units" not in client.get("/find/?q=9000012345").text
    open_intake(people)
    assert '<input type="hidden" name="text" value="9000012345">' in client.get("/find/?q=9000012345").text
    words = client.get("/find/?q=nonsense").text
    assert 'name="text"' not in words
    assert "Ask about an account" in words
