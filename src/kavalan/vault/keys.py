"""The keys of a vault: made, proved, wrapped under a passphrase, opened in memory only.

    keys/unit.age       the unit's secret key, the digest key and who may recover, under the passphrase (age, scrypt)
    keys/recovery.age   the same, encrypted to the recovery key alone

Inside is an identity file as age reads it, the rest in its comments: `age -d unit.age > id; age -d -i id BLOB` opens a
blob without Kavalan. Nothing about the keys lies in clear, so nobody who can write to the disk can put another
recipient in place of the recovery key and wait for the next blob.

Why scrypt in age's form and not Argon2id in PKCS#8: one format for all that is encrypted here, read by a program that
every distribution has; PKCS#8 with Argon2id is read by no stock tool yet. At age's usual cost a guess takes 256 MiB
and about a second, which is what makes guessing dear.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kavalan.vault.age import (
    USUAL_WORK,
    Identity,
    Opener,
    Passphrase,
    Recipient,
    Stanza,
    decrypt,
    encrypt,
    same_key,
)
from kavalan.vault.durable import sweep_drafts, write_whole
from kavalan.vault.errors import (
    KeyTextError,
    NoKeyError,
    NotAgeError,
    UnprovedError,
    VaultError,
    WeakPassphraseError,
    WrongPassphraseError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHORTEST_PASSPHRASE: Final = 12
"""Bytes. Length is the only rule: rules about signs make passphrases shorter."""

_UNIT: Final = "unit.age"
_RECOVERY: Final = "recovery.age"
_TEXT: Final = re.compile(
    r"# kavalan vault keys 1\n# digest key: ([0-9a-f]{64})\n# recovery: (age1[0-9a-z]+)\n(AGE-SECRET-KEY-1[0-9A-Z]+)\n"
)
_MAX_FILE: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a vault, in memory. Nothing of it is in its `repr`.

    Python cannot wipe memory: a core dump or swap space may hold these until the process ends. `docs/vault.md` says
    what to switch off.

    Attributes:
        identity: the unit's secret key.
        recovery: the public half of the recovery key.
        digest_key: 32 bytes; names and seals are made with it.
    """

    identity: Identity = field(repr=False)
    recovery: Recipient = field(repr=False)
    digest_key: bytes = field(repr=False)

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Who opens every blob."""
        return (self.identity.recipient, self.recovery)

    def unwrap(self, stanzas: Sequence[Stanza], where: object) -> bytes | None:
        """The file key of a blob; see `kavalan.vault.age.Identity.unwrap`."""
        return self.identity.unwrap(stanzas, where)

    def keyed(self, purpose: bytes, *parts: bytes) -> bytes:
        """32 bytes that tell nothing without the digest key: BLAKE2b keyed with it.

        Args:
            purpose: what they are for, at most 16 bytes; answers for one purpose say nothing about another's.
            parts: each of a fixed length, but for the last one.
        """
        return hashlib.blake2b(b"".join(parts), digest_size=32, key=self.digest_key, person=purpose).digest()


class Ceremony:
    """The making of a vault's keys. Nothing is on disk before the recovery key was proved to be in somebody's hands.

    Either the recovery key is made here, printed once and typed back; or it was made elsewhere (`age-keygen` on a
    machine that is in no network), its public half is given here, and the challenge is decrypted over there.

    Args:
        recovery: the public half of a key that was made elsewhere; None to make one.
    """

    def __init__(self, recovery: Recipient | None = None) -> None:
        self.recovery_key: str | None = None
        """To be printed once; None where it was made elsewhere, and once it was proved."""
        if recovery is None:
            made = Identity.generate()
            recovery, self.recovery_key = made.recipient, made.text
        self._recovery = recovery
        self._answer = secrets.token_hex(10)
        self._proved = False
        self.challenge = encrypt(f"{self._answer}\n".encode(), [self._recovery])
        """An age file for the recovery key; what it holds is typed back."""

    def prove(self, answer: str) -> None:
        """Take the recovery key, as it was printed, or what the challenge holds; white space and case do not matter.

        Raises:
            UnprovedError: it is neither; says what is wrong with it where that can be told. It may be tried again.
        """
        typed = "".join(answer.split())
        if not hmac.compare_digest(typed.lower().encode(), self._answer.encode()):
            self._compare(typed.upper())
        self._proved, self.recovery_key = True, None

    def found(self, folder: Path, passphrase: bytes, work: int = USUAL_WORK) -> Keys:
        """Write the keys of a new vault, and open them.

        Args:
            folder: where keys are kept, made if absent.
            passphrase: in UTF-8, at least `SHORTEST_PASSPHRASE` bytes.
            work: log2 of scrypt's cost.

        Raises:
            UnprovedError: the recovery key was not proved.
            WeakPassphraseError: the passphrase is too short.
            VaultError: there are keys already; they are never overwritten.
        """
        if (folder / _UNIT).exists():
            raise VaultError(
                folder / _UNIT, "is there already and is not overwritten: it may be all that opens a vault"
            )
        keys = Keys(Identity.generate(), self._proven(), os.urandom(32))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder, keys, passphrase, work)
        return keys

    def replace(self, folder: Path, passphrase: bytes, work: int = USUAL_WORK) -> Keys:
        """Put this ceremony's recovery key in place of a lost one.

        Blobs that are there already open with the old one until each was re-wrapped (`Vault.rewrap`).

        Raises:
            UnprovedError: the new recovery key was not proved.
            WrongPassphraseError: the passphrase is not that of the keys.
        """
        keys = unlock(folder, passphrase)
        changed = Keys(keys.identity, self._proven(), keys.digest_key)
        _write(folder, changed, passphrase, work)
        return changed

    def _compare(self, typed: str) -> None:
        try:
            given = Identity.parse(typed)
        except KeyTextError as error:
            raise UnprovedError(
                "recovery key", f"what was typed is {error}; look at the slip and type it again"
            ) from None
        if not same_key(given.recipient, self._recovery):
            raise UnprovedError("recovery key", "what was typed is a key, but another one")

    def _proven(self) -> Recipient:
        if not self._proved:
            raise UnprovedError("recovery key", "nobody has typed it back yet; without it a lost passphrase loses all")
        return self._recovery


def unlock(folder: Path, passphrase: bytes) -> Keys:
    """Open the keys in a folder.

    Raises:
        WrongPassphraseError: it is another passphrase.
        VaultError: there are no keys, or they were altered.
    """
    path = folder / _UNIT
    try:
        return _read(path, Passphrase(passphrase))
    except NoKeyError as error:
        raise WrongPassphraseError(path, "the passphrase is not that of these keys; nothing was changed") from error


def change_passphrase(folder: Path, old: bytes, new: bytes, work: int = USUAL_WORK) -> None:
    """Wrap the keys under another passphrase. Blobs stay as they are.

    Whoever has a copy of the former file and knows the former passphrase still opens the vault.

    Raises:
        WrongPassphraseError: `old` is not the passphrase.
        WeakPassphraseError: `new` is too short.
    """
    _write(folder, unlock(folder, old), new, work)


def recover(folder: Path, recovery_key: str, new: bytes, work: int = USUAL_WORK) -> Keys:
    """Open the keys with the recovery key and wrap them under a new passphrase.

    Raises:
        KeyTextError: what was given is no key.
        NoKeyError: it is another key than this vault's.
        WeakPassphraseError: `new` is too short.
    """
    keys = _read(folder / _RECOVERY, Identity.parse(recovery_key.upper()))
    _write(folder, keys, new, work)
    return keys


def _read(path: Path, opener: Opener) -> Keys:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE)
    except FileNotFoundError as error:
        raise VaultError(path, "is not there; restore the keys from a backup") from error
    match = _TEXT.fullmatch(decrypt(data, opener, path).decode("ascii", "replace"))
    if match is None:
        raise NotAgeError(path, "holds no keys of a vault; restore the keys from a backup")
    digest_key, recovery, identity = match.groups()
    return Keys(Identity.parse(identity), Recipient.parse(recovery), bytes.fromhex(digest_key))


def _write(folder: Path, keys: Keys, passphrase: bytes, work: int) -> None:
    """The recovery's file first: at no moment is there a vault that only the passphrase opens."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphraseError("passphrase", f"it has fewer than {SHORTEST_PASSPHRASE} bytes; take some words more")
    text = (
        f"# kavalan vault keys 1\n# digest key: {keys.digest_key.hex()}\n"
        f"# recovery: {keys.recovery.text}\n{keys.identity.text}\n"
    ).encode("ascii")
    sweep_drafts(folder)
    write_whole(folder / _RECOVERY, encrypt(text, [keys.recovery]))
    write_whole(folder / _UNIT, encrypt(text, [Passphrase(passphrase, work)]))
