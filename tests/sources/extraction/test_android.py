"""Android backups: `adb backup` writes a header and a TAR."""

from __future__ import annotations

import io
import tarfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.archives import content_of, members
from tests.sources.extractions import APPS, TAKEN, android_backup

from kavalan.sources import open_source, parse
from kavalan.sources.extraction.android import Header, parse_header

ORIGINALS = {
    b"apps/example.gallery/_manifest": None,
    b"apps/example.gallery/f/pictures/one.jpg": b"/data/data/example.gallery/files/pictures/one.jpg",
    b"apps/example.gallery/db/gallery.db": b"/data/data/example.gallery/databases/gallery.db",
    b"apps/example.gallery/sp/settings.xml": b"/data/data/example.gallery/shared_prefs/settings.xml",
    b"apps/example.gallery/ef/two.jpg": b"/storage/emulated/0/Android/data/example.gallery/files/two.jpg",
    b"shared/0/DCIM/Camera/three.jpg": b"/storage/emulated/0/DCIM/Camera/three.jpg",
}


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("version", [1, 5])
def test_every_file_is_an_item_with_its_path_on_the_device(tmp_path, version, compressed):
    found = members(android_backup(tmp_path / "phone.ab", version=version, compressed=compressed))
    assert {name: content for name, (content, _, _) in found.items()} == {n.encode(): c for n, c in APPS.items()}
    assert {name: item.original for name, (_, item, _) in found.items()} == ORIGINALS
    assert {item.modified for _, item, _ in found.values()} == {TAKEN}


def test_names_are_those_that_a_tar_reader_finds_behind_the_header(tmp_path):
    path = android_backup(tmp_path / "phone.ab")
    data = zlib.decompress(path.read_bytes().split(b"\n", 4)[4])
    with tarfile.open(fileobj=io.BytesIO(data)) as archive, open_source(path) as source:
        found = [parse(item.path).parts[-1].name.decode() for item in source.items()]
        assert found[1:] == archive.getnames()


def test_encrypted_backup_is_said_to_need_its_password(tmp_path):
    (tmp_path / "phone.ab").write_bytes(b"ANDROID BACKUP\n5\n1\nAES-256\n" + b"00\n" * 5 + bytes(400))
    with open_source(tmp_path / "phone.ab") as source:
        backup, rest = source.items()
        assert len(content_of(backup)) == 442
    assert rest.refusal.startswith("an Android backup encrypted with AES-256")
    assert "password" in rest.refusal


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"ANDROID BACKUP\n6\n1\nnone\nx", "an Android backup of version 6"),
        (b"ANDROID BACKUP\n5\n1\nno", "cut off"),
        (b"ANDROID BACKUP\nfive\n1\nnone\nx", "none"),
    ],
)
def test_header_that_is_not_read_is_said(tmp_path, head, reason):
    (tmp_path / "phone.ab").write_bytes(head)
    with open_source(tmp_path / "phone.ab") as source:
        _, rest = source.items()
    assert reason in rest.refusal


def test_backup_that_was_cut_off_gives_what_is_there_and_says_so(tmp_path):
    path = android_backup(tmp_path / "phone.ab")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *_, rest = members(path).values()
    assert "ends in the middle" in rest[1].refusal


@given(st.binary(max_size=200))
def test_no_header_breaks_the_reader(tail):
    found = parse_header(b"ANDROID BACKUP\n" + tail)
    assert isinstance(found, Header) or "Android backup" in found
