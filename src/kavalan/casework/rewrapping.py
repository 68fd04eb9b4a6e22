"""Another passphrase for a workspace's keys: by who knows the former one, or who has the recovery key.

Copies of the former files, in a backup say, still open with the former passphrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.keys import LEDGER_RECOVERY, KeysError, keys_of
from kavalan.casework.ledger import keyring
from kavalan.ledger import KeyFileError, SigningKey, open_key
from kavalan.vault import SHORTEST_PASSPHRASE, VaultError, unlock, write_whole
from kavalan.vault import change_passphrase as change_of_vault
from kavalan.vault import recover as recover_vault
from kavalan.vault.age import USUAL_WORK, Identity, decrypt

if TYPE_CHECKING:
    from pathlib import Path


def change_passphrase(workspace: Path, old: bytes, new: bytes, work: int = USUAL_WORK) -> None:
    """Wrap all keys anew; after a crash in between, the same call brings it to its end.

    Args:
        workspace: its directory, or another that holds a vault and its keys.
        old: the passphrase as it is.
        new: as it shall be.
        work: log2 of scrypt's cost.

    Raises:
        KeysError: `old` is not the passphrase, or `new` is too short; nothing was changed.
    """
    path = keyring.key_file(workspace)
    if len(new) < SHORTEST_PASSPHRASE:
        message = f"the new passphrase has fewer than {SHORTEST_PASSPHRASE} bytes; take some words more"
        raise KeysError(message)
    try:
        unlock(keys_of(workspace), old)
        # The vault's last: until then the former passphrase is the one to call this with.
        if path.exists():
            write_whole(path, _opened(path, old, new).wrapped(new))
        change_of_vault(keys_of(workspace), old, new, work)
    except (VaultError, KeyFileError) as error:
        raise KeysError(str(error)) from error


def recover(workspace: Path, recovery_key: str, new: bytes, work: int = USUAL_WORK) -> None:
    """Open the keys with the recovery key and wrap them under a new passphrase.

    Raises:
        KeysError: it is no key, or another one, or `new` is too short.
    """
    try:
        identity = Identity.parse(recovery_key.upper())
        copy = keys_of(workspace) / LEDGER_RECOVERY
        raw = bytes.fromhex(decrypt(copy.read_bytes(), identity, copy).decode("ascii")) if copy.exists() else None
        recover_vault(keys_of(workspace), recovery_key, new, work)
        if raw is not None:
            write_whole(keyring.key_file(workspace), SigningKey.from_raw(raw).wrapped(new))
    except (VaultError, KeyFileError) as error:
        raise KeysError(str(error)) from error


def _opened(path: Path, *passphrases: bytes) -> SigningKey:
    """The key under the first of the passphrases that opens it."""
    for passphrase in passphrases[:-1]:
        try:
            return open_key(path, passphrase)
        except KeyFileError:
            continue
    return open_key(path, passphrases[-1])
