"""Faults of the database, each made and found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from kavalan.casework import upgrade
from kavalan.casework.health import database


def faults(look):
    return [finding for finding in look if finding.cure]


@pytest.fixture
def file(people):
    """The database as a file that nobody has open."""
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    connection.close()
    return Path(connection.settings_dict["NAME"])


def test_a_whole_database_has_none(people):
    assert database.reached() is None
    assert faults([*database.integrity(), *database.form()]) == []


def test_a_missing_database_is_named_and_not_made(file):
    file.rename(file.with_name("moved"))
    assert "is not there" in database.reached().text
    assert not file.exists()


def test_a_file_that_is_no_database_is_named(file):
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    file.write_bytes(b"no database" * 1000)
    assert "not a database" in database.reached().text


def test_a_damaged_page_is_named(file):
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(file.read_bytes())
    for start in range(5 * 4096, len(data) - 4096, 3 * 4096):
        data[start : start + 200] = b"\xa5" * 200
    file.write_bytes(data)
    found = database.reached()
    assert faults([found] if found else database.integrity())


def test_a_row_that_refers_to_nothing_is_named(file):
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("UPDATE accounts_officer SET unit_id = 4711 WHERE badge = 'bob'")
    (fault,) = faults(database.integrity())
    assert fault.text == "1 rows of accounts_officer that refer to nothing in accounts_unit"


def test_migrations_that_wait_are_named(people, monkeypatch):
    monkeypatch.setattr(upgrade, "pending", lambda: ["later.0001_initial", "later.0002_rows"])
    (fault,) = faults(database.form())
    assert (fault.text, "kavalan migrate" in fault.cure) == (
        "2 migrations wait, the first is later.0001_initial",
        True,
    )


def test_a_database_of_a_later_version_is_named(people, monkeypatch):
    monkeypatch.setattr(upgrade, "unknown", lambda: ["later.0001_initial"])
    (fault,) = faults(database.form())
    assert "a later version" in fault.text


def test_an_index_that_is_not_valid_is_named(people):
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'job_next'::regclass")
    (fault,) = faults(database.integrity())
    assert fault.cure == "REINDEX INDEX job_next"
