"""Another passphrase for all keys of a workspace."""

import shutil
import subprocess

import pytest

from kavalan.casework import keys
from kavalan.casework.keys import KeysError
from kavalan.casework.ledger import keyring
from kavalan.casework.rewrapping import change_passphrase, recover
from kavalan.ledger import open_key
from kavalan.vault import Ceremony

from .conftest import PASSPHRASE

NEW = b"five grey herons wade"


@pytest.fixture
def founded(tmp_path):
    """A workspace's keys, and its recovery key."""
    ceremony = Ceremony()
    printed = ceremony.recovery_key
    ceremony.prove(printed)
    return tmp_path, keys.found(tmp_path, PASSPHRASE, ceremony, work=1), printed


def is_same(one, other):
    return (one.vault.digest_key, one.ledger.raw) == (other.vault.digest_key, other.ledger.raw)


def test_new_passphrase_opens_all_keys_and_the_former_none(founded):
    workspace, made, _ = founded
    change_passphrase(workspace, PASSPHRASE, NEW, work=1)
    assert is_same(keys.unlock(workspace, NEW), made)
    with pytest.raises(KeysError):
        keys.unlock(workspace, PASSPHRASE)


@pytest.mark.parametrize(("old", "new"), [(NEW, NEW), (PASSPHRASE, b"short")])
def test_refused_change_changes_nothing(founded, old, new):
    workspace, made, _ = founded
    with pytest.raises(KeysError):
        change_passphrase(workspace, old, new, work=1)
    assert is_same(keys.unlock(workspace, PASSPHRASE), made)


def test_change_that_a_crash_cut_in_two_is_ended_by_the_same_call(founded, tmp_path):
    workspace, made, _ = founded
    shutil.copy(workspace / "keys" / "unit.age", tmp_path / "before")
    change_passphrase(workspace, PASSPHRASE, NEW, work=1)
    shutil.copy(tmp_path / "before", workspace / "keys" / "unit.age")
    change_passphrase(workspace, PASSPHRASE, NEW, work=1)
    assert is_same(keys.unlock(workspace, NEW), made)


def test_vault_without_a_ledger_has_its_passphrase_changed_alike(founded):
    workspace, *_ = founded
    keyring.key_file(workspace).unlink()
    change_passphrase(workspace, PASSPHRASE, NEW, work=1)
    with pytest.raises(KeysError, match="cannot be read"):
        keys.unlock(workspace, NEW)


def test_recovery_key_sets_a_new_passphrase_for_all_keys(founded):
    workspace, made, printed = founded
    recover(workspace, printed, NEW, work=1)
    assert is_same(keys.unlock(workspace, NEW), made)


def test_another_recovery_key_recovers_nothing(founded):
    workspace, made, _ = founded
    with pytest.raises(KeysError):
        recover(workspace, Ceremony().recovery_key, NEW, work=1)
    assert is_same(keys.unlock(workspace, PASSPHRASE), made)


def test_openssl_reads_the_ledgers_key_that_was_wrapped_anew(founded):
    workspace, made, _ = founded
    change_passphrase(workspace, PASSPHRASE, NEW, work=1)
    path = keyring.key_file(workspace)
    command = ["openssl", "pkey", "-in", path, "-passin", f"pass:{NEW.decode()}", "-pubout"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert shown == made.ledger.public.pem
    assert open_key(path, NEW).raw == made.ledger.raw
