"""Two subjects that are two after all."""

import pytest
from django.apps import apps

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.models import Merging
from kavalan.casework.subjects.services import merge_subjects, undo_merge

from .conftest import SOON, opened


def rows():
    """All that is kept of subjects, but who merged what when."""
    models = [model for model in apps.get_app_config("subjects").get_models() if model is not Merging]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def test_each_is_as_it_was(people, case, subject, report):
    second, third = (opened(people.bob, case, report) for _ in range(2))
    before = rows()
    inner = merge_subjects(people.alice, SOON, kept=second, gone=third, reason="one voice")
    outer = merge_subjects(people.alice, SOON, kept=subject, gone=second, reason="one voice")
    assert rows() != before
    undo_merge(people.bob, SOON, merging=inner, reason="two voices")
    undo_merge(people.bob, SOON, merging=outer, reason="two voices")
    assert rows() == before
    with pytest.raises(RefusedError, match="already"):
        undo_merge(people.bob, SOON, merging=outer, reason="again")
