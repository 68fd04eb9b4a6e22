"""A folder as a source."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.sources import single_file, walk_folder


def paths(root: Path, **options) -> list[bytes]:
    return [item.path for item in walk_folder(root, **options)]


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_every_file_is_yielded_once_in_byte_order(tmp_path):
    touch(tmp_path, "b/2", "b/1", "a", "b.txt", "c/d/e")
    assert paths(tmp_path) == [b"a", b"b/1", b"b/2", b"b.txt", b"c/d/e"]


def test_item_opens_the_file_it_names(tmp_path):
    touch(tmp_path, "a/b")
    (item,) = walk_folder(tmp_path)
    descriptor = item.open()
    with os.fdopen(descriptor, "rb") as stream:
        assert stream.read() == b"a/b"


def test_time_of_change_is_utc_to_the_microsecond(tmp_path):
    touch(tmp_path, "a")
    os.utime(tmp_path / "a", ns=(0, 1_700_000_000_123_456_789))
    (item,) = walk_folder(tmp_path)
    assert item.modified == datetime(2023, 11, 14, 22, 13, 20, 123456, UTC)


def test_time_before_1970_is_kept(tmp_path):
    touch(tmp_path, "a")
    os.utime(tmp_path / "a", (0, -86_400))
    (item,) = walk_folder(tmp_path)
    assert item.modified == datetime(1969, 12, 31, tzinfo=UTC)


def test_name_that_is_not_utf8_is_kept_byte_for_byte(tmp_path):
    name = b"\xff\xfe\n\x1b[31m.jpg"
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"")
    assert paths(tmp_path) == [name]


def test_symbolic_link_is_reported_and_not_followed(tmp_path):
    touch(tmp_path, "real")
    (tmp_path / "loop").symlink_to(tmp_path)
    loop, real = walk_folder(tmp_path)
    assert loop.path == b"loop"
    assert loop.refusal == "symbolic link, not followed"
    with pytest.raises(OSError, match="not opened"):
        loop.open()
    assert real.refusal is None


def test_named_pipe_is_reported_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (item,) = walk_folder(tmp_path)
    assert item.refusal == "named pipe, not read"


def test_socket_is_reported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        (item,) = walk_folder(tmp_path)
    assert item.refusal == "socket, not read"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_folder_that_may_not_be_listed_is_an_item_with_the_reason(tmp_path):
    touch(tmp_path, "closed/inside", "open")
    (tmp_path / "closed").chmod(0)
    try:
        closed, free = walk_folder(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert (closed.path, closed.refusal) == (b"closed", "folder cannot be listed: Permission denied")
    assert free.path == b"open"


def test_folder_that_vanishes_during_the_walk_is_an_item_with_the_reason(tmp_path):
    touch(tmp_path, "a", "b/c")
    walk = walk_folder(tmp_path)
    next(walk)
    (tmp_path / "b/c").unlink()
    listed = os.listdir

    def vanishing(path):
        if path.endswith(b"/b"):
            os.rmdir(path)
        return listed(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "listdir", vanishing)
        (gone,) = walk
    assert gone.path == b"b"
    assert gone.refusal == "folder cannot be listed: No such file or directory"


def test_file_that_became_a_pipe_after_listing_is_refused(tmp_path):
    touch(tmp_path, "a")
    (item,) = walk_folder(tmp_path)
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="no longer, a regular file"):
        item.open()


@pytest.fixture
def deep(tmp_path):
    """A folder that is removed here: the standard library's removal fails on what is nested deeper than its calls."""
    root = tmp_path / "deep"
    root.mkdir()
    yield root
    subprocess.run(["rm", "-rf", root], check=True)


def nest(root: Path, name: str, levels: int) -> None:
    """One folder in the other, with a file in each, by a way that no path has to spell."""
    at = os.open(root, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir(name, dir_fd=at)
        further = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = further
        os.close(os.open("f", os.O_WRONLY | os.O_CREAT, dir_fd=at))
    os.close(at)


def count_of_find(root: Path) -> int:
    listed = subprocess.run(["find", "-type", "f", "-printf", "x"], cwd=root, capture_output=True, check=True)
    return len(listed.stdout)


def test_folders_are_walked_beyond_the_depth_of_the_interpreters_calls(deep):
    nest(deep, "d", 1200)
    assert len(paths(deep, stated=True)) == count_of_find(deep) == 1200


def test_folders_are_read_beyond_the_longest_path_of_the_kernel(deep):
    nest(deep, "d" * 250, 40)
    items = list(walk_folder(deep))
    assert len(items) == count_of_find(deep) == 40
    for item in items:
        assert item.refusal is None
        os.close(item.open())


def test_walk_beyond_the_longest_path_is_resumed(deep):
    nest(deep, "d" * 250, 40)
    whole = paths(deep)
    assert paths(deep, after=whole[10]) == whole[11:]


def test_folder_nested_without_end_is_refused_at_a_depth(deep):
    nest(deep, "d" * 250, 270)
    deepest, *read = walk_folder(deep)
    assert [item.refusal for item in read] == [None] * len(read)
    assert len(deepest.path) >= 65_536
    assert deepest.refusal == "folder is nested deeper than paths of 65,536 bytes"


def test_root_that_is_a_file_is_refused_by_name(tmp_path):
    touch(tmp_path, "a")
    with pytest.raises(NotADirectoryError, match="is not a folder"):
        next(walk_folder(tmp_path / "a"))


def test_link_that_a_person_named_is_followed(tmp_path):
    touch(tmp_path, "real")
    (tmp_path / "link").symlink_to("real")
    item = single_file(tmp_path / "link")
    assert item.path == os.fsencode(tmp_path / "link")
    with os.fdopen(item.open(), "rb") as stream:
        assert stream.read() == b"real"


NAMES = st.lists(st.lists(st.sampled_from("abA.-_ä"), min_size=1, max_size=3).map("".join), min_size=1, max_size=4)


@settings(deadline=None)
@given(st.sets(NAMES.map("/".join), min_size=1, max_size=12), st.data())
def test_resuming_behind_any_item_yields_exactly_the_rest(tmp_path_factory, names, data):
    root = tmp_path_factory.mktemp("tree")
    for name in sorted(names):
        if all(part not in {".", ".."} for part in name.split("/")) and not _collides(root, name):
            touch(root, name)
    whole = paths(root)
    if not whole:
        return
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert paths(root, after=whole[cut]) == whole[cut + 1 :]


def _collides(root: Path, name: str) -> bool:
    path = root / name
    return path.exists() or any(parent.is_file() for parent in path.parents)
