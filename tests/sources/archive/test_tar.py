"""TAR in all its dialects, whole and damaged, held to GNU tar and the standard library."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime

import pytest
from tests.sources.archives import FILES, contents, members, squeezed, tar_of, tree

from kavalan.sources import SourceLimits, open_source, parse


def gnu_tar(*arguments, cwd):
    if shutil.which("tar") is None:
        pytest.skip("tar is not installed")
    return subprocess.run(["tar", *arguments], cwd=cwd, check=True, capture_output=True).stdout


@pytest.mark.parametrize("format_", ["v7", "oldgnu", "gnu", "ustar", "posix"])
def test_listing_is_that_of_gnu_tar(tmp_path, format_):
    names = ["a", "sub/b", "n" * 90, "sub/" + "deep/" * 10 + "c"]
    names += ["l" * 200, "d" * 140 + "/e", "ചിത്രം" * 12] if format_ in {"gnu", "posix", "oldgnu"} else []
    tree(tmp_path / "t", {name: name.encode() for name in names})
    gnu_tar("cf", "../a.tar", "-H", format_, ".", cwd=tmp_path / "t")
    listed = gnu_tar("tf", "a.tar", "--quoting-style=literal", cwd=tmp_path).splitlines()
    with open_source(tmp_path / "a.tar") as source:
        found = [parse(item.path).parts[-1].name for item in source.items()][1:]
    assert found == [name for name in listed if not name.endswith(b"/")]
    assert contents(tmp_path / "a.tar") == {b"./" + os.fsencode(name): name.encode() for name in names}


def test_names_that_are_not_utf8_are_kept_byte_for_byte(tmp_path):
    names = [b"\xff\xfe.jpg", b"\x1b[31m", b"../up", b"\xe9" * 150]
    with tarfile.open(tmp_path / "a.tar", "w", encoding="utf-8", errors="surrogateescape") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name.decode("utf-8", "surrogateescape")))
    assert list(contents(tmp_path / "a.tar")) == names


@pytest.mark.parametrize("version", ["gnu", "posix --sparse-version=0.0", "posix --sparse-version=0.1", "posix"])
def test_sparse_files_have_their_holes(tmp_path, version):
    with (tmp_path / "sparse").open("wb") as stream:
        stream.seek(3_000_000)
        stream.write(b"island" * 1000)
        stream.seek(9_000_000)
        stream.write(b"end")
    gnu_tar("cSf", "a.tar", "-H", *version.split(), "sparse", cwd=tmp_path)
    assert (tmp_path / "a.tar").stat().st_size < 100_000
    assert contents(tmp_path / "a.tar") == {b"sparse": (tmp_path / "sparse").read_bytes()}
    squeezed(tmp_path / "a.tar", "gzip")
    assert contents(tmp_path / "a.tar.gz") == {b"sparse": (tmp_path / "sparse").read_bytes()}


def test_sparse_bomb_is_refused(tmp_path):
    (tmp_path / "sparse").touch()
    os.truncate(tmp_path / "sparse", 1 << 40)
    gnu_tar("cSf", "a.tar", "-H", "gnu", "sparse", cwd=tmp_path)
    ((_, item, _),) = members(tmp_path / "a.tar").values()
    assert item.refusal.startswith("refused: 1099511627776 bytes from so few")


def test_links_and_devices_are_refused_by_kind(tmp_path):
    kinds = {
        "symbolic link, not followed": tarfile.SYMTYPE,
        "hard link to another member, not followed": tarfile.LNKTYPE,
        "character device, not read": tarfile.CHRTYPE,
        "block device, not read": tarfile.BLKTYPE,
        "named pipe, not read": tarfile.FIFOTYPE,
    }
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for refusal, kind in kinds.items():
            info = tarfile.TarInfo(refusal)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    with open_source(tmp_path / "a.tar") as source:
        for item in list(source.items())[1:]:
            assert item.refusal.encode() == parse(item.path).parts[-1].name


def test_times_are_those_that_are_stated(tmp_path):
    info = tarfile.TarInfo("a")
    info.mtime = 1_700_000_000.25
    info.pax_headers = {"atime": "1600000000.5", "ctime": "1650000000", "LIBARCHIVE.creationtime": "1500000000"}
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    ((_, item, _),) = members(tmp_path / "a.tar").values()
    assert (item.modified.timestamp(), item.accessed.timestamp()) == (1_700_000_000.25, 1_600_000_000.5)
    assert (item.changed.timestamp(), item.created.timestamp()) == (1_650_000_000, 1_500_000_000)
    assert item.modified.tzinfo is UTC


def test_year_that_no_calendar_has_is_no_time(tmp_path):
    info = tarfile.TarInfo("a")
    info.pax_headers = {"mtime": "99999999999999999"}
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    ((_, item, _),) = members(tmp_path / "a.tar").values()
    assert item.modified is None


def test_file_updated_in_its_archive_is_there_twice(tmp_path):
    tree(tmp_path, {"a": b"old"})
    gnu_tar("cf", "a.tar", "a", cwd=tmp_path)
    tree(tmp_path, {"a": b"new"})
    gnu_tar("rf", "a.tar", "a", cwd=tmp_path)
    assert contents(tmp_path / "a.tar") == {b"a": b"old", b"a#1": b"new"}


def test_damaged_header_costs_only_its_member(tmp_path):
    whole = bytearray(tar_of(tmp_path / "a.tar", {"a": b"1" * 600, "b": b"2" * 600, "c": b"3" * 600}).read_bytes())
    at = 3 * 512
    whole[at : at + 300] = b"\xaa" * 300
    (tmp_path / "a.tar").write_bytes(whole)
    found = members(tmp_path / "a.tar")
    assert (found[b"a"][0], found[b"c"][0]) == (b"1" * 600, b"3" * 600)
    assert found[b"\0rest"][1].refusal.startswith("no header where one should be, at byte 1536")


def test_archive_cut_off_within_a_member_gives_what_is_there(tmp_path):
    whole = tar_of(tmp_path / "a.tar", {"a": b"1" * 600, "b": b"2" * 5000}).read_bytes()
    (tmp_path / "a.tar").write_bytes(whole[: 3 * 512 + 512 + 1000])
    found = members(tmp_path / "a.tar")
    assert (found[b"a"][0], found[b"b"][0]) == (b"1" * 600, b"2" * 1000)
    assert found[b"b"][2].error == "damaged after 1000 bytes: its archive ends in the middle of it"
    assert b"\0rest" in found


def test_archive_without_an_end_mark_is_said_to_be(tmp_path):
    whole = tar_of(tmp_path / "a.tar", {"a": b"1" * 600}).read_bytes()
    (tmp_path / "a.tar").write_bytes(whole[: 3 * 512])
    found = members(tmp_path / "a.tar")
    assert found[b"\0rest"][1].refusal == "it ends without its end mark: it may have been cut off"


def test_compressed_archive_cut_off_gives_what_is_there(tmp_path):
    files = {"a": os.urandom(50_000), "b": os.urandom(300_000), "c": b"x"}
    whole = tar_of(tmp_path / "a.tar.gz", files, "w:gz").read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(whole[:200_000])
    found = members(tmp_path / "a.tar.gz")
    assert found[b"a"][0] == files["a"]
    assert files["b"].startswith(found[b"b"][0])
    assert "ends in the middle" in found[b"b"][2].error
    assert "ends in the middle" in found[b"\0rest"][1].refusal


def test_second_archive_behind_the_end_mark_is_read_with_a_remark(tmp_path):
    first = tar_of(tmp_path / "1.tar", {"a": b"1"}).read_bytes()
    second = tar_of(tmp_path / "2.tar", {"b": b"2"}).read_bytes()
    (tmp_path / "a.tar").write_bytes(first + second)
    found = members(tmp_path / "a.tar")
    assert (found[b"a"][1].remarks, found[b"b"][0]) == ((), b"2")
    assert found[b"b"][1].remarks == ("stands behind the archive's end mark",)


def test_garbage_behind_the_end_mark_is_said(tmp_path):
    whole = tar_of(tmp_path / "a.tar", {"a": b"1"}).read_bytes()
    (tmp_path / "a.tar").write_bytes(whole + b"garbage" * 200)
    assert members(tmp_path / "a.tar")[b"\0rest"][1].refusal.startswith("what follows its end mark")


def test_length_below_zero_does_not_lead_backwards_for_ever(tmp_path):
    info = tarfile.TarInfo("a")
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    block[124:136] = b"\xff" * 4 + (-2048).to_bytes(8, "big", signed=True)
    block[148:156] = b"%06o\0 " % (sum(block) - sum(block[148:156]) + 8 * 32)
    (tmp_path / "a.tar").write_bytes(tar_of(tmp_path / "b.tar", {"f": b"x"}).read_bytes()[:1024] + block + bytes(1024))
    found = members(tmp_path / "a.tar")
    assert found[b"f"][0] == b"x"
    assert "leads backwards" in found[b"\0rest"][1].refusal


def test_long_name_that_claims_gigabytes_costs_only_the_archive(tmp_path):
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 40
    whole = tar_of(tmp_path / "b.tar", {"f": b"x"}).read_bytes()[:1024] + info.tobuf(tarfile.GNU_FORMAT)
    folder = tree(tmp_path / "exhibit", {"z": b"after"})
    (folder / "a.tar").write_bytes(whole + b"n" * 5000)
    with open_source(folder) as source:
        found = [(parse(item.path).parts[-1].name, item.refusal) for item in source.items()]
    assert found[1] == (b"f", None)
    assert found[2][1] is not None
    assert found[-1] == (b"z", None)


def test_compressed_bomb_ends_with_its_allowance(tmp_path):
    files = {"a": b"1", "zeros": bytes(60_000_000), "c": b"3"}
    tar_of(tmp_path / "a.tar.gz", files, "w:gz")
    found = members(tmp_path / "a.tar.gz", SourceLimits(free=10 << 20, ratio=10))
    assert found[b"a"][0] == b"1"
    assert found[b"zeros"][1].refusal.startswith("refused: its archive may give")
    assert "refused: more comes out of it" in found[b"\0rest"][1].refusal


def test_concatenated_compressed_streams_are_one_archive(tmp_path):
    whole = tar_of(tmp_path / "a.tar").read_bytes()
    import gzip

    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(whole[:300_000]) + gzip.compress(whole[300_000:]))
    assert contents(tmp_path / "a.tar.gz") == {os.fsencode(name): content for name, content in FILES.items()}


def test_member_of_an_unknown_kind_is_read_as_a_file(tmp_path):
    info = tarfile.TarInfo("odd")
    info.type, info.size = b"Q", 3
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(info, io.BytesIO(b"odd"))
    whole = bytearray((tmp_path / "a.tar").read_bytes())
    (tmp_path / "a.tar").write_bytes(whole[:512] + b"odd" + bytes(509) + bytes(1024))
    ((content, item, _),) = members(tmp_path / "a.tar").values()
    assert (content, item.remarks) == (b"odd", ("of the unknown type b'Q', read as a file",))


def test_modified_time_is_utc(tmp_path):
    tar_of(tmp_path / "a.tar", {"a": b""})
    ((_, item, _),) = members(tmp_path / "a.tar").values()
    assert item.modified == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
