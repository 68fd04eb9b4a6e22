"""A result is taken over only when all of it is what its signer saw."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest
from tests.scan.made import facts

from kavalan.scan import read_batch
from kavalan.scan.manifest import (
    MANIFEST,
    AlteredError,
    IncompleteError,
    UnknownSignerError,
    open_result,
    write_manifest,
)


def test_batches_come_in_order_with_the_digests_that_were_signed(scan, key):
    result = open_result(scan, [key.public])
    batches = list(result.batches())
    assert [(batch.number, batch.rows) for batch in batches] == [(1, 3), (2, 3), (3, 1)]
    assert [batch.sha256 for batch in batches] == [hashlib.sha256(b.path.read_bytes()).digest() for b in batches]
    assert pl.concat([read_batch(batch) for batch in batches])["path"].to_list()[6] == b"DCIM/00007.jpg"


def test_hits_and_mentions_are_given_by_batch(scan, key):
    result = open_result(scan, [key.public])
    assert [path.name for path in result.hits()] == [f"hits-00000{n}.parquet" for n in (1, 2, 3)]
    assert len(list(result.mentions())) == 3


def test_a_result_is_known_by_the_digest_of_its_manifest(scan, key):
    assert open_result(scan, [key.public]).sha256 == hashlib.sha256((scan / MANIFEST).read_bytes()).hexdigest()


def test_an_altered_result_is_refused_with_every_fault(scan, key):
    (scan / "plan.json").unlink()
    (scan / "note.txt").touch()
    with pytest.raises(AlteredError) as refused:
        open_result(scan, [key.public])
    assert refused.value.faults == ("plan.json is missing", "note.txt does not belong here")


def test_a_foreign_signer_is_refused_unless_asked_for(scan, keys):
    write_manifest(scan, facts(3, 7), keys[1])
    with pytest.raises(UnknownSignerError, match=keys[1].public.fingerprint):
        open_result(scan, [keys[0].public])
    assert open_result(scan, [keys[0].public], even_unknown=True).standing == "unknown"


def test_an_unsigned_result_is_refused_unless_asked_for(scan, key):
    write_manifest(scan, facts(3, 7), None)
    with pytest.raises(UnknownSignerError, match="nobody"):
        open_result(scan, [key.public])
    assert open_result(scan, [], even_unknown=True).standing == "none"


def test_a_stopped_scan_is_refused_with_its_reason(scan, key):
    write_manifest(scan, facts(3, 7, end="stopped", why="the source was unplugged"), key)
    with pytest.raises(IncompleteError, match="unplugged"):
        open_result(scan, [key.public])
