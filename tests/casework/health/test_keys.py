"""Faults of a workspace's keys, each made and found."""

import shutil

import pytest

from kavalan.casework.health.keys import wrapped
from kavalan.casework.keys import keys_of
from kavalan.casework.workspace import vault_of


def faults(workspace):
    return [finding for finding in wrapped(workspace) if finding.cure]


def test_keys_that_are_all_there_have_no_fault(unlocked, workspace):
    assert faults(workspace) == []


def test_workspace_without_keys_is_told_how_to_make_them(workspace):
    (fault,) = faults(workspace)
    assert "kavalan keys found" in fault.cure


def test_vault_without_its_keys_wants_them_back(unlocked, workspace):
    shutil.rmtree(keys_of(workspace))
    (fault,) = faults(workspace)
    assert "backup" in fault.cure


@pytest.mark.parametrize("name", ["unit.age", "recovery.age", "ledger-recovery.age", "ledger.pem"])
def test_key_that_lies_unwrapped_is_named(unlocked, workspace, name):
    (keys_of(workspace) / name).write_text("AGE-SECRET-KEY-1QQQ")
    (fault,) = faults(workspace)
    assert name in fault.text


def test_key_that_is_gone_is_named(unlocked, workspace):
    (keys_of(workspace) / "recovery.age").unlink()
    (fault,) = faults(workspace)
    assert "recovery.age: No such file" in fault.text


def test_vault_that_was_never_made_is_told_how(unlocked, workspace):
    shutil.rmtree(vault_of(workspace))
    (fault,) = faults(workspace)
    assert "kavalan keys found" in fault.cure
