"""`kavalan search`."""

from tests.cli.desk import desk, kavalan


def test_all_that_is_searched_is_made_anew_with_lines_of_how_far_it_is(tmp_path):
    workspace = desk(tmp_path / "w")
    done = kavalan("search", "rebuild", "--workspace", workspace)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first == "Cases: 0 of 0 done"
    assert last.startswith("All is made anew, from 0 things")
