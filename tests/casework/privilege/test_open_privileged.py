"""Opening what is sealed as privileged."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits import selectors
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.services import open_privileged, opening, supply_identifiers

from ..conftest import LATER, NOW
from ..exhibits.batches import row
from ..exhibits.conftest import job, load

__all__ = ["job", "load"]


@pytest.fixture
def sealed(filtering, exhibit, load):
    """E-1 with items 1 and 2 sealed; Bob has granted Dora to open item 1."""
    load([row(b"adv-office/1.txt", b"1"), row(b"adv-office/2.txt", b"2"), row(b"sea.jpg", b"3", "image/jpeg")])
    supply_identifiers(filtering.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    asked = ask_approval(
        filtering.dora, NOW, kind=OPEN_PRIVILEGED, matter=exhibit, payload=opening([1]), reason="no letter"
    )
    answer_approval(filtering.bob, NOW, approval=asked, granted=True, reason="agreed")
    return exhibit


def shown(exhibit):
    return [item.number for item in selectors.item_page(exhibit).items]


def test_filter_officer_opens_just_what_was_granted(filtering, sealed, last_entry):
    open_privileged(filtering.dora, filtering.warrant, sealed, NOW, [1])
    assert shown(sealed) == [1, 3]
    entry, said = last_entry()
    assert (entry.verb, said) == (
        "privilege.open",
        {"items": ["1"], "approval": str(Approval.objects.get().public_id)},
    )


@pytest.mark.parametrize(
    ("who", "numbers", "at", "why"),
    [
        ("bob", [1], NOW, "Your role"),
        ("alice", [1], NOW, "Your role"),
        ("dora", [2], NOW, "exactly this"),
        ("dora", [1, 2], NOW, "exactly this"),
        ("dora", [3], NOW, "not items that are sealed"),
        ("dora", [], NOW, "not items that are sealed"),
        ("dora", [1], LATER, "ended on"),
    ],
)
def test_nobody_else_nothing_else_and_not_without_authority(filtering, sealed, entries, who, numbers, at, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        open_privileged(getattr(filtering, who), filtering.warrant, sealed, at, numbers)
    assert (entries(), shown(sealed), Approval.objects.get().used_at) == (before, [3], None)


def test_filter_officer_who_also_investigates_opens_nothing(filtering, sealed):
    grant(filtering.alice, NOW, compartment=filtering.compartment, to=filtering.dora, role=Role.INVESTIGATOR)
    with pytest.raises(RefusedError, match="no other role"):
        open_privileged(filtering.dora, filtering.warrant, sealed, NOW, [1])


def test_opened_once_it_stays_open_when_the_identifier_is_supplied_again(filtering, sealed):
    open_privileged(filtering.dora, filtering.warrant, sealed, NOW, [1])
    supply_identifiers(filtering.alice, NOW, exhibit=sealed, identifiers=["ADV office"])
    assert shown(sealed) == [1, 3]
