"""What FAT and exFAT cannot keep is refused before it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kavalan.scan.kit import KitError
from kavalan.scan.kit.stick import Stick


@pytest.fixture
def stick(tmp_path):
    return Stick(tmp_path / "stick")


def test_a_link_comes_as_the_bytes_that_it_leads_to(stick, tmp_path):
    (tmp_path / "real").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("real")
    stick.copy(tmp_path / "link", "lib/file.so.1")
    assert (stick.root / "lib/file.so.1").read_bytes() == b"bytes"
    assert not (stick.root / "lib/file.so.1").is_symlink()


BAD = ["a:b", "a?", 'a"', "a|b", "a\\b", "a*", "<a", "a\n", "a.", "a ", "AUX", "con.txt", "lpt1.py", "x" * 256]


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("form", ["{}", "folder/{}", "{}/file"])
def test_a_name_that_fat_cannot_hold_is_refused(stick, name, form):
    with pytest.raises(KitError, match="FAT cannot hold"):
        stick.write(form.format(name), b"")


@pytest.mark.parametrize("name", ["auxiliary.py", "console", "x" * 255, "os.py", "__init__.cpython-311.pyc", "a b"])
def test_a_plain_name_is_taken(stick, name):
    stick.write(name, b"x")
    assert (stick.root / name).read_bytes() == b"x"


@pytest.mark.parametrize("second", ["FILE.py", "file.py"])
def test_a_name_that_would_replace_another_is_refused(stick, second):
    stick.write("file.py", b"first")
    with pytest.raises(KitError, match="beside"):
        stick.write(second, b"second")


def test_folders_that_differ_in_capitals_only_are_refused(stick):
    stick.write("Lib/one.py", b"")
    with pytest.raises(KitError, match="beside"):
        stick.write("lib/two.py", b"")


def test_a_file_of_four_gibibytes_is_refused(stick, tmp_path):
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(1 << 32)
    with pytest.raises(KitError, match="4 GiB"):
        stick.copy(tmp_path / "large", "large")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").touch()
    with pytest.raises(KitError, match="not an empty folder"):
        Stick(tmp_path)


def test_a_folder_named_from_where_one_stands_is_the_folder_that_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Stick(Path("stick")).root == tmp_path / "stick"
