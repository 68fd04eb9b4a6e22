"""Rows out of B-trees, held to SQLite."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.embedded.databases import made

from kavalan.sources.archive.passage import CHUNK, DamagedError
from kavalan.sources.embedded.pages import Pages, Payload, signed, varint


def opened(path):
    descriptor = os.open(path, os.O_RDONLY)
    return Pages(descriptor)


def root_of(path, name="t"):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT rootpage FROM sqlite_master WHERE name=?", (name,)).fetchone()[0]


def cells(pages, root, least=0):
    return [cell for cell in pages.cells(root, pages.unseen(), least) if cell is not None]


@pytest.mark.parametrize("page", [512, 4096, 65536])
def test_every_row_comes_once_in_the_order_of_its_rowid(tmp_path, page):
    rowids = [*range(-300, 3000, 3), 1 << 40, -(1 << 62)]
    rows = [(rowid, bytes(abs(rowid) % 900)) for rowid in rowids]
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(k INTEGER PRIMARY KEY, b)",
        ("INSERT INTO t VALUES(?,?)", rows),
        page=page,
    )
    assert [cell.key for cell in cells(opened(path), root_of(path))] == sorted(rowids)


def test_rows_without_rowid_are_numbered(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(k TEXT PRIMARY KEY, b) WITHOUT ROWID",
        ("INSERT INTO t VALUES(?,?)", [(f"{n:05}", bytes(n % 700)) for n in range(2000)]),
    )
    assert [cell.key for cell in cells(opened(path), root_of(path))] == list(range(1, 2001))


def test_rows_smaller_than_wanted_are_left_out(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(b)", ("INSERT INTO t VALUES(?)", [(bytes(n),) for n in range(200)]))
    assert [cell.key for cell in cells(opened(path), root_of(path), 100)] == list(range(98, 201))


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(0, 6000), min_size=1, max_size=20), page=st.sampled_from([512, 1024, 4096]))
def test_what_overflows_a_page_is_whole(tmp_path_factory, sizes, page):
    path = made(
        tmp_path_factory.mktemp("p") / "a",
        "CREATE TABLE t(b)",
        ("INSERT INTO t VALUES(?)", [(os.urandom(size),) for size in sizes]),
        page=page,
    )
    with closing(sqlite3.connect(path)) as database:
        stored = [row[0] for row in database.execute("SELECT b FROM t ORDER BY rowid")]
    found = [cell.payload for cell in cells(opened(path), root_of(path))]
    assert [payload.read(payload.size - len(blob), len(blob)) for payload, blob in zip(found, stored, strict=True)] == (
        stored
    )


def test_a_large_row_comes_in_pieces_from_any_place(tmp_path):
    blob = os.urandom(3 * CHUNK + 77)
    path = made(tmp_path / "a", "CREATE TABLE t(b)", ("INSERT INTO t VALUES(?)", [(blob,)]))
    ((_, payload),) = cells(opened(path), root_of(path))
    start = payload.size - len(blob)
    pieces = list(payload.pieces(start + 10, len(blob) - 10))
    assert b"".join(pieces) == blob[10:]
    assert max(len(piece) for piece in pieces) == CHUNK
    assert payload.read(start + 5000, 300) == blob[5000:5300]


def test_a_row_is_found_by_its_rowid(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(k INTEGER PRIMARY KEY, b)",
        ("INSERT INTO t VALUES(?,?)", [(n * 2 - 999, bytes(n % 50)) for n in range(3000)]),
    )
    pages, root = opened(path), root_of(path)
    for n in range(0, 3000, 7):
        found = pages.find(root, n * 2 - 999)
        assert found is not None
        assert found.read(found.size - n % 50, n % 50) == bytes(n % 50)
        assert pages.find(root, n * 2 - 998) is None


def test_a_tree_that_leads_in_a_circle_ends(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(b)",
        ("INSERT INTO t VALUES(?)", [(bytes(400),) for _ in range(50)]),
        page=512,
    )
    root = root_of(path)
    content = bytearray(path.read_bytes())
    assert content[(root - 1) * 512] == 5
    content[(root - 1) * 512 + 8 : (root - 1) * 512 + 12] = root.to_bytes(4, "big")
    path.write_bytes(content)
    pages = opened(path)
    assert len(cells(pages, root)) >= 40
    assert "twice" in pages.damage.reason()


def test_a_chain_that_breaks_off_is_damage(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(b)", ("INSERT INTO t VALUES(?)", [(bytes(50000),)]))
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 5 * 4096 + 4] = bytes(4)
    path.write_bytes(content)
    ((_, payload),) = cells(opened(path), root_of(path))
    with pytest.raises(DamagedError, match="breaks off"):
        payload.read(0, payload.size)


def test_a_chain_that_leads_to_itself_is_given_up(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(b)", ("INSERT INTO t VALUES(?)", [(bytes(20000),)]), page=512)
    content = bytearray(path.read_bytes())
    content[9 * 512 : 9 * 512 + 4] = (10).to_bytes(4, "big")
    path.write_bytes(content)
    endless = Payload(opened(path), b"", 1 << 30, 10)
    with pytest.raises(DamagedError, match="share more pages"):
        endless.read((1 << 30) - 1, 1)


@pytest.mark.parametrize(
    ("at", "value", "reason"),
    [(16, b"\0\3", "are in no database"), (20, b"\xff", "are in no database"), (0, b"X", "no header")],
)
def test_header_that_no_database_has_is_refused(tmp_path, at, value, reason):
    path = made(tmp_path / "a", "CREATE TABLE t(b)", page=512)
    content = bytearray(path.read_bytes())
    content[at : at + len(value)] = value
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=reason):
        opened(path)


@pytest.mark.parametrize(
    ("encoded", "value"),
    [("00", 0), ("7f", 127), ("8100", 128), ("ff7f", 16383), ("81" + "80" * 7 + "00", 1 << 57), ("ff" * 9, -1)],
)
def test_numbers_are_those_of_the_specification(encoded, value):
    held = bytes.fromhex(encoded)
    number, behind = varint(held, 0)
    assert (signed(number), behind) == (value, len(held))
