"""What decoders have said of contents, so that the same bytes are not decoded twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from kavalan.fingerprint.decoding import Decoded

# A picture is one, a video one and its frames: some tens of megabytes in all.
_MOST = 100_000

Known = Callable[[bytes], Decoded | None]
"""Gives what decoders said of a content elsewhere, by its SHA-256 (32 bytes); None where that is not known."""


@dataclass(slots=True)
class Said:
    """What was said of one content; empty while its decoder is at work.

    Attributes:
        decoded: the answer.
        failure: why there is none, or not all of it.
    """

    decoded: Decoded
    failure: str | None = None


class Recall:
    """The contents met last. What a decoder fails at is forgotten, so that it is tried again.

    Args:
        known: asked first.
    """

    def __init__(self, known: Known | None) -> None:
        self._known = known
        self._said: OrderedDict[bytes, Said] = OrderedDict()
        self._weight = 0

    def find(self, sha256: bytes) -> Said | None:
        """What was said of a content, or will be said before anybody asks for it in the order of the items."""
        if (said := self._said.get(sha256)) is not None:
            self._said.move_to_end(sha256)
            return said
        decoded = self._known(sha256) if self._known else None
        return None if decoded is None else Said(decoded)

    def expect(self, sha256: bytes, *, held: bool) -> Said:
        """A content that is given to a decoder now.

        Args:
            sha256: of the content.
            held: the decoder sees just these bytes; otherwise the file could still change under it.
        """
        said = Said(Decoded())
        if held:
            self._said[sha256] = said
            self._weight += 1
        return said

    def settle(self, sha256: bytes, said: Said, *, sure: bool) -> None:
        """Its decoder has answered, and `said` is filled.

        Args:
            sha256: of the content.
            said: as `expect` gave it.
            sure: what was decoded is what was digested.
        """
        if self._said.pop(sha256, None) is not None:
            self._weight -= 1
        if said.failure is not None or not sure:
            return
        self._said[sha256] = said
        self._weight += _weight(said)
        while self._weight > _MOST:
            self._weight -= _weight(self._said.popitem(last=False)[1])


def _weight(said: Said) -> int:
    return 1 + len(said.decoded.frames or ())
