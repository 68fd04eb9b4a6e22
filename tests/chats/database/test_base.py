"""Databases that somebody else wrote: read without a path, with their log, around what is broken, and never trusted."""

import io
import re
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from kavalan.chats.database import Beside, Database


@pytest.fixture
def told():
    return []


@pytest.fixture
def tell(told):
    return lambda reason, number: told.append((reason, number))


def made(path, *statements, wal=False, encoding="UTF-8"):
    """A database's bytes, and its log's where it is to stay there."""
    base = sqlite3.connect(path / "made.db", isolation_level=None)
    base.execute(f"PRAGMA encoding='{encoding}'")
    base.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
    for statement in statements:
        base.execute(*statement) if isinstance(statement, tuple) else base.executescript(statement)
    # As a seized telephone has them: nobody closed the database.
    files = [
        io.BytesIO(each.read_bytes()) if (each := path / name).exists() else None for name in ("made.db", "made.db-wal")
    ]
    base.close()
    return files


BOATS = "CREATE TABLE boat (_id INTEGER PRIMARY KEY, name TEXT, at INTEGER);"


def many(count):
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    return " ".join(("INSERT INTO boat", rows, "SELECT i, 'boat ' || i, i FROM n")), (count,)


def test_rows_are_what_sqlite_says(tmp_path, tell, told):
    main, _ = made(tmp_path, BOATS, many(5000))
    expected = sqlite3.connect(tmp_path / "made.db").execute("SELECT _id, name, at FROM boat").fetchall()
    with Database(main) as base:
        assert list(base.walk("boat", ("name", "at"), tell)) == expected
        assert base.tables == {"boat": {"_id", "name", "at"}}
        assert not base.lacks_wal
    assert not told


def test_what_stands_in_the_log_alone_is_read(tmp_path, tell):
    main, wal = made(tmp_path, "PRAGMA wal_autocheckpoint=0", BOATS, many(3000), wal=True)
    assert wal is not None
    before = wal.getvalue(), main.getvalue()
    with Database(main, wal) as base:
        assert sum(1 for _ in base.walk("boat", ("name",), tell)) == 3000
    assert (wal.getvalue(), main.getvalue()) == before


def test_a_missing_log_is_told_and_an_empty_one_is_none_that_is_missing(tmp_path):
    main, _ = made(tmp_path, BOATS, many(10), "PRAGMA wal_checkpoint(TRUNCATE)", wal=True)
    with Database(main) as base:
        assert base.lacks_wal
        assert base.has("boat")
    with Database(main, io.BytesIO()) as base:
        assert not base.lacks_wal
        assert base.has("boat")


def test_columns_that_are_not_there_are_none(tmp_path, tell):
    main, _ = made(tmp_path, BOATS, many(1))
    with Database(main) as base:
        assert list(base.walk("boat", ("absent", "name"), tell)) == [(1, None, "boat 1")]
        assert not list(base.walk("net", ("name",), tell))
        assert not base.beside("net", "boat", ("size",), tell).of(1)
        assert base.lookup("net", "boat", ("size",), tell).of(1) is None
        assert not base.has("boat", "name", "absent")


def test_views_and_virtual_tables_are_no_tables(tmp_path):
    statements = (
        "CREATE VIEW message AS SELECT zeroblob(1000000000) AS text_data; CREATE VIRTUAL TABLE word USING fts5(text);"
        "CREATE TABLE net (size INTEGER, made TEXT AS (printf('%1000000d', size)));"
    )
    main, _ = made(tmp_path, statements)
    with Database(main) as base:
        assert not base.has("message")
        assert not base.has("word")
        assert base.tables["net"] == {"size"}


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_a_text_in_no_encoding_is_kept_and_so_are_the_others(tmp_path, tell, told, encoding):
    broken = b"n\xe9t" if encoding == "UTF-8" else "net".encode("utf-16-le") + b"\x00\xdc"
    insert = ("INSERT INTO boat VALUES (2, CAST(? AS TEXT), 7), (3, 'കാവലൻ', 8)", (broken,))
    main, _ = made(tmp_path, BOATS, many(1), insert, encoding=encoding)
    with Database(main) as base:
        rows = list(base.walk("boat", ("name", "at"), tell))
        beside = base.beside("boat", "at", ("name",), tell)
        assert [beside.of(at)[0][1] for at in (1, 7, 8)] == [name for _, name, _ in rows]
    assert [(rows[0][1], rows[2][1]), [row[2] for row in rows]] == [("boat 1", "കാവലൻ"), [1, 7, 8]]
    assert rows[1][1].startswith("n")
    assert rows[1][1] == ("n\udce9t" if encoding == "UTF-8" else rows[1][1])
    assert not told


def test_rows_in_a_broken_page_are_told_and_all_others_read(tmp_path, tell, told):
    main, _ = made(tmp_path, BOATS, many(5000))
    data = bytearray(main.getvalue())
    page = data.index(b"boat 2500") // 4096 * 4096
    lost = set(map(int, re.findall(rb"boat (\d{4})", data[page : page + 4096])))
    data[page : page + 4096] = bytes(4096)
    with Database(io.BytesIO(bytes(data))) as base:
        numbers = {row[0] for row in base.walk("boat", ("name",), tell)}
        beside = base.beside("boat", "_id", ("name",), tell)
        found = {number for number in range(1, 5001) if beside.of(number)}
    assert min(lost) < 2500 < max(lost)
    assert numbers == found == set(range(1, 5001)) - lost
    assert told[0] == ("rows of boat that cannot be read; places are their numbers", min(lost))


def test_rows_are_put_in_the_order_of_a_column_where_their_numbers_are_not(tmp_path, tell):
    main, _ = made(tmp_path, BOATS, "INSERT INTO boat VALUES (1, 'c', 30), (2, 'a', 10), (3, 'b', 20);")
    with Database(main) as base:
        assert [row[1] for row in base.walk("boat", ("name",), tell, order=("at",))] == ["a", "b", "c"]
        assert [row[1] for row in base.walk("boat", ("name",), tell, order=("absent",))] == ["c", "a", "b"]


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(4080), b"WhatsApp" * 600])
def test_what_is_no_database_is_refused(data):
    with pytest.raises(ChatError):
        Database(io.BytesIO(data))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_database_with_any_bytes_changed_gives_rows_or_says_why_not(tmp_path_factory, data):
    main, _ = made(tmp_path_factory.mktemp("any"), BOATS, many(300))
    changed = bytearray(main.getvalue())
    for _ in range(data.draw(st.integers(1, 20))):
        changed[data.draw(st.integers(16, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        with Database(io.BytesIO(bytes(changed))) as base:
            for table in base.tables:
                for _ in base.walk(table, ("name", "at"), lambda *_: None):
                    pass
    except ChatError:
        pass


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-5, 5000), max_size=60), st.lists(st.integers(-5, 5000), max_size=40), st.booleans())
def test_rows_beside_are_those_of_their_number_in_any_order(keys, asked, indexed):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE net (boat INTEGER, mesh INTEGER)")
    if indexed:
        base.execute("CREATE INDEX net_by_boat ON net (boat)")
    base.executemany("INSERT INTO net VALUES (?, ?)", [(key, place) for place, key in enumerate(keys)])
    base.commit()
    with Database(io.BytesIO(base.serialize())) as read:
        beside = read.beside("net", "boat", ("mesh",), lambda *_: None)
        lookup = read.lookup("net", "boat", ("mesh",), lambda *_: None)
        for number in asked:
            expected = sorted((key, place) for place, key in enumerate(keys) if key == number)
            assert sorted(beside.of(number)) == expected
            assert lookup.of(number) in (expected or [None])
            assert beside.first(number) in (expected or [None])
            assert not any(number < key < beside.quiet(number) for key in keys)


def test_a_number_with_too_many_rows_is_told(tmp_path, tell, told, monkeypatch):
    monkeypatch.setattr(Beside, "MOST", 3)
    main, _ = made(tmp_path, "CREATE TABLE net (boat INTEGER); INSERT INTO net VALUES (1), (1), (1), (1), (2);")
    with Database(main) as base:
        beside = base.beside("net", "boat", (), tell)
        assert [len(beside.of(number)) for number in (1, 2)] == [3, 1]
    assert told == [("more than 3 rows of net for one; places are its number", 1)]


def test_a_tree_that_leads_back_gives_no_row_twice(tmp_path, tell, told):
    main, _ = made(tmp_path, BOATS, many(5000))
    data = bytearray(main.getvalue())
    root = sqlite3.connect(tmp_path / "made.db").execute("SELECT rootpage FROM sqlite_master").fetchone()[0]
    page = (root - 1) * 4096
    first, fifth = (int.from_bytes(data[at : at + 2], "big") for at in (page + 12, page + 20))
    data[page + fifth : page + fifth + 4] = data[page + first : page + first + 4]
    with Database(io.BytesIO(data)) as base:
        numbers = [row[0] for row in base.walk("boat", ("name",), tell)]
    assert numbers == sorted(set(numbers))
    assert 4000 < len(numbers) < 5000
    assert told


def test_of_a_file_that_was_cut_the_rest_is_read(tmp_path, tell, told):
    main, _ = made(tmp_path, BOATS, many(5000))
    data = main.getvalue()
    half = len(data) // 2
    with Database(io.BytesIO(data[:half])) as base:
        rows = list(base.walk("boat", ("name",), tell))
        assert base.missing == len(data) - half
    assert rows == [(row[0], f"boat {row[0]}") for row in rows]
    assert 2000 < len(rows) < 3000
    assert told
