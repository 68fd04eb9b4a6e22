"""Copying a SQLite database that is written meanwhile."""

import sqlite3
import threading
from contextlib import closing

import pytest

from kavalan.casework.backup import BackupError
from kavalan.casework.backup.sqlite import dump, head


@pytest.fixture
def database(tmp_path):
    """Two tables that every transaction changes together, in WAL mode."""
    path = tmp_path / "desk.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE a (n); CREATE TABLE b (n, filler); CREATE INDEX by_n ON b (n);"
        )
    return path


def write(path, stop, done):
    with closing(sqlite3.connect(path, timeout=20)) as writer:
        number = 0
        while not stop.is_set():
            with writer:
                writer.execute("INSERT INTO a VALUES (?)", (number,))
                writer.execute("INSERT INTO b VALUES (?, randomblob(3000))", (number,))
            number += 1
            done.set()


def test_the_copy_is_of_one_moment_while_somebody_writes(database, tmp_path):
    stop, done = threading.Event(), threading.Event()
    writer = threading.Thread(target=write, args=(database, stop, done))
    writer.start()
    try:
        done.wait(20)
        for number in range(10):
            dump(database, tmp_path / f"copy-{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(10):
        with closing(sqlite3.connect(tmp_path / f"copy-{number}")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert copy.execute("SELECT n FROM a").fetchall() == copy.execute("SELECT n FROM b").fetchall()
            assert copy.execute("SELECT count(*) > 0 FROM a").fetchone() == (1,)


def test_the_copy_is_one_file(database, tmp_path):
    (tmp_path / "to").mkdir()
    dump(database, tmp_path / "to" / "copy")
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["copy"]


def test_what_lies_in_the_wal_alone_is_copied(database, tmp_path):
    with closing(sqlite3.connect(database)) as writer:
        with writer:
            writer.execute("INSERT INTO a VALUES (41)")
        dump(database, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT n FROM a").fetchall() == [(41,)]


def test_a_damaged_database_makes_no_backup(database, tmp_path):
    with closing(sqlite3.connect(database)) as writer, writer:
        writer.executemany("INSERT INTO b VALUES (?, randomblob(900))", [(n,) for n in range(400)])
    data = bytearray(database.read_bytes())
    data[8 * 4096 : 12 * 4096] = b"\xa5" * (4 * 4096)
    database.write_bytes(data)
    with pytest.raises(BackupError, match=r"damaged|cannot be copied"):
        dump(database, tmp_path / "copy")


def test_a_database_without_a_ledger_has_no_head(database):
    assert head(database) is None


def test_a_missing_database_is_not_made(tmp_path):
    with pytest.raises(BackupError, match="cannot be copied"):
        dump(tmp_path / "nothing", tmp_path / "copy")
    assert not (tmp_path / "nothing").exists()
