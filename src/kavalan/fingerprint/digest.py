"""MD5, SHA-1 and SHA-256 of a file in one read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Large enough that the calls cost nothing, small enough that three algorithms find it in the second-level cache.
CHUNK = 1 << 18


class Digests(NamedTuple):
    """What hash lists name files by.

    Attributes:
        size: bytes read.
        md5: 16 bytes; collisions are cheap to make, so a match on it alone is named as such.
        sha1: 20 bytes.
        sha256: 32 bytes.
    """

    size: int
    md5: bytes
    sha1: bytes
    sha256: bytes


class Digester:
    """Takes a file in chunks of any size and keeps none of them."""

    def __init__(self) -> None:
        # Identification, not security: said so that a FIPS build of OpenSSL allows it.
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._sha256 = hashlib.sha256()
        self._size = 0

    def update(self, chunk: Buffer) -> None:
        """Digest the next bytes of the file."""
        view = memoryview(chunk)
        self._size += view.nbytes
        self._md5.update(view)
        self._sha1.update(view)
        self._sha256.update(view)

    def finish(self) -> Digests:
        """The digests of everything taken so far."""
        return Digests(self._size, self._md5.digest(), self._sha1.digest(), self._sha256.digest())


def digest_stream(stream: BinaryIO) -> Digests:
    """Digest ``stream`` from where it stands to its end.

    Raises:
        OSError: the stream cannot be read.
    """
    digester = Digester()
    while chunk := stream.read(CHUNK):
        digester.update(chunk)
    return digester.finish()
