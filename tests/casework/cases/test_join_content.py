"""Naming a content of an exhibit in a case."""

import pytest

from kavalan.casework.cases.models import Part
from kavalan.casework.cases.services import join, join_content
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.verbs import step

from ..conftest import NOW
from ..verb_desk import content_in


@pytest.fixture
def content(exhibit):
    """A content that is open in the exhibit."""
    return content_in(exhibit)


def test_content_is_named_with_where_it_was_found(people, case, exhibit, content, last_entry):
    join(people.bob, NOW, case=case, joined=exhibit)
    made = join_content(people.bob, NOW, case=case, exhibit=exhibit, content=content, reason="sent on")
    assert (made.kind, made.object_id) == ("exhibits.content", content.pk)
    assert last_entry()[1]["sha256"] == content.sha256_hex
    with pytest.raises(RefusedError, match="already"):
        join_content(people.bob, NOW, case=case, exhibit=exhibit, content=content)


def test_exhibit_is_a_part_of_the_case_first(people, case, exhibit, content):
    with pytest.raises(RefusedError, match="no part of this case"):
        join_content(people.bob, NOW, case=case, exhibit=exhibit, content=content)


def test_sealed_content_is_not_there(people, case, exhibit, content):
    join(people.bob, NOW, case=case, joined=exhibit)
    step(Item)(Item.objects.update)(seal=Seal.PRIVILEGED)
    with pytest.raises(RefusedError, match="no such content"):
        join_content(people.bob, NOW, case=case, exhibit=exhibit, content=content)
    assert Part.objects.count() == 1
