"""Taking a closed hypothesis up again."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Closed
from kavalan.casework.subjects.services import close_subject, reopen_subject

from .conftest import SOON, fresh


def test_both_turns_are_kept(people, subject):
    close_subject(people.alice, SOON, subject=subject, outcome=Closed.NOT_FOLLOWED, reason="nothing more")
    reopen_subject(people.bob, SOON, subject=subject, reason="a new report")
    assert fresh(subject).closed_at is None
    assert [(one.outcome, one.undone_why) for one in subject.closings.all()] == [("not_followed", "a new report")]


def test_open_one_is_not_opened_again(people, subject):
    with pytest.raises(RefusedError, match="not closed"):
        reopen_subject(people.bob, SOON, subject=subject, reason="why not")
