"""Files of a scan's folder: each is whole or not there, and what cannot be written stops the scan."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kavalan.scan.errors import DamagedError, OutputError

if TYPE_CHECKING:
    from typing_extensions import Buffer

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_table(path: Path, frame: pl.DataFrame, metadata: Mapping[str, str] | None = None) -> bytes:
    """Write a table as Parquet and return the SHA-256 of the file.

    It is made in memory first: what a full disk does is then an `OSError` and nothing else.

    Raises:
        OutputError: the folder cannot be written.
    """
    made = io.BytesIO()
    frame.write_parquet(made, metadata=dict(metadata) if metadata else None)
    write_whole(path, made.getbuffer())
    return hashlib.sha256(made.getbuffer()).digest()


@contextmanager
def intact(path: Path) -> Iterator[None]:
    """What Polars cannot read within is damaged: a file is written whole or not at all.

    Raises:
        DamagedError: with what to do.
    """
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        message = f"{path} is damaged: bring back a copy of its folder, or empty it and scan again"
        raise DamagedError(message) from error


def write_whole(path: Path, data: Buffer) -> None:
    """Write a file so that after a crash it is either whole or not there.

    Raises:
        OutputError: the folder cannot be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    with output_errors(path.parent):
        try:
            with partial.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            partial.rename(path)
        except OSError:
            partial.unlink(missing_ok=True)  # on a full disk it would stand in the way of what is still to be said
            raise
        _sync(path.parent)


@contextmanager
def output_errors(out: Path) -> Iterator[None]:
    """An `OSError` within is one of the output folder.

    Raises:
        OutputError: with the reason and what to do.
    """
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(f"the disk that holds {out} is full: make room and start the same scan again") from error
        if not out.is_dir():
            raise OutputError(f"{out} is gone: bring it back and start the same scan again") from error
        raise OutputError(f"{out} cannot be written: {error.strerror or error}") from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
