"""What is found, by whom, and what is not: held against looking at everything."""

import random
import uuid
from datetime import timedelta

import pytest

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.search import selectors
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.models import UNIT, SearchDocument
from kavalan.casework.search.rules import Kind, Said
from kavalan.casework.search.selectors import Search
from kavalan.casework.search.words import question
from kavalan.casework.verbs import step

from ..conftest import NOW

WORDS = ("lighthouse", "shore", "കണ്ണൂർ", "heron")


def titles(officer, text, most=6):
    pages = Search(officer, NOW, most).of_each_kind(question(text).wanted)
    return [document.title for page in pages for document in page.documents]


def test_an_exhibit_is_found_by_its_reference_and_by_a_word_of_its_description(people, exhibit):
    assert "E-1" in titles(people.alice, "E-1")
    assert titles(people.alice, "memory") == titles(people.bob, "CARD") == ["E-1"]
    assert titles(people.alice, "e-3") == []


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_who_was_not_let_in_finds_nothing(people, exhibit, who):
    assert SearchDocument.objects.count() == 2
    assert titles(getattr(people, who), "memory card") == []


def test_an_authority_is_found_by_all_of_its_unit_and_by_nobody_else(people):
    assert titles(people.alice, "W 7/2026") == titles(people.dora, "w 7 2026") == ["W 7/2026"]
    assert titles(people.charlie, "W 7/2026") == []


@step(Compartment, Grant, Placement, SearchDocument)
def lay(people, rooms=12, count=120):
    """Documents in rooms; Bob was let into some by name, by the unit, until yesterday and until tomorrow."""
    chance = random.Random(7)  # noqa: S311 drawn the same way every time
    made = [Compartment.objects.create(name=f"Room {number}") for number in range(rooms)]
    given = {"role": Role.INVESTIGATOR, "via": Via.GIVEN}
    for room, until in zip(made, [None, NOW - timedelta(days=1), NOW + timedelta(days=1), NOW], strict=False):
        Grant.objects.create(compartment=room, officer=people.bob, until=until, **given)
    Grant.objects.create(compartment=made[4], unit=people.bob.unit, **given)
    Grant.objects.create(compartment=made[5], unit=people.charlie.unit, **given)
    documents = []
    for number in range(1, count + 1):
        kind = chance.choice([Kind.REPORT, Kind.SEIZURE, Kind.DEVICE, Kind.AUTHORITY])
        placed = {
            Kind.REPORT: ("intake.report", number),
            Kind.DEVICE: ("custody.device", number),
            Kind.SEIZURE: ("custody.seizure", number % 20 + 1),
            Kind.AUTHORITY: (UNIT, chance.choice([people.bob, people.charlie]).unit_id),
        }[kind]
        text = " ".join(chance.choices(WORDS, k=2))
        draft = Draft(number=number, address=uuid.uuid4(), placed=placed, title=f"{number}", lines=[(Said.TEXT, text)])
        documents.append(draft.document(kind))
        if kind in {Kind.REPORT, Kind.DEVICE}:
            for room in chance.sample(made, k=chance.choice([0, 1, 1, 2])):
                Placement.objects.create(kind=placed[0], object_id=number, compartment=room)
    for number in range(1, 21):
        Placement.objects.create(kind="custody.seizure", object_id=number, compartment=chance.choice(made))
    # Far apart, as among many others.
    for place, document in enumerate(documents, 1):
        document.pk = 5003 * place
    SearchDocument.objects.bulk_create(documents)


def looked_at(officer, text):
    """All that an officer should find, told plainly: titles by kind, the newest first."""
    open_rooms = {
        one.compartment_id
        for one in Grant.objects.all()
        if (one.officer_id == officer.pk or one.unit_id == officer.unit_id) and (one.until is None or one.until > NOW)
    }
    there = {(one.kind, one.object_id) for one in Placement.objects.all() if one.compartment_id in open_rooms}
    found = {}
    for document in SearchDocument.objects.order_by("-pk"):
        told = document.lines[0][1].split() if document.lines else []
        own = document.placed_kind == UNIT and document.placed_id == officer.unit_id
        if all(any(has(word, one) for word in told) for one in text.split()) and (
            own or (document.placed_kind, document.placed_id) in there
        ):
            found.setdefault(document.kind, []).append(document.title)
    return found


def has(word, sought):
    """Whether a word is the sought one, or begins so where that ends in an asterisk."""
    return word.startswith(sought[:-1]) if sought.endswith("*") else word == sought


WAYS = {"by the rare word": (5000, 1000), "by what is open": (0, 1000), "by the frequent word": (0, 0)}


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_it_goes_it_finds_what_looking_at_everything_finds(people, monkeypatch, way):
    rare, few = WAYS[way]
    monkeypatch.setattr(selectors, "_RARE", rare)
    monkeypatch.setattr(selectors, "_FEW", few)
    lay(people)
    for text in ("lighthouse", "heron കണ്ണൂർ", "shore lighthouse", "her*", "lighthou*", "shore കണ്ണ*"):
        wanted = question(text).wanted
        expected = looked_at(people.bob, text)
        pages = Search(people.bob, NOW, 3).of_each_kind(wanted)
        assert {page.kind.value: [one.title for one in page.documents] for page in pages} == {
            kind: all_of_kind[:3] for kind, all_of_kind in expected.items()
        }
        assert {page.kind.value: page.more for page in pages} == {
            kind: len(some) > 3 for kind, some in expected.items()
        }
        assert {kind: paged(people.bob, wanted, Kind(kind)) for kind in expected} == expected


def paged(officer, wanted, kind):
    """All pages of a kind, one after another."""
    found, before = [], None
    while True:
        page = Search(officer, NOW, 4).of_kind(wanted, kind, before)
        found += [one.title for one in page.documents]
        if not page.more:
            return found
        before = page.documents[-1].public_id


def test_a_page_behind_what_is_closed_is_the_first_page(people):
    lay(people)
    wanted = question("lighthouse").wanted
    closed = SearchDocument.objects.filter(kind=Kind.AUTHORITY, placed_id=people.charlie.unit_id).first()
    first = Search(people.bob, NOW, 4).of_kind(wanted, Kind.AUTHORITY)
    assert Search(people.bob, NOW, 4).of_kind(wanted, Kind.AUTHORITY, closed.public_id) == first
    assert Search(people.bob, NOW, 4).of_kind(wanted, Kind.AUTHORITY, uuid.uuid4()) == first
