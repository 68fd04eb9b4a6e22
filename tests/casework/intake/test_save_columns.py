"""Saving what a partner's columns mean."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import mappings_of
from kavalan.casework.intake.services import save_columns

from ..conftest import NOW
from .conftest import PARTNER


def test_change_is_a_new_version_and_the_newest_is_offered(people, desk):
    for _ in range(2):
        save_columns(people.bob, NOW, desk=desk, name=" A partner ", columns=PARTNER)
    save_columns(people.bob, NOW, desk=desk, name="Another", columns=PARTNER)
    assert [str(one) for one in mappings_of(desk.unit_id)] == ["A partner, version 2", "Another, version 1"]


def test_columns_without_a_name_are_not_saved(people, desk):
    with pytest.raises(RefusedError, match="Give the columns a name"):
        save_columns(people.bob, NOW, desk=desk, name=" ", columns=PARTNER)
