"""Correcting what is sealed."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.identities.sealing import unseal
from kavalan.casework.identities.services import correct_identity

from ..conftest import NOW
from .conftest import CHILD

RIGHT = Particulars("Zelphina Okwaramba", born="2014")


def correct(officer, child, reason="one letter was wrong", particulars=RIGHT):
    return correct_identity(officer, NOW, identity=child, particulars=particulars, reason=reason)


def test_new_version_stands_beside_the_old_one_under_the_same_pseudonym(people, child, last_entry):
    before = child.pseudonym
    correct(people.alice, child)
    assert [unseal(one) for one in child.versions.order_by("number")] == [CHILD, RIGHT]
    child.refresh_from_db()
    assert child.pseudonym == before
    entry, said = last_entry()
    seal = bytes(child.versions.get(number=2).seal).hex()
    assert (entry.verb, said) == ("identity.correct", {"reason": "one letter was wrong", "version": 2, "seal": seal})


@pytest.mark.parametrize(
    ("who", "reason", "why"),
    [
        ("dora", "wrong", "Your role"),
        ("charlie", "wrong", "Your role"),
        ("bob", " ", "reason is needed"),
        ("bob", "it is spelt zelphina", "without the name"),
    ],
)
def test_stranger_no_reason_or_one_that_names_corrects_nothing(people, child, entries, who, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        correct(getattr(people, who), child, reason)
    assert (entries(), child.versions.count()) == (before, 1)
