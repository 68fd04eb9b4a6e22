"""`kavalan manifest`: exit codes and sentences; what is found is tested with `kavalan.scan.manifest`."""

from __future__ import annotations

import pytest
from tests.scan.made import facts, hit, row, write_scan

from kavalan.scan.manifest import new_key, open_key, write_manifest


@pytest.fixture
def key(tmp_path):
    new_key(tmp_path / "unit.key", b"word")
    opened = open_key(tmp_path / "unit.key", b"word")
    (tmp_path / "unit.pub").write_text(opened.public.pem)
    return opened


def made(out, key, rows=7, **more):
    batches = write_scan(out, [row(number) for number in range(1, rows + 1)], [hit(2)])
    write_manifest(out, facts(batches, rows, **more), key)
    return out


def test_a_result_of_a_trusted_key_ends_with_0(kavalan, tmp_path, key):
    made(tmp_path / "scan", key)
    done = kavalan("manifest", "verify", "scan", "--key", "unit.pub")
    assert done.returncode == 0
    assert "which you trust" in done.stdout
    assert "Nothing is altered: 11 files" in done.stdout


def test_an_altered_result_ends_with_1_and_the_name(kavalan, tmp_path, key):
    made(tmp_path / "scan", key)
    (tmp_path / "scan/hits-000001.parquet").unlink()
    done = kavalan("manifest", "verify", "scan", "--key", "unit.pub")
    assert done.returncode == 1
    assert "ALTERED: hits-000001.parquet is missing" in done.stdout


def test_no_manifest_ends_with_2(kavalan):
    done = kavalan("manifest", "verify", ".")
    assert done.returncode == 2
    assert "is this the folder of a scan" in done.stderr


def test_a_key_that_was_not_given_ends_with_3_and_its_fingerprint(kavalan, tmp_path, key):
    made(tmp_path / "scan", key)
    done = kavalan("manifest", "verify", "scan")
    assert done.returncode == 3
    assert key.public.spoken in done.stdout


def test_an_unsigned_result_ends_with_3(kavalan, tmp_path):
    made(tmp_path / "scan", None)
    done = kavalan("manifest", "verify", "scan")
    assert done.returncode == 3
    assert "UNSIGNED" in done.stdout


def test_a_stopped_scan_ends_with_3_and_its_reason(kavalan, tmp_path, key):
    made(tmp_path / "scan", key, end="stopped", why="the disk is full")
    done = kavalan("manifest", "verify", "scan", "--key", "unit.pub")
    assert done.returncode == 3
    assert "INCOMPLETE: the scan stopped: the disk is full" in done.stdout


def test_equal_scans_end_with_0_and_others_with_1(kavalan, tmp_path):
    for name, rows in (("first", 7), ("second", 7), ("third", 6)):
        made(tmp_path / name, None, rows)
    assert kavalan("manifest", "compare", "first", "second").stdout.endswith("IDENTICAL\n")
    done = kavalan("manifest", "compare", "first", "third")
    assert done.returncode == 1
    assert "DCIM/00007.jpg: only in the first" in done.stdout
