"""Another supervisor's look at an override."""

import pytest
from django.db import IntegrityError

from kavalan.casework.authority.models import Override
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import ask
from kavalan.casework.authority.services import review_override
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing

from ..conftest import LATER


def review(actor, override, approved, reason="I was told at once"):
    return review_override(actor, LATER, override=override, approved=approved, reason=reason)


@pytest.mark.parametrize(("approved", "said"), [(True, "yes"), (False, "no")])
def test_another_supervisor_says_yes_or_no_with_a_reason(two, override, last_entry, approved, said):
    review(two.bob, override, approved)
    kept = Override.objects.get()
    assert (kept.approved, kept.reviewed_by, kept.review_reason) == (approved, two.bob, "I was told at once")
    assert last_entry()[1] == {"approved": said, "reason": "I was told at once"}


def test_approved_it_goes_on(two, override):
    review(two.bob, override, True)
    assert ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", LATER) == override


def test_rejected_it_ends_at_once(two, override):
    review(two.bob, override, False)
    with pytest.raises(RefusedError, match="ended on"):
        ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", LATER)


@pytest.mark.parametrize(
    ("who", "reason", "why"),
    [
        ("alice", "mine", "Another supervisor"),
        ("dora", "why not", "Only a supervisor"),
        ("bob", "", "reason is needed"),
    ],
)
def test_nobody_reviews_their_own_or_without_right_or_reason(two, override, entries, who, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        review(getattr(two, who), override, True, reason)
    assert (entries(), Override.objects.get().approved) == (before, None)


def test_it_is_reviewed_once(two, override):
    review(two.bob, override, False)
    with pytest.raises(RefusedError, match="reviewed already"):
        review(two.bob, override, True)


def test_database_refuses_a_review_by_who_declared_it(two, override):
    with writing(frozenset({"authority_override"})), pytest.raises(IntegrityError):
        Override.objects.update(reviewed_by=two.alice)
