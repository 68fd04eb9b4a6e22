"""Databases of the desk for tests: migrated once, then copied whole for each test, triggers and all.

SQLite files by default; where `DATABASE_URL` is set (`python tools/postgres.py run -- pytest tests/casework`),
databases of that server. Tests commit for real: a verb is a transaction, and inside another one a test would not see
what it does.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import uuid
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from kavalan.casework.workspace import create_workspace, migrate
from tests.required import pytest_runtest_makereport  # noqa: F401 a hook, found by its name


def pytest_collection_modifyitems(items):
    """Browsers come last: Playwright leaves an event loop running, under which Django refuses its database."""
    items.sort(key=lambda item: item.path.parent.name == "browser")


class SqliteStore:
    """Databases are files."""

    def __init__(self, folder, use):
        self.folder, self.use = folder, use

    def create(self, template=None):
        name = self.folder / f"{uuid.uuid4().hex}.sqlite3"
        if template is not None:
            shutil.copyfile(template, name)
        return name

    def drop(self, name):
        for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
            path.unlink(missing_ok=True)

    def close(self):
        """There is nothing to close."""


class PostgresStore:
    """Databases of one server, made over a connection of its own to the one that the settings name."""

    def __init__(self, folder, use):
        self.use = use
        self.named = use(None)

    @functools.cached_property
    def home(self):
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def create(self, template=None):
        name = f"test_{uuid.uuid4().hex}"
        # Since its version 15 PostgreSQL copies by way of its log; file by file it takes half the time.
        way = " STRATEGY file_copy" if self.home.info.server_version >= 150_000 else ""
        self.home.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}{way}" if template else ""))
        return name

    def drop(self, name):
        self.use(self.named)
        self.home.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self):
        self.home.close()


@pytest.fixture(scope="session")
def database_store(tmp_path_factory):
    """Makes and drops databases, and points Django at one of them."""

    def use(name):
        connections.close_all()
        database = connections.settings["default"]
        before = database["NAME"]
        if name is not None:
            database["NAME"] = name
        return before

    # Without a workspace's key Django signs nothing.
    settings.SECRET_KEY = "a key for tests"
    vendor = connections["default"].vendor
    before = use(None)
    store = {"sqlite": SqliteStore, "postgresql": PostgresStore}[vendor](tmp_path_factory.mktemp("databases"), use)
    yield store
    use(before)
    store.close()


@pytest.fixture(scope="session")
def copied(database_store, django_db_blocker):
    """A context in which Django works on a copy of a template database, or on an empty one."""

    @contextlib.contextmanager
    def context(template=None, keep=False):
        with django_db_blocker.unblock():
            name = database_store.create(template)
            database_store.use(name)
            try:
                yield name
            finally:
                database_store.use(name)
                if not keep:
                    database_store.drop(name)

    return context


@pytest.fixture(scope="session")
def migrated(copied, database_store, django_db_blocker):
    """The name of a database that is migrated and otherwise empty."""
    with copied(keep=True) as name:
        migrate()
    yield name
    with django_db_blocker.unblock():
        database_store.drop(name)


@pytest.fixture
def empty_desk(copied, migrated, workspace):
    """A desk without officers, in a database of its own."""
    with copied(migrated) as name:
        yield name


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A workspace's directory, in force for one test."""
    path = tmp_path / "workspace"
    create_workspace(path)
    monkeypatch.setattr(settings, "KAVALAN_WORKSPACE", path)
    monkeypatch.setattr(settings, "KAVALAN_ANCHOR", path / "ledger-anchor.txt")
    return path
