"""Being told a sealed name, by two people."""

from datetime import timedelta

import pytest

from kavalan.casework import keys
from kavalan.casework.access.models import Grant
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.identities import services
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.models import SealedVersion
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.identities.sealing import BrokenSealError
from kavalan.casework.identities.selectors import opening_counts, openings_of
from kavalan.casework.identities.services import correct_identity, opening, read_identity
from kavalan.casework.keys import LockedError
from kavalan.casework.ledger.models import LedgerEntry

from ..conftest import NOW
from .conftest import CHILD


def read(officer, child, number=1, at=NOW):
    return read_identity(officer, at, identity=child, number=number)


def test_who_was_granted_it_is_told_once(people, child, granted, last_entry):
    asked = granted()
    assert read(people.bob, child) == CHILD
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("identity.open", child.public_id)
    assert said == {"identity": str(child.public_id), "version": 1, "approval": str(asked.public_id)}
    with pytest.raises(RefusedError, match="used once"):
        read(people.bob, child)


def test_ledger_has_the_opening_before_anything_is_told(people, child, granted, monkeypatch):
    seen = []
    unseal = services.unseal

    def watched(version):
        seen.append(LedgerEntry.objects.filter(verb="identity.open").count())
        return unseal(version)

    granted()
    monkeypatch.setattr(services, "unseal", watched)
    read(people.bob, child)
    # Tried within the verb, and read after it.
    assert seen == [0, 1]


@pytest.mark.parametrize(
    ("who", "number", "after", "why"),
    [
        ("alice", 1, timedelta(), "Your role"),
        ("dora", 1, timedelta(), "Your role"),
        ("charlie", 1, timedelta(), "Your role"),
        ("bob", 2, timedelta(), "exactly this"),
        ("bob", 1, timedelta(days=1), "exactly this"),
    ],
)
def test_nobody_else_no_other_version_and_not_too_late(people, child, granted, entries, who, number, after, why):
    correct_identity(people.bob, NOW, identity=child, particulars=Particulars("Zelphina"), reason="a letter")
    granted()
    before = entries()
    with pytest.raises(RefusedError, match=why):
        read(getattr(people, who), child, number, NOW + after)
    assert (entries(), Approval.objects.get().used_at) == (before, None)


def test_refused_it_is_not_told(people, child, granted):
    granted(granted=False)
    with pytest.raises(RefusedError, match="exactly this"):
        read(people.bob, child)


def test_an_old_version_is_told_where_just_that_was_granted(people, child, granted):
    correct_identity(people.bob, NOW, identity=child, particulars=Particulars("Zelphina"), reason="a letter")
    granted(number=1)
    assert read(people.bob, child) == CHILD


def test_supervisor_does_not_ask_and_who_asks_does_not_grant(people, child):
    question = {"kind": OPEN_IDENTITY, "matter": child, "payload": opening(child, 1), "reason": "for the court"}
    with pytest.raises(RefusedError, match="asking"):
        ask_approval(people.alice, NOW, **question)
    asked = ask_approval(people.bob, NOW, **question)
    with pytest.raises(RefusedError, match="Nobody grants"):
        answer_approval(people.bob, NOW, approval=asked, granted=True, reason="mine")


def test_who_was_put_out_of_the_compartment_is_not_told(people, child, granted):
    granted()
    with writing(frozenset({"access_grant"})):
        Grant.objects.filter(officer=people.bob).update(until=NOW)
    with pytest.raises(RefusedError, match="Your role"):
        read(people.bob, child)


def test_what_cannot_be_opened_uses_no_grant_up(people, child, granted, entries):
    asked = granted()
    before, held = entries(), keys.held()
    keys.hold(None)
    with pytest.raises(LockedError):
        read(people.bob, child)
    keys.hold(held)
    with writing(frozenset({"identities_sealedversion"})):
        SealedVersion.objects.update(seal=bytes(32))
    with pytest.raises(BrokenSealError):
        read(people.bob, child)
    asked.refresh_from_db()
    assert (entries(), asked.used_at) == (before, None)


def test_openings_are_counted_and_say_who_was_told_on_whose_grant(people, child, granted):
    granted()
    assert opening_counts([child]) == {}
    read(people.bob, child)
    granted()
    read(people.bob, child)
    told = [(one.asked_by, one.answered_by, one.reason) for one in openings_of(child)]
    assert told == [(people.bob, people.alice, "for the court")] * 2
    assert opening_counts([child]) == {child.public_id: 2}
