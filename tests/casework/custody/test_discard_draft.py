"""Throwing away what was typed."""

import pytest

from kavalan.casework.custody.models import DraftRow
from kavalan.casework.custody.services import discard_draft, enter_seizure, save_row
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import row


def test_nothing_of_it_stays_and_nothing_was_registered(people, warrant, draft, last_entry):
    save_row(draft, people.alice, row(1))
    discard_draft(people.alice, NOW, draft=draft)
    assert (DraftRow.objects.count(), last_entry()[1]) == (0, {"rows": 1})
    with pytest.raises(RefusedError, match="thrown away"):
        enter_seizure(people.alice, warrant, draft, NOW)


def test_other_officers_draft_stays(people, draft, dora):
    with pytest.raises(RefusedError, match="Another officer"):
        discard_draft(dora, NOW, draft=draft)
