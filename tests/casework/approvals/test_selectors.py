"""Whose it is to ask and to answer, also about what belongs to a unit and lies in no compartment."""

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.approvals import selectors
from kavalan.casework.approvals.kinds import kinds
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

AUDIT = Kind(
    name="test_audit",
    label="look at an officer",
    ask=frozenset({OfficerRole.AUDITOR}),
    grant=frozenset({OfficerRole.SUPERVISOR}),
    words=lambda matter, payload: f"Look at {matter}: {payload['what']}.",
    page="approvals",
)


@pytest.fixture
def unit_wide(people, monkeypatch):
    """Dora audits Alice's unit and Bob supervises it; Charlie supervises another. Dora has asked about Alice."""
    monkeypatch.setitem(kinds(), AUDIT.name, AUDIT)
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    give_role(people.alice, NOW, officer=people.charlie, role=OfficerRole.SUPERVISOR)
    return ask(people.dora, people.alice)


def ask(who, matter):
    return ask_approval(who, NOW, kind=AUDIT, matter=matter, payload={"what": "March"}, reason="a complaint")


def test_question_about_an_officer_is_answered_by_roles_in_the_officers_unit_only(people, unit_wide):
    waiting = {who: list(selectors.waiting(getattr(people, who), NOW)) for who in ("alice", "bob", "charlie", "dora")}
    assert waiting == {"alice": [], "bob": [unit_wide], "charlie": [], "dora": []}
    for who in (people.alice, people.charlie):
        with pytest.raises(RefusedError, match="does not extend"):
            answer_approval(who, NOW, approval=unit_wide, granted=True, reason="yes")
    assert answer_approval(people.bob, NOW, approval=unit_wide, granted=True, reason="yes").granted


def test_auditor_asks_about_nobody_of_another_unit(people, unit_wide):
    assert not selectors.may_ask(people.dora, AUDIT, people.charlie, NOW)
    with pytest.raises(RefusedError, match="asking"):
        ask(people.dora, people.charlie)


def test_role_in_a_compartment_is_none_at_the_desk(people, unit_wide):
    assert not selectors.may_ask(people.alice, AUDIT, people.bob, NOW)


def test_what_would_be_done_is_kept_in_words(people, unit_wide):
    assert unit_wide.words == f"Look at {people.alice.public_id}: March."
