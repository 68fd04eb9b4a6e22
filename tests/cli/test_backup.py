"""`kavalan backup`."""

import re

from tests.cli.desk import desk, kavalan


def test_a_backup_says_what_it_holds_and_what_not(tmp_path):
    workspace = desk(tmp_path / "w")
    done = kavalan("backup", tmp_path / "b", "--workspace", workspace)
    assert done.returncode == 0
    assert re.match(rf"{tmp_path}/b/complete/\S+\.json: ledger up to entry 2, 1 files, ", done.stdout)
    assert "Not in it: evidence, keys (--with-keys)" in done.stdout


def test_where_none_can_be_made_it_says_why(tmp_path):
    workspace = desk(tmp_path / "w")
    (tmp_path / "b").write_text("in the way")
    done = kavalan("backup", tmp_path / "b", "--workspace", workspace)
    assert (done.returncode, done.stdout, "kavalan: " in done.stderr) == (2, "", True)


def test_a_folder_that_is_no_workspace_is_named(tmp_path):
    done = kavalan("backup", tmp_path / "b", "--workspace", tmp_path)
    assert (done.returncode, "is not a workspace" in done.stderr) == (2, True)
