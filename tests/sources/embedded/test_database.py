"""Values out of tables, held to SQLite."""

from __future__ import annotations

import math
import os
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.embedded.databases import made

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.embedded.database import Database, Field

values = (
    st.none()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
    | st.binary(max_size=700)
)


def opened(path):
    return Database(os.open(path, os.O_RDONLY))


def rows(database, name, names):
    return [row for row in database.rows(database.table(name), names) if row is not None]


@settings(max_examples=60, deadline=None)
@given(
    table=st.lists(st.tuples(values, values, values), max_size=20),
    encoding=st.sampled_from(["UTF-8", "UTF-16le", "UTF-16be"]),
    page=st.sampled_from([512, 4096]),
)
def test_values_are_those_of_sqlite(tmp_path_factory, table, encoding, page):
    path = made(
        tmp_path_factory.mktemp("p") / "a",
        "CREATE TABLE t(k INTEGER PRIMARY KEY, a, b, c)",
        ("INSERT INTO t(a, b, c) VALUES(?,?,?)", table),
        page=page,
        encoding=encoding,
    )
    with closing(sqlite3.connect(path)) as asked:
        expected = asked.execute("SELECT c, k, a, b FROM t ORDER BY k").fetchall()
    database = opened(path)
    assert rows(database, "T", ("c", "K", "a", "b")) == expected
    for row in expected:
        assert database.row(database.table("t"), row[1], ("c", "k", "a", "b")) == row


def test_rows_from_before_a_column_was_added_have_none(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(a)",
        ("INSERT INTO t VALUES(?)", [(1,)]),
        "ALTER TABLE t ADD COLUMN b DEFAULT 5",
        ("INSERT INTO t VALUES(?,?)", [(2, 3)]),
    )
    assert rows(opened(path), "t", ("a", "b", "no such column")) == [(1, None, None), (2, 3, None)]


def test_rows_of_a_table_without_rowid_have_their_values(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(a, b INTEGER, c, PRIMARY KEY(c, b)) WITHOUT ROWID",
        ("INSERT INTO t VALUES(?,?,?)", [(n, n * 2, f"{n:04}") for n in range(900)]),
        page=512,
    )
    assert rows(opened(path), "t", ("a", "b", "c")) == [(n, n * 2, f"{n:04}") for n in range(900)]


def test_only_tables_that_have_rows_are_tables(tmp_path):
    path = made(
        tmp_path / "a",
        "CREATE TABLE t(a)",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE INDEX i ON t(a)",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE x USING fts5(y)",
    )
    names = [table.name for table in opened(path).tables]
    assert "t" in names
    assert not {"v", "i", "g", "x"} & set(names)


def test_fields_of_bytes_are_told_with_their_places(tmp_path):
    row = (b"a" * 10, "t" * 50, b"b" * 5000, None, b"c" * 31, b"d" * 32)
    path = made(tmp_path / "a", "CREATE TABLE t(a, b, c, d, e, f)", ("INSERT INTO t VALUES(?,?,?,?,?,?)", [row]))
    database = opened(path)
    (cell,) = [cell for cell in database.cells(database.tables[0], database.pages.unseen()) if cell]
    fields = database.blobs(cell.payload, 32)
    assert [field._replace(at=0) for field in fields] == [Field(2, 0, 5000), Field(5, 0, 32)]
    assert [cell.payload.read(field.at, field.size) for field in fields] == [row[2], row[5]]


def test_a_database_whose_first_page_is_not_readable_is_said_to_be_encrypted(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(a)")
    content = bytearray(path.read_bytes())
    content[32:] = os.urandom(16) * (len(content[32:]) // 16)
    content[100] = 0x77
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="encrypted"):
        opened(path)


def test_a_text_that_is_none_is_replaced_not_refused(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(a)", "INSERT INTO t VALUES(CAST(x'ff41' AS TEXT))")
    assert rows(opened(path), "t", ("a",)) == [("\ufffdA",)]


def test_infinity_is_a_number(tmp_path):
    path = made(tmp_path / "a", "CREATE TABLE t(a)", ("INSERT INTO t VALUES(?)", [(-math.inf,)]))
    assert rows(opened(path), "t", ("a",)) == [(-math.inf,)]
