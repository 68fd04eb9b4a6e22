"""A workspace with something of everything in it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.db import connection

from kavalan.casework.backup import Head
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.workspace import lists_of, scans_of, trusted_keys_of
from kavalan.lists import Catalogue, Entry, Kind, ListInfo

WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def entry(number):
    return Entry(position=number, key=f"SX-{number}", sha256=bytes([number]) * 32)


def add_list(workspace, name, *numbers):
    catalogue = Catalogue(lists_of(workspace))
    catalogue.create(ListInfo(name=name, owner="Sample Exchange", version="1", kind=Kind.POSITIVE, obtained=WHEN))
    with catalogue.edit(name) as editor:
        editor.add([entry(number) for number in numbers])
    return catalogue


@pytest.fixture
def filled(people, workspace):
    """A desk's database and, in its workspace, a scan, a trusted key, a list, evidence and drafts."""
    batch = scans_of(workspace) / "5f0e" / "batch-000001.parquet"
    batch.parent.mkdir()
    batch.write_bytes(os.urandom(3 << 20))
    (trusted_keys_of(workspace) / "examiner.pub").write_text("a public key\n")
    (workspace / "evidence" / "card.jpg").write_bytes(b"evidence in clear")
    (scans_of(workspace) / "77aa.partial").mkdir()
    (scans_of(workspace) / "77aa.partial" / "half").write_bytes(b"half")
    add_list(workspace, "sample", 1, 2, 3)
    return workspace


@pytest.fixture
def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL; test_postgres.py holds what is the same there")


def ledger_head():
    """The last entry, read by the ORM."""
    last = LedgerEntry.objects.order_by("number").last()
    return Head(last.number, bytes(last.hash).hex()) if last else None


def everything(folder):
    """Each file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
