"""What can go wrong in the vault, said to the person who must act."""

from __future__ import annotations


class VaultError(Exception):
    """Something cannot be stored, read, opened or destroyed; the message says where and what to do.

    Args:
        where: the file, the blob or the key.
        what: what is wrong, and what to do where that is not plain.
    """

    def __init__(self, where: object, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what = what


class NotAgeError(VaultError):
    """The file is not an age file of version 1, or its header is not written as the specification says."""


class AlteredError(VaultError):
    """Bytes are not those that were stored. Nothing of them was given out; restore the blob from a backup."""


class TruncatedError(AlteredError):
    """The file ends before its end. Restore it from a backup."""


class NoKeyError(VaultError):
    """The file was not encrypted to any of the keys at hand."""


class KeyTextError(VaultError):
    """What was given is not the text of an age key; a checksum within it finds slips of the pen."""


class WrongPassphraseError(VaultError):
    """The passphrase does not open the keys. Nothing was changed; try again, or use the recovery key."""


class WeakPassphraseError(VaultError):
    """The passphrase is too short to keep keys. Choose a longer one."""


class UnprovedError(VaultError):
    """Nobody has shown yet that the recovery key is in somebody's hands, so nothing may depend on it."""


class UnknownBlobError(VaultError):
    """Nothing of this name is kept."""


class RefusedError(VaultError):
    """A picture or a video was offered to a vault that may not hold any. Nothing was written."""


class ChangedError(VaultError):
    """A file changed while it was read. Find out who writes to it, and read it again."""


class StorageError(VaultError):
    """The disk refused, or gave back other bytes than were written. Nothing was acknowledged."""


class BusyError(VaultError):
    """Another process keeps the vault locked. Try again when it has finished."""
