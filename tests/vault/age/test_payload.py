import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.vault.age import CHUNK, PayloadReader, PayloadWriter, plain_size
from kavalan.vault.errors import AlteredError, TruncatedError

KEY = bytes(range(16))
SEALED = CHUNK + 16
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK + 7]
PLAIN = os.urandom(3 * CHUNK + 1000)


class Memory:
    def __init__(self, data):
        self.data = data

    def size(self):
        return len(self.data)

    def pread(self, size, offset):
        return self.data[offset : offset + size]

    def close(self):
        pass


def sealed(data, cuts=()):
    parts = []
    writer = PayloadWriter(KEY, parts.append)
    for start, stop in zip([0, *cuts], [*cuts, len(data)], strict=True):
        writer.write(data[start:stop])
    writer.finish()
    return b"".join(parts)


def reader(data):
    return PayloadReader(Memory(data), 0, KEY, "test")


def chunks(data):
    """Nonce, and the chunks of a payload."""
    body = data[16:]
    return data[:16], [body[at : at + SEALED] for at in range(0, len(body), SEALED)]


@pytest.mark.parametrize("size", EDGES)
def test_what_is_written_is_read(size):
    assert reader(sealed(PLAIN[:size])).readall() == PLAIN[:size]


@pytest.mark.parametrize("size", EDGES)
def test_size_is_told_from_the_length_of_the_file(size):
    data = sealed(PLAIN[:size])
    assert plain_size(0, len(data)) == size
    assert reader(data).size == size


@settings(deadline=None)
@given(st.lists(st.integers(0, 3 * CHUNK), max_size=6).map(sorted))
def test_it_does_not_matter_in_which_pieces_bytes_are_written(cuts):
    data = PLAIN[: 3 * CHUNK]
    assert reader(sealed(data, cuts)).readall() == data


@settings(deadline=None)
@given(st.integers(0, len(PLAIN) + 10), st.integers(0, 2 * CHUNK))
def test_any_stretch_is_read_alone(start, size):
    source = reader(WHOLE)
    source.seek(start)
    assert source.read(size) == PLAIN[start : start + size]
    assert source.tell() == start + len(PLAIN[start : start + size])


WHOLE = sealed(PLAIN)


def test_seeking_is_that_of_files():
    source = reader(WHOLE)
    assert source.seek(-10, os.SEEK_END) == len(PLAIN) - 10
    assert source.read() == PLAIN[-10:]
    source.seek(5)
    assert source.seek(5, os.SEEK_CUR) == 10
    with pytest.raises(ValueError, match="no byte"):
        source.seek(-1)


def test_every_flipped_bit_of_a_small_file_is_refused():
    data = sealed(b"a small text of 33 bytes of which")
    for place in range(len(data)):
        for bit in range(8):
            wrong = bytearray(data)
            wrong[place] ^= 1 << bit
            with pytest.raises(AlteredError):
                reader(bytes(wrong)).readall()


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7), st.integers(0, len(PLAIN)), st.integers(1, CHUNK))
def test_flipped_bit_never_yields_a_wrong_byte(place, bit, start, size):
    wrong = bytearray(WHOLE)
    wrong[place] ^= 1 << bit
    try:
        source = reader(bytes(wrong))
        source.seek(start)
        assert source.read(size) == PLAIN[start : start + size]
    except AlteredError:
        pass
    with pytest.raises(AlteredError):
        reader(bytes(wrong)).readall()


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_file_that_is_cut_anywhere_is_refused_when_it_is_opened(length):
    with pytest.raises(AlteredError):
        reader(WHOLE[:length])


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_file_that_is_cut_between_chunks_is_called_cut(kept):
    nonce, parts = chunks(WHOLE)
    with pytest.raises(TruncatedError, match="cut"):
        reader(nonce + b"".join(parts[:kept]))


@pytest.mark.parametrize("length", [0, 15, 16, 31, 16 + SEALED, 16 + SEALED + 16])
def test_file_that_is_cut_within_a_chunk_is_refused(length):
    with pytest.raises(AlteredError):
        reader(WHOLE[:length])


def test_empty_last_chunk_behind_a_full_one_is_refused():
    data = sealed(PLAIN[:CHUNK])
    with pytest.raises(TruncatedError):
        reader(data + bytes(16))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (0, 2, 3), (0, 0, 1, 2, 3), (0, 1, 1, 3), (0, 1, 2, 3, 3), (3,)])
def test_chunks_that_are_moved_left_out_or_doubled_are_refused(order):
    nonce, parts = chunks(WHOLE)
    with pytest.raises(AlteredError):
        reader(nonce + b"".join(parts[number] for number in order)).readall()


def test_bytes_that_are_put_behind_the_end_are_refused():
    for more in (b"x", bytes(17), bytes(SEALED)):
        with pytest.raises(AlteredError):
            reader(WHOLE + more)


def test_checking_counts_the_plain_bytes_of_some_chunks():
    source = reader(WHOLE)
    assert source.check(0, 2) == 2 * CHUNK
    assert source.check(3, 100) == 1000
    assert source.check(4, 100) == 0


def test_file_that_shrinks_after_it_was_opened_is_refused():
    memory = Memory(WHOLE)
    source = PayloadReader(memory, 0, KEY, "test")
    memory.data = WHOLE[:100]
    with pytest.raises(AlteredError):
        source.read(10)
