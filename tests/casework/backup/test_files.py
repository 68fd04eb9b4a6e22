"""Which files of a workspace are copied, and how lists are held still."""

import os
import threading

import pytest

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.files import pieces
from kavalan.casework.workspace import create_workspace, lists_of, scans_of
from kavalan.lists import Catalogue

from .conftest import add_list, entry


@pytest.fixture
def bare(tmp_path):
    create_workspace(tmp_path / "w")
    return tmp_path / "w"


def names(workspace, **options):
    return {piece.path for piece in pieces(workspace, **{"with_keys": False, **options})}


def test_everything_is_copied_but_the_database_evidence_keys_and_drafts(bare):
    left = ("desk.sqlite3", "desk.sqlite3-wal", "evidence/a.jpg", "keys/unit", "scans/x.partial/half", "scans/.d")
    of_the_vault = ("vault/lock", "vault/drafts/77.draft", "vault/register.sqlite3", "vault/register.sqlite3-journal")
    for name in (*left, *of_the_vault, "workers/host:1:77"):
        (bare / name).parent.mkdir(parents=True, exist_ok=True)
        (bare / name).write_text("not this")
    for name in ("scans/x/batch", "trusted-keys/a.pub", "vault/ab/blob", "later-room/file"):
        (bare / name).parent.mkdir(parents=True, exist_ok=True)
        (bare / name).write_text("this")
    assert names(bare) == {"scans/x/batch", "trusted-keys/a.pub", "vault/ab/blob", "later-room/file"}
    assert names(bare, with_keys=True) - names(bare) == {"secret-key", "keys/unit"}


def test_of_a_list_its_generation_in_force_is_copied_with_its_journal(bare):
    add_list(bare, "sample", 1)
    (lists_of(bare) / "sample" / "partial-77").mkdir()
    (lists_of(bare) / "sample" / "partial-77" / "half").write_text("")
    inside = {name.split("/", 2)[2] for name in names(bare)}
    assert {"CURRENT", "journal-1"} <= inside
    assert all(name.startswith(("CURRENT", "journal-1", "gen-1/")) for name in inside)


def test_a_list_may_be_changed_while_its_files_are_copied_and_is_copied_as_it_was(bare, tmp_path):
    catalogue = add_list(bare, "sample", 1, 2)
    for piece in pieces(bare, with_keys=False):
        if "journal" not in piece.path and catalogue.status("sample").entries == 2:
            changed = threading.Thread(target=change, args=(catalogue,))
            changed.start()
            changed.join(20)
            assert not changed.is_alive()
        to = tmp_path / "copy" / piece.path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(piece.stream.read(piece.size))
    assert catalogue.status("sample").entries == 3
    assert Catalogue(tmp_path / "copy" / "lists").status("sample").entries == 2


def change(catalogue):
    with catalogue.edit("sample") as editor:
        editor.add([entry(3)])


def test_a_file_that_is_gone_when_its_turn_comes_is_passed_over(bare):
    for name in ("a", "b", "c"):
        (scans_of(bare) / name).write_text(name)
    seen = []
    for piece in pieces(bare, with_keys=False):
        seen.append(piece.path)
        (scans_of(bare) / "b").unlink(missing_ok=True)
    assert seen == ["scans/a", "scans/c"]


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_cannot_be_copied_is_named(bare, kind):
    odd = scans_of(bare) / "odd"
    odd.symlink_to("/etc") if kind == "link" else os.mkfifo(odd)
    with pytest.raises(BackupError, match="odd is neither a file nor a folder"):
        names(bare)


def test_a_name_that_is_no_text_is_named(bare):
    (scans_of(bare) / os.fsdecode(b"caf\xe9")).write_text("")
    with pytest.raises(BackupError, match=r"caf\\xe9"):
        names(bare)
