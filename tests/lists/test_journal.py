from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lists.invented import entry, face

from kavalan.lists import DamagedError, journal

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def operations(count):
    for number in range(count):
        if number % 3 == 2:
            yield journal.Withdraw(np.array([number], "<i8").tobytes(), NOW)
        elif number % 7 == 6:
            yield journal.Change(face())
        else:
            yield journal.Add(entry(number), ("a", "b"))


def written(path, count=12):
    journal.create(path, 4)
    writer = journal.JournalWriter(path, 4)
    ends = [path.stat().st_size]
    for operation in operations(count):
        writer.append([operation])
        ends.append(path.stat().st_size)
    writer.close()
    return list(operations(count)), ends


def test_what_was_appended_is_read_back_in_order(tmp_path):
    wanted, _ = written(tmp_path / "j")
    found = journal.read(tmp_path / "j", 4)
    assert found.operations == wanted
    assert (found.sequence, found.damaged) == (len(wanted), False)


def test_a_journal_cut_at_every_byte_opens_with_the_records_before_the_cut(tmp_path):
    wanted, ends = written(tmp_path / "j")
    whole = (tmp_path / "j").read_bytes()
    for cut in range(len(whole) + 1):
        (tmp_path / "j").write_bytes(whole[:cut])
        found = journal.read(tmp_path / "j", 4)
        complete = sum(end <= cut for end in ends[1:])
        assert found.operations == wanted[:complete], cut
        assert not found.damaged


def test_after_a_cut_at_every_byte_the_next_writer_goes_on_behind_the_last_whole_record(tmp_path):
    wanted, ends = written(tmp_path / "j", 4)
    whole = (tmp_path / "j").read_bytes()
    for cut in range(len(whole) + 1):
        (tmp_path / "j").write_bytes(whole[:cut])
        complete = sum(end <= cut for end in ends[1:])
        writer = journal.JournalWriter(tmp_path / "j", 4)
        assert writer.append([wanted[0]]) == complete + 1
        writer.close()
        assert journal.read(tmp_path / "j", 4).operations == [*wanted[:complete], wanted[0]]


def test_zeros_that_a_crash_left_at_the_end_are_no_damage(tmp_path):
    wanted, _ = written(tmp_path / "j", 3)
    with (tmp_path / "j").open("ab") as file:
        file.write(bytes(5000))
    found = journal.read(tmp_path / "j", 4)
    assert (found.operations, found.damaged) == (wanted, False)


def test_damage_before_the_end_is_told_and_refuses_a_writer(tmp_path):
    wanted, ends = written(tmp_path / "j", 5)
    whole = bytearray((tmp_path / "j").read_bytes())
    whole[ends[2] + 30] ^= 1
    (tmp_path / "j").write_bytes(whole)
    found = journal.read(tmp_path / "j", 4)
    assert (found.operations, found.damaged) == (wanted[:2], True)
    with pytest.raises(DamagedError, match="restore"):
        journal.JournalWriter(tmp_path / "j", 4)
    assert (tmp_path / "j").read_bytes() == whole


def test_the_journal_of_another_generation_is_refused(tmp_path):
    written(tmp_path / "j", 1)
    with pytest.raises(DamagedError, match="generation 5"):
        journal.read(tmp_path / "j", 5)


def test_reading_goes_on_where_it_ended(tmp_path):
    wanted, _ = written(tmp_path / "j", 6)
    first = journal.read(tmp_path / "j", 4)
    writer = journal.JournalWriter(tmp_path / "j", 4)
    writer.append(wanted[:2])
    writer.close()
    second = journal.read(tmp_path / "j", 4, first.offset, first.sequence)
    assert second.operations == wanted[:2]
    assert second.sequence == 8


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 1), bit=st.integers(0, 7))
def test_a_flipped_bit_never_gives_an_operation_that_was_not_written(at, bit, tmp_path_factory):
    path = tmp_path_factory.mktemp("j") / "j"
    wanted, ends = written(path, 5)
    whole = bytearray(path.read_bytes())
    place = min(int(at * len(whole)), len(whole) - 1)
    whole[place] ^= 1 << bit
    path.write_bytes(whole)
    try:
        found = journal.read(path, 4)
    except DamagedError:
        assert place < ends[0]
        return
    intact = sum(end <= place for end in ends[1:])
    assert found.operations == wanted[:intact]
    assert found.damaged or place >= ends[-2]
