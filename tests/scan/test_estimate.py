"""What there is to do is counted ahead, and the share that is done is said only where it is known."""

from __future__ import annotations

import subprocess

from tests.scan.scans import make_source

from kavalan.scan import Ahead, Position


def counted(root):
    with Ahead(root) as ahead:
        ahead._thread.join()
        return ahead


def test_files_are_counted_as_find_counts_them(tmp_path):
    root = make_source(tmp_path / "exhibit")
    listed = subprocess.run(["find", "-not", "-type", "d"], cwd=root, capture_output=True, check=True)
    ahead = counted(root)
    assert (ahead.files, ahead.complete) == (len(listed.stdout.splitlines()), True)


def test_folders_are_counted_however_deep(tmp_path):
    folder = tmp_path
    for _ in range(1200):
        folder = folder / "d"
        folder.mkdir()
    (folder / "f").write_bytes(b"")
    ahead = counted(tmp_path)
    # Removed here: the standard library's removal fails on what is nested deeper than its calls.
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)
    assert ahead.files == 1


def test_share_grows_from_nothing_to_all(tmp_path):
    for number in range(4):
        (tmp_path / str(number)).write_bytes(bytes(100_000))
    ahead = counted(tmp_path)
    shares = [ahead.share(Position(top_items=n, top_size=n * 100_000)) for n in range(5)]
    assert shares == [0, 0.25, 0.5, 0.75, 1]


def test_more_than_was_counted_has_no_share(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    assert counted(tmp_path).share(Position(top_items=9, top_size=9)) is None


def test_single_file_is_taken_to_hold_as_much_again(tmp_path):
    (tmp_path / "a.zip").write_bytes(bytes(1000))
    ahead = counted(tmp_path / "a.zip")
    assert [ahead.share(Position(size=size)) for size in (500, 2000, 2001)] == [0.25, 1, None]
