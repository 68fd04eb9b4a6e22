"""A ZIP member by member, given or lent."""

import io
import os
import zipfile

import pytest

from kavalan.sources import SourceLimits
from kavalan.sources.archive import Allowance, ZipReader

MEMBERS = {b"a.txt": b"text " * 1000, b"dir/b.bin": os.urandom(300_000), b"empty": b""}


@pytest.fixture(scope="module")
def reader():
    with ZipReader(SourceLimits(spool=100_000)) as one:
        yield one


@pytest.fixture(scope="module")
def packed():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            archive.writestr(name.decode(), data)
    return held.getvalue()


def allowance():
    return Allowance(1 << 30, 1000)


def content(member):
    """All bytes of a member, held or passing."""
    opened = member.content.open()
    if isinstance(opened, int):
        with os.fdopen(opened, "rb") as file:
            return file.read()
    parts, buffer = [], bytearray(10_000)
    while count := opened.readinto(memoryview(buffer)):
        parts.append(bytes(buffer[:count]))
    return b"".join(parts)


@pytest.mark.parametrize("way", ["given", "lent"])
def test_members_and_their_bytes(reader, packed, tmp_path, way):
    (tmp_path / "z").write_bytes(packed)
    with (tmp_path / "z").open("rb") as file:
        source = file.fileno() if way == "given" else file
        found = {member.begin.name: content(member) for member in reader.members(source, allowance())}
    assert (found, reader.reasons) == (MEMBERS, [])


def test_what_is_left_in_the_middle_does_not_disturb_the_next(reader, packed):
    for _ in range(2):
        assert next(reader.members(io.BytesIO(packed), allowance())).begin.name == b"a.txt"
    assert len(list(reader.members(io.BytesIO(packed), allowance()))) == len(MEMBERS)


def test_one_without_a_directory_is_read_as_far_as_it_goes(reader, packed):
    names = [member.begin.name for member in reader.members(io.BytesIO(packed[:-30]), allowance())]
    assert names == list(MEMBERS)
    assert "no directory" in reader.reasons[0]


def test_more_members_than_are_allowed_are_refused(reader, packed):
    assert len(list(reader.members(io.BytesIO(packed), Allowance(1 << 30, 2)))) == 2
    assert "more members" in reader.reasons[0]
