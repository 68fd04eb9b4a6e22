"""The keys of a workspace: made, unwrapped, held, handed to another process."""

import os
import subprocess
import sys

import pytest

from kavalan.casework import keys
from kavalan.casework.keys import KeysError, LockedError
from kavalan.casework.ledger import keyring
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.vault import Ceremony

from .conftest import PASSPHRASE

TAKES = """
from kavalan.casework import keys
keys.take_over()
held = keys.held()
print(held.vault.identity.recipient.text, held.vault.recovery.text, end=" ")
print(held.vault.digest_key.hex(), held.ledger.sign(b"x").hex())
"""


def told(unlocked):
    vault = unlocked.vault
    parts = (
        vault.identity.recipient.text,
        vault.recovery.text,
        vault.digest_key.hex(),
        unlocked.ledger.sign(b"x").hex(),
    )
    return " ".join(parts)


def test_the_passphrase_opens_what_it_wrapped(unlocked, workspace):
    assert told(keys.unlock(workspace, PASSPHRASE)) == told(unlocked)
    assert trusted_keys(workspace) == [unlocked.ledger.public]


def test_another_passphrase_opens_nothing(unlocked, workspace):
    with pytest.raises(KeysError, match="passphrase"):
        keys.unlock(workspace, b"five grey herons wade")


def test_keys_are_made_once(unlocked, workspace):
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    with pytest.raises(KeysError, match="is there already"):
        keys.found(workspace, PASSPHRASE, ceremony, work=1)


def test_without_a_proved_recovery_key_none_are_made(workspace):
    with pytest.raises(KeysError, match="typed it back"):
        keys.found(workspace, PASSPHRASE, Ceremony(), work=1)
    assert not keys.keys_of(workspace).exists()


def test_a_process_that_was_handed_none_says_who_unlocks_them():
    with pytest.raises(LockedError, match="kavalan serve"):
        keys.held()


def test_another_process_takes_them_over_as_often_as_it_starts(unlocked):
    descriptor = keys.hand_over(unlocked)
    try:
        environment = {**os.environ, keys.DESCRIPTOR: str(descriptor)}
        command = [sys.executable, "-c", TAKES]
        for _ in range(2):
            said = subprocess.run(
                command, env=environment, pass_fds=[descriptor], check=True, stdout=subprocess.PIPE, text=True
            ).stdout
            assert said.strip() == told(unlocked)
    finally:
        os.close(descriptor)


def test_nothing_of_them_is_printed_with_them(unlocked):
    assert repr(unlocked) == "Unlocked()"


def test_a_ledgers_key_that_was_there_before_is_kept(workspace):
    former = keyring.found_key(workspace, PASSPHRASE)
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    assert keys.found(workspace, PASSPHRASE, ceremony, work=1).ledger.public == former


def test_a_ledgers_key_with_another_passphrase_is_in_the_way_of_others(workspace):
    keyring.found_key(workspace, b"five grey herons wade")
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    with pytest.raises(KeysError, match="the passphrase is another"):
        keys.found(workspace, PASSPHRASE, ceremony, work=1)
    assert not keys.are_founded(workspace)
