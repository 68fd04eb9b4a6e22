"""The vault of this workspace, opened with the keys that this process holds.

Nothing here is done within a transaction: other writers would wait for a disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.media import PlainText, begins_media
from kavalan.casework.workspace import vault_of
from kavalan.vault import Vault, VaultError, is_media_free

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from kavalan.casework.keys import Unlocked
    from kavalan.vault import Stored

_opened: tuple[Path, Unlocked, Vault] | None = None


def vault() -> Vault:
    """The open vault; what a crash left is put in order when a process opens it first.

    Raises:
        LockedError: nobody unlocked the keys.
        RefusedError: it cannot be opened; the text says why.
    """
    global _opened  # noqa: PLW0603 opened once for each set of keys: opening looks through what a crash left
    folder, held = vault_of(settings.KAVALAN_WORKSPACE), keys.held()
    if _opened is None or _opened[0] != folder or _opened[1] is not held:
        _opened = folder, held, _open(folder, held)
    return _opened[2]


def holds_no_media() -> bool:
    """Whether this workspace may never hold a picture; said on pages before anybody brings a file."""
    try:
        return vault().media_free
    except RefusedError:
        # Nobody unlocked it: then it takes nothing at all, and says that when something is brought.
        return False


def put(source: BinaryIO) -> Stored:
    """Store what came from outside, as it is read from where it stands; a verb then enters it (`services.enter`).

    Where the verb is refused, or a crash comes between, an encrypted blob stays that no record names: the page of the
    vault counts those.

    Raises:
        LockedError: nobody unlocked the keys.
        RefusedError: the disk refuses, or the workspace is media-free and this is anything but plain text.
    """
    _require_no_transaction()
    return _put(PlainText(source) if vault().media_free else source)


def put_printed(source: BinaryIO) -> Stored:
    """Store a paper that the desk itself printed; else as `put`."""
    _require_no_transaction()
    return _put(source)


def _put(source: PlainText | BinaryIO) -> Stored:
    try:
        return vault().put(source)
    except VaultError as error:
        raise RefusedError(str(error)) from error


def _open(folder: Path, held: Unlocked) -> Vault:
    try:
        judge = begins_media if is_media_free(folder, held.vault) else None
        return Vault(folder, held.vault, timezone.now, is_media=judge)
    except VaultError as error:
        raise RefusedError(str(error)) from error


def _require_no_transaction() -> None:
    if connection.in_atomic_block:
        raise TransactionManagementError("the vault is written before the verb that enters what it took, not within")
