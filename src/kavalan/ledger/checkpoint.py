"""Checkpoints: how many entries there were and their root, signed, in the text form that transparency logs use.

A checkpoint is C2SP's tlog-checkpoint (origin, size, root) in a signed note (c2sp.org/signed-note), without extension
lines; programs made for such logs read it. Its origin is taken from the first entry's hash: it names one ledger.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from kavalan.ledger.keys import PublicKey, SigningKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ED25519 = b"\x01"
_SIGNATURE = r"— (?P<name>[^\s+<>]{1,200}) (?P<value>[A-Za-z0-9+/]{91,400}={0,2})\n"
_NOTE = re.compile(
    r"^(?P<origin>[^\s+<>]{1,200})\n(?P<size>0|[1-9][0-9]{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n\n"
    rf"(?P<signatures>(?:{_SIGNATURE.replace('?P<name>', '?:').replace('?P<value>', '?:')}){{1,16}})",
    re.MULTILINE,
)
_TYPED = re.compile(r"\s*(?P<size>[1-9][0-9]{0,15})\s+(?P<root>(?:[0-9a-fA-F]\s*){64})")


class MalformedCheckpointError(ValueError):
    """A text is no signed checkpoint, or only a part of one."""


class Checkpoint(msgspec.Struct, frozen=True):
    """What is signed.

    Attributes:
        origin: names the ledger (`origin_of`).
        size: how many entries there were.
        root: of the Merkle tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The text that is signed: three lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


class Note(msgspec.Struct, frozen=True):
    """A checkpoint with its signatures; nobody's word until `signer` names a key that is trusted.

    Attributes:
        checkpoint: what is signed.
        text: the whole note.
    """

    checkpoint: Checkpoint
    text: str

    def signer(self, trusted: Collection[PublicKey]) -> PublicKey | None:
        """Which of these keys signed it; None where none of them did."""
        body = self.checkpoint.body.encode()
        for name, value in self._signatures():
            for key in trusted:
                if value[:4] == key_id(name, key) and key.signed(value[4:], body):
                    return key
        return None

    def _signatures(self) -> Iterator[tuple[str, bytes]]:
        for found in re.finditer(_SIGNATURE, self.text.partition("\n\n")[2]):
            value = _decoded(found["value"])
            if len(value) == 68:
                yield found["name"], value


def origin_of(first: bytes) -> str:
    """The name of the ledger whose first entry has this hash."""
    return f"kavalan-ledger/{first.hex()[:32]}"


def key_id(name: str, key: PublicKey) -> bytes:
    """Four bytes by which a signature says whose it is: of SHA-256 over name, kind and key (signed-note, "Keys")."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.raw).digest()[:4]


def sign(checkpoint: Checkpoint, key: SigningKey) -> Note:
    """The checkpoint as a note, signed in the ledger's name."""
    body, name = checkpoint.body, checkpoint.origin
    value = base64.b64encode(key_id(name, key.public) + key.sign(body.encode())).decode("ascii")
    return Note(checkpoint, f"{body}\n— {name} {value}\n")


def parse_note(text: str) -> Note:
    """A note that is the whole of a text.

    Raises:
        MalformedCheckpointError: it is none, or there is more.
    """
    found = _NOTE.fullmatch(text)
    if found is None:
        raise MalformedCheckpointError("is no signed checkpoint, or only a part of one")
    return _note(found)


def notes_in(text: str) -> tuple[list[Note], list[str]]:
    """All notes in a text, an anchor's file or a slip, and what stands between them, white space left out."""
    notes, between, place = [], [], 0
    for found in _NOTE.finditer(text):
        try:
            notes.append(_note(found))
        except MalformedCheckpointError:
            continue  # it stays among what stands between
        between.append(text[place : found.start()])
        place = found.end()
    between.append(text[place:])
    return notes, [stray.strip() for stray in between if stray.strip()]


def typed_in(text: str) -> tuple[int, bytes] | None:
    """Size and root as a person types them from a printed slip: a number and 64 hex digits in any groups."""
    found = _TYPED.fullmatch(text)
    return (int(found["size"]), bytes.fromhex(found["root"])) if found else None


def _note(found: re.Match[str]) -> Note:
    root = _decoded(found["root"])
    for signature in re.finditer(_SIGNATURE, found["signatures"]):
        _decoded(signature["value"])
    return Note(Checkpoint(found["origin"], int(found["size"]), root), found[0])


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise MalformedCheckpointError("its base64 cannot be read") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise MalformedCheckpointError("its base64 is written in another way than there is")
    return data
