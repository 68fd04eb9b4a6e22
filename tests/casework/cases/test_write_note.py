"""Writing a note."""

import hashlib
from datetime import timedelta

import pytest

from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import write_note
from kavalan.casework.cases.services.notes import LONGEST
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

AMBER = {"marking": Marking.AMBER}


def test_a_note_keeps_when_it_happened_and_the_ledger_its_digest(people, case, last_entry):
    moment = NOW - timedelta(days=2)
    note = write_note(people.bob, NOW, case=case, text=" They rang. ", happened_at=moment, **AMBER)
    assert (note.text, note.happened_at, note.written_at) == ("They rang.", moment, NOW)
    entry, said = last_entry()
    assert (entry.verb, said["sha256"]) == ("note.write", hashlib.sha256(b"They rang.").hexdigest())
    assert "rang" not in str(said)


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
