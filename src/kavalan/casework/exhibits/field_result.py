"""The result of a field scan, copied, verified, and only then believed. Only workers import this."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.sandbox import printable
from kavalan.scan.manifest import KeyFileError, ManifestError, PublicKey, Result, open_result, read_public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kavalan.casework.exhibits.models import FieldScan


def take_over(field: FieldScan, source: Path, copy: Path, keys: Path, alive: Callable[[], None]) -> Result:
    """Copy a result into the workspace unless it is there, and verify the copy.

    Args:
        field: what was claimed when the import was asked for.
        source: the result, on a stick perhaps, which could change while it is read.
        copy: where it goes, whole or not at all.
        keys: the folder of the public keys that are trusted here, a file `NAME.pub` each.
        alive: called before each file, because a large one takes long.

    Raises:
        RefusedError: it is not what was claimed, was altered, or nobody whose key is trusted signed it and the officer
            did not say to take it even so.
        OSError: it cannot be copied.
    """
    if not copy.exists():
        _copy(source, copy, alive)
    try:
        result = open_result(copy, list(_trusted(keys)), even_unknown=field.even_unknown)
    except ManifestError as error:
        # The next attempt copies again: the stick may be whole and the copy not.
        shutil.rmtree(copy)
        raise RefusedError(printable(str(error))) from error
    if bytes.fromhex(result.sha256) != bytes(field.manifest):
        shutil.rmtree(copy)
        raise RefusedError("The manifest is another than when the import was asked for.")
    return result


def _copy(source: Path, copy: Path, alive: Callable[[], None]) -> None:
    partial = copy.with_name(f"{copy.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    with os.scandir(source) as entries:
        files = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    for name in files:
        alive()
        shutil.copyfile(source / name, partial / name, follow_symlinks=False)
    partial.rename(copy)


def _trusted(keys: Path) -> Iterator[PublicKey]:
    """The keys in the folder; a file that is none would silently make a known signer an unknown one."""
    for path in sorted(keys.glob("*.pub")):
        try:
            yield read_public(path)
        except KeyFileError as error:
            message = f"The folder of trusted keys holds what is no key: {printable(str(error))}"
            raise RefusedError(message) from error
