"""The workspace's keys: wrapped on disk, unlocked once at `serve`, held in memory by the processes of the desk.

    keys/unit.age, keys/recovery.age    the vault's (`kavalan.vault.keys`)
    keys/ledger.pem, keys/ledger.pub    the one that signs checkpoints (`kavalan.ledger.keys`)
    keys/ledger-recovery.age            the same, encrypted to the recovery key

The supervisor unwraps them, which costs a second and 256 MiB, and hands them to its children in a file that lies in
memory only, so that a child that starts again needs nobody to type.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kavalan.casework.errors import DeskError, RefusedError
from kavalan.casework.ledger import keyring
from kavalan.ledger import KeyFileError, SigningKey, open_key
from kavalan.vault import Keys, VaultError, write_whole
from kavalan.vault import unlock as unlock_vault
from kavalan.vault.age import USUAL_WORK, Identity, Recipient, encrypt

if TYPE_CHECKING:
    from pathlib import Path

    from kavalan.vault import Ceremony

DESCRIPTOR = "KAVALAN_KEYS_DESCRIPTOR"
"""The environment names here the open file in which a child finds the keys."""

UNIT = "unit.age"
LEDGER_RECOVERY = "ledger-recovery.age"

_MOST_BYTES = 4096


class KeysError(DeskError):
    """The keys cannot be made or opened; the text says what to do."""


class LockedError(RefusedError):
    """Something needs the keys, and nobody unlocked them for this process."""

    def __init__(self) -> None:
        super().__init__(
            "The keys of this workspace are locked. Whoever serves the desk unlocks them: "
            "`kavalan serve` asks for their passphrase."
        )


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The keys in memory; nothing of them is in its `repr`.

    Attributes:
        vault: what opens evidence, papers and sealed names.
        ledger: what signs checkpoints.
    """

    vault: Keys = field(repr=False)
    ledger: SigningKey = field(repr=False)


class _Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    identity: str
    recovery: str
    digest_key: bytes
    ledger: bytes


_held: Unlocked | None = None


def keys_of(workspace: Path) -> Path:
    """Where a workspace keeps its wrapped keys."""
    return keyring.key_file(workspace).parent


def are_founded(workspace: Path) -> bool:
    """Whether a workspace has keys; one that was made by an early version has none."""
    return (keys_of(workspace) / UNIT).exists()


def found(workspace: Path, passphrase: bytes, ceremony: Ceremony, work: int = USUAL_WORK) -> Unlocked:
    """Make the keys of a new workspace under one passphrase.

    Args:
        workspace: its directory.
        passphrase: in UTF-8, at least `kavalan.vault.SHORTEST_PASSPHRASE` bytes.
        ceremony: in which the recovery key was proved.
        work: log2 of scrypt's cost.

    Raises:
        KeysError: the passphrase is too short, the recovery key was not proved, or there are keys already.
        OSError: a file cannot be written.
    """
    path = keyring.key_file(workspace)
    try:
        # One that `kavalan ledger key` made already is kept; then nothing is made if its passphrase is another.
        former = open_key(path, passphrase) if path.exists() else None
        vault = ceremony.found(keys_of(workspace), passphrase, work)
        if former is None:
            keyring.found_key(workspace, passphrase)
        ledger = former or open_key(path, passphrase)
        write_recovery(workspace, vault.recovery, ledger)
        return Unlocked(vault, ledger)
    except (VaultError, KeyFileError) as error:
        raise KeysError(str(error)) from error


def write_recovery(workspace: Path, recovery: Recipient, ledger: SigningKey) -> None:
    """Write the ledger's key so that the recovery key alone opens it: an age file of its 32 bytes in hex."""
    write_whole(keys_of(workspace) / LEDGER_RECOVERY, encrypt(f"{ledger.raw.hex()}\n".encode("ascii"), [recovery]))


def unlock(workspace: Path, passphrase: bytes) -> Unlocked:
    """Unwrap the keys of a workspace: about a second, and 256 MiB meanwhile.

    Raises:
        KeysError: there are none, they were altered, or the passphrase is another.
    """
    try:
        vault = unlock_vault(keys_of(workspace), passphrase)
        return Unlocked(vault, open_key(keyring.key_file(workspace), passphrase))
    except (VaultError, KeyFileError) as error:
        raise KeysError(str(error)) from error


def hold(unlocked: Unlocked | None) -> None:
    """Hold the keys in this process, or let go of them."""
    global _held  # noqa: PLW0603 a process has one workspace, and its keys come to it before any request does
    _held = unlocked


def held() -> Unlocked:
    """The keys that this process holds.

    Raises:
        LockedError: it holds none.
    """
    if _held is None:
        raise LockedError
    return _held


def new_memory() -> int:
    """An empty file in memory that children may inherit, for `write_to`; its descriptor, which the caller closes.

    Nothing of it reaches a disk but through swap space, as nothing of a process's own memory does.
    """
    return os.memfd_create("kavalan-keys")


def write_to(descriptor: int, unlocked: Unlocked) -> None:
    """Write the keys for `take_over` into a file in memory."""
    vault = unlocked.vault
    given = _Handed(vault.identity.text, vault.recovery.text, vault.digest_key, unlocked.ledger.raw)
    os.pwrite(descriptor, msgspec.msgpack.encode(given), 0)


def hand_over(unlocked: Unlocked) -> int:
    """The keys in a file in memory; see `new_memory`."""
    descriptor = new_memory()
    write_to(descriptor, unlocked)
    return descriptor


def take_over() -> None:
    """Hold the keys that the parent handed over, if it did; called once as a process of the desk begins.

    The file is read where it stands and left open: a server that replaces its own children reads it again.
    """
    descriptor = os.environ.get(DESCRIPTOR)
    if descriptor is None:
        return
    given = msgspec.msgpack.decode(os.pread(int(descriptor), _MOST_BYTES, 0), type=_Handed)
    vault = Keys(Identity.parse(given.identity), Recipient.parse(given.recovery), given.digest_key)
    hold(Unlocked(vault, SigningKey.from_raw(given.ledger)))
