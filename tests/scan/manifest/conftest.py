"""A finished scan, signed."""

from __future__ import annotations

import pytest
from tests.scan.made import facts, hit, row, write_scan

from kavalan.scan.manifest import new_key, open_key, write_manifest


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Two people's keys."""
    folder = tmp_path_factory.mktemp("keys")
    return [_key(folder / name) for name in ("ours", "theirs")]


def _key(path):
    new_key(path, b"word")
    return open_key(path, b"word")


@pytest.fixture
def key(keys):
    return keys[0]


@pytest.fixture
def scan(tmp_path, key):
    """Seven items in three batches, one of them a hit, with a signed manifest."""
    out = tmp_path / "scan"
    batches = write_scan(out, [row(number) for number in range(1, 8)], [hit(2)])
    write_manifest(out, facts(batches, 7), key)
    return out
