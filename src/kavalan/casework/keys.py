"""The workspace's keys: wrapped on disk, unlocked once at `serve`, held in memory by the processes of the desk.

    keys/unit.age, keys/recovery.age    the vault's (`kavalan.vault.keys`)
    keys/ledger.pem, keys/ledger.pub    the one that signs checkpoints (`kavalan.ledger.keys`)

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
from kavalan.vault import Keys, VaultError
from kavalan.vault import unlock as unlock_vault
from kavalan.vault.age import USUAL_WORK, Identity, Recipient

if TYPE_CHECKING:
    from pathlib import Path

    from kavalan.vault import Ceremony

DESCRIPTOR = "KAVALAN_KEYS_DESCRIPTOR"
"""The environment names here the open file in which a child finds the keys."""

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
    try:
        vault = ceremony.found(keys_of(workspace), passphrase, work)
        keyring.found_key(workspace, passphrase)
        return Unlocked(vault, open_key(keyring.key_file(workspace), passphrase))
    except (VaultError, KeyFileError) as error:
        raise KeysError(str(error)) from error


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


def hand_over(unlocked: Unlocked) -> int:
    """Put the keys into a file in memory that a child may inherit; its descriptor, which the caller closes.

    Nothing of it reaches a disk but through swap space, as nothing of a process's own memory does.
    """
    given = _Handed(
        unlocked.vault.identity.text, unlocked.vault.recovery.text, unlocked.vault.digest_key, unlocked.ledger.raw
    )
    descriptor = os.memfd_create("kavalan-keys")
    os.write(descriptor, msgspec.msgpack.encode(given))
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
