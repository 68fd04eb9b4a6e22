"""Sealing and unsealing particulars under the keys of the workspace, which this process must hold.

A sealed blob is an age file for the unit's key and the recovery key. age does not say who wrote it or where it
belongs; a keyed digest beside it does, so that a blob put in another row, or one that somebody made who knows only the
recipients, is refused.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import folded, packed, unpacked
from kavalan.casework.keys import held
from kavalan.vault import VaultError
from kavalan.vault.age import decrypt, encrypt

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.casework.access.models import Compartment
    from kavalan.casework.identities.models import SealedVersion
    from kavalan.casework.identities.rules import Particulars

_SEALING: Final = b"identity seal"
_SAME: Final = b"identity same"


class BrokenSealError(RefusedError):
    """What lies where a sealed name should is not what was sealed there."""

    def __init__(self) -> None:
        super().__init__(
            "What is sealed here was changed or put in another place since: it is not opened. "
            "Whoever looks after the desk restores it from a backup."
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """Particulars, encrypted.

    Attributes:
        blob: the age file.
        seal: 32 bytes that bind it to an identity and a version.
    """

    blob: bytes
    seal: bytes


def seal(particulars: Particulars, owner: UUID, number: int) -> Sealed:
    """Encrypt particulars as that version of that identity.

    Raises:
        LockedError: this process holds no keys.
    """
    vault = held().vault
    blob = encrypt(packed(particulars), vault.recipients)
    return Sealed(blob, vault.keyed(_SEALING, owner.bytes, number.to_bytes(4), blob))


def unseal(version: SealedVersion) -> Particulars:
    """Decrypt a version. Only `services.read_identity` tells what it holds, on a grant that is used up.

    Raises:
        LockedError: this process holds no keys.
        BrokenSealError: it was changed, or belongs elsewhere.
    """
    vault, owner = held().vault, version.identity.public_id
    blob = bytes(version.sealed)
    expected = vault.keyed(_SEALING, owner.bytes, version.number.to_bytes(4), blob)
    if not hmac.compare_digest(expected, bytes(version.seal)):
        raise BrokenSealError
    try:
        return unpacked(decrypt(blob, vault, f"identity {owner}"))
    except (VaultError, msgspec.DecodeError) as error:
        raise BrokenSealError from error


def same_person(particulars: Particulars, room: Compartment) -> bytes:
    """32 bytes, equal for the same name and year of birth in one compartment; they tell nothing without the keys.

    Of another compartment they are others: who reads the database learns of no child that two cases have in common.

    Raises:
        LockedError: this process holds no keys.
    """
    told = f"{folded(particulars.name)}\0{particulars.born[:4]}"
    return held().vault.keyed(_SAME, room.public_id.bytes, told.encode())
