"""Saying that a report is the same one after all."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.models import Duplicate
from kavalan.casework.triage.services import put_back_duplicate, undo_duplicate

from ..conftest import NOW
from .conftest import lay, tip


def test_it_hangs_on_the_first_one_again(people, desk):
    first, second = lay(desk, tip(1), tip(1))
    mark = undo_duplicate(people.bob, NOW, duplicate=Duplicate.objects.get(), reason="x")
    assert put_back_duplicate(people.alice, NOW, duplicate=mark, reason="the same child").in_force
    assert Report.objects.get(pk=second.pk).duplicate_of == first


def test_what_was_never_undone_is_not_put_back(people, desk):
    lay(desk, tip(1), tip(1))
    with pytest.raises(RefusedError, match="stands so already"):
        put_back_duplicate(people.bob, NOW, duplicate=Duplicate.objects.get(), reason="x")
