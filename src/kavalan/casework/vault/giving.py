"""Giving a kept paper out as a file that a browser stores and never shows."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.services import give_out
from kavalan.casework.vault.store import vault
from kavalan.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.vault.models import Kept
    from kavalan.vault.age import PayloadReader

_PIECE = 1 << 16


def given(officer: Officer, kept: Kept, at: datetime) -> StreamingHttpResponse:
    """Record that the officer is given a paper, and answer with its bytes; see `streamed`."""
    return streamed(kept, lambda: give_out(officer, at, kept=kept))


def streamed(kept: Kept, record: Callable[[], object]) -> StreamingHttpResponse:
    """Answer with the bytes of what is kept, each authenticated as it leaves.

    Args:
        kept: what is given.
        record: the verb that says so, done before the first byte leaves.

    Raises:
        LockedError: nobody unlocked the keys; nothing is recorded.
        RefusedError: it cannot be read or may not be given.
    """
    try:
        reader = vault().open(kept.name)
    except VaultError as error:
        raise RefusedError(f"This cannot be read: {error.what}") from error
    try:
        record()
    except BaseException:
        reader.close()
        raise
    # Not as what it is: whatever a browser would do with a document, it does not do with this.
    response = StreamingHttpResponse(_pieces(reader), content_type="application/octet-stream")
    response["Content-Length"] = str(kept.size)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(kept)}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _pieces(reader: PayloadReader) -> Iterator[bytes]:
    with reader:
        while piece := reader.read(_PIECE):
            yield piece


def _file_name(kept: Kept) -> str:
    """It tells nobody's name: it will stand in a list of downloads."""
    return f"{kept.what.replace('_', '-')}-{kept.public_id}{mimetypes.guess_extension(kept.media_type) or ''}"
