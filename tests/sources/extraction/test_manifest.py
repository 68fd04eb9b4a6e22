"""The lists of a backup against SQLite's and plistlib's own reading of them, and against noise."""

from __future__ import annotations

import os
import sqlite3

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.extractions import FILES, archived, file_id, manifest_db, old_backup

from kavalan.sources.archive.records import Rest
from kavalan.sources.extraction.manifest import Backed, Encrypted, List, read

PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=300)


def told(path, kind):
    with path.open("rb") as stream:
        return list(read(stream, List(kind)))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(PATHS, st.sampled_from([1, 1, 1, 2, 4]), max_size=60))
def test_files_come_in_the_order_of_their_names_as_sqlite_has_them(tmp_path, paths):
    at = tmp_path / "Manifest.db"
    at.unlink(missing_ok=True)
    manifest_db(at, [(file_id("D", path), "D", path, flags, archived(FILES[0], path)) for path, flags in paths.items()])
    with sqlite3.connect(at) as database:
        expected = database.execute(
            "SELECT fileID, domain || '/' || relativePath FROM Files WHERE flags = 1 ORDER BY fileID"
        ).fetchall()
    database.close()
    found = [said for said in told(at, "db") if isinstance(said, Backed)]
    assert [(said.ident.hex(), said.original.decode()) for said in found] == expected
    assert not any(said.damaged for said in found)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_breaks_the_reader(tmp_path, data):
    at = tmp_path / "Manifest.db"
    if not at.exists():
        manifest_db(at, [(file_id("D", str(n)), "D", str(n), 1, archived(FILES[0], "x")) for n in range(200)])
    content = bytearray(at.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + 8] = data.draw(st.binary(min_size=8, max_size=8))
    (tmp_path / "damaged").write_bytes(content)
    found = [said for said in told(tmp_path / "damaged", "db") if isinstance(said, Backed)]
    assert [said.ident for said in found] == sorted({said.ident for said in found})


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_no_old_list_breaks_the_reader(tmp_path, noise):
    if not (tmp_path / "b").exists():
        old_backup(tmp_path / "b")
    whole = (tmp_path / "b" / "Manifest.mbdb").read_bytes()
    (tmp_path / "noisy").write_bytes(whole + noise)
    found = told(tmp_path / "noisy", "mbdb")
    assert len([said for said in found if isinstance(said, Backed)]) >= len(FILES)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_property_list_breaks_the_reader(tmp_path, noise):
    for head in (b"", b"bplist00", b"<?xml version='1.0'?><plist>"):
        (tmp_path / "plist").write_bytes(head + noise)
        (said,) = told(tmp_path / "plist", "plist")
        assert isinstance(said, Rest | Encrypted)


def test_a_bomb_of_entities_is_no_property_list(tmp_path):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE plist [<!ENTITY a0 "ha">{entities}]><plist><string>&a11;</string></plist>'
    (tmp_path / "plist").write_text(bomb)
    (said,) = told(tmp_path / "plist", "plist")
    assert isinstance(said, Rest)


def test_links_and_folders_of_an_old_list_are_no_files(tmp_path):
    mode = (0o040755).to_bytes(2) + bytes(38)
    entry = b"\0\1D\0\1p" + b"\xff\xff" * 3 + mode
    (tmp_path / "list").write_bytes(b"mbdb\x05\x00" + entry)
    assert [said for said in told(tmp_path / "list", "mbdb") if isinstance(said, Backed)] == []
    assert os.path.getsize(tmp_path / "list") == 6 + 12 + 40
