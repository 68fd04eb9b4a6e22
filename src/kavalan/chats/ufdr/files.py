"""The files that came with a report, by the numbers that attachments give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.further import Carried
from kavalan.chats.loose import inside
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from kavalan.chats.ufdr.model import File, Model

_MOST: Final = 300_000
_SHA256: Final = re.compile("[0-9a-f]{64}")
ABSENT: Final = "listed, not in the report"


class Files:
    """Digests and paths as the report states them."""

    def __init__(self) -> None:
        self._digests: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}

    def keep(self, file: File) -> None:
        """Remember a file; of more than are held the report alone knows."""
        if len(self._paths) < _MOST and len(file.id) < 100 and len(file.path) < 1000:
            self._paths[file.id] = file.path
            if _SHA256.fullmatch(file.sha256):
                self._digests[file.id] = bytes.fromhex(file.sha256)

    def of(self, attachment: Model) -> Carried:
        """A file that a message carries."""
        digest = self._digests.get(attachment.file, b"").hex()
        path = attachment.value("attachment_extracted_path") or self._paths.get(attachment.file, "")
        if path:
            return Carried(storable(inside(path)), "", digest)
        return Carried(storable(attachment.value("Filename") or attachment.value("Title")), ABSENT, digest)
