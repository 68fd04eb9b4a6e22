"""The files of a workspace, each open and as it is to be copied."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.workspace import DATABASE, SECRET_KEY, backups_of, lists_of, workers_of
from kavalan.lists import Catalogue, UnknownListError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS: Final = (SECRET_KEY, "keys")
# Evidence is held by whoever seized it, and a backup would be one more copy of it in clear.
_LEFT: Final = (
    "evidence",
    *(f"{DATABASE}{beside}" for beside in ("", "-wal", "-shm", "-journal", "-queue")),
    # What the vault's own directory says again; a copy that is made while it is written would say something else.
    # What is still coming changes while it is copied, and whoever sends it has it.
    "vault/parts",
    *(f"vault/register.sqlite3{beside}" for beside in ("", "-journal")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be copied.

    Attributes:
        path: in the workspace, with `/`.
        stream: open for reading, until the next piece is asked for.
        size: how many bytes of it belong to the copy; it may grow.
        changed: in nanoseconds since 1970.
    """

    path: str
    stream: BinaryIO
    size: int
    changed: int


def pieces(workspace: Path, *, with_keys: bool) -> Iterator[Piece]:
    """Every file but the database, evidence, what is only a draft, and, unless they are asked for, the keys.

    Each list is taken as it is at one moment. Other files are written once and renamed into place, or replaced whole.

    Raises:
        BackupError: something in the workspace cannot be copied.
        kavalan.lists.ListError: a list is damaged.
    """
    left = {workspace / name for name in (*_LEFT, *(() if with_keys else KEYS))}
    left |= {lists_of(workspace), backups_of(workspace), workers_of(workspace)}
    for path in _below(workspace, left):
        # Gone since: a draft that got its name, or was given up.
        with suppress(FileNotFoundError), path.open("rb") as stream:
            yield _piece(workspace, path, stream)
    yield from _of_lists(workspace)


def _below(folder: Path, left: set[Path]) -> Iterator[Path]:
    """Every file, in order; what is gone when its turn comes is passed over."""
    with suppress(FileNotFoundError):
        for path in sorted(folder.iterdir()):
            if path in left or _is_draft(path.name):
                continue
            with suppress(FileNotFoundError):
                kind = stat.S_IFMT(path.lstat().st_mode)
                if kind == stat.S_IFDIR:
                    yield from _below(path, left)
                elif kind == stat.S_IFREG:
                    yield path
                else:
                    message = (
                        f"{path} is neither a file nor a folder: put in its place what it stands for, or remove it"
                    )
                    raise BackupError(message)


def _is_draft(name: str) -> bool:
    return name.startswith(("partial-", ".")) or name.endswith((".partial", ".lock", ".draft")) or name == "lock"


def _of_lists(workspace: Path) -> Iterator[Piece]:
    root = lists_of(workspace)
    if not root.is_dir():
        return
    catalogue = Catalogue(root)
    for name in catalogue.names():
        # Opened while nobody can change the list, copied when everybody can again: a withdrawal must not wait.
        with ExitStack() as held, suppress(UnknownListError):
            with catalogue.still(name) as paths:
                opened = [_piece(workspace, path, held.enter_context(path.open("rb"))) for path in paths]
            yield from opened


def _piece(workspace: Path, path: Path, stream: BinaryIO) -> Piece:
    name = path.relative_to(workspace).as_posix()
    try:
        name.encode()
    except UnicodeEncodeError:
        message = f"{os.fsencode(path)!r} has a name that is no text; rename it"
        raise BackupError(message) from None
    state = os.fstat(stream.fileno())
    return Piece(name, stream, state.st_size, state.st_mtime_ns)
