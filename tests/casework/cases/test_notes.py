"""Notes of a case."""

import pytest

from kavalan.casework.cases.notes import NOTES_A_PAGE, note_for, note_page, notes_of
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import correct_note, open_case, write_note
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .rearranged import merge, undo

AMBER = {"marking": Marking.AMBER}


def test_what_is_marked_red_is_read_where_it_was_written_and_not_by_a_merge(people, case, let_in):
    other = open_case(people.alice, NOW, title="Nets")
    red = write_note(people.alice, NOW, case=other, text="Named persons", marking=Marking.RED)
    amber = write_note(people.alice, NOW, case=other, text="Those who need it", **AMBER)
    (made,) = merge(people.alice, case, other)
    assert list(notes_of(people.alice, case, NOW)) == [amber, red]
    assert list(notes_of(people.bob, case, NOW)) == [amber]
    assert note_for(people.bob, amber.public_id, NOW) == amber
    assert note_for(people.bob, red.public_id, NOW) is None
    with pytest.raises(RefusedError, match="no such note"):
        correct_note(people.bob, NOW, note=red, text="Known", **AMBER)
    correct_note(people.bob, NOW, note=amber, text="Those who asked", **AMBER)
    undo(people.alice, made)
    assert not notes_of(people.bob, case, NOW)
    assert [note.text for note in notes_of(people.alice, other, NOW)] == [
        "Those who asked",
        "Those who need it",
        "Named persons",
    ]


def test_notes_come_in_pages(people, case):
    for number in range(NOTES_A_PAGE + 1):
        write_note(people.bob, NOW, case=case, text=f"Note {number}", **AMBER)
    first = note_page(people.bob, case, NOW)
    second = note_page(people.bob, case, NOW, first.before)
    assert [note.text for note in second.notes] == ["Note 0"]
    assert (len(first.notes), second.before) == (NOTES_A_PAGE, None)
