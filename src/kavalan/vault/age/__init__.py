"""age files (C2SP, version 1) as the vault reads and writes them: X25519 and scrypt, payloads that are read by seeking.

Files open with the stock `age` program, and its files with this, as far as they are in the binary form (no armour).
"""

from kavalan.vault.age.file import (
    Descriptor,
    Locker,
    Opened,
    Opener,
    decrypt,
    encrypt,
    new_file_key,
    open_header,
    open_payload,
)
from kavalan.vault.age.header import MAX_HEADER, Header, Stanza, read_header, write_header
from kavalan.vault.age.payload import (
    CHUNK,
    NONCE_BYTES,
    PayloadReader,
    PayloadWriter,
    Storage,
    Written,
    chunk_end,
    plain_size,
    whole_chunks,
)
from kavalan.vault.age.recipients import USUAL_WORK, Identity, Passphrase, Recipient, same_key

__all__ = [
    "CHUNK",
    "MAX_HEADER",
    "NONCE_BYTES",
    "USUAL_WORK",
    "Descriptor",
    "Header",
    "Identity",
    "Locker",
    "Opened",
    "Opener",
    "Passphrase",
    "PayloadReader",
    "PayloadWriter",
    "Recipient",
    "Stanza",
    "Storage",
    "Written",
    "chunk_end",
    "decrypt",
    "encrypt",
    "new_file_key",
    "open_header",
    "open_payload",
    "plain_size",
    "read_header",
    "same_key",
    "whole_chunks",
    "write_header",
]
