"""What a workspace that may hold no pictures takes: told from what the bytes are, never from a name."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.fingerprint.kinds import is_picture, is_video, kind_of

if TYPE_CHECKING:
    from kavalan.vault import Readable

# How PNG, JPEG, GIF, WebP and MP4 begin in base64, as mail and web pages carry them.
_ENCODED = re.compile(r"iVBORw0KGgo|/9j/[24]|R0lGOD[dl]h|UklGR|AAAA[\w+/]{2}Z0eXA")
_LONGEST = 12
_CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f")


def begins_media(head: bytes) -> bool:
    """Whether something that begins so is a picture or a video."""
    kind = kind_of(head)
    return is_picture(kind) or is_video(kind)


class PlainText:
    """Gives the bytes of a source on as long as they are plain text in UTF-8.

    A document may have pictures within it in many ways, so a workspace without pictures takes no documents, and no text
    in which a picture stands in base64.

    Args:
        source: what is read.
    """

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._before = ""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`.

        Raises:
            RefusedError: they are no text.
        """
        data = self._source.read(size)
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise _refused() from error
        # The end of the last piece with it: a beginning may lie across the two.
        if not _CONTROLS.isdisjoint(text) or _ENCODED.search(self._before + text):
            raise _refused()
        self._before = (self._before + text)[-_LONGEST:]
        return data


def _refused() -> RefusedError:
    return RefusedError(
        "This workspace is media-free and takes plain text alone: a document could have pictures within it. "
        "Nothing of this file was kept."
    )
