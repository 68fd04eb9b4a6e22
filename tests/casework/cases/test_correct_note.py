"""Correcting a note."""

import pytest

from kavalan.casework.cases.models import Note
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import correct_note, write_note
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

AMBER = {"marking": Marking.AMBER}


def test_a_correction_is_a_note_of_its_own_and_made_once(people, case):
    wrong = write_note(people.bob, NOW, case=case, text="At nine", **AMBER)
    right = correct_note(people.alice, NOW, note=wrong, text="At ten", **AMBER)
    assert right.corrects == wrong
    assert Note.objects.get(pk=wrong.pk).text == "At nine"
    with pytest.raises(RefusedError, match="correct the newest"):
        correct_note(people.bob, NOW, note=wrong, text="At eleven", **AMBER)
