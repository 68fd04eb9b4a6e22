"""Faults of the vault that show without its keys: each made, found, and cured as it is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone

from kavalan.casework.backup import back_up, restore
from kavalan.casework.guard import writing
from kavalan.casework.health.vault import blobs, reading
from kavalan.casework.vault.models import Kept, VaultFault
from kavalan.casework.vault.store import put, vault
from kavalan.casework.workspace import vault_of
from kavalan.vault import Vault, unlock

from ..conftest import NOW, PASSPHRASE
from ..vault.conftest import PAPER, keep


def told(workspace):
    return [(one.text, one.cure) for one in blobs(workspace)]


WHOLE = [("holds what the desk answers for, and nothing else", None)]


@pytest.fixture
def paper(people, unlocked):
    return keep(people.alice, NOW, stored=put(BytesIO(PAPER)), unit=people.alice.unit)


def test_workspace_without_a_vault_is_not_told_of(people, workspace):
    assert told(workspace) == []


def test_vault_that_holds_what_the_desk_answers_for_has_no_fault(paper, workspace):
    assert told(workspace) == WHOLE


def test_what_is_missing_is_a_fault_until_it_is_brought_back_from_a_backup(paper, workspace, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL, where a restoration takes an empty database")
    blob = vault().blobs.path(paper.name)
    back_up(workspace, tmp_path / "backups", NOW)
    blob.unlink()
    ((text, cure),) = told(workspace)
    assert (paper.name in text, "kavalan restore" in cure) == (True, True)
    restore(tmp_path / "backups", tmp_path / "restored")
    (vault_of(tmp_path / "restored") / blob.relative_to(vault_of(workspace))).rename(blob)
    assert told(workspace) == WHOLE
    assert vault().verify(paper.name) == len(PAPER)


def test_what_no_record_names_is_told_until_it_is_brought_again(people, unlocked, workspace):
    put(BytesIO(PAPER))
    ((text, cure),) = told(workspace)
    assert (text.startswith("1 blobs belong to no record"), cure) == (True, None)
    keep(people.alice, NOW, stored=put(BytesIO(PAPER)), unit=people.alice.unit)
    assert told(workspace) == WHOLE


def test_what_is_being_destroyed_is_neither(paper, workspace):
    with writing(frozenset({"vault_kept"})):
        Kept.objects.update(doomed_at=NOW)
    assert told(workspace) == WHOLE
    vault().blobs.path(paper.name).unlink()
    assert told(workspace) == WHOLE


def test_vault_that_was_read_in_time_is_not_told_of(paper, workspace):
    assert list(reading(workspace, timezone.now())) == []


def test_vault_that_was_not_read_in_time_is_a_fault(paper, workspace):
    (fault,) = reading(workspace, timezone.now() + timedelta(days=31))
    assert "within 30 days" in fault.text
    assert "by night" in fault.cure


def test_what_was_found_wrong_by_night_is_a_fault(paper, workspace):
    with writing(frozenset({"vault_vaultfault"})):
        VaultFault.objects.create(name=paper.name, what="is missing; restore it from a backup", found_at=NOW)
    (fault,) = reading(workspace, timezone.now())
    assert paper.name in fault.text


def test_restored_vault_takes_blobs_in_again(paper, workspace, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL, where a restoration takes an empty database")
    back_up(workspace, tmp_path / "backups", NOW, with_keys=True)
    restore(tmp_path / "backups", tmp_path / "restored")
    opened = Vault(vault_of(tmp_path / "restored"), unlock(tmp_path / "restored" / "keys", PASSPHRASE), timezone.now)
    assert opened.verify(paper.name) == len(PAPER)
    assert opened.put(BytesIO(b"another")).new
