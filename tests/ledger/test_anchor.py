"""The anchor's file: appended to, cut anywhere, read again."""

from __future__ import annotations

import stat
import threading

import pytest

from kavalan.ledger import AnchorError, Checkpoint, anchoring, append_notes, new_key, open_key, read_anchor, sign


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "ledger.pem"
    new_key(path, b"word")
    key = open_key(path, b"word")
    return [sign(Checkpoint("kavalan-ledger/ab", size, bytes([size] * 32)), key) for size in (1, 2, 3)]


def test_notes_come_back_in_their_order(tmp_path, notes):
    path = tmp_path / "anchor"
    append_notes(path, notes[:1])
    append_notes(path, notes[1:])
    assert read_anchor(path).notes == tuple(notes)
    assert read_anchor(path).strays == ()


def test_what_was_written_stays_as_it_was(tmp_path, notes):
    path = tmp_path / "anchor"
    append_notes(path, notes[:2])
    before = path.read_bytes()
    append_notes(path, notes[2:])
    assert path.read_bytes().startswith(before)


def test_file_is_its_owners_alone(tmp_path, notes):
    append_notes(tmp_path / "anchor", notes)
    assert stat.S_IMODE((tmp_path / "anchor").stat().st_mode) == 0o600


def test_no_file_is_none(tmp_path):
    assert read_anchor(tmp_path / "anchor") is None


def test_write_that_was_cut_anywhere_loses_nothing_before_and_hinders_nothing_after(tmp_path, notes):
    path = tmp_path / "anchor"
    append_notes(path, notes[:2])
    whole = path.read_bytes()
    ends = [len("".join(f"{note.text}\n" for note in notes[:count]).encode()) for count in (1, 2)]
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        before = read_anchor(path).notes
        # The last byte of a note is the empty line after it.
        assert before == tuple(notes[: sum(end - 1 <= cut for end in ends)]), cut
        append_notes(path, [note for note in notes if note not in before])
        found = read_anchor(path)
        # One of which only the end of its line was cut off is whole again, and stands there twice.
        assert [note for number, note in enumerate(found.notes) if note not in found.notes[:number]] == notes
        assert found.strays == ()


def test_what_was_never_a_note_is_named_and_hinders_nothing(tmp_path, notes):
    path = tmp_path / "anchor"
    append_notes(path, notes[:1])
    with path.open("ab") as file:
        file.write(bytes(range(256)))
    append_notes(path, notes[1:])
    found = read_anchor(path)
    assert (found.notes, len(found.strays)) == (tuple(notes), 1)


def test_other_text_is_named(tmp_path, notes):
    path = tmp_path / "anchor"
    append_notes(path, notes)
    path.write_text(path.read_text().replace("\n2\n", "\n02\n"))
    anchor = read_anchor(path)
    assert anchor.notes == (notes[0], notes[2])
    assert anchor.strays[0].startswith("kavalan-ledger/ab\n02\n")


def test_folder_that_is_not_there_is_said(tmp_path, notes):
    with pytest.raises(AnchorError, match="cannot be opened"):
        append_notes(tmp_path / "none" / "anchor", notes)


def test_one_makes_checkpoints_at_a_time(tmp_path):
    inside, order = threading.Event(), []

    def other():
        inside.wait()
        with anchoring(tmp_path / "anchor"):
            order.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    with anchoring(tmp_path / "anchor"):
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
