"""No domain table is written outside a verb."""

import threading

import pytest
from django.db import connection, connections

from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.apps import domain_tables
from kavalan.casework.errors import UnguardedWriteError
from kavalan.casework.exhibits.models import Content, Exhibit, Item, ScanBatch
from kavalan.casework.guard import WriteGuard, writing


def test_domain_tables_are_those_of_the_desks_own_apps():
    tables = domain_tables()
    assert {"accounts_officer", "access_grant", "ledger_entry", "jobs_job", "exhibits_item"} <= tables
    assert not [name for name in tables if name.startswith(("django_", "auth_"))]


@pytest.mark.parametrize(
    "write",
    [
        lambda: Unit.objects.create(name="Ghost Unit"),
        lambda: Unit.objects.bulk_create([Unit(name="Ghost Unit")]),
        lambda: Unit.objects.bulk_create([Unit(name="Ghost Unit")], ignore_conflicts=True),
        lambda: Unit.objects.update(name="Ghost Unit"),
        lambda: Officer.objects.filter(badge="bob").update(is_active=False),
        lambda: Item.objects.all()._raw_delete("default"),
        lambda: ScanBatch.objects.all().delete(),
    ],
)
def test_orm_writes_outside_a_verb_are_refused(people, exhibit, write):
    with writing(frozenset({"exhibits_scanbatch"})):
        ScanBatch.objects.create(exhibit=exhibit, number=1, sha256=b"", rows=0, pictures=0, videos=0, unread=0)
    with pytest.raises(UnguardedWriteError, match="outside a verb"):
        write()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_unit (name) VALUES ('x')",
        'insert into "accounts_unit" (name) values (1)',
        "INSERT OR REPLACE INTO accounts_unit (name) VALUES ('x')",
        "REPLACE INTO accounts_unit (name) VALUES ('x')",
        "UPDATE OR IGNORE accounts_unit SET name = 'x'",
        "UPDATE ONLY accounts_unit SET name = 'x'",
        "\n  DELETE FROM accounts_unit",
        "TRUNCATE TABLE accounts_unit",
        "TRUNCATE accounts_unit",
    ],
)
def test_each_way_of_writing_is_known(statement):
    guard = WriteGuard(frozenset({"accounts_unit"}))
    with pytest.raises(UnguardedWriteError):
        guard(lambda *_: None, statement, (), False, {})


@pytest.mark.parametrize("statement", ["SELECT * FROM accounts_unit", "UPDATE django_session SET x = 1", "BEGIN"])
def test_reading_and_other_tables_are_free(statement):
    guard = WriteGuard(frozenset({"accounts_unit"}))
    assert guard(lambda *_: "done", statement, (), False, {}) == "done"


def test_permission_to_write_ends_with_its_block_and_stays_in_its_thread(people):
    faults = []

    def elsewhere():
        try:
            Unit.objects.create(name="Ghost Unit")
        except UnguardedWriteError as error:
            faults.append(error)
        finally:
            connections.close_all()

    with writing(frozenset({"accounts_unit"})):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert len(faults) == 1
    with pytest.raises(UnguardedWriteError):
        Unit.objects.create(name="Ghost Unit")


def test_raw_cursor_is_guarded_too(people):
    with connection.cursor() as cursor, pytest.raises(UnguardedWriteError):
        cursor.execute("DELETE FROM exhibits_content")


def test_nothing_of_the_desk_was_written_by_the_refused(people):
    with pytest.raises(UnguardedWriteError):
        Content.objects.create(sha256=b"", md5=b"", sha1=b"", size=0, kind="")
    assert (Content.objects.count(), Exhibit.objects.count()) == (0, 0)
