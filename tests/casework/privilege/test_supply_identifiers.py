"""Sealing what an advocate and a client wrote, as far as paths tell it."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits import selectors
from kavalan.casework.privilege.models import PrivilegedIdentifier
from kavalan.casework.privilege.rules import folded, speaks_of
from kavalan.casework.privilege.services import supply_identifiers

from ..conftest import NOW
from ..exhibits.batches import row
from ..exhibits.conftest import job, load

__all__ = ["job", "load"]

ROWS = [
    row(b"chats/+00 00000-12345/1.jpg", b"1", "image/jpeg"),
    row(b"chats/0000000/12345.jpg", b"2", "image/jpeg"),
    row(b"Adv.Office@example.invalid/letter.txt", b"3"),
    row(b"sea.jpg", b"4", "image/jpeg"),
    row(b"a.jpg", b"5", "image/jpeg", original=b"DCIM/0000000 12345.jpg"),
]
SAID = ["+00 00000 12345", "adv.office@EXAMPLE.invalid"]


def supply(officer, exhibit, said=SAID):
    return supply_identifiers(officer, NOW, exhibit=exhibit, identifiers=said)


def paths(exhibit):
    return [bytes(item.path) for item in selectors.item_page(exhibit).items]


def test_matches_among_what_is_loaded_are_sealed_and_counted(people, exhibit, load, last_entry):
    load(ROWS)
    supply(people.bob, exhibit)
    assert last_entry()[1] == {"identifiers": 2, "sealed": 4}
    assert paths(exhibit) == [b"sea.jpg"]
    found = selectors.counts(exhibit)
    assert (found.items, found.sealed, found.privileged) == (1, 0, 4)


def test_matches_that_are_loaded_later_are_sealed_too(people, exhibit, load):
    supply(people.bob, exhibit)
    load(ROWS)
    assert paths(exhibit) == [b"sea.jpg"]


def test_page_says_how_many_and_names_none(client, people, exhibit, load):
    load(ROWS)
    supply(people.bob, exhibit)
    client.force_login(people.alice)
    page = client.get(reverse("exhibit", args=[exhibit.public_id])).text
    assert ("4 items are sealed: privileged" in page, "letter.txt" in page) == (True, False)


def test_identifiers_reach_the_ledger_as_a_number_only(people, exhibit, last_entry):
    supply(people.bob, exhibit)
    assert set(last_entry()[1]) == {"identifiers", "sealed"}


@pytest.mark.parametrize(
    ("who", "said", "why"),
    [("dora", SAID, "has a role"), ("bob", [], "at least one"), ("bob", ["+1-2 3"], "too short")],
)
def test_stranger_nothing_or_too_little_seals_nothing(people, exhibit, entries, who, said, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        supply(getattr(people, who), exhibit, said)
    assert (entries(), PrivilegedIdentifier.objects.count()) == (before, 0)


def test_supplied_twice_it_seals_once(people, exhibit, load):
    load(ROWS)
    supply(people.bob, exhibit)
    supply(people.bob, exhibit)
    assert (PrivilegedIdentifier.objects.count(), selectors.counts(exhibit).privileged) == (2, 4)


@given(st.text("0123456789", min_size=5), st.text(" -._()+/", min_size=1), st.binary(max_size=9))
def test_what_people_put_between_digits_does_not_matter(digits, between, before):
    assert speaks_of([before + b"/" + between.join(digits).encode()], [folded(digits)])
