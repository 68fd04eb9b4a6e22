"""Notes of a case."""

import hashlib
from datetime import timedelta

import pytest

from kavalan.casework.cases.models import Note
from kavalan.casework.cases.notes import NOTES_A_PAGE, note_for, note_page, notes_of
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import correct_note, open_case, write_note
from kavalan.casework.cases.services.notes import LONGEST
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .rearranged import merge, undo

AMBER = {"marking": Marking.AMBER}


def test_a_note_keeps_when_it_happened_and_the_ledger_its_digest(people, case, last_entry):
    moment = NOW - timedelta(days=2)
    note = write_note(people.bob, NOW, case=case, text=" They rang. ", happened_at=moment, **AMBER)
    assert (note.text, note.happened_at, note.written_at) == ("They rang.", moment, NOW)
    entry, said = last_entry()
    assert (entry.verb, said["sha256"]) == ("note.write", hashlib.sha256(b"They rang.").hexdigest())
    assert "rang" not in str(said)


def test_a_correction_is_a_note_of_its_own_and_made_once(people, case):
    wrong = write_note(people.bob, NOW, case=case, text="At nine", **AMBER)
    right = correct_note(people.alice, NOW, note=wrong, text="At ten", **AMBER)
    assert right.corrects == wrong
    assert Note.objects.get(pk=wrong.pk).text == "At nine"
    with pytest.raises(RefusedError, match="correct the newest"):
        correct_note(people.bob, NOW, note=wrong, text="At eleven", **AMBER)


def test_who_examines_writes_and_who_only_reads_does_not(people, case, let_in):
    let_in(people.dora)
    assert write_note(people.dora, NOW, case=case, text="Two files", **AMBER)
    with pytest.raises(RefusedError, match="Your role in this case"):
        write_note(people.charlie, NOW, case=case, text="Mine", **AMBER)


@pytest.mark.parametrize(
    ("text", "after", "why"),
    [(" ", 0, "has a text"), ("x" * (LONGEST + 1), 0, "has a text"), ("Tomorrow", 1, "what has happened")],
)
def test_what_is_no_note_is_refused(people, case, text, after, why):
    with pytest.raises(RefusedError, match=why):
        write_note(people.bob, NOW, case=case, text=text, happened_at=NOW + timedelta(after), **AMBER)


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
