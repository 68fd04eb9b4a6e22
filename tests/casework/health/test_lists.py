"""Faults of lists."""

from kavalan.casework.health.lists import lists
from kavalan.casework.workspace import lists_of

from ..backup.conftest import add_list


def test_whole_lists_are_counted(workspace):
    add_list(workspace, "sample", 1)
    assert [(finding.text, finding.cure) for finding in lists(workspace)] == [("1 lists are whole", None)]


def test_a_list_with_one_flipped_bit_is_named(workspace):
    add_list(workspace, "sample", 1)
    (lists_of(workspace) / "sample" / "journal-1").write_bytes(b"KVLJRNL0" + bytes(90))
    fault, told = lists(workspace)
    assert ("sample" in fault.text, "restore a backup" in fault.cure, told.text) == (True, True, "0 lists are whole")


def test_missing_lists_are_a_fault(workspace):
    lists_of(workspace).rmdir()
    (fault,) = lists(workspace)
    assert "mkdir" in fault.cure
