"""A near hit is looked at again: the picture is decoded once more, in full and as the reference does."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING
from weakref import finalize

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Item
from kavalan.casework.safekeeping.reading import sources_of
from kavalan.fingerprint import DIHEDRAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.fingerprint import Fingerprint, Fingerprinter
    from kavalan.sources import Source

MOST = 500
"""Pictures of one question that are decoded again; a flood on one entry is held for a person anyway."""


class SecondLook:
    """Gives the PDQ of an exhibit's contents by a full decode: what `kavalan.lists.Matcher` calls `recompute`.

    Args:
        exhibit: where the contents were found.
        decoder: gives a fingerprinter that decodes exactly, with rotations.
        alive: called before each picture, because each takes long.
    """

    def __init__(self, exhibit: Exhibit, decoder: Callable[[], Fingerprinter], alive: Callable[[], None]) -> None:
        self._exhibit = exhibit
        self._decoder = decoder
        self._alive = alive
        self._hashes: dict[int, tuple[bytes, ...] | None] = {}
        self._opened: Callable[[], Source] | None = None
        self._held = ExitStack()
        # Whoever asks has many of these, one after another, and does not say when one is no longer wanted.
        finalize(self, self._held.close)

    def begin(self) -> None:
        """Forget the pictures of the last question."""
        self._hashes.clear()

    def __call__(self, content: int, turn: str) -> bytes | None:
        """The hash of a content in one turn, 32 bytes; None where the picture is no longer there as it was."""
        if content not in self._hashes:
            if len(self._hashes) >= MOST:
                return None
            self._alive()
            self._hashes[content] = self._decode(content)
        hashes = self._hashes[content]
        return hashes[DIHEDRAL.index(turn or DIHEDRAL[0])] if hashes else None

    def _decode(self, content: int) -> tuple[bytes, ...] | None:
        items = Item.objects.filter(exhibit=self._exhibit)
        found = items.filter(content=content).select_related("content").order_by("number").first()
        if found is None or found.content is None:
            return None
        before = items.filter(number=found.number - 1).values_list("path", flat=True).first()
        again = self._read(bytes(found.path), None if before is None else bytes(before))
        # Whatever else lies there now is not what was matched.
        return again.rotations if again and again.sha256 == bytes(found.content.sha256) else None

    def _read(self, path: bytes, before: bytes | None) -> Fingerprint | None:
        try:
            with self._sources()() as source:
                # Kept until the item is read: its bytes are there as long as its source stands at it.
                items = source.items(after=before)
                item = next(items, None)
                if item is None or item.path != path:
                    return None
                (reading,) = self._decoder().read([item])
                return reading.fingerprint
        except (OSError, RefusedError):
            return None

    def _sources(self) -> Callable[[], Source]:
        """What opens the exhibit's source; kept, since a copy in the vault is decrypted as a whole."""
        if self._opened is None:
            self._opened = self._held.enter_context(sources_of(self._exhibit, lambda _size: None))
        return self._opened
