"""The batch that is being filled, and what is kept of it when a scan stops in its middle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from kavalan.scan.batch import SCHEMA, Row, frame_of, write_frame
from kavalan.scan.layout import MENTIONS, mentions_path
from kavalan.scan.tables import intact, output_errors, write_table
from kavalan.sources import Mention

_FIRST_ROWS: Final = 250
_KEY: Final = "kavalan"
_ROWS: Final = "unfinished-rows.partial"
_MENTIONS: Final = "unfinished-mentions.partial"

Met = Callable[[Sequence[bytes | None]], list[bool]]
"""Which contents, by SHA-256, an earlier scan met."""


class Summed(msgspec.Struct, frozen=True):
    """Figures of one batch, kept in its file; `kavalan.scan.facts.Counts` says what they are.

    Attributes:
        number: of the batch.
        part: the pass over the source that it belongs to, from 0.
        items: rows.
        top_items: of these, those that lie in no container.
        top_bytes: bytes of these.
        unread: see `Counts`.
        bytes: see `Counts`.
        pictures: see `Counts`.
        videos: see `Counts`.
        seen_before: see `Counts`.
    """

    number: int
    part: int
    items: int
    top_items: int
    top_bytes: int
    unread: int
    bytes: int
    pictures: int
    videos: int
    seen_before: int


def most_rows(number: int, most: int) -> int:
    """Rows of a batch: few at first, so that the first hits show early."""
    return min(most, _FIRST_ROWS << min(number - 1, 20))


def summed(path: Path) -> Summed:
    """The figures of a batch or of what is unfinished.

    Raises:
        DamagedError: it is not what was written.
    """
    with intact(path):
        return msgspec.json.decode(pl.read_parquet_metadata(path)[_KEY], type=Summed)


class Rows:
    """Rows of one batch, and what databases said meanwhile.

    Attributes:
        number: of the batch.
        part: the pass over the source that it belongs to, from 0.
    """

    def __init__(self, out: Path, number: int, part: int, met: Met) -> None:
        self.number = number
        self.part = part
        self._out = out
        self._met = met
        self._before = pl.DataFrame(schema=SCHEMA)
        self._said = pl.DataFrame(schema=MENTIONS)
        self._rows: list[Row] = []
        self._mentions: list[Mention] = []

    def __len__(self) -> int:
        return len(self._before) + len(self._rows)

    def add(self, row: Row) -> None:
        """One more."""
        self._rows.append(row)

    def hear(self, mentions: Sequence[Mention]) -> None:
        """What databases have said."""
        self._mentions += mentions

    def resume(self) -> tuple[bytes, Summed] | None:
        """Take up what an earlier run left of this batch: the path of its last item, and figures; None for nothing."""
        path = self._out / _ROWS
        if not path.exists() or (left := summed(path)).number != self.number:
            return None
        self.part = left.part
        with intact(path):
            self._before = pl.read_parquet(path, schema=SCHEMA)
        with intact(self._out / _MENTIONS):
            self._said = pl.read_parquet(self._out / _MENTIONS, schema=MENTIONS)
        last: bytes = self._before["path"][-1]
        return last, left

    def keep(self) -> None:
        """Put down what there is, so that a run that goes on need not read it again.

        Raises:
            OutputError: the folder cannot be written.
        """
        if self._rows:
            write_table(self._out / _MENTIONS, self._told())
            self._gather()
            write_table(self._out / _ROWS, self._before, self._metadata(self._before))

    def write(self) -> tuple[pl.DataFrame, Summed]:
        """Make a batch of it.

        Raises:
            OutputError: the folder cannot be written.
        """
        write_table(mentions_path(self._out, self.number), self._told())
        self._gather()
        frame = self._before
        write_frame(self._out, self.number, frame, self._metadata(frame))
        return frame, self._sum(frame)

    def forget(self) -> None:
        """What was put down of this batch is in it now."""
        with output_errors(self._out):
            (self._out / _ROWS).unlink(missing_ok=True)
            (self._out / _MENTIONS).unlink(missing_ok=True)

    def _gather(self) -> None:
        new = frame_of(self._rows)
        seen = pl.Series("seen_before", self._met(new["sha256"].to_list()), pl.Boolean)
        self._before = pl.concat([self._before, new.with_columns(seen)])
        self._rows.clear()

    def _told(self) -> pl.DataFrame:
        new = [
            {"container": one.container, "subject": one.subject, **msgspec.structs.asdict(one.trace)}
            for one in self._mentions
        ]
        self._said = pl.concat([self._said, pl.DataFrame(new, schema=MENTIONS)])
        self._mentions.clear()
        return self._said

    def _metadata(self, frame: pl.DataFrame) -> dict[str, str]:
        return {_KEY: msgspec.json.encode(self._sum(frame)).decode()}

    def _sum(self, frame: pl.DataFrame) -> Summed:
        top = frame["size"].filter(frame["container"].is_null())
        return Summed(
            number=self.number,
            part=self.part,
            items=len(frame),
            top_items=len(top),
            top_bytes=int(top.sum() or 0),
            unread=len(frame) - frame["error"].null_count(),
            bytes=int(frame["size"].sum() or 0),
            pictures=len(frame) - frame["pdq"].null_count(),
            videos=len(frame) - frame["frames"].null_count(),
            seen_before=int(frame["seen_before"].sum() or 0),
        )
