import io
import os
import stat
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.vault import Attributes, FolderReader, RefusedError, Vault, create_vault, write_folder

SECOND = 1_000_000_000
FILE, LINK, FOLDER = 0o100640, 0o120777, 0o40750
TREE = [
    (Attributes(b"z folder", FOLDER, 10**9 * SECOND), None),
    (Attributes(b"z folder/\xfe\xe9 raw", FILE, 1_500_000_000 * SECOND + 123, 1000, 100), os.urandom(200_000)),
    (Attributes("a/മലയാളം.txt".encode(), 0o100600, 1_600_000_000 * SECOND), b"text"),
    (Attributes(b"empty", FILE, 0), b""),
    (Attributes(b"link", LINK, 10**9 * SECOND), b"a"),
    (Attributes(b"before 1970", FILE, -5 * SECOND), b"old"),
    (Attributes(b"far future", FILE, 2**40 * SECOND), b"new"),
]


def store(vault, tree):
    with write_folder(vault) as folder:
        for attributes, data in tree:
            folder.add(attributes, None if data is None else io.BytesIO(data))
        return folder.keep()


def opened(vault, stored):
    return FolderReader(vault, stored.content.name, stored.index.name)


def test_members_are_read_one_by_one_and_in_their_order(vault):
    stored = store(vault, TREE)
    assert stored.members == len(TREE)
    with opened(vault, stored) as folder:
        members = list(folder)
        assert len(folder) == len(TREE)
        assert [one.name for one in members] == [attributes.name for attributes, _ in TREE]
        for attributes, data in reversed(TREE):
            member = folder.find(attributes.name)
            assert folder.open(member).read() == (data or b"")
            found = (member.mode, member.mtime_ns, member.uid, member.gid)
            assert found == (attributes.mode, attributes.mtime_ns, attributes.uid, attributes.gid)
            assert (member.size, member.crc) == (len(data or b""), zlib.crc32(data or b""))
        assert folder.find(b"none") is None


def test_python_reads_the_zip_where_it_lies(vault):
    stored = store(vault, TREE)
    with vault.open(stored.content.name) as reader, zipfile.ZipFile(reader) as archive:
        assert archive.testzip() is None
        assert [info.file_size for info in archive.infolist()] == [len(data or b"") for _, data in TREE]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())


def test_stock_programs_unpack_it_with_attributes(vault, founded, age, tmp_path):
    stored = store(vault, TREE)
    (tmp_path / "id").write_text(founded[2])
    path = vault.blobs.path(stored.content.name)
    (tmp_path / "folder.zip").write_bytes(age("-d", "-i", tmp_path / "id", path))
    try:
        done = subprocess.run(
            ["unzip", "-q", "-o", "folder.zip", "-d", "out"], cwd=tmp_path, capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("needs Debian's unzip")
    assert (done.returncode, done.stderr) == (0, b"")
    out = os.fsencode(tmp_path / "out")
    for attributes, data in TREE:
        place = out + b"/" + attributes.name
        status = os.lstat(place)
        assert stat.S_IFMT(status.st_mode) == stat.S_IFMT(attributes.mode)
        if stat.S_ISREG(attributes.mode):
            assert stat.S_IMODE(status.st_mode) == stat.S_IMODE(attributes.mode)
            assert Path(os.fsdecode(place)).read_bytes() == data
            if 0 <= attributes.mtime_ns < 2**31 * SECOND:
                assert status.st_mtime_ns == attributes.mtime_ns // SECOND * SECOND
    assert (tmp_path / "out" / "link").readlink() == Path("a")


def test_7z_finds_nothing_wrong(vault, tmp_path):
    stored = store(vault, TREE)
    with vault.open(stored.content.name) as reader:
        (tmp_path / "folder.zip").write_bytes(reader.read())
    try:
        done = subprocess.run(["7z", "t", "folder.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs Debian's p7zip-full")
    assert "Everything is Ok" in done.stdout, done.stdout
    assert "WARNING" not in done.stdout.upper().replace("WARNINGS", "")


NAMES = st.binary(min_size=1, max_size=30).filter(lambda name: not set(b"/\0.") & set(name))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=20))
def test_any_names_and_contents_come_back(vault, files):
    stored = store(vault, [(Attributes(name, FILE, 5 * SECOND), data) for name, data in files.items()])
    with opened(vault, stored) as folder:
        assert {one.name: folder.open(one).read() for one in folder} == files
        assert all(folder.find(name).name == name for name in files)
    with vault.open(stored.content.name) as reader, zipfile.ZipFile(reader) as archive:
        assert [archive.read(info) for info in archive.infolist()] == list(files.values())


def test_folder_that_is_not_kept_leaves_nothing(vault, workspace):
    before = sorted(workspace.rglob("*"))
    with write_folder(vault) as folder:
        folder.add(*[TREE[2][0], io.BytesIO(b"text")])
    assert sorted(workspace.rglob("*")) == before


def test_picture_in_a_folder_is_refused_and_the_folder_can_go_on(tmp_path, keys, clock):
    create_vault(tmp_path / "clean", keys, media_free=True)
    vault = Vault(tmp_path / "clean", keys, clock, is_media=lambda head: head.startswith(b"\x89PNG"))
    with write_folder(vault) as folder:
        folder.add(Attributes(b"note", FILE, 0), io.BytesIO(b"text"))
        with pytest.raises(RefusedError):
            folder.add(Attributes(b"picture", FILE, 0), io.BytesIO(b"\x89PNG\r\n" + bytes(100)))
        stored = folder.keep()
    with opened(vault, stored) as reader:
        assert [one.name for one in reader] == [b"note"]
    with vault.open(stored.content.name) as content:
        assert b"PNG" not in content.read()
