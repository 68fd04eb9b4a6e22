"""iTunes and Finder backups: folder and list side by side."""

from __future__ import annotations

import os
import plistlib
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.sources.archives import content_of
from tests.sources.extractions import (
    FILES,
    TAKEN,
    archived,
    backup_plists,
    domain_of,
    file_id,
    itunes_backup,
    manifest_db,
    old_backup,
)

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import stored
from kavalan.sources import open_source, shown, walk_folder

ORIGINALS = {"/".join(domain_of(filed)).encode(): filed.content for filed in FILES}


def items(path, after=None):
    with open_source(path) as source:
        return list(source.items(after=after))


def lying(folder):
    return sum(len(names) for _, _, names in os.walk(folder))


def path_of(folder, filed):
    name = file_id(*domain_of(filed))
    return folder / name[:2] / name


@pytest.mark.parametrize("make", [itunes_backup, old_backup])
def test_each_file_has_its_path_times_and_digest_of_the_list(tmp_path, make):
    folder = make(tmp_path / "backup")
    found = items(folder)
    assert len(found) == lying(folder)
    backed = [item for item in found if item.original is not None]
    assert {item.original: content_of(item) for item in backed} == ORIGINALS
    assert {item.modified for item in backed} == {TAKEN}
    assert all([name for name, _ in item.digests] == ["sha1"] for item in backed)
    assert all(item.remarks == () for item in found)


def test_times_of_birth_and_of_change_are_those_of_the_record(tmp_path):
    found = next(item for item in items(itunes_backup(tmp_path / "b")) if item.original)
    assert (found.created, found.changed) == (TAKEN - timedelta(seconds=1), TAKEN + timedelta(seconds=1))


def test_paths_stay_as_they_lie_on_disk(tmp_path):
    folder = itunes_backup(tmp_path / "exhibit" / "backup")
    assert [item.path for item in items(tmp_path / "exhibit")] == [item.path for item in walk_folder(folder.parent)]


def test_digests_of_the_list_are_checked(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    path_of(folder, FILES[0]).write_bytes(b"other content")
    with open_source(folder) as source, Fingerprinter() as fingerprinter:
        endings = {
            found.item.original: stored.checked(found.item, found.fingerprint)
            for found in fingerprinter.read(source.items())
        }
    agreed = {name: ending.agrees for name, ending in endings.items() if name}
    assert agreed == {name: content != FILES[0].content for name, content in ORIGINALS.items()}


def test_what_is_listed_and_not_there_is_one_item_more(tmp_path):
    folder = itunes_backup(tmp_path / "exhibit" / "backup")
    path_of(folder, FILES[0]).unlink()
    path_of(folder, FILES[1]).unlink()
    *_, rest = items(tmp_path / "exhibit")
    assert rest.refusal.startswith("Manifest.db lists 2 files that are not there: CameraRollDomain/Media/DCIM/")
    assert shown(rest.path) == "backup « not read"


def test_what_is_there_and_not_listed_is_remarked(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    (folder / "00").mkdir(exist_ok=True)
    (folder / "00" / ("00" * 20)).write_bytes(b"x")
    (found,) = [item for item in items(folder) if item.remarks]
    assert found.path.startswith(b"00/0000")
    assert (found.original, found.remarks) == (None, ("its backup's Manifest.db does not list it",))


@pytest.mark.parametrize("make", [itunes_backup, old_backup])
@pytest.mark.parametrize("inside", [True, False])
def test_resuming_behind_an_item_yields_exactly_the_rest(tmp_path, make, inside):
    folder = make(tmp_path / "exhibit" / "backup")
    victim = next(path for path in sorted(folder.rglob("*")) if len(path.name) == 40)
    victim.unlink()
    (folder / ("ff" * 20)).write_bytes(b"not listed")
    (folder.parent / "z.txt").write_bytes(b"behind it")
    root = folder.parent if inside else folder
    whole = items(root)
    assert any(item.state == "unknown" for item in whole)
    for cut, item in list(enumerate(whole))[::3] + list(enumerate(whole))[-2:]:
        rest = [(each.path, each.original, each.refusal, each.remarks) for each in items(root, after=item.path)]
        assert rest == [(each.path, each.original, each.refusal, each.remarks) for each in whole[cut + 1 :]]


def test_an_encrypted_backup_is_said_to_need_its_password_and_digested_as_it_lies(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    backup_plists(folder, encrypted=True)
    (folder / "Manifest.db").write_bytes(os.urandom(8192))
    *found, rest = items(folder)
    assert len(found) == lying(folder)
    assert all(item.refusal is None and item.original is None and item.remarks == () for item in found)
    assert rest.refusal.startswith("the backup is encrypted")
    assert "password" in rest.refusal


@pytest.mark.parametrize("name", ["Manifest.db", "Manifest.plist"])
@pytest.mark.parametrize("content", [b"", b"no such thing", b"SQLite format 3\0" + bytes(4080)])
def test_a_list_that_is_none_is_said_and_every_file_still_read(tmp_path, name, content):
    folder = itunes_backup(tmp_path / "b")
    (folder / name).write_bytes(content)
    *found, rest = [item for item in items(folder) if item.container is None]
    assert len(found) == lying(folder)
    assert f"{name}:" in rest.refusal
    assert all(item.remarks == () for item in found)


def test_a_damaged_record_leaves_the_path(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    (folder / "Manifest.db").unlink()
    rows = [(file_id(*domain_of(filed)), *domain_of(filed), 1, b"bplist00 no") for filed in FILES]
    manifest_db(folder / "Manifest.db", rows)
    backed = [item for item in items(folder) if item.original is not None]
    assert {item.original for item in backed} == set(ORIGINALS)
    assert {item.remarks for item in backed} == {("its record in Manifest.db is damaged",)}


def test_a_large_record_of_digests_wrapped_as_data_is_read(tmp_path):
    """Some versions keep the digest as NSData and records in overflow pages."""
    folder = itunes_backup(tmp_path / "b")
    (folder / "Manifest.db").unlink()
    digest = {"NS.data": b"\x01" * 20, "$class": plistlib.UID(0)}
    rows = [
        (file_id(*domain_of(filed)), *domain_of(filed), 1, archived(filed, "x" * 9000, Digest=digest))
        for filed in FILES
    ]
    manifest_db(folder / "Manifest.db", rows)
    backed = [item for item in items(folder) if item.original is not None]
    assert {item.digests for item in backed} == {(("sha1", b"\x01" * 20),)}


def test_rows_that_are_no_files_do_not_disturb_the_others(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    (folder / "Manifest.db").unlink()
    rows = [(file_id(*domain_of(filed)), *domain_of(filed), 1, archived(filed, "x")) for filed in FILES]
    rows += [("../../etc/passwd", "HomeDomain", "x", 1, b""), (None, None, None, 1, b""), (b"\xff", 1, 2, 1, b"")]
    manifest_db(folder / "Manifest.db", rows)
    *found, rest = items(folder)
    assert {item.original for item in found if item.original} == set(ORIGINALS)
    assert "of its rows are those of no file" in rest.refusal


def test_a_truncated_old_list_gives_what_stands_before_its_end(tmp_path):
    folder = old_backup(tmp_path / "b")
    listed = (folder / "Manifest.mbdb").read_bytes()
    (folder / "Manifest.mbdb").write_bytes(listed[:-30])
    *found, rest = items(folder)
    assert len([item for item in found if item.original]) == len(FILES) - 1
    assert "damaged at byte" in rest.refusal


def test_two_backups_in_one_folder_keep_to_themselves(tmp_path):
    others = tuple(replace(filed, content=b"other " + filed.content) for filed in FILES)
    itunes_backup(tmp_path / "exhibit" / "a")
    itunes_backup(tmp_path / "exhibit" / "b", others)
    found = items(tmp_path / "exhibit")
    assert {item.original: content_of(item) for item in found if item.original and item.path[:1] == b"b"} == {
        "/".join(domain_of(filed)).encode(): filed.content for filed in others
    }
    assert not any(item.refusal for item in found)


def test_a_list_that_is_a_link_is_not_followed(tmp_path):
    folder = itunes_backup(tmp_path / "b")
    shutil.move(folder / "Manifest.db", tmp_path / "elsewhere.db")
    (folder / "Manifest.db").symlink_to(tmp_path / "elsewhere.db")
    *_, rest = items(folder)
    assert "Manifest.db cannot be read" in rest.refusal
