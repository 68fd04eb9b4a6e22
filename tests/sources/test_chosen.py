"""A source divided into parts: each item is in one, and what is of another part is not opened."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest

from kavalan.sources import Chosen, open_source

SINCE, UNTIL = (int(datetime(2026, month, 1, tzinfo=UTC).timestamp() * 1_000_000) for month in (3, 6))
OLD, NEW, LATE = ((year, month, 1, 12, 0, 0) for year, month in ((2020, 1), (2026, 4), (2026, 7)))
FILES = {"DCIM/a.jpg": OLD, "docs/new.txt": NEW, "docs/old.txt": OLD, "docs/late.txt": LATE, "x/dcim/b.jpg": NEW}
PARTS = {
    1: [b"DCIM/a.jpg", b"x/dcim/b.jpg"],
    2: [b"docs/new.txt"],
    3: [b"docs/late.txt", b"docs/old.txt"],
}


def chosen(part):
    return Chosen(part=part, places=rb"(?i)/dcim/", since=SINCE, until=UNTIL)


def paths(source, part=None, after=None):
    return [item.path for item in source.items(after, chosen(part) if part else None)]


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "phone"
    for name, moment in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        seconds = datetime(*moment, tzinfo=UTC).timestamp()
        os.utime(path, (seconds, seconds))
    return root


@pytest.fixture
def archive(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("readme", b"in an archive of the camera's folder")
    path = tmp_path / "phone.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, moment in FILES.items():
            packed.writestr(zipfile.ZipInfo(name, moment), name)
        packed.writestr(zipfile.ZipInfo("DCIM/c.zip", OLD), inner.getvalue())
    return path


@pytest.mark.parametrize("part", [1, 2, 3])
def test_each_file_of_a_folder_is_in_one_part(folder, part):
    with open_source(folder) as source:
        assert paths(source, part) == PARTS[part]


def test_files_of_other_parts_are_not_opened(folder, monkeypatch):
    opened = []
    real = os.open

    def watched(path, *rest, **more):
        descriptor = real(path, *rest, **more)  # a file that is looked for and is not there is no file of another part
        opened.append(path)
        return descriptor

    monkeypatch.setattr(os, "open", watched)
    with open_source(folder) as source:
        paths(source, 2)
    names = {os.path.basename(path) for path in opened if isinstance(path, bytes) and b"phone/" in path}
    assert names == {b"new.txt"}


def test_members_of_a_single_archive_are_divided_and_what_is_in_a_member_goes_with_it(archive):
    with open_source(archive) as source:
        found = {part: paths(source, part) for part in (1, 2, 3)}
        everything = paths(source)
    below = b"phone.zip\0/"
    assert set(found[1]) == {below + name for name in PARTS[1]} | {
        below + b"DCIM/c.zip",
        below + b"DCIM/c.zip\0/readme",
    }
    assert found[2] == [below + name for name in PARTS[2]]
    assert found[3][0] == b"phone.zip"
    assert sorted(found[1] + found[2] + found[3]) == sorted(everything)


def test_what_could_not_be_read_of_a_single_archive_comes_with_the_last_part(archive):
    archive.write_bytes(archive.read_bytes()[:200])
    with open_source(archive) as source:
        found = [path for part in (1, 2, 3) for path in paths(source, part)]
        assert sorted(found) == sorted(paths(source))
    assert found[-1] == b"phone.zip\0!"
    assert found.count(b"phone.zip\0!") == 1


@pytest.mark.parametrize("kind", ["zip", "tar"])
@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_part_is_resumed_behind_any_of_its_items(archive, tmp_path, kind, part):
    if kind == "tar":
        archive = tmp_path / "phone.tar"
        with tarfile.open(archive, "w") as packed:
            for name, moment in FILES.items():
                facts = tarfile.TarInfo(name)
                facts.size, facts.mtime = len(name), int(datetime(*moment, tzinfo=UTC).timestamp())
                packed.addfile(facts, io.BytesIO(name.encode()))
    with open_source(archive) as source:
        whole = paths(source, part)
        for at, path in enumerate(whole):
            assert paths(source, part, path) == whole[at + 1 :]
