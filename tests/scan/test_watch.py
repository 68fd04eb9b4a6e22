"""A source counts as gone when it is, and not when one file is."""

from __future__ import annotations

import errno
import os

import pytest

from kavalan.scan import watch as module
from kavalan.scan.watch import SourceWatch


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a").write_text("a")
    return folder


def test_source_that_is_there_is_there(root):
    watch = SourceWatch(root)
    watch.read_well(b"a")
    assert watch.gone() is None


def test_folder_that_was_moved_away_is_gone(root, tmp_path):
    watch = SourceWatch(root)
    root.rename(tmp_path / "elsewhere")
    assert watch.gone() == "No such file or directory"


def test_another_folder_in_its_place_is_not_the_source(root, tmp_path):
    watch = SourceWatch(root)
    root.rename(tmp_path / "elsewhere")
    root.mkdir()
    assert watch.gone() == "another file system lies in its place"


def test_file_that_was_removed_does_not_make_the_source_gone(root):
    watch = SourceWatch(root)
    watch.read_well(b"a")
    (root / "a").unlink()
    assert watch.gone() is None


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ESTALE])
def test_device_that_reads_nothing_any_more_is_gone(root, monkeypatch, number):
    watch = SourceWatch(root)
    watch.read_well(b"a")

    def fail(*_arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.os, "pread", fail)
    assert watch.gone() == os.strerror(number)


def test_single_file_is_watched_as_well(root):
    watch = SourceWatch(root / "a")
    assert watch.gone() is None
    (root / "a").unlink()
    assert watch.gone() == "No such file or directory"
