"""Making checkpoints: each goes on from the last, is kept for good, and is carried out of the database."""

import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.ledger import rows
from kavalan.casework.ledger.checkpoints import make_checkpoint
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry
from kavalan.casework.ledger.selectors import verify_ledger
from kavalan.ledger import AnchorError, new_key, open_key, read_anchor

from ..conftest import NOW


def more(people, name):
    found_unit(people.alice, NOW + timedelta(hours=1), name=name)


def test_checkpoint_is_the_root_of_all_entries_signed(signing):
    note = signing.checkpoint()
    verdict = verify_ledger()
    assert (note.checkpoint.size, note.checkpoint.root) == (verdict.entries, verdict.root)
    assert note.signer([signing.key.public]) == signing.key.public


def test_it_is_kept_in_the_database_and_carried_out(signing):
    note = signing.checkpoint()
    assert [row.note for row in rows.checkpoints()] == [note.text.encode()]
    assert read_anchor(signing.anchor).notes == (note,)


def test_next_one_goes_on_from_the_last_and_reads_only_what_is_new(signing, people, monkeypatch):
    first = signing.checkpoint().checkpoint
    more(people, "Third")
    asked = []
    whole = rows.entries
    monkeypatch.setattr(rows, "entries", lambda after=None: asked.append(after) or whole(after))
    second = signing.checkpoint().checkpoint
    assert (second.size, second.root) == (first.size + 1, verify_ledger().root)
    assert set(asked[:-1]) == {first.size - 1, first.size}


def test_without_new_entries_the_last_one_answers(signing):
    assert signing.checkpoint() == signing.checkpoint()
    assert LedgerCheckpoint.objects.count() == 1
    assert len(read_anchor(signing.anchor).notes) == 1


def test_checkpoint_that_a_crash_kept_from_the_anchor_is_carried_out_by_the_next(signing, people):
    first = signing.checkpoint()
    os.truncate(signing.anchor, 0)
    more(people, "Third")
    second = signing.checkpoint()
    assert read_anchor(signing.anchor).notes == (first, second)


def test_empty_ledger_has_nothing_to_sign(empty_desk, tmp_path):
    new_key(tmp_path / "ledger.pem", b"word")
    key = open_key(tmp_path / "ledger.pem", b"word")
    with pytest.raises(RefusedError, match="empty"):
        make_checkpoint(key, [key.public], tmp_path / "anchor", NOW)
    assert LedgerCheckpoint.objects.count() == 0


def test_ledger_that_does_not_hold_is_not_signed(signing, people, root):
    signing.checkpoint()
    more(people, "Third")
    more(people, "Fourth")
    last = LedgerEntry.objects.count()
    root.run(f"UPDATE ledger_entry SET verb = 'unit.close' WHERE number = {last - 1}")  # noqa: S608 a number of our own
    with pytest.raises(RefusedError, match=f"entry {last - 1} was changed"):
        signing.checkpoint()
    assert LedgerCheckpoint.objects.count() == 1


def test_entries_cut_off_below_the_last_checkpoint_are_noticed(signing, root):
    size = signing.checkpoint().checkpoint.size
    root.run(f"DELETE FROM ledger_entry WHERE number = {size}")  # noqa: S608 a number of our own
    with pytest.raises(RefusedError, match="no longer holds"):
        signing.checkpoint()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_checkpoint SET note = 'nothing'",
        ("UPDATE ledger_checkpoint SET peaks = %s", [b"\x01" * 64]),
    ],
)
def test_changed_checkpoint_is_not_built_upon(signing, root, statement):
    signing.checkpoint()
    root.run(statement)
    with pytest.raises(RefusedError, match="kavalan ledger verify"):
        signing.checkpoint()


def test_checkpoint_of_an_unknown_key_is_not_built_upon(signing, tmp_path):
    signing.checkpoint()
    new_key(tmp_path / "other.pem", b"word")
    other = open_key(tmp_path / "other.pem", b"word")
    with pytest.raises(RefusedError, match="signed by no key"):
        make_checkpoint(other, [other.public], signing.anchor, NOW)


def test_checkpoint_is_kept_where_the_anchor_cannot_be_written_and_carried_out_once_it_can(signing):
    anchor = signing.anchor.parent / "away" / "anchor"
    with pytest.raises(AnchorError):
        make_checkpoint(signing.key, [signing.key.public], anchor, NOW)
    kept = LedgerCheckpoint.objects.get()
    anchor.parent.mkdir()
    make_checkpoint(signing.key, [signing.key.public], anchor, NOW)
    assert [note.text for note in read_anchor(anchor).notes] == [kept.note]


def test_it_is_known_when_it_was_made(signing):
    signing.checkpoint()
    assert LedgerCheckpoint.objects.get().made_at == NOW


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_checkpoint SET note = 'nothing'",
        "DELETE FROM ledger_checkpoint",
        "INSERT INTO ledger_checkpoint (size, root, peaks, note) SELECT 1, root, peaks, note FROM ledger_checkpoint",
        "INSERT INTO ledger_checkpoint (size, root, peaks, note) SELECT size, root, peaks, note FROM ledger_checkpoint",
        pytest.param(
            "REPLACE INTO ledger_checkpoint SELECT * FROM ledger_checkpoint",
            marks=pytest.mark.skipif(connection.vendor != "sqlite", reason="sqlite only"),
        ),
        pytest.param(
            "TRUNCATE ledger_checkpoint",
            marks=pytest.mark.skipif(connection.vendor != "postgresql", reason="postgresql only"),
        ),
    ],
)
def test_database_refuses_to_change_a_checkpoint(signing, statement):
    signing.checkpoint()
    before = list(LedgerCheckpoint.objects.values())
    with (
        pytest.raises(DatabaseError, match="the ledger is never changed"),
        writing(frozenset({"ledger_checkpoint"})),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(LedgerCheckpoint.objects.values()) == before
