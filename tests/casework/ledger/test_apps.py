"""A migration cannot silently lose the triggers."""

import pytest
from django.db import connection, models

from kavalan.casework.errors import LedgerUnguardedError
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.workspace import migrate


def test_migrating_a_whole_desk_says_nothing(people):
    migrate()


def test_migration_that_rebuilds_the_table_without_its_triggers_is_reported(people):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL changes a table in place and keeps its triggers")
    wider = models.CharField(max_length=99)
    wider.set_attributes_from_name("verb")
    with connection.schema_editor() as editor:
        editor._remake_table(LedgerEntry, alter_fields=[(LedgerEntry._meta.get_field("verb"), wider)])
    with pytest.raises(LedgerUnguardedError, match="ledger_entry_delete"):
        migrate()
