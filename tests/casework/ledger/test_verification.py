"""Whatever somebody with the database's password does to the ledger, one look finds."""

import os
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.guard import writing
from kavalan.casework.ledger.keyring import found_key, key_file, trusted_keys
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerPayload
from kavalan.casework.ledger.slip import slip
from kavalan.ledger import noted, open_key, read_anchor, statements_in

from ..conftest import NOW

# An entry once more, under another number or with another verb.
COPY = (
    "{} INTO ledger_entry (number, at, verb, actor, authority, subject_kind, subject, payload, previous, hash)"
    " SELECT {}, at, {}, actor, authority, subject_kind, subject, payload, previous, hash"
    " FROM ledger_entry WHERE number = {}"
)
CHANGEABLE = ("at", "actor", "authority", "subject", "subject_kind", "verb", "payload", "hash")


def only(vendor):
    return pytest.mark.skipif(connection.vendor != vendor, reason=f"{vendor} only")


def more(people, count, start=0):
    for number in range(start, start + count):
        found_unit(people.alice, NOW + timedelta(minutes=number), name=f"Unit {number}")


@pytest.fixture
def anchored(people, signing):
    """Two checkpoints with entries before, between and after; the first is also on a slip in a drawer."""
    note = signing.checkpoint()
    page = slip(note, signing.key.public, NOW)
    more(people, 4)
    signing.checkpoint()
    more(people, 3, start=4)
    return page


def test_untouched_ledger_holds_and_is_vouched_for(signing, anchored):
    found = signing.look(*statements_in(anchored, "the slip", outside=True))
    covered = LedgerCheckpoint.objects.order_by("-size").first().size
    assert found.faults == ()
    assert (found.entries, found.audit.vouched) == (LedgerEntry.objects.count(), covered)
    assert found.remarks == (f"the {found.entries - covered} entries after it are vouched for by the chain alone",)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE ledger_entry SET verb = 'unit.close' WHERE number = 3", "entry 3 was changed"),
        ("UPDATE ledger_entry SET actor = NULL WHERE number = 3", "entry 3 was changed"),
        ("DELETE FROM ledger_entry WHERE number = 3", "entry 4 follows entry 2"),
        ("UPDATE ledger_entry SET number = number + 100 WHERE number = 3", "entry 4 follows entry 2"),
        ("DELETE FROM ledger_entry WHERE number > 6", "were cut off, or all was replaced"),
        ("DELETE FROM ledger_entry", "were cut off, or all was replaced"),
        pytest.param("TRUNCATE ledger_entry", "were cut off, or all was replaced", marks=only("postgresql")),
        pytest.param(
            COPY.format("REPLACE", 3, "'unit.close'", 3),
            "entry 3 was changed",
            marks=only("sqlite"),
        ),
        (COPY.format("INSERT", 0, "verb", 1), "entry 1 was changed"),
    ],
)
def test_edit_drop_move_replace_and_truncate_are_found(signing, anchored, root, statement, sentence):
    root.run(statement)
    found = signing.look()
    assert any(sentence in fault for fault in found.faults), found.faults


def test_two_entries_in_each_others_place_are_found(signing, anchored, root):
    root.run(
        "UPDATE ledger_entry SET number = 100 WHERE number = 3",
        "UPDATE ledger_entry SET number = 3 WHERE number = 4",
        "UPDATE ledger_entry SET number = 4 WHERE number = 100",
    )
    assert any("entry 3" in fault for fault in signing.look().faults)


def test_full_rewrite_since_the_first_entry_is_found_by_the_anchor(signing, anchored, root):
    root.rewrite(2, actor=uuid.uuid4())
    found = signing.look()
    assert not any(fault.startswith("entry") for fault in found.faults)
    assert any(str(signing.anchor) in fault and "written anew" in fault for fault in found.faults)


def test_full_rewrite_is_found_when_the_checkpoints_in_the_database_are_gone_too(signing, anchored, root):
    root.rewrite(2, actor=uuid.uuid4())
    root.run("DELETE FROM ledger_checkpoint")
    faults = signing.look().faults
    assert any("written anew" in fault for fault in faults)
    assert any("the database lacks the checkpoint" in fault for fault in faults)


def test_full_rewrite_with_new_key_checkpoints_and_anchor_is_found_by_the_slip_alone(signing, anchored, root):
    root.rewrite(2, actor=uuid.uuid4())
    root.run("DELETE FROM ledger_checkpoint")
    signing.anchor.unlink()
    key_file(signing.workspace).unlink()
    found_key(signing.workspace, b"another")
    forger = type(signing)(open_key(key_file(signing.workspace), b"another"), signing.workspace, signing.anchor)
    forger.checkpoint()
    assert forger.look().faults == ()
    faults = forger.look(*statements_in(anchored, "the slip", outside=True)).faults
    assert any("the slip" in fault and "written anew" in fault for fault in faults)
    assert any("the slip" in fault and "not signed by a key of this ledger" in fault for fault in faults)


def test_rewrite_of_what_came_after_the_last_anchor_is_outside_what_can_be_found(signing, anchored, root):
    last = LedgerCheckpoint.objects.order_by("-size").first().size
    root.rewrite(last + 2, actor=uuid.uuid4())
    found = signing.look()
    assert found.faults == ()
    assert "vouched for by the chain alone" in found.remarks[-1]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE ledger_checkpoint SET note = 'nothing'", "in the database was changed"),
        ("UPDATE ledger_checkpoint SET root = hash FROM ledger_entry WHERE number = 1", "in the database was changed"),
        ("UPDATE ledger_checkpoint SET size = size + 1000", "in the database was changed"),
        ("DELETE FROM ledger_checkpoint", "the database lacks the checkpoint"),
    ],
)
def test_changed_checkpoint_is_found(signing, anchored, root, statement, sentence):
    root.run(statement)
    assert any(sentence in fault for fault in signing.look().faults)


def test_changed_peaks_are_found(signing, anchored, root):
    row = LedgerCheckpoint.objects.order_by("size").first()
    root.run(("UPDATE ledger_checkpoint SET peaks = %s WHERE size = %s", [b"\x01" * len(row.peaks), row.size]))
    assert any("in the database was changed" in fault for fault in signing.look().faults)


def test_changed_anchor_is_found(signing, anchored):
    text = signing.anchor.read_text()
    first = read_anchor(signing.anchor).notes[0].text
    signing.anchor.write_text(text.replace(first, ""))
    assert any("lacks the checkpoint" in fault for fault in signing.look().faults)
    signing.anchor.write_text(text + "hello\n")
    assert any("text that is no checkpoint: 'hello'" in fault for fault in signing.look().faults)


def test_changed_payload_is_found(signing, anchored, root):
    first = LedgerPayload.objects.earliest("pk")
    root.run(("UPDATE ledger_payload SET text = %s WHERE id = %s", ["{\u0d15}", first.pk]))
    assert signing.look().faults == (f"the payload with the digest {bytes(first.digest).hex()} was changed",)


def test_missing_trigger_is_found(signing, anchored):
    suffix = " ON ledger_checkpoint" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_checkpoint_next{suffix}")
    assert signing.look().faults == (
        "the database lacks the trigger ledger_checkpoint_next: it would let the ledger be changed",
    )


@only("sqlite")
@pytest.mark.parametrize(
    "garbage",
    [
        "'garbage'",
        "''",
        "x'ff00fe'",
        "CAST(x'ff80' AS TEXT)",
        "12345678901234567890",
        "1.5e300",
        "'unit.found' || char(0)",
    ],
)
def test_garbage_in_a_row_is_a_fault_and_no_trace(signing, anchored, root, garbage):
    update = "UPDATE ledger_entry SET {} = {} WHERE number = {}"
    root.run(*(update.format(column, garbage, number) for number, column in enumerate(CHANGEABLE, start=3)))
    faults = signing.look().faults
    for number in range(3, 3 + len(CHANGEABLE)):
        assert any(fault.startswith(f"entry {number} was changed") for fault in faults), number


@only("sqlite")
@pytest.mark.parametrize("garbage", ["'garbage'", "x'ff00fe'", "-7", "1.5", "'3'||'x'"])
def test_garbage_for_a_number_is_a_fault_and_no_trace(signing, anchored, root, garbage):
    update = "UPDATE ledger_entry SET number = {} WHERE number = 3"
    root.run("PRAGMA ignore_check_constraints = ON", update.format(garbage))
    assert any("entry 4 follows entry 2" in fault for fault in signing.look().faults)


@only("postgresql")
@pytest.mark.parametrize("time", ["infinity", "-infinity", "0044-03-15 BC", "40000-01-01"])
def test_time_that_python_cannot_tell_is_a_fault_and_no_trace(signing, anchored, root, time):
    root.run(("UPDATE ledger_entry SET at = %s::timestamptz WHERE number = 3", [time]))
    assert any(fault.startswith("entry 3 was changed") for fault in signing.look().faults)


def test_ledger_without_checkpoints_holds_and_says_that_nobody_vouches(signing):
    found = signing.look()
    assert (found.faults, found.audit.voucher) == ((), None)
    assert "there is no anchor" in found.remarks[0]
    assert "nothing outside the database vouches" in found.remarks[1]


def test_typed_root_of_the_paper_vouches(signing, anchored):
    row = LedgerCheckpoint.objects.order_by("size").first()
    os.truncate(signing.anchor, 0)
    typed = f"{row.size}\n" + " ".join(bytes(row.root).hex()[at : at + 4] for at in range(0, 64, 4))
    found = signing.look(*statements_in(typed, "the paper", outside=True))
    assert (found.faults, found.audit.vouched) == ((), row.size)


def test_key_that_was_replaced_is_still_believed_by_its_public_half(signing, anchored):
    keys = key_file(signing.workspace).parent
    (keys / "ledger.pem").unlink()
    (keys / "ledger.pub").rename(keys / "ledger-2026.pub")
    found_key(signing.workspace, b"new word")
    assert len(trusted_keys(signing.workspace)) == 2
    newer = type(signing)(open_key(keys / "ledger.pem", b"new word"), signing.workspace, signing.anchor)
    note = newer.checkpoint()
    assert newer.look(noted(note, "the new one", outside=True)).faults == ()


def test_writing_goes_on_while_it_is_read(signing, anchored, people):
    with writing(frozenset()):
        assert signing.look().faults == ()
    more(people, 1, start=20)
    assert signing.look().faults == ()
