"""What `kavalan doctor` asks."""

import pytest

from kavalan.sandbox import StartError, probe
from kavalan.sandbox.landlock import version


def test_the_probe_says_what_the_kernel_offers():
    assert probe().landlock == version()


def test_the_probe_says_why_no_worker_starts(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(StartError, match="cannot run /nowhere/python as a worker"):
        probe()
