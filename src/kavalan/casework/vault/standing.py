"""How much is kept, and how much of it is known to be whole; needs no keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from kavalan.casework.workspace import vault_of
from kavalan.vault import Register, VaultError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kavalan.vault import Standing


def standing(workspace: Path) -> Standing | None:
    """What the vault's register says; None where there is no vault, or no register that can be read."""
    register = _register(workspace)
    try:
        return None if register is None else register.standing()
    except VaultError:
        return None


def verified(name: str) -> datetime | None:
    """Since when something in this workspace's vault is known to be whole."""
    register = _register(settings.KAVALAN_WORKSPACE)
    return None if register is None else register.verified(name)


def _register(workspace: Path) -> Register | None:
    path = vault_of(workspace) / "register.sqlite3"
    try:
        return Register(path) if path.exists() else None
    except VaultError:
        return None
