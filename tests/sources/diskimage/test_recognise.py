"""What is taken for a disk image, and above all what is not."""

from __future__ import annotations

import os
import random
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.images import blank

from kavalan.sources.diskimage import image_in


def kind_of(tmp_path, content: bytes):
    path = tmp_path / "a"
    path.write_bytes(content)
    with path.open("rb") as opened:
        return image_in(content[:4096], opened.fileno())


def mbr(*partitions, size=1 << 20):
    entries = b"".join(struct.pack("<B3sB3sII", 0, b"", kind, b"", first, count) for kind, first, count in partitions)
    return (bytes(446) + entries.ljust(64, b"\0") + b"\x55\xaa").ljust(size, b"\0")


def test_partition_table_must_be_in_order_and_within_the_file(tmp_path):
    assert kind_of(tmp_path, mbr((6, 63, 1000))) == "raw"
    assert kind_of(tmp_path, mbr((6, 63, 1000), (131, 1063, 900))) == "raw"
    assert kind_of(tmp_path, mbr((6, 63, 1000), (131, 500, 900))) is None
    assert kind_of(tmp_path, mbr((6, 5000, 1000))) is None
    assert kind_of(tmp_path, mbr((6, 0, 1000))) is None
    assert kind_of(tmp_path, mbr()) is None
    assert kind_of(tmp_path, mbr((6, 63, 1000), size=2048)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"\xeb\x3c\x90" + bytes(507) + b"\x55\xaa" + bytes(5000),
        bytes(510) + b"\x55\xaa" + bytes(5000),
        bytes(1080) + b"\x53\xef" + bytes(5000),
        b"XFSB" + bytes(5000),
        b"NTFS    " * 1000,
        b"\x55\xaa" * 4000,
        b"hsqs" + bytes(5000),
        b"EVF",
        b"",
    ],
)
def test_a_signature_alone_is_no_disk(tmp_path, content):
    assert kind_of(tmp_path, content) is None


@given(st.binary(max_size=4096), st.sampled_from([0, 3, 64, 446, 510, 512, 1024, 1080]), st.integers(0, 5))
def test_arbitrary_bytes_never_raise(tmp_path_factory, content, at, which):
    magic = [b"\x55\xaa", b"NTFS    ", b"EFI PART", b"\x53\xef", b"EXFAT   ", b"\x7f\x10\xda\xbe"][which]
    whole = content[:at].ljust(at, b"\0") + magic + content[at:]
    kind_of(tmp_path_factory.getbasetemp(), whole.ljust(8192, b"\0"))


def test_noise_and_the_files_of_this_machine_are_no_disks(tmp_path):
    noise = random.Random(5)  # noqa: S311 - any bytes
    for _ in range(200):
        content = bytearray(noise.randbytes(8192))
        content[510:512] = b"\x55\xaa"
        assert kind_of(tmp_path, bytes(content)) is None
    for folder in (Path(sys.prefix, "bin"), Path(os.__file__).parent, Path("/usr/bin"), Path("/usr/share/doc")):
        for path in list(folder.iterdir())[:300]:
            if path.is_file():
                with path.open("rb") as opened:
                    assert image_in(opened.read(4096), opened.fileno()) is None, path


def test_empty_file_of_zeros_is_no_disk(tmp_path):
    path = blank(tmp_path / "a", 1 << 20)
    with path.open("rb") as opened:
        assert image_in(opened.read(4096), opened.fileno()) is None
