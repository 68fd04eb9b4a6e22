"""The first lines of a table as its cells: what somebody looks at before they say what its columns mean."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from kavalan.sandbox import Limits, Pool, storable
from kavalan.tips.errors import TipError
from kavalan.tips.formats.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from kavalan.sandbox import Source

MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 200
_LIMITS: Final = Limits(memory=256 << 20, answer_bytes=4 << 20)


class HeadRequest(msgspec.Struct, frozen=True):
    """Lines to pass over before the header, what stands between cells (empty: found by itself), rows to be shown."""

    skip: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    delimiter: Annotated[str, msgspec.Meta(max_length=1)] = ""
    rows: Annotated[int, msgspec.Meta(ge=0, le=100)] = 5


class Head(msgspec.Struct, frozen=True):
    """A table's header and its first rows; long cells are cut."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def head_of(source: Source, request: HeadRequest) -> Head:
    """The first lines of a table, read in a confined process that ends with this call.

    Args:
        source: an open file; a part of one, cut anywhere, will do.
        request: where its header stands.

    Raises:
        TipError: it cannot be read as a table; the text says why.
        StartError: no confined process can be started.
    """
    with Pool(f"{__name__}:read", HeadRequest, Head, limits=_LIMITS) as pool:
        outcome = pool.run(source, request)
    if outcome.failure is not None:
        raise TipError(outcome.failure.detail)
    return outcome.records[0]


def read(source: BinaryIO, request: HeadRequest) -> Iterator[Head]:
    """The task."""
    table = open_table(source, request.skip, request.delimiter)
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(table.lines, delimiter=table.delimiter)
    for _ in range(request.rows):
        try:
            rows.append(_cells(next(reader)))
        except StopIteration:
            break
        except csv.Error:
            # Reading it says which row this is and why; here it is only not shown.
            continue
    yield Head(tuple(map(storable, table.names[:MOST_COLUMNS])), tuple(rows))


def _cells(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(storable(cell[:_LONGEST_CELL]) for cell in cells[:MOST_COLUMNS])
