"""A ledger with a key and an anchor, somebody who has the database's password, and an extract that is agreed to."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.guard import writing
from kavalan.casework.ledger import triggers
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.checkpoints import make_checkpoint
from kavalan.casework.ledger.keyring import found_key, key_file, trusted_keys
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.casework.ledger.services import extracting, make_extract
from kavalan.casework.ledger.verification import look
from kavalan.ledger import Entry, SigningKey, link, open_key

from ..conftest import NOW

TABLES = frozenset({"ledger_entry", "ledger_checkpoint", "ledger_payload"})

DAY = timedelta(days=1)
SPAN = {"since": NOW - DAY, "until": NOW + DAY}
WHY = "a complaint of 2 March"


@dataclasses.dataclass(frozen=True)
class Signing:
    """What signs and where it is carried to."""

    key: SigningKey
    workspace: Path
    anchor: Path

    def checkpoint(self):
        return make_checkpoint(self.key, trusted_keys(self.workspace), self.anchor, NOW)

    def look(self, *against):
        return look(self.anchor, trusted_keys(self.workspace), against)


@pytest.fixture
def signing(people, workspace, tmp_path):
    found_key(workspace, b"word")
    return Signing(open_key(key_file(workspace), b"word"), workspace, tmp_path / "anchor")


class Root:
    """Somebody with the database's password: takes the triggers away, does what they like, puts them back."""

    def run(self, *statements):
        """Each a statement, or a statement and its values."""
        self._drop()
        with writing(TABLES), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(*((statement,) if isinstance(statement, str) else statement))
        self.protect()

    def protect(self):
        if connection.vendor == "sqlite":
            for table in (triggers.ENTRIES, triggers.CHECKPOINTS):
                triggers.install(connection, table)
        else:
            self._switch("ENABLE")

    def rewrite(self, number, **changes):
        """Change an entry and make every hash from there on anew, as though it had always been so."""
        statements, previous = [], None
        for row in LedgerEntry.objects.filter(number__gte=number).order_by("number"):
            fields = {name: getattr(row, name) for name in Entry.__struct_fields__}
            fields |= {"payload": bytes(row.payload), "previous": previous or bytes(row.previous)}
            made = link(Entry(**fields | (changes if row.number == number else {})))
            columns = [*(changes if row.number == number else ()), "previous"]
            values = [_kept(getattr(made.entry, name)) for name in columns]
            sets = ", ".join(f"{name} = %s" for name in [*columns, "hash"])
            update = f"UPDATE ledger_entry SET {sets} WHERE number = %s"  # noqa: S608 names of columns
            statements.append((update, [*values, made.hash, row.number]))
            previous = made.hash
        self.run(*statements)

    def _drop(self):
        if connection.vendor != "sqlite":
            self._switch("DISABLE")
            return
        with connection.cursor() as cursor:
            for table in (triggers.ENTRIES, triggers.CHECKPOINTS):
                for suffix in ("next", "update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_{suffix}")

    def _switch(self, how):
        with connection.cursor() as cursor:
            for table in (triggers.ENTRIES, triggers.CHECKPOINTS):
                cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def _kept(value):
    return value.hex if isinstance(value, UUID) else value


@pytest.fixture
def root(people):
    return Root()


@pytest.fixture
def desk(people, exhibit, unlocked):
    """Dora audits, Bob supervises; whose entries are asked for is Alice, who did most."""
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    checkpoint_now(NOW)
    return people


def ask_extract(desk, about=None):
    """Dora asks for an extract about Alice, or another."""
    payload = extracting(**SPAN)
    return ask_approval(desk.dora, NOW, kind=LEDGER_EXTRACT, matter=about or desk.alice, payload=payload, reason=WHY)


def grant_extract(desk, about=None):
    """Bob grants what Dora asks for."""
    return answer_approval(desk.bob, NOW, approval=ask_extract(desk, about), granted=True, reason="justified")


def take_extract(desk, **changes):
    """Dora takes what was granted, or something else."""
    return make_extract(desk.dora, NOW, **{"officer": desk.alice, **SPAN, **changes})
