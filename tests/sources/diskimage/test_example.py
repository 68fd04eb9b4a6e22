"""The image that `examples/disk_image.py` makes without any program, in the eyes of programs that others wrote."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from tests.sources.archives import FILES, content_of
from tests.sources.images import listed, run

from kavalan.sources import open_source, parse

EXAMPLE = Path(__file__).parents[3] / "examples" / "disk_image.py"
LONG = {f"many/a name of some length, number {number}.txt": b"%d" % number * 900 for number in range(200)}
GONE = "DCIM/Camera/IMG_1.jpg"


def example():
    specification = importlib.util.spec_from_file_location("disk_image", EXAMPLE)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    at = tmp_path_factory.mktemp("example")
    return example().make_disk(at / "card.img", FILES | LONG, [GONE])


def test_fsck_finds_nothing_wrong_with_the_volume(made, tmp_path):
    volume = tmp_path / "volume"
    volume.write_bytes(made.read_bytes()[2048 * 512 :])
    assert f"{len(FILES) + len(LONG) - 1 + 4} files" in run("fsck.fat", "-n", volume)


def test_fls_lists_the_same_files_and_the_one_that_was_deleted(made):
    assert listed(made, 2048) == {name: name == GONE for name in FILES | LONG}


def test_mtools_copies_the_same_bytes_out_of_it(made, tmp_path):
    run("mcopy", "-s", "-i", f"{made}@@1M", "::", tmp_path)
    found = {
        os.fsdecode(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert found == {name: content for name, content in (FILES | LONG).items() if name != GONE}


def test_it_is_read_as_a_source_with_the_deleted_file(made):
    pytest.importorskip("dissect.target", reason="kavalan[diskimage] is not installed")
    with open_source(made) as source:
        found = {
            os.fsdecode(parse(item.path).parts[-1].name): (content_of(item), item.state) for item in source.items()
        }
    del found["card.img"]
    prefix = "volume 1 fat16/"
    assert found == {
        prefix + name: (content, "deleted" if name == GONE else "allocated") for name, content in (FILES | LONG).items()
    }


def test_files_that_do_not_fit_are_said(tmp_path):
    with pytest.raises(ValueError, match="do not fit"):
        example().make_disk(tmp_path / "a", {"a": bytes(10 << 20)})
