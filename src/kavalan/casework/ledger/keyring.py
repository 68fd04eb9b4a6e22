"""The keys of the ledger: `keys/ledger.pem` signs its checkpoints, every `keys/ledger*.pub` is believed.

A key that is replaced keeps its public half under another name, `keys/ledger-2026.pub` for instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.ledger import PublicKey, new_key, read_public

if TYPE_CHECKING:
    from pathlib import Path


def key_file(workspace: Path) -> Path:
    """Where the key lies that signs."""
    return workspace / "keys" / "ledger.pem"


def found_key(workspace: Path, passphrase: bytes) -> PublicKey:
    """Make the key that signs this workspace's checkpoints, and put its public half beside it.

    Args:
        workspace: its directory.
        passphrase: not empty; without it nobody signs, so it is kept apart from the key.

    Raises:
        KeyFileError: there is one already, or the passphrase is empty.
        OSError: a file cannot be written.
    """
    path = key_file(workspace)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    key = new_key(path, passphrase)
    public = path.with_suffix(".pub")
    # As all in the workspace, whatever this process lets others read.
    public.touch(0o600)
    public.write_text(key.pem, "ascii")
    return key


def trusted_keys(workspace: Path) -> list[PublicKey]:
    """The keys whose signature is this ledger's.

    Raises:
        KeyFileError: one of the files holds no key.
    """
    return [read_public(path) for path in sorted(key_file(workspace).parent.glob("ledger*.pub"))]
