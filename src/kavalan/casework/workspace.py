"""A workspace: the one directory that holds a desk. Importable before Django is set up."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING, NoReturn

import django
from django.core.management import call_command

from kavalan.casework.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

_KEY = "secret-key"


class WorkspaceError(DeskError):
    """The directory cannot be used as a workspace; the text says what to do."""


def create_workspace(path: Path) -> None:
    """Make a workspace for this user alone: its secret key, folders for evidence, scans, trusted keys and hash lists.

    Its database comes with `migrate`.

    Raises:
        WorkspaceError: when something is there already.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(path.iterdir()):
        message = f"{path} is not empty; name a folder that does not exist yet"
        raise WorkspaceError(message)
    path.chmod(0o700)
    descriptor = os.open(path / _KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    (path / "evidence").mkdir(mode=0o700)
    scans_of(path).mkdir(mode=0o700)
    trusted_keys_of(path).mkdir(mode=0o700)
    lists_of(path).mkdir(mode=0o700)


def scans_of(path: Path) -> Path:
    """Where a workspace keeps the batches of its scans."""
    return path / "scans"


def trusted_keys_of(path: Path) -> Path:
    """Where a workspace keeps the public keys whose field scans it trusts: `FILE.pub` of `kavalan keys new FILE`."""
    return path / "trusted-keys"


def lists_of(path: Path) -> Path:
    """Where a workspace keeps its hash lists: a `kavalan.lists.Catalogue`."""
    return path / "lists"


def configure(path: Path) -> None:
    """Set Django up for this workspace, once in a process; only after it may models be imported.

    Raises:
        WorkspaceError: when the directory is no workspace.
    """
    if not (path / _KEY).is_file():
        message = f"{path} is not a workspace: it has no {_KEY}"
        raise WorkspaceError(message)
    os.environ["KAVALAN_WORKSPACE"] = str(path.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "kavalan.casework.settings"
    # What SQLite writes beside its file is for this user alone too.
    os.umask(0o077)
    django.setup()


def migrate() -> None:
    """Bring the database of the configured workspace to this version's form."""
    call_command("migrate", interactive=False, verbosity=0)


def serve(bind: str, threads: int = 4) -> NoReturn:
    """Become gunicorn, serving the configured workspace at `host:port`."""
    options = ["--bind", bind, "--worker-class", "gthread", "--threads", str(threads), "--no-control-socket"]
    arguments = [sys.executable, "-m", "gunicorn", *options, "kavalan.casework.wsgi"]
    os.execv(sys.executable, arguments)  # noqa: S606 no shell: an argument list of our own
