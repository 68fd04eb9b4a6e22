"""Who opens an age file: the holder of an X25519 key, or whoever knows a passphrase.

Source: C2SP, "The age file encryption format", "The X25519 recipient type", "The scrypt recipient type".
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kavalan.vault.age import bech32
from kavalan.vault.age.header import FILE_KEY_BYTES, Stanza, derive, from_base64, to_base64
from kavalan.vault.errors import KeyTextError, NotAgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL_WORK: Final = 18
"""What age itself uses: 2^18 blocks of 1 KiB, 256 MiB of memory and about a second."""

_MOST_WORK: Final = 20
_PUBLIC: Final = "age"
_PRIVATE: Final = "age-secret-key-"
_X25519: Final = "X25519"
_X25519_PURPOSE: Final = b"age-encryption.org/v1/X25519"
_SCRYPT: Final = "scrypt"
_SCRYPT_PURPOSE: Final = b"age-encryption.org/v1/scrypt"
_SALT_BYTES: Final = 16
_NONCE: Final = bytes(12)
_WRAPPED: Final = FILE_KEY_BYTES + 16


@dataclass(frozen=True, slots=True)
class Recipient:
    """The public half of a key, `age1…`.

    Attributes:
        key: 32 bytes, a point of Curve25519.
    """

    key: bytes

    @classmethod
    def parse(cls, text: str) -> Recipient:
        """The recipient that a text names.

        Raises:
            KeyTextError: it names none; says why.
        """
        return cls(_key_bytes(text, _PUBLIC, "a recipient (age1...)"))

    @property
    def text(self) -> str:
        """As age writes it."""
        return bech32.encode(_PUBLIC, self.key)

    def wrap(self, file_key: bytes) -> Stanza:
        """The file key for the holder of the secret half; another stanza each time."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.key))
        wrapping = derive(shared, share + self.key, _X25519_PURPOSE)
        return Stanza(_X25519, (to_base64(share),), ChaCha20Poly1305(wrapping).encrypt(_NONCE, file_key, None))


@dataclass(frozen=True, slots=True)
class Identity:
    """The secret half of a key, `AGE-SECRET-KEY-1…`; its bytes are not in its `repr`.

    Attributes:
        key: 32 bytes.
    """

    key: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Identity:
        """A new key from the system's random source."""
        return cls(os.urandom(32))

    @classmethod
    def parse(cls, text: str) -> Identity:
        """The key that a text holds; white space within it, as from a printed slip, does not matter.

        Raises:
            KeyTextError: it holds none; says why, and never what was given.
        """
        return cls(_key_bytes("".join(text.split()), _PRIVATE, "a secret key (AGE-SECRET-KEY-1...)"))

    @property
    def text(self) -> str:
        """As age writes it."""
        return bech32.encode(_PRIVATE, self.key).upper()

    @property
    def recipient(self) -> Recipient:
        """The public half."""
        return Recipient(X25519PrivateKey.from_private_bytes(self.key).public_key().public_bytes_raw())

    def unwrap(self, stanzas: Sequence[Stanza], where: object) -> bytes | None:
        """The file key, or None where no stanza is for this key.

        Raises:
            NotAgeError: a stanza of this kind is not written as it must be.
        """
        own = self.recipient.key
        for stanza in stanzas:
            if stanza.kind == _X25519:
                share = _argument(stanza, 0, 32, 1, where)
                wrapping = derive(self._shared(share, where), share + own, _X25519_PURPOSE)
                if file_key := _open(stanza, wrapping, where):
                    return file_key
        return None

    def _shared(self, share: bytes, where: object) -> bytes:
        try:
            return X25519PrivateKey.from_private_bytes(self.key).exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise NotAgeError(where, "a stanza has a share that shares nothing; it was made to deceive") from error


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase, from which scrypt makes a key; it opens and locks, and is not in its `repr`.

    Attributes:
        secret: the passphrase in UTF-8.
        work: log2 of scrypt's cost when it locks: at 18, the usual, 256 MiB of memory and about a second.
    """

    secret: bytes = field(repr=False)
    work: int = USUAL_WORK

    def wrap(self, file_key: bytes) -> Stanza:
        """The file key for whoever knows the passphrase; it must be the file's only stanza."""
        salt = os.urandom(_SALT_BYTES)
        body = ChaCha20Poly1305(self._key(salt, self.work)).encrypt(_NONCE, file_key, None)
        return Stanza(_SCRYPT, (to_base64(salt), str(self.work)), body)

    def unwrap(self, stanzas: Sequence[Stanza], where: object) -> bytes | None:
        """The file key, or None where the passphrase is another one.

        Raises:
            NotAgeError: a stanza of this kind does not stand alone, is not written as it must be, or asks for more
                than 1 GiB of memory.
        """
        if not any(stanza.kind == _SCRYPT for stanza in stanzas):
            return None
        if len(stanzas) > 1:
            raise NotAgeError(where, "a passphrase beside other keys, which age forbids")
        salt = _argument(stanzas[0], 0, _SALT_BYTES, 2, where)
        work = stanzas[0].arguments[1]
        if not re.fullmatch("[1-9][0-9]?", work) or int(work) > _MOST_WORK:
            raise NotAgeError(where, f"its scrypt cost is not between 1 and {_MOST_WORK}")
        return _open(stanzas[0], self._key(salt, int(work)), where)

    def _key(self, salt: bytes, work: int) -> bytes:
        # OpenSSL counts its own overhead against maxmem.
        memory = (128 * 8 << work) + (1 << 20)
        return hashlib.scrypt(self.secret, salt=_SCRYPT_PURPOSE + salt, n=1 << work, r=8, p=1, maxmem=memory, dklen=32)


def same_key(one: Recipient, other: Recipient) -> bool:
    """Whether two recipients are one, in constant time."""
    return hmac.compare_digest(one.key, other.key)


def _key_bytes(text: str, prefix: str, wanted: str) -> bytes:
    try:
        found, key = bech32.decode(text.strip())
    except ValueError as error:
        raise KeyTextError(f"not {wanted}", str(error)) from error
    if found != prefix or len(key) != 32:
        raise KeyTextError(f"not {wanted}", "it is another kind of key")
    return key


def _argument(stanza: Stanza, place: int, size: int, count: int, where: object) -> bytes:
    """An argument in base64, of a stanza that must have a number of them."""
    try:
        value = from_base64(stanza.arguments[place].encode()) if len(stanza.arguments) == count else b""
    except ValueError:
        value = b""
    if len(value) != size:
        raise NotAgeError(where, f"a stanza of kind {stanza.kind} has wrong arguments")
    return value


def _open(stanza: Stanza, wrapping: bytes, where: object) -> bytes | None:
    if len(stanza.body) != _WRAPPED:
        raise NotAgeError(where, f"a stanza of kind {stanza.kind} has a body of {len(stanza.body)} bytes")
    try:
        return ChaCha20Poly1305(wrapping).decrypt(_NONCE, stanza.body, None)
    except InvalidTag:
        return None
