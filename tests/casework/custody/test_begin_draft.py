"""Beginning to type a seizure in."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.selectors import draft_for, drafts_of
from kavalan.casework.custody.services import begin_draft
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import MEMO, SEARCH


def test_it_is_found_again_by_whoever_types_it_and_nobody_else(people, draft):
    assert list(drafts_of(people.alice)) == [draft]
    assert (draft_for(people.alice, draft.public_id), draft_for(people.bob, draft.public_id)) == (draft, None)


@pytest.mark.parametrize(
    "more", [{"reference": " "}, {"memo": Memo(NOW + timedelta(seconds=1))}, {"reference": MEMO}], ids=str
)
def test_memo_without_reference_ahead_of_its_time_or_entered_already_is_refused(people, warrant, seized, more):
    said = {"authority": warrant, "compartment": people.compartment, "reference": "SM 13", "memo": Memo(SEARCH)}
    with pytest.raises(RefusedError):
        begin_draft(people.alice, NOW, **said | more)
