"""Founding a workspace: its folders, its keys, its vault and its database, all of it or nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kavalan.casework import keys, upgrade
from kavalan.casework.keys import KeysError
from kavalan.casework.workspace import configure, create_workspace, require_empty, vault_of
from kavalan.vault import VaultError, create_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kavalan.vault import Ceremony, Keys


def found_workspace(path: Path, passphrase: bytes, ceremony: Ceremony, *, media_free: bool = False) -> None:
    """Make a workspace and set Django up for it.

    Args:
        path: a folder that does not exist yet, or is empty.
        passphrase: of its keys, in UTF-8.
        ceremony: in which the recovery key was proved.
        media_free: whether it may never hold a picture. It cannot be changed afterwards.

    Raises:
        DeskError: it was not made, and nothing of it is left.
    """
    require_empty(path)
    try:
        create_workspace(path)
        _found_vault(path, keys.found(path, passphrase, ceremony).vault, media_free=media_free)
        configure(path)
        upgrade.found()
    except BaseException:
        _clear(path)
        raise


def found_missing(
    workspace: Path, passphrase: Callable[[bool], bytes], ceremony: Callable[[], Ceremony], *, media_free: bool
) -> None:
    """Make keys and vault of a workspace that was founded before there were any, or whose founding was broken off.

    Args:
        workspace: its directory.
        passphrase: asks for the passphrase; it is told whether that is a new one.
        ceremony: proves a recovery key; asked only if there are no keys yet.
        media_free: whether the vault may never hold a picture.

    Raises:
        KeysError: both are there already, or the vault is there without its keys.
        VaultError: no recovery key was proved.
    """
    has_keys = keys.are_founded(workspace)
    if (vault_of(workspace) / "vault.json").exists():
        raise KeysError(
            "there are keys and a vault already"
            if has_keys
            else "there is a vault, and other keys would not open it: restore `keys` from a backup made --with-keys"
        )
    if has_keys:
        made = keys.unlock(workspace, passphrase(False))
    else:
        made = keys.found(workspace, passphrase(True), ceremony())
    _found_vault(workspace, made.vault, media_free=media_free)


def _found_vault(workspace: Path, opened: Keys, *, media_free: bool) -> None:
    try:
        create_vault(vault_of(workspace), opened, media_free=media_free)
    except VaultError as error:
        raise KeysError(str(error)) from error


def _clear(path: Path) -> None:
    """Remove what was made; the folder itself may be where a disk is mounted."""
    for one in path.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()
