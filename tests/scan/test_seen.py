"""Contents of earlier scans are marked, and not decoded again where what decoded them is the same."""

from __future__ import annotations

import json

import polars as pl
import pytest
from tests.pictures import landscape
from tests.scan.scans import after, items, make_lists, make_source, scan

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import RefusedError


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make_source(tmp_path_factory.mktemp("source") / "exhibit")


@pytest.fixture(scope="module")
def earlier(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("earlier") / "out"
    scan(source, out)
    return out


@pytest.fixture
def decodes(monkeypatch):
    """What the decoders of a scan were asked although an earlier scan was named."""
    missed = []
    real = Fingerprinter.read

    def read(self, given, known=None):
        def ask(sha256):
            answer = known(sha256)
            if answer is None:
                missed.append(sha256)
            return answer

        return real(self, given, ask)

    monkeypatch.setattr(Fingerprinter, "read", read)
    return missed


def test_rows_are_those_of_a_scan_without_except_for_the_mark(source, earlier, tmp_path, decodes):
    landscape(90, 120, seed=9).save(source / "new.png")
    try:
        facts = scan(source, tmp_path / "out", seen_before=(earlier,))
        scan(source, tmp_path / "plain")
    finally:
        (source / "new.png").unlink()
    table, plain = items(tmp_path / "out"), items(tmp_path / "plain")
    assert table.drop("seen_before", "accessed").equals(plain.drop("seen_before", "accessed"))
    expected = [row["sha256"] is not None and row["path"] != b"new.png" for row in plain.to_dicts()]
    assert table["seen_before"].to_list() == expected
    assert facts.counts.seen_before == sum(expected)
    assert facts.seen_before[0].reused
    assert not (tmp_path / "out" / "seen").exists()


def test_only_what_is_new_or_was_not_read_well_is_decoded(source, earlier, tmp_path, decodes):
    scan(source, tmp_path / "out", seen_before=(earlier,))
    table = items(tmp_path / "out")
    broken = table.filter(pl.col("error").is_not_null())["sha256"].to_list()
    assert set(decodes) <= set(broken)


def test_hits_are_asked_anew(source, earlier, tmp_path):
    catalogue = make_lists(tmp_path / "lists", source)
    with_it = scan(source, tmp_path / "with", catalogue, seen_before=(earlier,)).counts
    without = scan(source, tmp_path / "without", catalogue).counts
    assert (with_it.identical, with_it.near, with_it.md5_only) == (without.identical, without.near, without.md5_only)


def test_a_scan_by_other_tools_only_marks(source, earlier, tmp_path, decodes):
    plan = json.loads((earlier / "plan.json").read_bytes())
    plan["asked"]["tools"]["libheif"] = "0.0.1"
    other = tmp_path / "other"
    other.mkdir()
    for path in earlier.glob("batch-*"):
        (other / path.name).write_bytes(path.read_bytes())
    (other / "plan.json").write_text(json.dumps(plan))
    facts = scan(source, tmp_path / "out", seen_before=(other,))
    pictures = set(items(earlier).filter(pl.col("pdq").is_not_null())["sha256"])
    assert not facts.seen_before[0].reused
    assert pictures <= set(decodes)
    assert facts.counts.seen_before == items(earlier)["sha256"].count()


def test_earlier_scan_that_was_changed_is_refused_when_the_scan_goes_on(source, earlier, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in earlier.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    scan(source, tmp_path / "out", seen_before=(copy,), stopping=after(3))
    items(earlier).head(2).write_parquet(copy / "batch-000001.parquet")
    with pytest.raises(RefusedError, match="not what it was"):
        scan(source, tmp_path / "out", seen_before=(copy,))
