"""Reading an exhibit for a scan: its copy in the vault where there is one, else where it lies. For workers alone.

The readers of archives and images run confined and seek in a descriptor. A copy is decrypted for them into memory that
has no name (`memfd`), never to a disk; so it must fit there, `KAVALAN_CLEAR_GIB` at most. What is larger is read where
it lies, if it does.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from kavalan.casework.errors import RefusedError
from kavalan.casework.safekeeping.selectors import kept_of
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.store import vault
from kavalan.sources import LentSource, open_source
from kavalan.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.sources import Source
    from kavalan.vault import Tell, Vault

_PIECE: Final = 1 << 20
_SEALS: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
# What may go on in files beside it, of which the copy of one file has none.
_IN_SEGMENTS: Final = (b".e01", b".ex01", b".l01", b".lx01", b".s01", b".001", b".vmdk")


@contextmanager
def sources_of(exhibit: Exhibit, tell: Tell) -> Iterator[Callable[[], Source]]:
    """What opens an exhibit's source, as often as it is wanted while the block runs; a copy is decrypted once.

    Args:
        exhibit: what is read.
        tell: is told of what is decrypted; what it raises ends the reading.

    Raises:
        RefusedError: it lies in the vault alone and cannot be read from there; the text says what to do.
        LockedError: it lies in the vault, and nobody unlocked the keys.
    """
    copy = _copy_of(exhibit)
    if copy is None:
        yield partial(open_source, _path_of(exhibit))
        return
    clear = _clear(vault(), copy, tell)
    try:
        # Opened anew each time: who reads it has a place of their own in it.
        again = partial(os.open, f"/proc/self/fd/{clear}", os.O_RDONLY | os.O_CLOEXEC)
        yield partial(LentSource, _name_of(exhibit), again)
    finally:
        os.close(clear)


def _copy_of(exhibit: Exhibit) -> Kept | None:
    """The copy that is read; None where it is read where it lies."""
    kept = [one for one in kept_of(exhibit) if one.what == What.EXHIBIT_COPY]
    path = bytes(exhibit.source)
    if not kept or (path and kept[0].media_type == "application/zip"):
        return None
    if kept[0].size <= settings.KAVALAN_CLEAR_GIB << 30 and not (path and path.lower().endswith(_IN_SEGMENTS)):
        return kept[0]
    if not path:
        raise RefusedError(
            "The copy in the vault has more than the %(gib)s GiB that are decrypted into memory for a scan. Have "
            "whoever runs the desk set KAVALAN_CLEAR_GIB higher, on a machine that has the memory; or register the "
            "file from a folder.",
            gib=settings.KAVALAN_CLEAR_GIB,
        )
    return None


def _path_of(exhibit: Exhibit) -> Path:
    path = bytes(exhibit.source)
    if not path:
        # An empty path would be the folder in which the worker runs.
        raise RefusedError("This was sent to the vault and is not there: it is still being taken in, or was destroyed.")
    return Path(os.fsdecode(path))


def _name_of(exhibit: Exhibit) -> bytes:
    return bytes(exhibit.source).rpartition(b"/")[2] or bytes(exhibit.upload.name)


def _clear(opened: Vault, copy: Kept, tell: Tell) -> int:
    """The bytes of a copy in memory that nobody can change any more; the caller closes it."""
    clear = os.memfd_create("exhibit", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with opened.open(copy.name) as reader, os.fdopen(clear, "wb", buffering=0, closefd=False) as memory:
            while piece := reader.read(_PIECE):
                memory.write(piece)
                tell(len(piece))
        fcntl.fcntl(clear, fcntl.F_ADD_SEALS, _SEALS)
    except VaultError as error:
        os.close(clear)
        raise RefusedError(f"The copy in the vault cannot be read: {error.what}") from error
    except BaseException:
        os.close(clear)
        raise
    return clear
