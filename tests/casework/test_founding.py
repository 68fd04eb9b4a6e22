"""What of a workspace is missing is made; the whole is made by `kavalan init` (`tests/cli/test_init.py`)."""

import shutil

import pytest

from kavalan.casework import founding, keys
from kavalan.casework.founding import found_missing, found_workspace
from kavalan.casework.keys import KeysError
from kavalan.casework.workspace import WorkspaceError, vault_of
from kavalan.vault import Ceremony, is_media_free

from .conftest import PASSPHRASE


def proved():
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    return ceremony


def never():
    pytest.fail("no recovery key is needed")


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """scrypt at its least."""
    monkeypatch.setattr(Ceremony.found, "__defaults__", (1,))
    monkeypatch.setattr(keys.found, "__defaults__", (1,))


def test_keys_and_vault_of_an_early_workspace_are_made(workspace):
    found_missing(workspace, lambda new: PASSPHRASE if new else None, proved, media_free=True)
    assert is_media_free(vault_of(workspace), keys.unlock(workspace, PASSPHRASE).vault)


def test_vault_is_made_where_only_it_is_missing(unlocked, workspace):
    shutil.rmtree(vault_of(workspace))
    found_missing(workspace, lambda new: None if new else PASSPHRASE, never, media_free=False)
    assert not is_media_free(vault_of(workspace), unlocked.vault)


def test_what_is_there_is_not_made_again(unlocked, workspace):
    with pytest.raises(KeysError, match="already"):
        found_missing(workspace, lambda new: PASSPHRASE, never, media_free=False)


def test_vault_whose_keys_are_lost_gets_no_others(unlocked, workspace):
    shutil.rmtree(keys.keys_of(workspace))
    with pytest.raises(KeysError, match="restore `keys`"):
        found_missing(workspace, lambda new: PASSPHRASE, never, media_free=False)


def test_founding_that_is_broken_off_leaves_nothing(tmp_path, monkeypatch):
    def broken(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(founding, "configure", broken)
    with pytest.raises(KeyboardInterrupt):
        found_workspace(tmp_path / "w", PASSPHRASE, proved())
    assert list((tmp_path / "w").iterdir()) == []


def test_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter").write_text("mine")
    with pytest.raises(WorkspaceError, match="not empty"):
        found_workspace(tmp_path, PASSPHRASE, proved())
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]
