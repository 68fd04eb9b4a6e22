"""Sealing a name."""

import pytest

from kavalan.casework import keys
from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities import services
from kavalan.casework.identities.models import Identity
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.selectors import identity_for, sealed_alike
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.keys import LockedError

from ..conftest import NOW
from .conftest import CHILD


def seal(officer, room, particulars=CHILD, kind=Kind.CHILD):
    return seal_identity(officer, NOW, kind=kind, compartment=room, particulars=particulars)


def test_ledger_is_told_the_pseudonym_and_which_version_and_nothing_else(people, child, last_entry):
    entry, said = last_entry()
    assert (entry.verb, entry.subject, entry.actor) == ("identity.seal", child.public_id, people.bob.public_id)
    assert said == {
        "kind": "child",
        "pseudonym": child.pseudonym,
        "compartment": str(people.compartment.public_id),
        "version": 1,
        "seal": bytes(child.versions.get().seal).hex(),
    }


def test_who_sees_the_compartment_sees_the_pseudonym(people, child):
    seen = [
        who for who in ("alice", "bob", "dora", "charlie") if identity_for(getattr(people, who), child.public_id, NOW)
    ]
    assert seen == ["alice", "bob"]


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_who_has_no_role_there_seals_nothing(people, unlocked, entries, who):
    before = entries()
    with pytest.raises(RefusedError, match="Your role"):
        seal(getattr(people, who), people.compartment)
    assert (entries(), Identity.objects.count()) == (before, 0)


def test_filter_officer_seals_nothing(people, unlocked):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.FILTER_OFFICER)
    with pytest.raises(RefusedError, match="Your role"):
        seal(people.dora, people.compartment)


def test_while_the_keys_are_locked_nothing_is_written(people, unlocked, entries):
    before = entries()
    keys.hold(None)
    with pytest.raises(LockedError):
        seal(people.bob, people.compartment)
    assert (entries(), Identity.objects.count()) == (before, 0)


def test_pseudonym_that_is_taken_is_not_given_again(people, child, monkeypatch):
    drawn = iter([child.pseudonym, "K-4821/2026"])
    monkeypatch.setattr(services, "draw_pseudonym", lambda year: next(drawn))
    assert seal(people.bob, people.compartment).pseudonym == "K-4821/2026"


def test_same_name_and_year_there_is_told_and_elsewhere_is_not(people, child):
    again = seal(people.bob, people.compartment, Particulars("zelphine OKWARAMBA", born="2016"))
    other = seal(people.bob, people.compartment, Particulars("Tavik Melorin", born="2016"))
    room = open_compartment(people.bob, NOW, name="Another case")
    elsewhere = seal(people.bob, room)
    assert [sealed_alike(people.bob, one, NOW) for one in (again, other, elsewhere)] == [[child], [], []]
    assert sealed_alike(people.dora, again, NOW) == []


@pytest.mark.parametrize(
    "particulars",
    [Particulars(""), Particulars("x" * 201), Particulars("x", born="9 April"), Particulars("x", notes="x" * 2001)],
)
def test_what_could_not_be_opened_again_is_not_sealed(people, unlocked, entries, particulars):
    before = entries()
    with pytest.raises(RefusedError, match="name is missing"):
        seal(people.bob, people.compartment, particulars)
    assert (entries(), Identity.objects.count()) == (before, 0)
