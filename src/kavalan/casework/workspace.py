"""A workspace: the one directory that holds a desk. Importable before Django is set up."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

from kavalan.casework.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

SECRET_KEY = "secret-key"  # noqa: S105 the name of the file that holds it
DATABASE = "desk.sqlite3"


class WorkspaceError(DeskError):
    """The directory cannot be used as a workspace; the text says what to do."""


def create_workspace(path: Path) -> None:
    """Make a workspace for this user alone: its secret key, folders for evidence, scans, trusted keys and hash lists.

    Its database comes with `migrate`.

    Raises:
        WorkspaceError: when something is there already.
    """
    require_empty(path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    new_secret_key(path)
    for folder in (path / "evidence", scans_of(path), trusted_keys_of(path), lists_of(path)):
        folder.mkdir(mode=0o700)


def require_empty(path: Path) -> None:
    """Refuse a folder in which anything lies.

    Raises:
        WorkspaceError: when something is there already.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        message = f"{path} is not empty; name a folder that does not exist yet"
        raise WorkspaceError(message)


def new_secret_key(path: Path) -> None:
    """Make the key with which a workspace signs sessions and forms; it is there whole or not at all."""
    descriptor = os.open(path / SECRET_KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")


def scans_of(path: Path) -> Path:
    """Where a workspace keeps the batches of its scans."""
    return path / "scans"


def trusted_keys_of(path: Path) -> Path:
    """Where a workspace keeps the public keys whose field scans it trusts: `FILE.pub` of `kavalan keys new FILE`."""
    return path / "trusted-keys"


def lists_of(path: Path) -> Path:
    """Where a workspace keeps its hash lists: a `kavalan.lists.Catalogue`."""
    return path / "lists"


def vault_of(path: Path) -> Path:
    """Where a workspace keeps what it holds encrypted: a `kavalan.vault.Vault`."""
    return path / "vault"


def workers_of(path: Path) -> Path:
    """Where each worker holds a file for as long as it lives: `kavalan.casework.jobs.presence`."""
    return path / "workers"


def backups_of(path: Path) -> Path:
    """Where a workspace keeps the copies of its database that are made before it is migrated."""
    return path / "backups"


def enter(path: Path) -> None:
    """Say which workspace this process and its children work in.

    Raises:
        WorkspaceError: when the directory is no workspace.
    """
    if not (path / SECRET_KEY).is_file():
        message = f"{path} is not a workspace: it has no {SECRET_KEY}. `kavalan init {path}` makes one."
        raise WorkspaceError(message)
    os.environ["KAVALAN_WORKSPACE"] = str(path.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "kavalan.casework.settings"
    # What SQLite writes beside its file is for this user alone too.
    os.umask(0o077)


def configure(path: Path) -> None:
    """Set Django up for this workspace, once in a process; only after it may models be imported.

    Raises:
        WorkspaceError: when the directory is no workspace.
    """
    enter(path)
    django.setup()


def migrate() -> None:
    """Bring the database of a new workspace to this version's form; one in use is for `upgrade`, after a backup."""
    from kavalan.casework.migrating import drawn_sparingly  # noqa: PLC0415 all of Django's models, for this alone

    with drawn_sparingly():
        call_command("migrate", interactive=False, verbosity=0)
