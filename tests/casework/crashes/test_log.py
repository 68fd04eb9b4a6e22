"""The database's own log, cut anywhere: every verb whose entry is whole in it is there, and no other.

At the borders of its frames and at seeded places; at every byte where `KAVALAN_CRASHES` is set.
"""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.selectors import verify_ledger

from ..conftest import NOW

HEADER = 32
FRAME = 24 + 4096
"""https://www.sqlite.org/walformat.html"""
HEAD = "SELECT number, hash FROM ledger_entry ORDER BY number DESC LIMIT 1"
UNITS = 3


@pytest.fixture
def logged(people, shared):
    """A database without its log, its log of three verbs, and after how many bytes of it which entry is the last."""
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL, whose log is its own")
    database = Path(connection.settings_dict["NAME"])
    log = database.with_name(f"{database.name}-wal")
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bare, heads = database.read_bytes(), [(0, head())]
    for number in range(UNITS):
        found_unit(people.alice, NOW, name=f"Unit {number}")
        heads.append((log.stat().st_size, head()))
    return bare, log.read_bytes(), heads


def head():
    last = LedgerEntry.objects.order_by("number").last()
    return last.number, bytes(last.hash)


def put(folder, bare, log):
    path = folder / "cut.sqlite3"
    path.write_bytes(bare)
    (folder / "cut.sqlite3-wal").write_bytes(log)
    return path


def found(path):
    # Who only reads takes the log in as well, and leaves both files as they are.
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        whole = database.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        units = database.execute("SELECT count(*) FROM accounts_unit WHERE name LIKE 'Unit %'").fetchone()[0]
        return whole, units, database.execute(HEAD).fetchone()


def last_whole(heads, cut):
    """How many verbs are whole before a cut, and the entry of the last."""
    return max((number, entry) for number, (end, entry) in enumerate(heads) if end <= cut)


def places(size):
    if "KAVALAN_CRASHES" in os.environ:
        return range(size + 1)
    borders = range(HEADER, size + 1, FRAME)
    near = {place + by for place in borders for by in (-1, 0, 1, 24)}
    chance = random.Random(17)  # noqa: S311 no secret
    return sorted({0, 1, *(place for place in near if place <= size), *chance.choices(range(size), k=100)})


def test_log_cut_anywhere_opens_with_the_verbs_that_are_whole_before_the_cut(logged, tmp_path):
    bare, log, heads = logged
    assert heads[-1][0] == len(log)
    path = put(tmp_path, bare, log)
    for cut in sorted(places(len(log)), reverse=True):
        os.truncate(f"{path}-wal", cut)
        number, entry = last_whole(heads, cut)
        assert found(path) == (True, number, entry), cut


def test_what_follows_a_whole_log_is_no_verb(logged, tmp_path):
    bare, log, heads = logged
    for rest in (bytes(9000), os.urandom(9000), log[HEADER : HEADER + 2 * FRAME]):
        assert found(put(tmp_path, bare, log + rest)) == (True, UNITS, heads[-1][1])


def test_after_a_cut_the_next_verb_goes_on_behind_the_last_whole_one(logged, people, tmp_path, database_store):
    bare, log, heads = logged
    for cut in (10, heads[1][0] - 1, heads[2][0] + FRAME // 2, len(log) - 1):
        _, (number, _) = last_whole(heads, cut)
        (tmp_path / str(cut)).mkdir()
        database_store.use(put(tmp_path / str(cut), bare, log[:cut]))
        found_unit(people.alice, NOW, name="Unit behind the cut")
        verdict = verify_ledger()
        assert (verdict.entries, verdict.holds) == (number + 1, True)
