"""A scan leaves the same rows whether it was interrupted or not."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest
from tests.pictures import write_clip, write_photo

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import ScanMismatchError, read_batch, scan_source
from kavalan.sources import SourceLimits, open_source


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


def scan(root, out, limits=None, **options):
    with open_source(root, limits=limits) as source:
        yield from scan_source(source, out, **options)


def rows(batches) -> pl.DataFrame:
    return pl.concat([read_batch(batch) for batch in batches])


def test_every_item_has_one_row_in_the_order_of_the_walk(source, tmp_path, fingerprinter):
    table = rows(scan(source, tmp_path / "out", fingerprinter=fingerprinter, batch_rows=4))
    listed = subprocess.run(
        ["find", "-not", "-type", "d", "-printf", r"%P\0"], cwd=source, capture_output=True, check=True
    )
    assert sorted(table["path"]) == sorted(listed.stdout.split(b"\0")[:-1])
    assert table["path"].to_list() == sorted(table["path"], key=lambda path: path.split(b"/"))


def test_rows_carry_what_was_learned(source, tmp_path, fingerprinter):
    table = rows(scan(source, tmp_path / "out", fingerprinter=fingerprinter))
    facts = {row["path"]: row for row in table.iter_rows(named=True)}
    note = facts[b"note 3.txt"]
    assert (note["kind"], note["size"], note["sha256"]) == ("text/plain", 6, hashlib.sha256(b"note 3").digest())
    assert len(facts[b"DCIM/IMG_0.jpg"]["pdq"]) == 32
    assert [round(frame["time"]) for frame in facts[b"clip.mp4"]["frames"]] == [0, 1]
    assert facts[b"broken.jpg"]["error"]
    assert (facts[b"link"]["sha256"], facts[b"link"]["error"]) == (None, "symbolic link, not followed")
    assert facts[b"\xff.bin"]["error"] is None


def test_batches_hold_the_rows_asked_for_and_their_digest(source, tmp_path, fingerprinter):
    batches = list(scan(source, tmp_path / "out", fingerprinter=fingerprinter, batch_rows=4))
    assert [(batch.number, batch.rows) for batch in batches] == [(1, 4), (2, 4), (3, 4), (4, 3)]
    assert all(hashlib.sha256(batch.path.read_bytes()).digest() == batch.sha256 for batch in batches)


def test_resumed_scan_equals_an_uninterrupted_one(source, tmp_path, fingerprinter):
    whole = rows(scan(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=3))
    for stop in range(1, 5):
        out = tmp_path / f"cut {stop}"
        interrupted = scan(source, out, fingerprinter=fingerprinter, batch_rows=3)
        for _ in range(stop):
            next(interrupted)
        interrupted.close()
        assert rows(scan(source, out, fingerprinter=fingerprinter, batch_rows=3)).equals(whole)


def test_resumed_scan_does_not_read_finished_items_again(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    first = scan(source, out, fingerprinter=fingerprinter, batch_rows=4)
    next(first)
    first.close()
    again = []
    list(scan(source, out, fingerprinter=fingerprinter, batch_rows=4, progress=again.append))
    assert again[-1].items == 15 - 4


def test_batch_that_was_being_written_is_written_anew(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    whole = rows(scan(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=4))
    first = scan(source, out, fingerprinter=fingerprinter, batch_rows=4)
    next(first)
    first.close()
    (out / "batch-000002.partial").write_bytes(b"PAR1 half a batch")
    assert rows(scan(source, out, fingerprinter=fingerprinter, batch_rows=4)).equals(whole)


def test_finished_scan_asked_for_again_yields_the_same_batches(source, tmp_path, fingerprinter):
    out = tmp_path / "out"
    first = list(scan(source, out, fingerprinter=fingerprinter, batch_rows=5))
    assert list(scan(source, out, fingerprinter=fingerprinter, batch_rows=5)) == first


KILLED = """
import sys
import tarfile
from pathlib import Path
from kavalan.fingerprint import Fingerprinter
from kavalan.scan import scan_source
from kavalan.sources import open_source
with Fingerprinter(workers=1) as fingerprinter, open_source(Path(sys.argv[1])) as source:
    for batch in scan_source(source, Path(sys.argv[2]), fingerprinter=fingerprinter, batch_rows=1):
        print(batch.number, flush=True)
"""


def test_scan_killed_at_any_moment_resumes_to_the_same_rows(source, tmp_path, fingerprinter):
    whole = rows(scan(source, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=1))
    out = tmp_path / "killed"
    for delay in (0.02, 0.005, 0.05):
        with subprocess.Popen([sys.executable, "-c", KILLED, source, out], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
    assert rows(scan(source, out, fingerprinter=fingerprinter, batch_rows=1)).equals(whole)


def test_scan_of_another_source_into_the_same_folder_is_refused(source, tmp_path, fingerprinter):
    list(scan(source, tmp_path / "out", fingerprinter=fingerprinter))
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ScanMismatchError, match="holds another scan"):
        next(scan(other, tmp_path / "out", fingerprinter=fingerprinter))


def test_scan_with_other_parameters_into_the_same_folder_is_refused(source, tmp_path, fingerprinter):
    list(scan(source, tmp_path / "out", fingerprinter=fingerprinter))
    with Fingerprinter(workers=1, orient=True) as turned, pytest.raises(ScanMismatchError):
        next(scan(source, tmp_path / "out", fingerprinter=turned))


def test_scan_never_writes_into_its_source(source, fingerprinter):
    with pytest.raises(ScanMismatchError, match="must not write into its source"):
        next(scan(source, source / "out", fingerprinter=fingerprinter))


def test_empty_folder_has_no_batches(tmp_path, fingerprinter):
    (tmp_path / "empty").mkdir()
    assert list(scan(tmp_path / "empty", tmp_path / "out", fingerprinter=fingerprinter)) == []


def test_progress_counts_items_and_what_could_not_be_read(source, tmp_path, fingerprinter):
    told = []
    list(scan(source, tmp_path / "out", fingerprinter=fingerprinter, progress=told.append))
    assert (told[-1].items, told[-1].unread) == (15, 2)
    assert told[-1].size == sum(
        path.stat().st_size for path in source.rglob("*") if path.is_file() and not path.is_symlink()
    )


@pytest.fixture
def packed(source, tmp_path):
    """The same files in archives inside one another, one of them cut short."""
    exhibit = tmp_path / "packed"
    exhibit.mkdir()
    with zipfile.ZipFile(exhibit / "phone.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name.isascii() and path.name.isprintable():
                archive.write(path, path.relative_to(source))
    with tarfile.open(exhibit / "nested.tar.gz", "w:gz") as archive:
        archive.add(exhibit / "phone.zip", "phone.zip")
        archive.add(source, "tree")
    (exhibit / "cut.zip").write_bytes((exhibit / "phone.zip").read_bytes()[:5000])
    (exhibit / "note").write_bytes(b"beside")
    return exhibit


def test_archives_are_scanned_like_folders(source, packed, tmp_path, fingerprinter):
    alone = {row["path"]: row for row in rows(scan(source, tmp_path / "1", fingerprinter=fingerprinter)).to_dicts()}
    table = rows(scan(packed / "phone.zip", tmp_path / "2", fingerprinter=fingerprinter))
    first, *found = table.to_dicts()
    assert (first["path"], first["kind"], first["container"]) == (b"phone.zip", "application/zip", None)
    for row in found:
        name = row["path"].removeprefix(b"phone.zip\0/")
        same = ("kind", "size", "md5", "sha1", "sha256", "pdq", "pdq_quality", "frames", "error", "state")
        assert {key: row[key] for key in same} == {key: alone[name][key] for key in same}
        assert (row["container"], row["stored_agrees"], row["stored"][:7]) == (b"phone.zip", True, "crc-32 ")
    assert len(found) == len(alone) - 2  # the link and the name that is not text


def test_resumed_scan_of_archives_equals_an_uninterrupted_one(packed, tmp_path, fingerprinter):
    whole = rows(scan(packed, tmp_path / "whole", fingerprinter=fingerprinter, batch_rows=5))
    count = len(list((tmp_path / "whole").glob("*.parquet")))
    for stop in range(1, count):
        out = tmp_path / f"cut {stop}"
        interrupted = scan(packed, out, fingerprinter=fingerprinter, batch_rows=5)
        for _ in range(stop):
            next(interrupted)
        interrupted.close()
        assert rows(scan(packed, out, fingerprinter=fingerprinter, batch_rows=5)).equals(whole)


def test_checksum_that_differs_is_a_row_with_the_reason(tmp_path, fingerprinter):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"as it was")
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"as it was", b"as it is!"))
    _, row = rows(scan(tmp_path / "a.zip", tmp_path / "out", fingerprinter=fingerprinter)).to_dicts()
    assert (row["stored_agrees"], row["sha256"]) == (False, hashlib.sha256(b"as it is!").digest())
    assert row["error"].startswith("its archive keeps crc-32 ")


def test_what_could_not_be_read_of_an_archive_is_a_row(packed, tmp_path, fingerprinter):
    table = rows(scan(packed / "cut.zip", tmp_path / "out", fingerprinter=fingerprinter))
    last = table.to_dicts()[-1]
    assert (last["path"], last["sha256"], last["state"]) == (b"cut.zip\0!", None, "unknown")
    assert last["error"].startswith("no directory at its end")


def test_scan_with_other_limits_into_the_same_folder_is_refused(packed, tmp_path, fingerprinter):
    list(scan(packed, tmp_path / "out", fingerprinter=fingerprinter))
    with pytest.raises(ScanMismatchError, match="holds another scan"):
        next(scan(packed, tmp_path / "out", limits=SourceLimits(depth=1), fingerprinter=fingerprinter))
