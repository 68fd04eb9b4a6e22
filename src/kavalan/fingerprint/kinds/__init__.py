"""What a file is, told by its first bytes and never by its name.

The names are those that libmagic's `file --mime-type` prints, so that a reader can check any of them; where libmagic
says less or says it differently, `docs/kinds.md` lists the difference. The rules come from the specifications named in
the table of signatures and are our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.fingerprint.kinds.archive import tar_kind
from kavalan.fingerprint.kinds.media import isobmff_kind, mpeg_audio_kind, mpeg_ts_kind
from kavalan.fingerprint.kinds.signatures import SIGNATURES, Signature
from kavalan.fingerprint.kinds.text import text_kind

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EMPTY", "HEAD_BYTES", "UNKNOWN", "is_picture", "is_video", "kind_of"]

HEAD_BYTES: Final = 4096
"""How many bytes from the start `kind_of` wants; fewer are enough where the file is shorter.

TAR is told at 257 and DICOM at 128; a TIFF directory, the members of an Office file and the first tag of an SVG lie
within the first pages. ISO 9660 (at 32,769) and raw disk images are left to whoever opens disk images.
"""

UNKNOWN: Final = "application/octet-stream"
EMPTY: Final = "inode/x-empty"

# Kinds without bytes of their own at one place, asked in this order. The weakest come last.
_RULES: Final[tuple[Callable[[bytes], str | None], ...]] = (
    isobmff_kind,
    mpeg_ts_kind,
    tar_kind,
    text_kind,
    mpeg_audio_kind,
)


def _by_first_byte() -> tuple[tuple[Signature, ...], ...]:
    """The signatures that a file with each first byte may have, in their order: every file of a scan is asked."""
    return tuple(tuple(one for one in SIGNATURES if one.offset or one.magic[0] == first) for first in range(256))


_SIGNATURES: Final = _by_first_byte()

# An MP4 is sound by a brand that it gives itself, which is no proof.
_VIDEO: Final = frozenset(
    {"application/mxf", "application/vnd.rn-realmedia", "application/ogg", "audio/mp4", "audio/x-m4a"}
)
_PICTURES: Final = frozenset({"application/dicom"})


def kind_of(head: bytes) -> str:
    """The media type of a file that begins with these bytes.

    Args:
        head: the first `HEAD_BYTES` bytes of the file, or all of it where it is shorter. No bytes are an error.

    Returns:
        A media type; `application/octet-stream` where nothing fits, `inode/x-empty` for no bytes at all. The answer
        always comes from the tables of this package: nothing that the file says of itself is repeated.
    """
    if not head:
        return EMPTY
    for offset, magic, kind, _source in _SIGNATURES[head[0]]:
        if head.startswith(magic, offset):
            found = kind if isinstance(kind, str) else kind(head)
            if found is not None:
                return found
    for rule in _RULES:
        found = rule(head)
        if found is not None:
            return found
    return UNKNOWN


def is_picture(kind: str) -> bool:
    """Whether a person would see a picture, moving a little perhaps, in a file of this kind; not whether it decodes."""
    return kind.startswith("image/") or kind in _PICTURES


def is_video(kind: str) -> bool:
    """Whether a file of this kind may hold moving pictures; an MP4 or Matroska with sound alone holds none."""
    return kind.startswith("video/") or kind in _VIDEO
