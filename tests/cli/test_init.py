"""`kavalan init`."""

from tests.cli.desk import kavalan


def test_a_workspace_is_made_with_its_database_and_what_comes_next_is_said(tmp_path):
    done = kavalan("init", tmp_path / "w")
    assert done.returncode == 0
    assert {"secret-key", "desk.sqlite3", "evidence", "lists"} <= {path.name for path in (tmp_path / "w").iterdir()}
    assert f"kavalan user add --workspace {tmp_path / 'w'}" in done.stdout
    assert f"kavalan serve --workspace {tmp_path / 'w'}" in done.stdout


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    done = kavalan("init", tmp_path)
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
