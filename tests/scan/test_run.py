"""A scan leaves the same rows whether it was interrupted or not."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from tests.pictures import write_clip, write_photo

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import ScanMismatchError, read_batch, scan_folder


@pytest.fixture(scope="module")
def fingerprinter():
    with Fingerprinter(workers=2) as entered:
        yield entered


@pytest.fixture
def source(tmp_path):
    root = tmp_path / "exhibit"
    (root / "DCIM").mkdir(parents=True)
    for number in range(5):
        write_photo(root / "DCIM" / f"IMG_{number}.jpg", 120 + number, 90)
    for number in range(6):
        (root / f"note {number}.txt").write_text(f"note {number}")
    write_clip(root / "clip.mp4", seconds=2)
    (root / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 100)
    (root / "link").symlink_to("clip.mp4")
    Path(os.fsdecode(os.fsencode(root) + b"/\xff.bin")).write_bytes(b"\0\1\2")
    return root


def rows(batches) -> pl.DataFrame:
    return pl.concat([read_batch(batch) for batch in batches])


def test_every_item_has_one_row_in_the_order_of_the_walk(source, tmp_path, fingerprinter):
    table = rows(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter, batch_rows=4))
    listed = subprocess.run(
        ["find", "-not", "-type", "d", "-printf", r"%P\0"], cwd=source, capture_output=True, check=True
    )
    assert sorted(table["path"]) == sorted(listed.stdout.split(b"\0")[:-1])
    assert table["path"].to_list() == sorted(table["path"], key=lambda path: path.split(b"/"))


def test_rows_carry_what_was_learned(source, tmp_path, fingerprinter):
    table = rows(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter))
    facts = {row["path"]: row for row in table.iter_rows(named=True)}
    note = facts[b"note 3.txt"]
    assert (note["kind"], note["size"], note["sha256"]) == ("text/plain", 6, hashlib.sha256(b"note 3").digest())
    assert len(facts[b"DCIM/IMG_0.jpg"]["pdq"]) == 32
    assert [round(frame["time"]) for frame in facts[b"clip.mp4"]["frames"]] == [0, 1]
    assert facts[b"broken.jpg"]["error"]
    assert (facts[b"link"]["sha256"], facts[b"link"]["error"]) == (None, "symbolic link, not followed")
    assert facts[b"\xff.bin"]["error"] is None


def test_batches_hold_the_rows_asked_for_and_their_digest(source, tmp_path, fingerprinter):
    batches = list(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter, batch_rows=4))
    assert [(batch.number, batch.rows) for batch in batches] == [(1, 4), (2, 4), (3, 4), (4, 3)]
    assert all(hashlib.sha256(batch.path.read_bytes()).digest() == batch.sha256 for batch in batches)


def test_resumed_scan_equals_an_uninterrupted_one(source, tmp_path, fingerprinter):
    whole = rows(scan_folder(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=3))
    for stop in range(1, 5):
        out = tmp_path / f"cut {stop}"
        interrupted = scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=3)
        for _ in range(stop):
            next(interrupted)
        interrupted.close()
        assert rows(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=3)).equals(whole)


def test_resumed_scan_does_not_read_finished_items_again(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    first = scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=4)
    next(first)
    first.close()
    again = []
    list(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=4, progress=again.append))
    assert again[-1].items == 15 - 4


def test_batch_that_was_being_written_is_written_anew(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    whole = rows(scan_folder(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=4))
    first = scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=4)
    next(first)
    first.close()
    (out / "batch-000002.partial").write_bytes(b"PAR1 half a batch")
    assert rows(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=4)).equals(whole)


def test_finished_scan_asked_for_again_yields_the_same_batches(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    first = list(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=5))
    assert list(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=5)) == first


KILLED = """
import sys
from pathlib import Path
from kavalan.fingerprint import Fingerprinter
from kavalan.scan import scan_folder
with Fingerprinter(workers=1) as fingerprinter:
    for batch in scan_folder(Path(sys.argv[1]), Path(sys.argv[2]), fingerprinter=fingerprinter, batch_rows=1):
        print(batch.number, flush=True)
"""


def test_scan_killed_at_any_moment_resumes_to_the_same_rows(source, tmp_path, fingerprinter):
    whole = rows(scan_folder(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=1))
    out = tmp_path / "killed"
    for delay in (0.02, 0.005, 0.05):
        with subprocess.Popen([sys.executable, "-c", KILLED, source, out], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
    assert rows(scan_folder(source, out, fingerprinter=fingerprinter, batch_rows=1)).equals(whole)


def test_scan_of_another_source_into_the_same_folder_is_refused(source, tmp_path, fingerprinter):
    list(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter))
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ScanMismatchError, match="holds another scan"):
        next(scan_folder(other, tmp_path / "out", fingerprinter=fingerprinter))


def test_scan_with_other_parameters_into_the_same_folder_is_refused(source, tmp_path, fingerprinter):
    list(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter))
    with Fingerprinter(workers=1, orient=True) as turned, pytest.raises(ScanMismatchError):
        next(scan_folder(source, tmp_path / "out", fingerprinter=turned))


def test_scan_never_writes_into_its_source(source, fingerprinter):
    with pytest.raises(ScanMismatchError, match="must not write into its source"):
        next(scan_folder(source, source / "out", fingerprinter=fingerprinter))


def test_empty_folder_has_no_batches(tmp_path, fingerprinter):
    (tmp_path / "empty").mkdir()
    assert list(scan_folder(tmp_path / "empty", tmp_path / "out", fingerprinter=fingerprinter)) == []


def test_progress_counts_items_and_what_could_not_be_read(source, tmp_path, fingerprinter):
    told = []
    list(scan_folder(source, tmp_path / "out", fingerprinter=fingerprinter, progress=told.append))
    assert (told[-1].items, told[-1].unread) == (15, 2)
    assert told[-1].size == sum(
        path.stat().st_size for path in source.rglob("*") if path.is_file() and not path.is_symlink()
    )
