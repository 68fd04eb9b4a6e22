"""`kavalan scan --reproduce`: the same rows again, or what differs."""

from __future__ import annotations

import hashlib
import os

import pytest
from tests.pictures import write_photo

WHO = ("--authority", "FIR 12/2026", "--examiner", "A. Examiner")


@pytest.fixture
def exhibit(tmp_path):
    """A folder with a picture that is listed and a text."""
    (tmp_path / "exhibit/DCIM").mkdir(parents=True)
    write_photo(tmp_path / "exhibit/DCIM/photo.jpg")
    (tmp_path / "exhibit/note.txt").write_text("a note\n")
    return tmp_path / "exhibit"


@pytest.fixture
def scanned(kavalan, exhibit, tmp_path):
    """A signed scan of it against one list, with what is needed to repeat it."""
    sha256 = hashlib.sha256((exhibit / "DCIM/photo.jpg").read_bytes()).hexdigest()
    (tmp_path / "known.txt").write_text(f"{sha256}\n")
    face = ("--name", "known", "--owner", "We", "--version", "1")
    assert kavalan("lists", "add", "known.txt", "--format", "lines", *face).returncode == 0
    (tmp_path / "word").write_text("correct horse\n")
    assert kavalan("keys", "new", "unit.key", "--passphrase-file", "word").returncode == 0
    signed = ("--key", "unit.key", "--passphrase-file", "word")
    done = kavalan("scan", "exhibit", "--out", "first", "--lists", "known", *WHO, *signed)
    assert done.returncode == 0, done.stderr
    return kavalan


def test_a_finished_scan_verifies_with_its_key(scanned):
    done = scanned("manifest", "verify", "first", "--key", "unit.key.pub")
    assert (done.returncode, "Nothing is altered" in done.stdout) == (0, True), done.stdout


def test_the_same_source_gives_the_same_rows(scanned):
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "items: 2 rows, all the same\nhits: 1 rows, all the same\n" in done.stdout
    assert done.stdout.endswith("IDENTICAL\n")
    assert "UNSIGNED" in done.stderr


def test_a_source_that_lies_elsewhere_now_may_be_named(scanned, exhibit):
    exhibit.rename(exhibit.with_name("moved"))
    done = scanned("scan", "moved", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_bit_of_the_source_is_found(scanned, exhibit):
    path = exhibit / "note.txt"
    before = path.stat()
    path.write_text("a notf\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 1
    assert "note.txt: sha256 was " in done.stdout
    assert done.stdout.endswith("DIFFERENT\n")


def test_a_changed_list_is_refused_unless_even_so(scanned, exhibit):
    sha256 = hashlib.sha256((exhibit / "DCIM/photo.jpg").read_bytes()).hexdigest()
    scanned("lists", "withdraw", "known", sha256)
    refused = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert refused.returncode == 2
    assert "the list known was version 1 in state gen-1+0" in refused.stderr
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second", "--even-so")
    assert done.returncode == 1
    assert "1 only in the first" in done.stdout


def test_a_list_that_is_gone_is_named(scanned):
    scanned("lists", "remove", "known", "--yes")
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 2
    assert "the list known is not there" in done.stderr


def test_an_altered_scan_is_not_repeated(scanned, tmp_path):
    (tmp_path / "first/summary.json").write_text("{}")
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 2
    assert "summary.json is altered" in done.stderr


def test_other_tools_are_named_and_refused(scanned, monkeypatch):
    from kavalan.scan import tools

    held = tools.tools()
    monkeypatch.setattr(tools, "tools", lambda: held | {"pyav": "1.2.3"})
    done = scanned("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 2
    assert f"pyav was {held['pyav']} and is 1.2.3" in done.stderr


def test_a_triage_is_repeated_from_where_it_counted(kavalan, exhibit):
    assert kavalan("scan", "exhibit", "--out", "first", "--profile", "triage", *WHO).returncode == 0
    done = kavalan("scan", "--reproduce", "first/manifest.json", "--out", "second")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "triage" not in done.stdout


@pytest.mark.parametrize("arguments", [("exhibit",), ("exhibit", *WHO[:2]), WHO])
def test_without_a_manifest_source_authority_and_examiner_are_needed(kavalan, exhibit, arguments):
    done = kavalan("scan", "--out", "first", *arguments)
    assert done.returncode == 2
    assert "unless --reproduce says" in done.stderr
