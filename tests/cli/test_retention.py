"""`kavalan retention`."""

import re

from tests.cli.desk import desk, kavalan


def test_the_desk_is_told_of_backups_once_and_says_what_falls_due(tmp_path):
    workspace = desk(tmp_path / "w")
    assert kavalan("backup", tmp_path / "b", "--workspace", workspace).returncode == 0
    told = [kavalan("retention", "backups", tmp_path / "b", "--workspace", workspace).stdout for _ in range(2)]
    assert told == ["1 told to the desk, 0 known already\n", "0 told to the desk, 1 known already\n"]
    due = kavalan("retention", "due", "--workspace", workspace)
    assert re.search(r"^evidence \(no day\): Evidence is kept until .* not reviewed\]$", due.stdout, re.MULTILINE)
