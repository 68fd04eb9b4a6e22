"""Which files of a folder are one image: by name and content, and never by a way that evidence names."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial

import pytest
from tests.sources.archives import tree

from kavalan.sources.diskimage import image_of, segments_of
from kavalan.sources.folder import open_beside

EWF = b"EVF\x09\x0d\x0a\xff\x00"
DISK = bytes(446) + b"\0\0\0\0\6\0\0\0\77\0\0\0\1\0\0\0" + bytes(48) + b"\x55\xaa" + bytes(99_000)
DESCRIPTOR = b'# Disk DescriptorFile\nRW 100 FLAT "%s" 0\nRW 100 SPARSE "a-s002.vmdk"\n'


def names(folder, first, kind):
    beside = partial(open_beside, folder, b"x")
    with ExitStack() as held, (folder / first).open("rb") as opened:
        found = segments_of(os.fsencode(first), kind, opened.fileno(), beside, held)
        return [os.path.basename(os.readlink(f"/proc/self/fd/{each.fileno()}")) for each in found]


def test_segments_go_on_behind_99_with_letters_and_end_at_the_first_that_is_missing(tmp_path):
    whole = [f"a.E{number:02}" for number in range(2, 100)]
    whole += [
        f"a.E{first}{second}" for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ]
    whole += ["a.FAA", "a.FAB"]
    tree(tmp_path, {"a.E01": EWF} | dict.fromkeys(whole, EWF) | {"a.FAD": EWF, "a.e02": b"another"})
    assert names(tmp_path, "a.E01", "E01") == whole


def test_letters_are_those_of_the_first(tmp_path):
    tree(tmp_path, {"a.e01": EWF, "a.e02": EWF, "a.E03": EWF})
    assert names(tmp_path, "a.e01", "E01") == ["a.e02"]


@pytest.mark.parametrize(
    ("first", "following"), [("a.001", ["a.002", "a.003"]), ("a.000", ["a.001", "a.002", "a.003"])]
)
def test_split_images_count_from_nought_or_one(tmp_path, first, following):
    tree(tmp_path, {first: DISK} | dict.fromkeys(following, b"x") | {"a.005": b"x"})
    assert names(tmp_path, first, "raw") == following


@pytest.mark.parametrize("name", [b"../a-flat.vmdk", b"/etc/passwd", b"..", b".", b"d\\e"])
def test_extent_with_a_way_in_its_name_is_not_opened(tmp_path, name):
    folder = tree(tmp_path / "in", {"a.vmdk": DESCRIPTOR % name, "a-s002.vmdk": b"x"})
    tree(tmp_path, {"a-flat.vmdk": b"outside"})
    assert names(folder, "a.vmdk", "VMDK") == ["a-s002.vmdk"]


@pytest.mark.parametrize("name", [b"", b".", b"..", b"a/b", b"/etc/passwd", b"a\0b"])
def test_only_plain_names_are_opened_beside_a_file(tmp_path, name):
    with pytest.raises(OSError, match="not the name"):
        open_beside(tmp_path, b"x", name)


def test_link_beside_a_file_is_not_followed(tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic"):
        open_beside(tmp_path, b"x", b"link")


def test_a_later_segment_is_told_by_the_first_one(tmp_path):
    files = {
        "a.E01": EWF,
        "a.E02": EWF,
        "a.E03": b"no segment",
        "a.EAA": EWF,
        "a.FZB": EWF,
        "a.faa": EWF,
        "b.E02": EWF,
        "c.001": DISK,
        "c.002": b"x",
        "d.001": b"7z\xbc\xaf\x27\x1c" + bytes(9000),
        "d.002": b"x",
        "e.vmdk": DESCRIPTOR % b"e-flat.vmdk",
        "e-flat.vmdk": b"x",
        "e-s001.vmdk": b"x",
        "note.txt": b"x",
    }
    tree(tmp_path, files)
    beside = partial(open_beside, tmp_path, b"x")
    found = {name: image_of(name.encode(), beside) for name in files}
    assert {name: first for name, first in found.items() if first} == {
        "a.E02": b"a.E01",
        "a.EAA": b"a.E01",
        "a.FZB": b"a.E01",
        "c.002": b"c.001",
        "e-flat.vmdk": b"e.vmdk",
    }
