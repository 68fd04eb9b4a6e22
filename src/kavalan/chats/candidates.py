"""Files that may hold chats, and the sources found among them."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """A file that may hold chats.

    Attributes:
        name: its path from the folder or archive that was named, parted by `/`.
        size: in bytes.
        head: its first bytes, `HEAD` at most.
        named: the examiner named this file, and not a folder or an archive in which it lies.
    """

    name: str
    size: int
    head: bytes
    named: bool = False

    @property
    def last(self) -> str:
        """Its name without the folders."""
        return self.name.rpartition("/")[2]


class Found(NamedTuple):
    """A source of chats.

    Attributes:
        form: of `FORMS`.
        names: of its files, in the order in which they are read as one.
    """

    form: str
    names: tuple[str, ...]
