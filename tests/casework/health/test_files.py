"""Faults of a workspace's files, each made and found."""

import fcntl
import os
import stat
import subprocess
import time

import pytest

from kavalan.casework.health import files
from kavalan.casework.workspace import backups_of, create_workspace, lists_of, scans_of, trusted_keys_of
from kavalan.ledger import keys


@pytest.fixture
def bare(tmp_path):
    create_workspace(tmp_path / "w")
    return tmp_path / "w"


def faults(look):
    return [finding for finding in look if finding.cure]


def cure(look):
    (fault,) = faults(look)
    return fault


def test_a_new_workspace_has_none(bare, settings):
    settings.KAVALAN_EVIDENCE = (bare / "evidence",)
    looks = [files.rights(bare), files.leftovers(bare), files.trusted_keys(bare), files.evidence()]
    assert [fault for look in looks for fault in faults(look)] == []


@pytest.mark.parametrize("name", [".", "secret-key", "scans", "keys/unit"])
@pytest.mark.parametrize("mode", [0o040, 0o004])
def test_what_others_may_read_is_named_with_the_command_that_closes_it(bare, name, mode):
    (bare / "keys").mkdir(mode=0o700)
    (bare / "keys" / "unit").touch(0o600)
    path = bare / name
    path.chmod(stat.S_IMODE(path.stat().st_mode) | mode)
    assert cure(files.rights(bare)).cure == f"chmod go= {path}"


def test_what_belongs_to_another_user_is_named(bare):
    if os.geteuid() != 0:
        pytest.skip("only root gives a file away")
    os.chown(bare / "secret-key", 65534, -1)
    assert "belongs to the user 65534" in cure(files.rights(bare)).text


def test_an_empty_secret_key_is_named(bare):
    (bare / "secret-key").write_text("")
    assert "empty or cut" in cure(files.rights(bare)).text


@pytest.mark.parametrize(("free", "slots", "expected"), [(1 << 20, 10**6, "GiB free"), (1 << 40, 12, "12 more files")])
def test_a_full_disk_is_named(bare, monkeypatch, free, slots, expected):
    class Full:
        f_bavail, f_frsize, f_files, f_favail = free, 1, 10**7, slots

    monkeypatch.setattr(os, "statvfs", lambda path: Full)
    assert expected in cure(files.space(bare)).text


def aged(path, days):
    then = time.time() - days * 24 * 60 * 60
    os.utime(path, (then, then))


@pytest.mark.parametrize(("days", "count"), [(0.5, 0), (2, 1)])
def test_the_draft_of_a_scan_is_named_when_nobody_has_written_it_for_a_day(bare, days, count):
    draft = scans_of(bare) / "77aa.partial"
    draft.mkdir()
    aged(draft, days)
    assert len(faults(files.leftovers(bare))) == count


def test_the_draft_of_a_restoration_is_named(bare, tmp_path):
    draft = tmp_path / ".w.partial-77"
    draft.mkdir()
    aged(draft, 2)
    assert cure(files.leftovers(bare)).cure == f"rm -r {draft}"


def test_the_draft_of_a_backup_is_named_unless_one_is_being_made(bare):

    backups_of(bare).mkdir()
    (backups_of(bare) / "partial-77").write_text("half")
    handle = os.open(backups_of(bare) / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert faults(files.leftovers(bare)) == []
    os.close(handle)
    assert "partial-77" in cure(files.leftovers(bare)).text


def test_the_draft_of_a_list_is_named_unless_it_is_being_compiled(bare):

    draft = lists_of(bare) / "sample" / "partial-77"
    draft.mkdir(parents=True)
    handle = os.open(f"{draft}.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert faults(files.leftovers(bare)) == []
    os.close(handle)
    assert cure(files.leftovers(bare)).cure == f"rm -r {draft}"


def test_cures_that_are_commands_help(tmp_path):
    path = tmp_path / "a desk"
    create_workspace(path)
    for draft in (
        scans_of(path) / "77aa.partial",
        lists_of(path) / "sample" / "partial-77",
        backups_of(path) / "partial-7",
    ):
        draft.mkdir(parents=True)
        (draft / "half").write_text("half")
        aged(draft / "half", 2), aged(draft, 2)
    (path / "secret-key").chmod(0o644)
    backups_of(path).chmod(0o700)
    told = [*faults(files.rights(path)), *faults(files.leftovers(path))]
    assert len(told) == 4
    for fault in told:
        subprocess.run(["sh", "-c", fault.cure], check=True)
    assert [*faults(files.rights(path)), *faults(files.leftovers(path))] == []


def test_a_trusted_key_that_is_none_is_named(bare, tmp_path):
    key = keys.new_key(tmp_path / "key", b"three grey herons")
    (trusted_keys_of(bare) / "good.pub").write_text(key.pem)
    (trusted_keys_of(bare) / "bad.pub").write_text("no key")
    assert "bad.pub" in cure(files.trusted_keys(bare)).text


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_folder_of_evidence_that_cannot_be_read_is_named(bare, settings, tmp_path, kind):
    root = tmp_path / "disk that is not plugged in"
    if kind == "file":
        root.write_text("")
    settings.KAVALAN_EVIDENCE = (bare / "evidence", root)
    assert str(root) in cure(files.evidence()).text
