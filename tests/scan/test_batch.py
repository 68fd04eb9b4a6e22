"""A batch is on disk whole, or is told to be damaged."""

from __future__ import annotations

import polars as pl
import pytest
from tests.cuts import cuts

from kavalan.scan import DamagedError, read_batch
from kavalan.scan.batch import SCHEMA, finished_batches, last_path, write_frame


def frame(*paths):
    rows = [{"path": path, "state": "allocated", "kind": "text/plain", "size": 3} for path in paths]
    return pl.DataFrame(rows, schema=SCHEMA)


def test_batch_cut_anywhere_is_told(tmp_path):
    batch = write_frame(tmp_path, 1, frame(b"a"))
    whole = batch.path.read_bytes()
    for cut in cuts(len(whole)):
        batch.path.write_bytes(whole[:cut])
        with pytest.raises(DamagedError, match=r"batch-000001\.parquet is damaged"):
            next(finished_batches(tmp_path))
    batch.path.write_bytes(whole)
    assert list(finished_batches(tmp_path)) == [batch]


def test_batches_before_a_damaged_one_are_given(tmp_path):
    first, second = (write_frame(tmp_path, number, frame(b"%d" % number)) for number in (1, 2))
    second.path.write_bytes(b"")
    found = finished_batches(tmp_path)
    assert next(found) == first
    with pytest.raises(DamagedError, match="batch-000002"):
        next(found)


@pytest.mark.parametrize("read", [read_batch, last_path])
def test_damage_that_shows_only_in_reading_is_told(tmp_path, read):
    batch = write_frame(tmp_path, 1, frame(b"a", b"b"))
    whole = batch.path.read_bytes()
    batch.path.write_bytes(b"PAR1" + b"\xff" * 40 + whole[44:])
    with pytest.raises(DamagedError, match="bring back a copy"):
        read(batch)
