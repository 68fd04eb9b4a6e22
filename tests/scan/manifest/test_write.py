"""What stands in a manifest, and how it comes onto the disk."""

from __future__ import annotations

import hashlib
import json

import pytest
from tests.scan.made import facts, row, write_scan

from kavalan.scan.manifest import MANIFEST, SIGNATURE, ManifestError, read_manifest, write_manifest


def said(out):
    return json.loads((out / MANIFEST).read_bytes())


def test_every_file_of_the_result_is_named_with_size_and_digest(scan):
    wanted = {
        path.name: {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in scan.iterdir()
        if path.name not in {MANIFEST, SIGNATURE, "state.json"}
    }
    assert len(wanted) == 11
    assert said(scan)["files"] == wanted


def test_facts_of_the_scan_are_in_it(scan, key):
    manifest = said(scan)
    assert (manifest["examiner"], manifest["authority"]) == ("A. Examiner", "FIR 12/2026")
    assert manifest["started"] == "2026-11-21T10:00:00.000000Z"
    assert manifest["lists"][0]["sha256"] == "ab" * 32
    assert manifest["counts"]["items"] == 7
    assert manifest["signer"] == key.public.fingerprint


def test_a_folder_is_named_by_the_rows_that_lie_in_no_container(tmp_path):
    rows = [row(1), row(2, container=b"a.zip", path=b"a.zip/\0x"), row(3, error="may not be read")]
    batches = write_scan(tmp_path / "scan", rows, cut=2)
    source = write_manifest(tmp_path / "scan", facts(batches, 3), None).source
    text = b"DCIM/00001.jpg\x0010\0" + hashlib.sha256(b"1").hexdigest().encode()
    text += b"\0DCIM/00003.jpg\0\0!may not be read\0"
    assert source.sha256 == hashlib.sha256(text).hexdigest()
    assert (source.items, source.size) == (2, 10)


def test_a_file_is_named_by_its_own_digest(tmp_path):
    rows = [row(1, path=b"a.zip"), row(2, container=b"a.zip", path=b"a.zip/x")]
    batches = write_scan(tmp_path / "scan", rows)
    source = write_manifest(tmp_path / "scan", facts(batches, 2, source_kind="file"), None).source
    assert (source.sha256, source.items) == (hashlib.sha256(b"1").hexdigest(), 1)


def test_writing_it_again_gives_the_same_bytes(scan, key):
    before = (scan / MANIFEST).read_bytes(), (scan / SIGNATURE).read_bytes()
    write_manifest(scan, facts(3, 7), key)
    assert ((scan / MANIFEST).read_bytes(), (scan / SIGNATURE).read_bytes()) == before


def test_without_a_key_it_says_so_and_an_old_signature_goes(scan):
    write_manifest(scan, facts(3, 7), None)
    assert said(scan)["signer"] is None
    assert not (scan / SIGNATURE).exists()


def test_what_is_read_back_is_what_was_written(scan, key):
    assert read_manifest(scan / MANIFEST) == write_manifest(scan, facts(3, 7), key)


def test_a_link_in_the_folder_is_no_part_of_a_result(scan):
    (scan / "more.parquet").symlink_to("/etc/hostname")
    with pytest.raises(ManifestError, match=r"more\.parquet"):
        write_manifest(scan, facts(3, 7), None)
