import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.vault.age import Identity, decrypt, encrypt
from kavalan.vault.age.file import Descriptor
from kavalan.vault.errors import VaultError

OWN = Identity.generate()


def test_every_flipped_bit_of_a_whole_file_is_refused():
    data = encrypt(b"text", [OWN.recipient])
    for place in range(len(data)):
        for bit in range(8):
            wrong = bytearray(data)
            wrong[place] ^= 1 << bit
            with pytest.raises(VaultError):
                decrypt(bytes(wrong), OWN, "test")


def test_file_that_is_cut_at_any_byte_is_refused():
    data = encrypt(b"text", [OWN.recipient])
    for length in range(len(data)):
        with pytest.raises(VaultError):
            decrypt(data[:length], OWN, "test")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_of_anybody_are_refused_without_a_fault_of_ours(data):
    with pytest.raises(VaultError):
        decrypt(data, OWN, "test")


def test_no_two_files_of_one_text_are_alike():
    one, other = encrypt(b"text", [OWN.recipient]), encrypt(b"text", [OWN.recipient])
    assert one[-20:] != other[-20:]


def test_descriptor_is_closed_once(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    handle = os.open(tmp_path / "file", os.O_RDONLY)
    storage = Descriptor(handle)
    assert (storage.size(), storage.pread(5, 0)) == (1, b"x")
    storage.close()
    again = os.open(tmp_path / "file", os.O_RDONLY)
    storage.close()
    assert os.pread(again, 1, 0) == b"x"
    os.close(again)
