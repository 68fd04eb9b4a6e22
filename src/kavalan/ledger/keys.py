"""The keys that sign results and checkpoints: Ed25519, the private one in a file under a passphrase.

The private key is PKCS#8 in PEM as OpenSSL reads and writes it; the public one is SubjectPublicKeyInfo (RFC 8410).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# No key file is larger; a wrong file that is named must not be read whole.
_MOST_BYTES = 16_384
_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----\s.*?-----END PUBLIC KEY-----", re.DOTALL)


class KeyFileError(Exception):
    """A file holds no Ed25519 key, or not one that this passphrase opens, or stands in the way of a new one.

    Args:
        where: the file.
        what: what is wrong, and what to do where that is not plain.
    """

    def __init__(self, where: object, what: str) -> None:
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures.

    Attributes:
        raw: 32 bytes, RFC 8032.
    """

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key's SubjectPublicKeyInfo, 64 hex digits.

        The same as `openssl pkey -pubin -in FILE -outform DER | sha256sum`.
        """
        return hashlib.sha256(self._encoded(serialization.Encoding.DER)).hexdigest()

    @property
    def spoken(self) -> str:
        """The fingerprint in sixteen groups of four digits, to be read out over the telephone."""
        digits = self.fingerprint
        groups = [digits[first : first + 4] for first in range(0, 64, 4)]
        return "\n".join("  ".join(groups[first : first + 4]) for first in range(0, 16, 4))

    @property
    def pem(self) -> str:
        """The key as OpenSSL reads it."""
        return self._encoded(serialization.Encoding.PEM).decode("ascii")

    def signed(self, signature: bytes, data: bytes) -> bool:
        """Whether the owner of this key signed these bytes.

        Args:
            signature: 64 bytes, RFC 8032.
            data: what was signed.
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def _encoded(self, encoding: serialization.Encoding) -> bytes:
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)


class SigningKey:
    """A key that signs, opened."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def from_raw(cls, raw: bytes) -> SigningKey:
        """A key from its 32 bytes, RFC 8032."""
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    @property
    def raw(self) -> bytes:
        """The secret itself, 32 bytes; for another process of the same desk, never for a disk."""
        return self._key.private_bytes_raw()

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""
        return _public(self._key.public_key())

    def wrapped(self, passphrase: bytes) -> bytes:
        """The key under a passphrase, as `open_key` and OpenSSL read it."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes: 64 bytes, the same each time."""
        return self._key.sign(data)


def new_key(path: Path, passphrase: bytes) -> PublicKey:
    """Make a key and write it to a file that only its owner may read.

    Args:
        path: must not exist; it is never overwritten.
        passphrase: not empty.

    Raises:
        KeyFileError: there is a file of that name, or the passphrase is empty.
        OSError: the file cannot be written.
    """
    if not passphrase:
        raise KeyFileError(path, "a key without a passphrase belongs to whoever finds it; give one")
    key = SigningKey(Ed25519PrivateKey.generate())
    data = key.wrapped(passphrase)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(path, "is there already and is not overwritten; name another file") from None
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return key.public


def open_key(path: Path, passphrase: bytes) -> SigningKey:
    """Open a private key.

    Raises:
        KeyFileError: it cannot be read, is of another kind, or the passphrase is not its own.
    """
    data = _read(path)
    try:
        key = serialization.load_pem_private_key(data, passphrase or None)
    except TypeError:
        raise KeyFileError(path, "is locked by a passphrase, or has none and one was given") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError(path, "holds no private key, or the passphrase is another") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(path, "holds a key of another kind than Ed25519; make one with `kavalan keys new`")
    return SigningKey(key)


def read_public(path: Path) -> PublicKey:
    """A public key from a file: PEM, anywhere in it, so that a signature's own file serves too.

    Raises:
        KeyFileError: there is none in it.
    """
    return public_in(path, _read(path))


def public_in(where: object, data: bytes) -> PublicKey:
    """The public key in some bytes.

    Args:
        where: named in the error.
        data: PEM with anything around it.

    Raises:
        KeyFileError: there is none, or more than one, or one of another kind.
    """
    found = _PEM.findall(data)
    key = None
    if len(found) == 1:
        with contextlib.suppress(ValueError, UnsupportedAlgorithm):
            key = serialization.load_pem_public_key(found[0])
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(where, "holds no single Ed25519 public key; `kavalan keys show FILE` prints that of a key")
    return _public(key)


def _public(key: Ed25519PublicKey) -> PublicKey:
    return PublicKey(key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KeyFileError(path, f"cannot be read ({error.strerror})") from error
    if len(data) > _MOST_BYTES:
        raise KeyFileError(path, "is too large to be a key")
    return data
