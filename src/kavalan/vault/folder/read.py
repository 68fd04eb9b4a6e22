"""Reading one member of a folder that lies in the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kavalan.vault.errors import AlteredError
from kavalan.vault.folder.index import IndexReader, Member
from kavalan.vault.seekable import Seekable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

    from kavalan.vault.age import PayloadReader
    from kavalan.vault.vault import Vault


class FolderReader:
    """A folder in a vault. For one thread at a time; a context manager.

    Where the index is lost, `zipfile.ZipFile(vault.open(content))` reads the same members.

    Args:
        vault: where it is.
        content: name of the blob that is the ZIP.
        index: name of the blob that is its index.

    Raises:
        AlteredError: the index is none, or not of this content.
        UnknownBlobError: one of them is not there.
    """

    def __init__(self, vault: Vault, content: str, index: str) -> None:
        self._index = IndexReader(vault.open(index), index)
        if vault.blobs.name(self._index.content) != content:
            self._index.close()
            raise AlteredError(index, "is the index of another folder")
        self._content = vault.open(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._index.members

    def __iter__(self) -> Iterator[Member]:
        """All members, in the order in which they were stored."""
        return iter(self._index)

    def find(self, name: bytes) -> Member | None:
        """The member of a name, or None."""
        return self._index.find(name)

    def open(self, member: Member) -> MemberReader:
        """The bytes of a member; many may be open at once."""
        return MemberReader(self._content, member.offset, member.size)

    def close(self) -> None:
        """Give both blobs back; members that are open can be read no more."""
        self._content.close()
        self._index.close()


class MemberReader(Seekable):
    """A stretch of a blob as a file of its own.

    Args:
        reader: the blob.
        start: where the stretch begins.
        size: its bytes.
    """

    def __init__(self, reader: PayloadReader, start: int, size: int) -> None:
        super().__init__(size)
        self._reader, self._start = reader, start

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer; fewer bytes come only at the end. Raises `AlteredError` as the blob does."""
        left = max(0, self.size - self._position)
        view = memoryview(buffer).cast("B")[:left]
        self._reader.seek(self._start + self._position)
        count = self._reader.readinto(view)
        self._position += count
        return count
