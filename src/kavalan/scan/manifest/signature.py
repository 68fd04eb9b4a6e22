"""A signature beside the file that it signs: a few lines of text that people, Kavalan and OpenSSL read alike."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path

from kavalan.ledger import KeyFileError, PublicKey, SigningKey, public_in
from kavalan.scan.manifest.errors import SignatureError

_FORM = re.compile(
    r"Kavalan signature 1: Ed25519 \(RFC 8032\) of the file beside it\n"
    r"Fingerprint: ([0-9a-f]{64})\n"
    r"Signature: ([A-Za-z0-9+/]{86}==)\n"
    r"(-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]{50,100}-----END PUBLIC KEY-----)\n"
)
_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and the signature.

    Attributes:
        key: the signer's, as the signature's file says; whose it is only its fingerprint, heard from the owner, tells.
        value: 64 bytes.
    """

    key: PublicKey
    value: bytes


def signature_text(key: SigningKey, data: bytes) -> bytes:
    """The text of the file that signs some bytes."""
    public = key.public
    value = base64.b64encode(key.sign(data)).decode("ascii")
    head = "Kavalan signature 1: Ed25519 (RFC 8032) of the file beside it"
    return f"{head}\nFingerprint: {public.fingerprint}\nSignature: {value}\n{public.pem}".encode("ascii")


def read_signature(path: Path) -> Signature:
    """Read a signature's file; nothing is checked against what it signs.

    Raises:
        SignatureError: it is not of the form, or the key in it has not the fingerprint in it.
        FileNotFoundError: there is none.
    """
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    try:
        found = _FORM.fullmatch(data.decode("ascii"))
        if found is None:
            raise SignatureError(path, "is no signature of Kavalan, or only a part of one")
        key = public_in(path, found[3].encode("ascii"))
        value = base64.b64decode(found[2], validate=True)
    except (UnicodeDecodeError, KeyFileError, binascii.Error):
        raise SignatureError(path, "is no signature of Kavalan, or only a part of one") from None
    if (key.fingerprint, base64.b64encode(value).decode("ascii")) != (found[1], found[2]):
        raise SignatureError(path, "states another fingerprint than its own key has, or its signature in two ways")
    return Signature(key, value)


def checked_signature(path: Path, data: bytes) -> PublicKey:
    """The key that signed some bytes, by the file of the signature.

    Raises:
        SignatureError: the file is none, or these are not the bytes that were signed.
        FileNotFoundError: there is none.
    """
    signature = read_signature(path)
    if not signature.key.signed(signature.value, data):
        raise SignatureError(path, f"the signature by {signature.key.fingerprint} is not over these bytes")
    return signature.key
