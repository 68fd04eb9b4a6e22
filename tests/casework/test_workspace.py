"""Making a workspace."""

import stat

import pytest

from kavalan.casework.workspace import WorkspaceError, configure, create_workspace, scans_of


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_workspace_is_for_its_user_alone(tmp_path):
    path = tmp_path / "deep" / "workspace"
    create_workspace(path)
    assert (mode(path), mode(path / "secret-key"), mode(scans_of(path))) == (0o700, 0o600, 0o700)


def test_each_workspace_has_a_long_key_of_its_own(tmp_path):
    keys = set()
    for name in ("one", "two"):
        create_workspace(tmp_path / name)
        keys.add((tmp_path / name / "secret-key").read_text())
    assert len(keys) == 2
    assert min(map(len, keys)) > 50


def test_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(WorkspaceError, match="not empty"):
        create_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_folder_that_is_no_workspace_is_named(tmp_path):
    with pytest.raises(WorkspaceError, match="not a workspace"):
        configure(tmp_path)
