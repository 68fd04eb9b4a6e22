"""The vault: evidence encrypted where it lies, read by seeking, verified again and again."""

from kavalan.vault.destruction import Certificate
from kavalan.vault.draft import HEAD_BYTES, Draft, IsMedia, Readable, Stored, Tell
from kavalan.vault.durable import write_whole
from kavalan.vault.errors import (
    AlteredError,
    BusyError,
    ChangedError,
    KeyTextError,
    NoKeyError,
    NotAgeError,
    RefusedError,
    StorageError,
    TruncatedError,
    UnknownBlobError,
    UnprovedError,
    VaultError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from kavalan.vault.folder import Attributes, FolderDraft, FolderReader, Member, StoredFolder, write_folder
from kavalan.vault.held import Held, HeldReader
from kavalan.vault.inspector import Inspection, Inspector
from kavalan.vault.keys import SHORTEST_PASSPHRASE, Ceremony, Keys, change_passphrase, recover, unlock
from kavalan.vault.parts import Part, Parts
from kavalan.vault.register import MISSING, Fault, Register, Standing
from kavalan.vault.vault import Vault, create_vault, is_media_free

__all__ = [
    "HEAD_BYTES",
    "MISSING",
    "SHORTEST_PASSPHRASE",
    "AlteredError",
    "Attributes",
    "BusyError",
    "Ceremony",
    "Certificate",
    "ChangedError",
    "Draft",
    "Fault",
    "FolderDraft",
    "FolderReader",
    "Held",
    "HeldReader",
    "Inspection",
    "Inspector",
    "IsMedia",
    "KeyTextError",
    "Keys",
    "Member",
    "NoKeyError",
    "NotAgeError",
    "Part",
    "Parts",
    "Readable",
    "RefusedError",
    "Register",
    "Standing",
    "StorageError",
    "Stored",
    "StoredFolder",
    "Tell",
    "TruncatedError",
    "UnknownBlobError",
    "UnprovedError",
    "Vault",
    "VaultError",
    "WeakPassphraseError",
    "WrongPassphraseError",
    "change_passphrase",
    "create_vault",
    "is_media_free",
    "recover",
    "unlock",
    "write_folder",
    "write_whole",
]
