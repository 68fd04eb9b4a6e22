"""Pictures in databases, from the bytes of a row to an item of a source."""

from __future__ import annotations

import os
import random
import sqlite3
import zipfile
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.archives import contents, members, tree, zip_of
from tests.sources.embedded.databases import JPEG, made, said

from kavalan.sandbox import Limits, Streamer
from kavalan.sources import SourceLimits, open_source, shown
from kavalan.sources.archive import descent
from kavalan.sources.archive.records import Begin, End, Request, Rest

PICTURES = "CREATE TABLE pictures(id INTEGER PRIMARY KEY, note TEXT, thumb BLOB)"
INSERT = "INSERT INTO pictures VALUES(?,?,?)"


def test_a_picture_in_a_blob_is_an_item_with_its_bytes(tmp_path):
    rows = [(7, "seven", JPEG), (9, "nine", b"no picture" * 50), (-1, JPEG.decode("latin-1"), JPEG * 30)]
    path = made(tmp_path / "a.db", PICTURES, (INSERT, rows))
    assert contents(path) == {b"pictures/thumb/-1.jpg": JPEG * 30, b"pictures/thumb/7.jpg": JPEG}


def test_a_picture_in_a_database_in_a_zip_is_found(tmp_path):
    database = made(tmp_path / "a.db", PICTURES, (INSERT, [(1, "", JPEG)]))
    path = zip_of(tmp_path / "a.zip", {"apps/x.db": database.read_bytes(), "beside": b"x"})
    with open_source(path) as source:
        assert [shown(item.path) for item in source.items()] == [
            "a.zip",
            "a.zip » apps/x.db",
            "a.zip » apps/x.db » pictures/thumb/1.jpg",
            "a.zip » beside",
        ]


def test_what_is_in_an_archive_in_a_blob_is_found(tmp_path):
    inner = zip_of(tmp_path / "inner.zip", {"in.jpg": JPEG}).read_bytes()
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(1, "", inner)]))
    with open_source(path) as source:
        assert [shown(item.path) for item in source.items()][1:] == [
            "a.db » pictures/thumb/1.zip",
            "a.db » pictures/thumb/1.zip » in.jpg",
        ]


def test_a_picture_behind_a_prefix_is_said_to_be(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(1, "", b"key!" * 4 + JPEG)]))
    ((content, item, _),) = members(path).values()
    assert (content, item.remarks) == (JPEG, ("begins behind 16 bytes of its field",))


def test_rows_without_rowid_are_named_by_their_order(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t(k TEXT PRIMARY KEY, b) WITHOUT ROWID",
        ("INSERT INTO t VALUES(?,?)", [("x", JPEG + b"x"), ("a", JPEG), ("b", None)]),
    )
    assert contents(path) == {b"t/b/1.jpg": JPEG, b"t/b/3.jpg": JPEG + b"x"}


def test_pictures_that_are_named_like_others_are_counted(tmp_path):
    path = made(
        tmp_path / "a.db",
        'CREATE TABLE "t"(a, b)',
        'CREATE TABLE "t%2F"(a, b)',
        'CREATE TABLE "t/"(a, b)',
        ('INSERT INTO "t/" VALUES(?,?)', [(JPEG, 1)]),
        ('INSERT INTO "t%2F" VALUES(?,?)', [(JPEG, 1)]),
    )
    with open_source(path) as source:
        paths = [item.path for item in source.items()]
    assert len(set(paths)) == len(paths) == 3


def test_views_triggers_and_virtual_tables_are_not_run(tmp_path):
    path = made(
        tmp_path / "a.db",
        PICTURES,
        "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM n",
        "CREATE TRIGGER t AFTER INSERT ON pictures BEGIN SELECT count(*) FROM endless; END",
    )
    assert [one for one in said(path) if not isinstance(one, Rest)] == []


def test_resuming_behind_a_picture_yields_the_rest(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(n, "", JPEG + bytes(n)) for n in range(20)]))
    with open_source(path) as source:
        whole = [item.path for item in source.items()]
        for cut in (0, 1, 10, 20):
            assert [item.path for item in source.items(after=whole[cut])] == whole[cut + 1 :]


def test_a_page_that_is_damaged_costs_its_own_rows(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(n, "", JPEG) for n in range(100)]))
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 21 * 4096] = b"\xee" * 4096
    path.write_bytes(content)
    found = contents(path)
    assert 90 <= len(found) < 101
    with open_source(path) as source:
        (last,) = [item for item in source.items() if item.refusal]
    assert last.refusal.startswith("damaged: ")


def test_a_truncated_database_gives_what_is_left(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(n, "", JPEG) for n in range(100)]))
    os.truncate(path, 40 * 4096)
    found = members(path)
    assert len([one for one in found.values() if one[0] == JPEG]) > 20
    assert "is not there" in found[b"\0rest"][1].refusal


def test_an_encrypted_database_with_a_plain_header_is_named(tmp_path):
    path = made(tmp_path / "a.db", PICTURES)
    content = bytearray(path.read_bytes())
    content[32:] = random.Random(1).randbytes(len(content) - 32)  # noqa: S311 - bytes without order
    content[100] = 0
    path.write_bytes(content)
    ((_, item, _),) = members(path).values()
    assert item.refusal == ("a database that cannot be read: its first page holds no schema: damaged, or encrypted")


def test_an_empty_database_holds_nothing(tmp_path):
    assert contents(made(tmp_path / "a.db", "CREATE TABLE t(a)")) == {}


def test_a_log_beside_the_database_is_not_applied(tmp_path):
    path = made(tmp_path / "a.db", "PRAGMA journal_mode=WAL", PICTURES, (INSERT, [(1, "", JPEG)]))
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_autocheckpoint=0")
        database.execute("INSERT INTO pictures VALUES(2, '', ?)", (JPEG,))
        database.commit()
        copy = tmp_path / "copy.db"
        copy.write_bytes(path.read_bytes())
    assert list(contents(copy)) == [b"pictures/thumb/1.jpg"]


def test_what_comes_out_is_bounded_by_the_allowance(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(n, "", JPEG) for n in range(10)]))
    begun = [one for one in said(path, allowance=5 * len(JPEG)) if isinstance(one, Begin)]
    assert [one.refusal is None for one in begun] == [True] * 5 + [False] * 5


def test_a_large_database_is_read_in_little_memory(tmp_path):
    """300 MB of database under 160 MB of writable memory, in which Python itself takes a part."""
    path = made(tmp_path / "a.db", PICTURES, (INSERT, ((n, "", JPEG[:20] + bytes(30_000_000 + n)) for n in range(10))))
    assert path.stat().st_size > 300_000_000
    limits = Limits(memory=160 << 20, records=1000, answer_bytes=1 << 40)
    with (
        path.open("rb") as opened,
        Streamer(descent._TASK, Request, descent._RECORD, limits=limits) as streamer,
    ):
        sizes, stream = [], streamer.stream(opened, Request("sqlite", b"x", 1 << 40, 200, 1 << 28))
        for one in stream:
            if isinstance(one, Begin):
                sizes.append(0)
            elif isinstance(one, bytes):
                sizes[-1] += len(one)
        assert stream.failure is None
    assert sizes == [30_000_020 + n for n in range(10)]


def test_a_blob_larger_than_what_is_held_is_read_as_it_passes(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(1, "", JPEG + bytes(3_000_000))]))
    found = contents(path, SourceLimits(spool=1 << 20))
    assert found == {b"pictures/thumb/1.jpg": JPEG + bytes(3_000_000)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = made(
        tmp_path_factory.mktemp("whole") / "a.db",
        PICTURES,
        "CREATE TABLE w(k TEXT PRIMARY KEY, b) WITHOUT ROWID",
        "CREATE TABLE downloads(id INTEGER PRIMARY KEY, target_path, state, start_time)",
        (INSERT, [(n, "t" * n, JPEG[: 40 + n * 60]) for n in range(30)]),
        ("INSERT INTO w VALUES(?,?)", [(f"{n}", JPEG) for n in range(9)]),
        ("INSERT INTO downloads VALUES(?,?,1,13300000000000000)", [(n, f"/x/{n}.jpg") for n in range(9)]),
        page=512,
    )
    return path.read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_the_reader_says_something_in_order(whole, tmp_path_factory, data):
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(16, len(content) - 5))
        content[at : at + 4] = data.draw(st.binary(min_size=1, max_size=4))
    path = tmp_path_factory.mktemp("m") / "a.db"
    path.write_bytes(content[: data.draw(st.integers(100, len(content)))])
    inside = False
    for one in said(path, allowance=1 << 22):
        assert isinstance(one, bytes | End) == inside
        if isinstance(one, Begin):
            inside = one.refusal is None
        elif isinstance(one, End):
            inside = False


def test_a_folder_with_a_database_beside_other_files_is_read_on(tmp_path):
    folder = tree(tmp_path / "f", {"a.txt": b"a", "z.txt": b"z"})
    made(folder / "m.db", PICTURES, (INSERT, [(1, "", JPEG)]))
    with open_source(folder) as source:
        assert [shown(item.path) for item in source.items()] == [
            "a.txt",
            "m.db",
            "m.db » pictures/thumb/1.jpg",
            "z.txt",
        ]


def test_a_zip_behind_a_database_does_not_hide_the_database(tmp_path):
    path = made(tmp_path / "a.db", PICTURES, (INSERT, [(1, "", JPEG)]))
    with path.open("ab") as opened, zipfile.ZipFile(opened, "a") as archive:
        archive.writestr("hidden", b"x")
    assert b"pictures/thumb/1.jpg" in contents(path)
