"""Statements that make tables, held to what SQLite says of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.sources.embedded.schema import layout_of

STATEMENTS = [
    "CREATE TABLE t(a, b, c)",
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b)",
    "CREATE TABLE t(a integer primary key autoincrement, b text not null default 'x, y')",
    "CREATE TABLE t(a INT PRIMARY KEY, b)",
    "CREATE TABLE t(b, a INTEGER, PRIMARY KEY(a))",
    "CREATE TABLE t(b, a INTEGER, CONSTRAINT p PRIMARY KEY(a ASC) ON CONFLICT REPLACE)",
    "CREATE TABLE t(a INTEGER, b INTEGER, PRIMARY KEY(a, b))",
    "CREATE TABLE t(b, a TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE t(c, b, a, d, PRIMARY KEY(a COLLATE NOCASE DESC, b)) without rowid, strict".replace(", strict", ""),
    "CREATE TABLE t(a, b AS (a + 1), c AS (a * 2) STORED, d GENERATED ALWAYS AS (a) VIRTUAL, e)",
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b CHECK (b IN (1, 2, 'as (')), CHECK (a > 0), UNIQUE(a, b))",
    """CREATE TABLE t("a b", [c,d], `e``f`, 'g''h', "primary" TEXT, i -- a comment, with (
    , j /* and another, */ REFERENCES x(y) ON DELETE CASCADE, FOREIGN KEY(i) REFERENCES x(y))""",
    "CREATE TABLE t(ചിത്രം TEXT, 写真 BLOB, _x1$ DECIMAL(10, 5) DEFAULT (1 + 2))",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_columns_are_those_of_sqlite(statement):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(statement)
        columns = database.execute("PRAGMA table_xinfo(t)").fetchall()
        keyed = database.execute("SELECT wr FROM pragma_table_list WHERE name='t'").fetchone()[0]
        kept = [column[1] for column in columns if column[6] != 2]
        if keyed:
            key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
            kept = key + [name for name in kept if name not in key]
    layout = layout_of(statement)
    assert (list(layout.columns), layout.keyed) == (kept, bool(keyed))


@pytest.mark.parametrize(
    ("statement", "rowid"),
    [
        ("CREATE TABLE t(a, b, c)", None),
        ("CREATE TABLE t(b, a INTEGER PRIMARY KEY)", 1),
        ("CREATE TABLE t(b, a integer, PRIMARY KEY(A))", 1),
        ("CREATE TABLE t(a INT PRIMARY KEY, b)", None),
        ("CREATE TABLE t(a INTEGER, b INTEGER, PRIMARY KEY(a, b))", None),
        ("CREATE TABLE t(b, v AS (b), a INTEGER PRIMARY KEY)", 1),
        ("CREATE TABLE t(a INTEGER PRIMARY KEY, b) WITHOUT ROWID", None),
    ],
)
def test_the_column_that_is_the_rowid_is_known(statement, rowid):
    assert layout_of(statement).rowid == rowid


@given(st.text(max_size=200) | st.text(alphabet="(),\"'`[]-/* ab", max_size=60))
def test_nothing_that_is_written_raises(text):
    layout_of("CREATE TABLE t(" + text)
    layout_of(text)
