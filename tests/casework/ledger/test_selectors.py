"""What somebody with the database's password changes is found."""

import pytest
from django.db import connection

from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerPayload
from kavalan.casework.ledger.selectors import altered_payloads, verify_ledger


@pytest.fixture
def tamper(people):
    """Runs a statement with triggers and guard out of the way, as somebody with the password can."""

    def run(statement, values=()):
        with writing(frozenset({"ledger_entry", "ledger_payload"})), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            else:
                for name in ("next", "update", "delete"):
                    cursor.execute(f"DROP TRIGGER ledger_entry_{name}")
            cursor.execute(statement, values)

    return run


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE ledger_entry SET verb = 'unit.close' WHERE number = 3", 3),
        ("UPDATE ledger_entry SET verb = 'Alice did it' WHERE number = 3", 3),
        ("UPDATE ledger_entry SET actor = NULL WHERE number = 3", 3),
        ("DELETE FROM ledger_entry WHERE number = 3", 4),
        ("UPDATE ledger_entry SET number = number + 100 WHERE number = 3", 4),
    ],
)
def test_change_is_named_at_its_place(tamper, statement, number):
    tamper(statement)
    assert verify_ledger().faults[0].number == number


def test_untouched_ledger_holds(people, entries):
    verdict = verify_ledger()
    assert (verdict.holds, verdict.entries) == (True, entries())


def test_changed_payload_is_found_and_a_purged_one_leaves_the_chain_whole(tamper):
    first = LedgerPayload.objects.earliest("pk")
    tamper("UPDATE ledger_payload SET text = '{}' WHERE id = %s", [first.pk])
    assert list(altered_payloads()) == [bytes(first.digest).hex()]
    with writing(frozenset({"ledger_payload"})):
        LedgerPayload.objects.all().delete()
    assert (list(altered_payloads()), verify_ledger().holds) == ([], True)
