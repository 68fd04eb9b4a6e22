"""`kavalan migrate`; what it does is in tests/casework/test_upgrade.py."""

from tests.cli.desk import desk, kavalan


def test_a_database_of_this_version_is_left_as_it_is(tmp_path):
    workspace = desk(tmp_path / "w")
    done = kavalan("migrate", "--workspace", workspace)
    assert (done.returncode, done.stdout, (workspace / "backups").exists()) == (0, "", False)
