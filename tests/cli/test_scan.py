"""`kavalan scan`: how it ends, what it tells while it goes on, and how it is stopped and resumed."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys

import pytest
from tests.pictures import write_photo

AUTHORITY = ["--authority", "FIR 1/2026", "--examiner", "A. Examiner"]


@pytest.fixture
def exhibit(tmp_path):
    root = tmp_path / "exhibit"
    (root / "DCIM").mkdir(parents=True)
    write_photo(root / "DCIM" / "a.jpg", 120, 90)
    (root / "note.txt").write_text("note")
    return root


@pytest.fixture
def listed(kavalan, exhibit, tmp_path):
    """A list that holds the note by MD5."""
    md5 = hashlib.md5(b"note", usedforsecurity=False).hexdigest()
    (tmp_path / "list.csv").write_text(f"md5,code\n{md5},A\n")
    face = ["--name", "mine", "--owner", "We", "--version", "1", "--scheme", "mine/1"]
    kavalan("lists", "add", "list.csv", "--column", "md5=md5", "--column", "category=code", *face)
    return kavalan


def test_everything_read_ends_with_0_and_leaves_every_result(listed, tmp_path):
    done = listed("scan", "exhibit", "--out", "out", "--lists", "mine", *AUTHORITY)
    assert done.returncode == 0
    assert "identical: 0, MD5 only: 1, near: 0" in done.stdout
    present = {path.name for path in (tmp_path / "out").iterdir()}
    assert present >= {
        "batch-000001.parquet",
        "hits-000001.parquet",
        "items.parquet",
        "hits.parquet",
        "stacks.parquet",
        "unread.parquet",
        "hits.vics.json",
        "summary.json",
        "report.html",
        "manifest.json",
        "plan.json",
        "state.json",
    }
    assert not [name for name in present if name.endswith(".partial")]


def test_what_could_not_be_read_ends_with_1(kavalan, exhibit):
    (exhibit / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    done = kavalan("scan", "exhibit", "--out", "out", *AUTHORITY)
    assert (done.returncode, "not wholly read: 1" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone", "--out", "out", *AUTHORITY], "does not exist"),
        (["exhibit", "--out", "exhibit/out", *AUTHORITY], "must not write into its source"),
        (["exhibit", "--out", "out", "--authority", " ", "--examiner", "A"], "the authority is missing"),
        (["exhibit", "--out", "out", "--lists", "absent", *AUTHORITY], "no directory of lists"),
        (["exhibit", "--out", "out", "--seen-before", "nowhere", *AUTHORITY], "holds no scan"),
        (["exhibit", "--out", "out", "--key", "no.key", "--passphrase-file", "exhibit/note.txt", *AUTHORITY], "no.key"),
        (["exhibit", "--out", "out"], "--authority"),
    ],
)
def test_what_cannot_be_begun_ends_with_2_and_the_reason(kavalan, exhibit, arguments, said):
    done = kavalan("scan", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", "")


def test_folder_of_another_scan_is_refused_and_named(kavalan, exhibit):
    kavalan("scan", "exhibit", "--out", "out", *AUTHORITY)
    done = kavalan("scan", "exhibit", "--out", "out", "--authority", "FIR 2/2026", "--examiner", "A. Examiner")
    assert (done.returncode, "of it differ: authority" in done.stderr) == (2, True)


def test_folder_with_other_things_in_it_is_refused(kavalan, exhibit, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("not of a scan")
    done = kavalan("scan", "exhibit", "--out", "out", *AUTHORITY)
    assert (done.returncode, "letter.txt" in done.stderr) == (2, True)


def test_lapsed_list_ends_with_2(listed, tmp_path):
    agreed = ["--agreement", "MoU 1", "--purpose", "triage", "--until", "2020-01-01"]
    face = ["--name", "old", "--owner", "We", "--version", "1", "--column", "md5=md5"]
    listed("lists", "add", "list.csv", *face, *agreed)
    done = listed("scan", "exhibit", "--out", "out", "--lists", "old", *AUTHORITY)
    assert (done.returncode, "MoU 1 ended" in done.stderr) == (2, True)
    assert not (tmp_path / "out" / "plan.json").exists()


def test_a_signal_stops_the_scan_with_3_and_the_same_command_goes_on(kavalan, exhibit, tmp_path):
    for number in range(3000):
        (exhibit / f"{number}.txt").write_text(str(number))
    command = [sys.executable, "-m", "kavalan", "scan", "exhibit", "--out", "out", *AUTHORITY, "--progress", "json"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        while not (tmp_path / "out" / "batch-000001.parquet").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate()
    assert process.returncode == 3
    assert "the same command goes on from here" in said
    state = json.loads((tmp_path / "out" / "state.json").read_text())
    assert (state["state"], state["why"]) == ("stopped", "it was asked to stop")
    assert (tmp_path / "out" / "report.html").exists()
    assert kavalan("scan", "exhibit", "--out", "out", *AUTHORITY).returncode == 0
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
    assert counts["items"] == 3002


def test_internal_error_ends_with_4(kavalan, exhibit, monkeypatch):
    from kavalan.scan import results

    def wrong(out, facts):
        raise ZeroDivisionError("a mistake")

    monkeypatch.setattr(results, "write_results", wrong)
    done = kavalan("scan", "exhibit", "--out", "out", *AUTHORITY)
    assert (done.returncode, "internal error: ZeroDivisionError" in done.stderr) == (4, True)


def test_contents_of_an_earlier_scan_are_counted(kavalan, exhibit):
    kavalan("scan", "exhibit", "--out", "one", *AUTHORITY)
    (exhibit / "new.txt").write_text("new")
    done = kavalan("scan", "exhibit", "--out", "two", "--seen-before", "one", *AUTHORITY)
    assert (done.returncode, "seen before: 2" in done.stdout) == (0, True)


def test_manifest_is_signed_with_the_key(kavalan, exhibit, tmp_path):
    (tmp_path / "pass").write_text("correct horse battery\n")
    kavalan("keys", "new", "my.key", "--passphrase-file", "pass")
    done = kavalan("scan", "exhibit", "--out", "out", "--key", "my.key", "--passphrase-file", "pass", *AUTHORITY)
    assert done.returncode == 0
    assert (tmp_path / "out" / "manifest.sig").exists()


def test_signed_result_that_is_only_looked_at_again_is_not_called_unsigned(kavalan, exhibit, tmp_path):
    (tmp_path / "pass").write_text("correct horse battery\n")
    kavalan("keys", "new", "my.key", "--passphrase-file", "pass")
    kavalan("scan", "exhibit", "--out", "out", "--key", "my.key", "--passphrase-file", "pass", *AUTHORITY)
    again = kavalan("scan", "exhibit", "--out", "out", *AUTHORITY)
    assert (again.returncode, "UNSIGNED" in again.stderr) == (0, False)
