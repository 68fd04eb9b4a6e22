"""The views of a store as Parquet, for analysis; written as they are read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.io.plugins import register_io_source

from kavalan.chats.store.schema import VIEWS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

_ROWS: Final = 5_000
_GROUP: Final = 20_000
"""Rows that are packed together: larger groups cost memory and make the file no smaller."""
_NUMBERS: Final = {
    "offset", "length", "seq", "time_utc", "start", "end", "posts", "messages", "forwards", "known_members",
    "stated_members", "count", "earlier",
}  # fmt: skip
_LISTS: Final = {"targets", "target_ids"}
_FLAGS: Final = {"edited"}


def write_parquet(base: sqlite3.Connection, folder: Path) -> list[Path]:
    """One file for each view.

    Raises:
        OSError: the folder cannot be written.
    """
    return [_write(base, view, folder / f"{view}.parquet") for view in VIEWS]


def _write(base: sqlite3.Connection, view: str, path: Path) -> Path:
    schema = _schema(base, view)
    settled = [pl.col(name).str.json_decode(pl.List(pl.String)) for name in _LISTS if name in schema]
    settled += [pl.col(name).cast(pl.Boolean) for name in _FLAGS if name in schema]
    raw = {name: _stored(kind) for name, kind in schema.items()}
    partial = path.with_name(f"{path.name}.partial")

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        del with_columns, predicate, n_rows, batch_size  # asked for by the signature; a sink wants all of it
        asked = base.execute(f"SELECT * FROM {view}")  # noqa: S608 one of our own names
        while rows := asked.fetchmany(_ROWS):
            # Column by column: of rows, every value would be looked at twice.
            columns = dict(zip(schema, zip(*rows, strict=True), strict=True))
            yield pl.DataFrame(columns, schema=raw).with_columns(*settled)

    try:
        register_io_source(source, schema=schema).sink_parquet(partial, row_group_size=_GROUP)
    except pl.exceptions.ComputeError as error:
        # By which polars tells of a full disk.
        message = f"{path} cannot be written: {error}"
        raise OSError(message) from error
    with partial.open("rb") as made:
        os.fsync(made.fileno())
    partial.replace(path)
    return path


def _schema(base: sqlite3.Connection, view: str) -> pl.Schema:
    names = [column[0] for column in base.execute(f"SELECT * FROM {view} LIMIT 0").description]  # noqa: S608 ours
    return pl.Schema({name: _kind(name) for name in names})


def _kind(name: str) -> pl.DataType:
    if name in _LISTS:
        return pl.List(pl.String)
    return pl.Boolean() if name in _FLAGS else pl.Int64() if name in _NUMBERS else pl.String()


def _stored(kind: pl.DataType) -> pl.DataType:
    """As what SQLite gives it."""
    return pl.Int64() if kind == pl.Boolean() else pl.String() if isinstance(kind, pl.List) else kind
