"""The keys of the ledger in their folder."""

import stat

import pytest

from kavalan.casework.ledger.keyring import found_key, key_file, trusted_keys
from kavalan.ledger import KeyFileError, open_key


def test_key_is_its_owners_alone_and_its_public_half_is_believed(workspace):
    made = found_key(workspace, b"word")
    assert stat.S_IMODE(key_file(workspace).stat().st_mode) == 0o600
    assert open_key(key_file(workspace), b"word").public == made
    assert trusted_keys(workspace) == [made]


def test_second_key_is_not_made_over_the_first(workspace):
    made = found_key(workspace, b"word")
    with pytest.raises(KeyFileError, match="not overwritten"):
        found_key(workspace, b"word")
    assert trusted_keys(workspace) == [made]


def test_workspace_without_a_key_believes_none(workspace):
    assert trusted_keys(workspace) == []


def test_file_that_is_no_key_is_named(workspace):
    found_key(workspace, b"word")
    (key_file(workspace).parent / "ledger-old.pub").write_text("nothing")
    with pytest.raises(KeyFileError, match="ledger-old"):
        trusted_keys(workspace)
