"""Writing a folder into the vault, member by member, without a plain byte on disk."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.vault.draft import HEAD_BYTES, Draft, Stored, refuse_media, silent
from kavalan.vault.folder import zip64
from kavalan.vault.folder.index import IndexWriter, Member
from kavalan.vault.folder.spool import Spool
from kavalan.vault.folder.zip64 import Attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.vault.draft import Readable, Tell
    from kavalan.vault.vault import Vault

__all__ = ["Attributes", "FolderDraft", "StoredFolder", "write_folder"]

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFolder:
    """A folder that the vault has taken.

    Attributes:
        content: the ZIP.
        index: of its members.
        members: how many.
    """

    content: Stored
    index: Stored
    members: int


class FolderDraft:
    """A folder that is being written. Made by `write_folder`.

    Args:
        vault: where it goes.
        content: of the ZIP.
        index: of the index.
        spool: for the ZIP's directory.
    """

    def __init__(self, vault: Vault, content: Draft, index: Draft, spool: Spool) -> None:
        self._vault, self._content, self._index = vault, content, index
        self._directory = spool
        self._rows = IndexWriter(index.write)

    def add(self, attributes: Attributes, source: Readable | None = None) -> Member:
        """Store a member.

        Args:
            attributes: its name and what the file system says of it.
            source: its bytes, those of its target for a symbolic link; None for what has none.

        Raises:
            RefusedError: it is a picture or a video, and this vault takes none. The folder can be abandoned, or go on
                without it.
            StorageError: the disk refuses.
            OSError: the source cannot be read; the folder has to be abandoned where bytes of it were stored already.
        """
        head = _head(source)
        if self._vault.is_media is not None:
            refuse_media(head, self._vault.is_media)
        start = self._content.size
        self._content.write(zip64.local(attributes))
        offset = self._content.size
        crc = self._copy(head, source)
        size = self._content.size - offset
        self._content.write(zip64.descriptor(crc, size))
        self._directory.write(zip64.central(attributes, crc, size, start))
        facts = (attributes.mode, *divmod(attributes.mtime_ns, 1_000_000_000), attributes.uid, attributes.gid)
        member = Member(attributes.name, *facts, size, crc, offset)
        self._rows.add(member)
        return member

    def keep(self, *, verify: bool = True, tell: Tell = silent) -> StoredFolder:
        """Store the folder; see `Vault.keep`. The index is stored after what it is of."""
        start = self._content.size
        for piece in self._directory.pieces():
            self._content.write(piece)
        self._content.write(zip64.end(self._rows.members, start, self._directory.size))
        content = self._vault.keep(self._content, verify=verify, tell=tell)
        self._rows.finish(content.sha256)
        return StoredFolder(content, self._vault.keep(self._index, verify=verify), self._rows.members)

    def _copy(self, head: bytes, source: Readable | None) -> int:
        """Store what was read and what follows; its CRC-32."""
        self._content.write(head)
        crc = zlib.crc32(head)
        while source is not None and (piece := source.read(_PIECE)):
            self._content.write(piece)
            crc = zlib.crc32(piece, crc)
        return crc


@contextmanager
def write_folder(vault: Vault) -> Iterator[FolderDraft]:
    """A folder to be written into a vault. It is gone at the end of the block unless it was kept."""
    with vault.draft() as content, vault.draft() as index:
        spool = Spool(content.path.parent)
        try:
            yield FolderDraft(vault, content, index, spool)
        finally:
            spool.close()


def _head(source: Readable | None) -> bytes:
    head = b""
    while source is not None and len(head) < HEAD_BYTES and (piece := source.read(HEAD_BYTES - len(head))):
        head += piece
    return head
