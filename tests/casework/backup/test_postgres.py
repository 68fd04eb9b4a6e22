"""Copying and restoring a PostgreSQL database, by its own programs."""

import shutil
from urllib.parse import quote

import pytest
from django.db import connection

from kavalan.casework.backup import BackupError, back_up, postgres, restore
from kavalan.casework.database import from_url

from .conftest import WHEN, ledger_head


@pytest.fixture(autouse=True)
def programs(people):
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite: tools/postgres.py runs it on PostgreSQL")
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump: install Debian's package postgresql-client")


@pytest.fixture
def empty(database_store, people):
    """The address of an empty database."""
    current = connection.settings_dict["NAME"]
    name = database_store.create()
    database_store.use(current)
    host = quote(connection.settings_dict["HOST"], safe="/")
    yield f"postgresql://{connection.settings_dict['USER']}@/{name}?host={host}"
    database_store.drop(name)
    database_store.use(current)


def test_a_restored_database_has_the_same_ledger_head(filled, empty, tmp_path, monkeypatch):
    taken = back_up(filled, tmp_path / "b", WHEN)
    assert (taken.manifest.vendor, taken.manifest.ledger) == ("postgresql", ledger_head())
    monkeypatch.setenv("DATABASE_URL", empty)
    assert restore(tmp_path / "b", tmp_path / "new") == taken.manifest
    assert not (tmp_path / "new" / "database.dump").exists()


def test_a_database_with_anything_in_it_is_left_alone(filled, tmp_path, monkeypatch):
    back_up(filled, tmp_path / "b", WHEN)
    settings = connection.settings_dict
    address = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={quote(settings['HOST'], safe='/')}"
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "b", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_without_its_address_the_backup_says_what_to_set(filled, tmp_path, monkeypatch):
    back_up(filled, tmp_path / "b", WHEN)
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(BackupError, match="set DATABASE_URL"):
        restore(tmp_path / "b", tmp_path / "new")


def test_without_its_programs_it_is_refused_with_their_name(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="no pg_dump on this machine"):
        postgres.dump(connection.settings_dict, tmp_path / "dump")


def test_a_server_that_does_not_answer_is_named(tmp_path):
    with pytest.raises(BackupError, match="PostgreSQL: "):
        postgres.dump(from_url(f"postgresql:///desk?host={tmp_path}"), tmp_path / "dump")
