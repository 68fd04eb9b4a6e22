"""One kit for all tests: making it copies some hundreds of megabytes."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.lists.invented import Clock, entry, load

from kavalan.lists import Catalogue
from kavalan.scan.kit import make_kit
from kavalan.scan.manifest import new_key, open_key


@pytest.fixture(scope="session")
def maker(tmp_path_factory):
    """The key of who makes the kit."""
    path = tmp_path_factory.mktemp("maker") / "maker.key"
    new_key(path, b"word")
    return open_key(path, b"word")


@pytest.fixture(scope="session")
def made(tmp_path_factory, maker):
    """A signed kit with a list of two entries; its folder and what it says."""
    folder = tmp_path_factory.mktemp("kit")
    catalogue = Catalogue(folder / "lists", Clock())
    load(catalogue, [entry(1), entry(2)])
    now = datetime(2026, 11, 21, 10, tzinfo=UTC)
    # Named from where one stands, as people do.
    place = Path(os.path.relpath(folder / "stick"))
    kit = make_kit(place, catalogue=catalogue, lists=["known"], key=maker, now=now, tell=lambda _: None)
    yield folder / "stick", kit
    shutil.rmtree(folder)
