"""ZIP: what its two headers say, what lies about it, and what programs make of it."""

from __future__ import annotations

import io
import os
import resource
import shutil
import stat
import struct
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from tests.sources.archives import FILES, content_of, contents, members, overlapping_zip, tree, zip_of

from kavalan.sources import SourceLimits, open_source, parse


def test_listing_is_that_of_unzip(tmp_path):
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not installed")
    zip_of(tmp_path / "a.zip", {f"f/{number}": b"%d" % number for number in range(300)})
    listed = subprocess.run(["unzip", "-Z1", tmp_path / "a.zip"], capture_output=True, check=True).stdout.splitlines()
    with open_source(tmp_path / "a.zip") as source:
        assert [parse(item.path).parts[-1].name for item in source.items()][1:] == listed


def test_zip64_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(66_000):
            archive.writestr(str(number), b"")
        with archive.open("wide", "w", force_zip64=True) as member:
            member.write(b"wide sizes")
    with open_source(tmp_path / "a.zip") as source:
        count = sum(1 for _ in source.items())
    assert count == 66_002


def test_archive_written_to_a_pipe_is_read(tmp_path):
    class Pipe(io.RawIOBase):
        def __init__(self, stream):
            self.stream = stream

        def writable(self):
            return True

        def write(self, piece):
            return self.stream.write(piece)

    with (tmp_path / "a.zip").open("wb") as stream, zipfile.ZipFile(Pipe(stream), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    assert contents(tmp_path / "a.zip") == {os.fsencode(name): content for name, content in FILES.items()}


def test_names_are_kept_byte_for_byte(tmp_path):
    names = [b"\x82\x8a.txt", "ചിത്രം".encode(), b"\xff\xfe\0nul", b"a" * 65_000, b"\x1b[31mred", b"b\\c"]
    _raw_zip(tmp_path / "a.zip", [(name, b"x") for name in names])
    assert list(contents(tmp_path / "a.zip")) == names


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        (b"../../etc/passwd", "its path leads upwards"),
        (b"..\\up", "its path leads upwards"),
        (b"/etc/passwd", "its path is absolute"),
        (b"C:\\Windows", "its path is absolute"),
        (b"\\\\server\\share", "its path is absolute"),
        (b"a\nb", "its name holds control characters"),
        (
            "photo\u202egpj.exe".encode(),
            "its name turns the direction of writing, so that it reads otherwise than it is",
        ),
        (b"a\0.jpg", "its name holds control characters"),
    ],
)
def test_name_that_would_lead_elsewhere_is_remarked_and_harmless(tmp_path, name, remark):
    _raw_zip(tmp_path / "a.zip", [(name, b"content")])
    ((content, item, _),) = members(tmp_path / "a.zip").values()
    assert (content, item.remarks) == (b"content", (remark,))


def _local(content, **stated):
    name = stated["name"]
    crc = stated.get("crc", zlib.crc32(content))
    return (
        struct.pack(
            "<4sHHHHHLLLHH",
            b"PK\3\4",
            20,
            stated.get("flags", 0),
            stated.get("method", 0),
            0,
            33,
            crc,
            stated.get("packed", len(content)),
            stated.get("size", len(content)),
            len(name),
            0,
        )
        + name
    )


def _central(content, offset, **stated):
    name = stated["name"]
    crc = stated.get("crc", zlib.crc32(content))
    return (
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\1\2",
            stated.get("made_by", 20),
            20,
            stated.get("flags", 0),
            stated.get("method", 0),
            0,
            33,
            crc,
            stated.get("packed", len(content)),
            stated.get("size", len(content)),
            len(name),
            0,
            0,
            0,
            0,
            stated.get("attributes", 0),
            offset,
        )
        + name
    )


def _raw_zip(path, files, central=None, local=None):
    """A stored ZIP, written by hand; `central` and `local` say what each header states differently."""
    body, directory = b"", b""
    for name, content in files:
        directory += _central(content, len(body), **({"name": name} | (central or {})))
        body += _local(content, **({"name": name} | (local or {}))) + content
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(files), len(files), len(directory), len(body), 0)
    path.write_bytes(body + directory + end)
    return path


@pytest.mark.parametrize(
    ("local", "remark"),
    [
        ({"name": b"other"}, "its own header names it 'other'"),
        ({"method": 8}, "its own header says compression 8, the directory 0"),
        ({"flags": 1}, "its own header and the directory disagree on whether it is encrypted"),
        ({"size": 3}, "its own header says 5 bytes packed and 3 unpacked, the directory others"),
        ({"crc": 7}, "its own header says crc-32 00000007"),
    ],
)
def test_headers_that_disagree_are_remarked_and_the_directory_is_followed(tmp_path, local, remark):
    ((content, item, ending),) = members(_raw_zip(tmp_path / "a.zip", [(b"a", b"bytes")], local=local)).values()
    assert (content, item.remarks, ending.agrees) == (b"bytes", (remark,), True)


def test_stored_checksum_that_differs_is_stated(tmp_path):
    _raw_zip(tmp_path / "a.zip", [(b"a", b"bytes")], {"crc": 0xDEADBEEF}, {"crc": 0xDEADBEEF})
    ((content, _, ending),) = members(tmp_path / "a.zip").values()
    assert (content, ending.stored, ending.agrees) == (b"bytes", "crc-32 deadbeef", False)
    assert ending.error == f"its archive keeps crc-32 deadbeef, what was read has {zlib.crc32(b'bytes'):08x}"


def test_size_that_differs_is_stated_and_all_bytes_are_given(tmp_path):
    _raw_zip(tmp_path / "a.zip", [(b"a", b"bytes")], {"size": 3}, {"size": 3})
    ((content, _, ending),) = members(tmp_path / "a.zip").values()
    assert (content, ending.error) == (b"bytes", "gives 5 bytes where 3 are stated")


def test_encrypted_member_is_refused_and_the_others_are_read(tmp_path):
    if shutil.which("zip") is None:
        pytest.skip("zip is not installed")
    tree(tmp_path / "t", {"secret": b"s" * 50, "open": b"o"})
    subprocess.run(["zip", "-q", "-P", "x", "../a.zip", "secret"], cwd=tmp_path / "t", check=True)
    subprocess.run(["zip", "-q", "../a.zip", "open"], cwd=tmp_path / "t", check=True)
    found = members(tmp_path / "a.zip")
    assert found[b"open"][0] == b"o"
    assert found[b"secret"][1].refusal == "encrypted (ZIP), not read"


@pytest.mark.parametrize(("method", "name"), [(9, "Deflate64"), (98, "PPMd"), (77, "unknown")])
def test_method_that_is_not_read_is_named(tmp_path, method, name):
    _raw_zip(tmp_path / "a.zip", [(b"a", b"x")], {"method": method}, {"method": method})
    ((_, item, _),) = members(tmp_path / "a.zip").values()
    assert item.refusal == f"compression method {method} ({name}), not read"


@pytest.mark.parametrize(
    ("mode", "refusal"),
    [(stat.S_IFLNK, "symbolic link, not followed"), (stat.S_IFCHR, "character device, not read")],
)
def test_member_that_is_no_file_is_refused(tmp_path, mode, refusal):
    central = {"made_by": 3 << 8 | 20, "attributes": (mode | 0o777) << 16}
    _raw_zip(tmp_path / "a.zip", [(b"a", b"/etc/passwd")], central)
    ((_, item, _),) = members(tmp_path / "a.zip").values()
    assert item.refusal == refusal


def test_folders_are_no_items_unless_they_have_bytes(tmp_path):
    _raw_zip(tmp_path / "a.zip", [(b"folder/", b""), (b"trick/", b"bytes")])
    assert contents(tmp_path / "a.zip") == {b"trick/": b"bytes"}


def test_time_without_a_zone_is_said_to_be_local(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a", (2024, 2, 29, 23, 59, 58)), b"x")
    ((_, item, _),) = members(tmp_path / "a.zip").values()
    assert (item.modified, item.clock) == (datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC), "local")


def test_time_of_unix_is_utc(tmp_path):
    if shutil.which("zip") is None:
        pytest.skip("zip is not installed")
    tree(tmp_path, {"f": b"x"})
    os.utime(tmp_path / "f", (1_600_000_000, 1_700_000_001))
    subprocess.run(["zip", "-q", "a.zip", "f"], cwd=tmp_path, check=True)
    ((_, item, _),) = members(tmp_path / "a.zip").values()
    assert (item.modified, item.clock) == (datetime.fromtimestamp(1_700_000_001, UTC), "utc")
    assert item.accessed == datetime.fromtimestamp(1_600_000_000, UTC)


def test_times_of_ntfs_are_utc_to_the_microsecond(tmp_path):
    moment = datetime(2023, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    ticks = int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000 + 1_234_560
    info = zipfile.ZipInfo("a")
    info.extra = struct.pack("<HHLHHQQQ", 0x000A, 32, 0, 1, 24, ticks, ticks + 10, ticks + 20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, b"x")
    ((_, item, _),) = members(tmp_path / "a.zip").values()
    assert (item.modified, item.clock) == (moment, "utc")
    assert (item.accessed.microsecond, item.created.microsecond) == (123457, 123458)


def test_archive_behind_a_picture_is_found(tmp_path):
    inner = zip_of(tmp_path / "inner", {"hidden": b"x" * 100}).read_bytes()
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000) + inner)
    assert contents(tmp_path / "photo.jpg") == {b"hidden": b"x" * 100}


def test_archive_with_a_comment_and_bytes_behind_it_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"x")
        archive.comment = b"PK\5\6 no end" * 20
    with (tmp_path / "a.zip").open("ab") as stream:
        stream.write(b"\r\n")
    assert contents(tmp_path / "a.zip") == {b"a": b"x"}


def test_empty_archive_holds_nothing(tmp_path):
    zip_of(tmp_path / "a.zip", {})
    assert contents(tmp_path / "a.zip") == {}


def test_overlapping_members_are_read_with_a_remark(tmp_path):
    found = members(overlapping_zip(tmp_path / "a.zip", 3, 1000))
    assert [(content, item.remarks[0]) for content, item, _ in found.values()] == [
        (bytes(1000), "its own header names it '0'"),
    ] * 3
    assert all("overlaps another member" in item.remarks for _, item, _ in found.values())


def test_member_that_runs_into_the_next_is_remarked(tmp_path):
    whole = _raw_zip(tmp_path / "a.zip", [(b"a", b"12345678"), (b"b", b"x")]).read_bytes()
    at = whole.index(b"PK\1\2")
    whole = whole[: at + 20] + struct.pack("<LL", 30, 30) + whole[at + 28 :]
    (tmp_path / "a.zip").write_bytes(whole)
    found = members(tmp_path / "a.zip")
    assert "overlaps another member" in found[b"a"][1].remarks
    assert "overlaps another member" not in found[b"b"][1].remarks


def test_archive_cut_off_gives_what_is_there_and_says_so(tmp_path):
    whole = zip_of(tmp_path / "a.zip", {"a": b"1" * 1000, "b": b"2" * 1000}, zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:1500])
    found = members(tmp_path / "cut.zip")
    assert found[b"a"][0] == b"1" * 1000
    assert found[b"b"][0] == b"2" * (1500 - 1000 - 31 - 31)
    assert "where 1000 are stated" in found[b"b"][2].error
    assert found[b"\0rest"][1].refusal.startswith("no directory at its end")


def test_archive_from_a_pipe_that_is_cut_off_gives_what_is_there(tmp_path):
    if shutil.which("zip") is None:
        pytest.skip("zip is not installed")
    tree(tmp_path, {"a": b"1" * 5000, "b": os.urandom(5000)})
    made = subprocess.run(["zip", "-q", "-", "a", "b"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert made[6] & 8  # with descriptors
    (tmp_path / "cut.zip").write_bytes(made[: made.index(b"PK\1\2")])
    found = contents(tmp_path / "cut.zip")
    assert (found[b"a"], found[b"b"]) == (b"1" * 5000, (tmp_path / "b").read_bytes())


def test_damage_in_one_member_costs_only_it(tmp_path):
    whole = bytearray(zip_of(tmp_path / "a.zip", {"a": b"1" * 9000, "b": os.urandom(9000), "c": b"3" * 9}).read_bytes())
    at = whole.index(b"PK\3\4", 40) + 31
    whole[at : at + 4000] = bytes(b ^ 0x55 for b in whole[at : at + 4000])
    (tmp_path / "a.zip").write_bytes(whole)
    found = members(tmp_path / "a.zip")
    assert (found[b"a"][0], found[b"c"][0]) == (b"1" * 9000, b"3" * 9)
    assert found[b"b"][2].error


def test_directory_that_states_more_than_it_holds_is_said(tmp_path):
    whole = bytearray(zip_of(tmp_path / "a.zip", {"a": b"1"}).read_bytes())
    struct.pack_into("<HH", whole, len(whole) - 14, 9, 9)
    (tmp_path / "a.zip").write_bytes(whole)
    found = members(tmp_path / "a.zip")
    assert found[b"\0rest"][1].refusal == "its directory states 9 entries and holds 1 that can be read"


def test_ratio_bomb_is_refused_and_the_others_are_read(tmp_path):
    zip_of(tmp_path / "a.zip", {"a": b"1", "bomb": bytes(30_000_000), "c": b"3"})
    found = members(tmp_path / "a.zip", SourceLimits(free_member=1 << 20))
    assert (found[b"a"][0], found[b"c"][0]) == (b"1", b"3")
    assert found[b"bomb"][1].refusal.startswith("refused: 30000000 bytes from so few")


def test_bomb_that_understates_itself_is_cut_at_the_limit(tmp_path):
    whole = bytearray(zip_of(tmp_path / "a.zip", {"bomb": bytes(30_000_000), "c": b"3"}).read_bytes())
    struct.pack_into("<L", whole, 22, 10)
    struct.pack_into("<L", whole, whole.index(b"PK\1\2") + 24, 10)
    (tmp_path / "a.zip").write_bytes(whole)
    found = members(tmp_path / "a.zip", SourceLimits(free_member=1 << 20))
    content, _, ending = found[b"bomb"]
    assert len(content) < 9_000_000
    assert "refused: more than" in ending.error
    assert found[b"c"][0] == b"3"


def test_overlapping_bomb_ends_with_its_archives_allowance(tmp_path):
    overlapping_zip(tmp_path / "a.zip", 200, 5_000_000)
    limits = SourceLimits(free=20 << 20, ratio=10)
    given = refused = 0
    with open_source(tmp_path / "a.zip", limits=limits) as source:
        for item in source.items():
            refused += item.refusal is not None
            given += 0 if item.refusal else len(content_of(item))
    assert given <= limits.allowance((tmp_path / "a.zip").stat().st_size) + 5_000_000
    assert refused > 150


def test_large_member_is_streamed_in_constant_memory(tmp_path):
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * 320 + zlib.compress(b"", wbits=-15)
    stated = {"name": b"zeros", "method": 8, "packed": len(packed), "size": 0xFFFFFFFF}
    wide = struct.pack("<HHQ", 1, 8, 5 << 30)
    central = bytearray(_central(b"", 0, **stated) + wide)
    struct.pack_into("<H", central, 30, len(wide))
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(central), 35 + len(packed), 0)
    (tmp_path / "a.zip").write_bytes(_local(b"", **stated) + packed + bytes(central) + end)
    limits = SourceLimits(free=8 << 30, free_member=8 << 30, spool=32 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open_source(tmp_path / "a.zip", limits=limits) as source:
        items = source.items()
        next(items)
        stream = next(items).open()
        buffer, count = memoryview(bytearray(1 << 20)), 0
        while piece := stream.readinto(buffer):
            count += piece
    assert count == 5 << 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 << 10
