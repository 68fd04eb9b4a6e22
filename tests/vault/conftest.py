"""A vault, its keys and a clock for tests."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest

from kavalan.vault import Ceremony, Vault, create_vault

PASSPHRASE = b"four words of a passphrase"
CHEAP = 4
"""log2 of scrypt's cost in tests."""


class Clock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self):
        self.now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def __call__(self):
        self.now += dt.timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """Keys, where they lie, and the recovery key."""
    folder = tmp_path_factory.mktemp("keys")
    ceremony = Ceremony()
    recovery_key = ceremony.recovery_key
    ceremony.prove(recovery_key)
    return ceremony.found(folder, PASSPHRASE, CHEAP), folder, recovery_key


@pytest.fixture(scope="session")
def keys(founded):
    return founded[0]


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def vault(workspace, keys, clock):
    create_vault(workspace / "vault", keys)
    return Vault(workspace / "vault", keys, clock)


@pytest.fixture
def age(tmp_path):
    """Runs the stock program, if there is one."""

    def run(*arguments, **more):
        try:
            return subprocess.run(
                ["age", *map(str, arguments)], check=True, capture_output=True, timeout=60, **more
            ).stdout
        except FileNotFoundError:
            pytest.skip("needs Debian's age")

    return run


@pytest.fixture
def pyrage():
    """The peer, if it is installed."""
    return pytest.importorskip("pyrage", reason="needs the peer pyrage")
