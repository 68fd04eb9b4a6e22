"""Making a workspace."""

import os
import stat

import pytest

from kavalan.casework.workspace import WorkspaceError, configure, create_workspace, enter, scans_of


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


@pytest.mark.parametrize("way", [configure, enter])
def test_folder_that_is_no_workspace_is_named(tmp_path, way):
    with pytest.raises(WorkspaceError, match="not a workspace"):
        way(tmp_path)


def test_children_of_a_process_that_entered_are_in_the_workspace_too(tmp_path, monkeypatch):
    monkeypatch.setenv("KAVALAN_WORKSPACE", "elsewhere")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "kavalan.casework.settings")
    create_workspace(tmp_path / "w")
    before = os.umask(0o022)
    try:
        enter(tmp_path / "w")
        assert os.environ["KAVALAN_WORKSPACE"] == str(tmp_path / "w")
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)
