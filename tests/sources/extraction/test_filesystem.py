"""Extractions of a whole file system: one ZIP or TAR of a device, far larger than memory."""

from __future__ import annotations

import os
import stat
import struct
import tarfile
import warnings
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from tests.sources.archives import content_of, contents, members
from tests.sources.extractions import drawn

from kavalan.sources import SourceLimits, open_source, parse

GIB = 1 << 30
NAMES = {
    "cellebrite": "filesystem1/private/var/mobile/Media/DCIM/100APPLE/IMG_0001.JPG",
    "graykey": "private/var/mobile/Media/DCIM/100APPLE/IMG_0001.JPG",
    "android": "data/media/0/DCIM/Camera/one.jpg",
}


def large_zip(path, first, more=()):
    """A ZIP64 whose first member is `first` bytes of zeros, a hole in the file, with members behind it."""
    entries, at = [], 0
    with path.open("wb") as stream:
        for name, content in ((b"hole", None), *more):
            size = first if content is None else len(content)
            crc = 0 if content is None else zlib.crc32(content)
            wide = struct.pack("<HHQQ", 1, 16, size, size)
            fields = (b"PK\3\4", 45, 0, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(wide))
            stream.write(struct.pack("<4sHHHHHLLLHH", *fields) + name + wide)
            if content is None:
                stream.seek(first, os.SEEK_CUR)
            else:
                stream.write(content)
            entries.append((name, crc, size, at))
            at = stream.tell()
        for name, crc, size, offset in entries:
            wide = struct.pack("<HHQQQ", 1, 24, size, size, offset)
            full = 0xFFFFFFFF
            fields = (b"PK\1\2", 45, 45, 0, 0, 0, 33, crc, full, full, len(name), len(wide), 0, 0, 0, 0, full)
            stream.write(struct.pack("<4sHHHHHHLLLHHHHHLL", *fields) + name + wide)
        end, count = stream.tell(), len(entries)
        stream.write(struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, end - at, at))
        stream.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
        stream.write(struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, full, full, 0))
    return path


def many(path, count):
    """A stored ZIP of that many members of a few bytes, written without the standard library, whose writer is slow."""
    names = [b"private/var/mobile/Media/%02d/%06d" % (number % 40, number) for number in range(count)]
    local, central, at = [], [], 0
    for name in names:
        content = name[-6:]
        rest = (20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0)
        piece = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", *rest) + name + content
        local.append(piece)
        central.append(struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, *rest, 0, 0, 0, 0, at) + name)
        at += len(piece)
    directory = b"".join(central)
    end = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at + len(directory), 1)
    tail = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(b"".join(local) + directory + end + locator + tail)
    return names


def test_a_member_of_more_than_4_gib_is_read_in_place(tmp_path):
    """Its first 16 MiB only, since the whole takes a minute."""
    path = large_zip(tmp_path / "ffs.zip", 5 * GIB, [(b"behind", drawn(1))])
    assert path.stat().st_blocks * 512 < 1 << 20
    buffer, count = memoryview(bytearray(1 << 20)), 0
    with open_source(path, limits=SourceLimits(spool=1 << 20)) as source:
        items = source.items()
        next(items)
        stream = next(items).open()
        while count < 16 << 20:
            piece = stream.readinto(buffer)
            assert bytes(buffer[:piece]) == bytes(piece)
            count += piece
        stream.close()


def test_a_container_of_100_gb_is_passed_over_in_place(tmp_path):
    path = large_zip(tmp_path / "ffs.zip", 100 * GIB, [(b"behind", drawn(1)), (b"last", drawn(2))])
    with open_source(path) as source:
        found = [(item.path, content_of(item)) for item in source.items(after=b"ffs.zip\0/behind")]
    assert found == [(b"ffs.zip\0/last", drawn(2))]


def test_many_members_are_read_in_bounded_memory_and_resumed_among(tmp_path):
    names = many(tmp_path / "ffs.zip", 6_000)
    # A reader that wanted more would be refused it, and the members would be missing.
    with open_source(tmp_path / "ffs.zip", limits=SourceLimits(memory=96 << 20)) as source:
        found = [parse(item.path).parts[-1].name for item in source.items()]
        assert found[1:] == names
        for cut in (0, 3_133, 5_990):
            rest = source.items(after=b"ffs.zip\0/" + names[cut])
            assert [parse(next(rest).path).parts[-1].name for _ in range(5)] == names[cut + 1 : cut + 6]
            rest.close()
    assert zipfile.ZipFile(tmp_path / "ffs.zip").namelist() == [name.decode() for name in names]


@pytest.mark.parametrize("tool", NAMES)
def test_names_stay_as_the_tool_spells_them(tmp_path, tool):
    with zipfile.ZipFile(tmp_path / "ffs.zip", "w") as archive:
        archive.writestr(NAMES[tool], drawn(2))
    with tarfile.open(tmp_path / "ffs.tar", "w") as archive:
        archive.add(tmp_path / "ffs.zip", NAMES[tool])
    assert list(contents(tmp_path / "ffs.zip")) == [NAMES[tool].encode()]
    assert next(iter(contents(tmp_path / "ffs.tar"))) == NAMES[tool].encode()


def test_names_that_differ_in_case_only_or_not_at_all_are_items_of_their_own(tmp_path):
    names = ["a/IMG.jpg", "a/img.jpg", "A/IMG.jpg", "a/IMG.jpg"]
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(tmp_path / "ffs.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, drawn(number))
    found = contents(tmp_path / "ffs.zip")
    assert list(found) == [b"a/IMG.jpg", b"a/img.jpg", b"A/IMG.jpg", b"a/IMG.jpg#1"]
    assert list(found.values()) == [drawn(number) for number in range(4)]


def test_links_of_a_device_are_refused(tmp_path):
    link = zipfile.ZipInfo("private/etc")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "ffs.zip", "w") as archive:
        archive.writestr(link, "../../etc/passwd")
    ((_, item, _),) = members(tmp_path / "ffs.zip").values()
    assert item.refusal == "symbolic link, not followed"


@pytest.mark.parametrize(("bits", "count"), [(1, 1), (3, 2), (5, 2), (7, 3)])
def test_extended_times_are_those_whose_bits_are_set(tmp_path, bits, count):
    seconds = [1_700_000_000, 1_700_000_100, 1_600_000_000][:count]
    info = zipfile.ZipInfo("x")
    info.extra = struct.pack("<HHB", 0x5455, 1 + 4 * count, bits) + struct.pack(f"<{count}i", *seconds)
    with zipfile.ZipFile(tmp_path / "ffs.zip", "w") as archive:
        archive.writestr(info, b"x")
    ((_, item, _),) = members(tmp_path / "ffs.zip").values()
    times = iter(datetime.fromtimestamp(second, UTC) for second in seconds)
    expected = [next(times) if bits >> bit & 1 else None for bit in range(3)]
    assert [item.modified, item.accessed, item.created] == expected
    assert item.clock == "utc"
