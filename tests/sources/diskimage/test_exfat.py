"""exFAT: entries that the tests write into an empty volume, since no program does without mounting it."""

from __future__ import annotations

import struct

import pytest
from tests.sources.images import blank, listed, needs, run

from kavalan.sources.diskimage.exfat import ExFat
from kavalan.sources.diskimage.streams import Plain

pytest.importorskip("dissect.target", reason="kavalan[diskimage] is not installed")


class Volume:
    """An empty volume by `mkfs.exfat`, and what is put on it."""

    def __init__(self, path):
        needs("mkfs.exfat")
        run("mkfs.exfat", blank(path, 16 << 20))
        self.path = path
        content = path.read_bytes()
        self.table, _, self.heap, self.count, self.root = struct.unpack_from("<IIIII", content, 80)
        self.sector = 1 << content[108]
        self.cluster = self.sector << content[109]
        self.next = self.root + 1

    def write(self, at, content):
        with self.path.open("r+b") as opened:
            opened.seek(at)
            opened.write(content)

    def place(self, cluster):
        return self.heap * self.sector + (cluster - 2) * self.cluster

    def store(self, content, *, backwards=False):
        """Put content into clusters, in a chain that runs backwards or without one; the first."""
        count = max(1, -(-len(content) // self.cluster))
        clusters = list(range(self.next, self.next + count))
        self.next += count
        if backwards:
            clusters.reverse()
            for cluster, following in zip(clusters, [*clusters[1:], 0xFFFFFFFF], strict=True):
                self.write(self.table * self.sector + 4 * cluster, struct.pack("<I", following))
        for number, cluster in enumerate(clusters):
            self.write(self.place(cluster), content[number * self.cluster : (number + 1) * self.cluster])
        return clusters[0]

    def entries(self, name, first, size, *, valid=None, chained=False, folder=False, deleted=False, zone=0x80 | 22):
        """The entries of a file; 22 quarters of an hour are India's zone."""
        units = name.encode("utf-16-le", "surrogatepass")
        parts = [units[at : at + 30].ljust(30, b"\0") for at in range(0, len(units), 30)]
        moment = (2026 - 1980) << 25 | 3 << 21 | 14 << 16 | 9 << 11 | 26 << 5 | 26
        used = 0 if deleted else 0x80
        file = struct.pack(
            "<BBHHHIIIBBBBB", 5 | used, 1 + len(parts), 0, 16 if folder else 32, 0, moment, moment, moment, 50, 0,
            zone, zone, zone,
        ).ljust(32, b"\0")  # fmt: skip
        flags = 1 if chained else 3
        stream = struct.pack(
            "<BBBBHHQIIQ",
            0x40 | used,
            flags,
            0,
            len(units) // 2,
            0,
            0,
            size if valid is None else valid,
            0,
            first,
            size,
        )
        return file + stream + b"".join(bytes([0x41 | used, 0]) + part for part in parts)

    def append(self, *entries):
        """Behind what the root holds."""
        at = self.place(self.root)
        root = self.path.read_bytes()[at : at + self.cluster]
        used = next(at for at in range(0, len(root), 32) if not root[at])
        self.write(at + used, b"".join(entries))

    def read(self):
        with self.path.open("rb") as opened:
            seen = [entry for entry in ExFat(Plain(opened)).entries() if hasattr(entry, "name")]
            return {entry.name.decode("utf-8", "surrogateescape"): (b"".join(entry.chunks()), entry) for entry in seen}


@pytest.fixture
def volume(tmp_path):
    return Volume(tmp_path / "a.img")


def test_files_in_one_piece_in_a_chain_and_partly_unwritten_have_their_bytes(volume):
    whole, chain, half = b"one piece " * 2000, b"a chain! " * 3000, b"written"
    volume.append(
        volume.entries("whole.bin", volume.store(whole), len(whole)),
        volume.entries("chain.bin", volume.store(chain, backwards=True), len(chain), chained=True),
        volume.entries("half.bin", volume.store(half), 5000, valid=len(half)),
        volume.entries("empty", 0, 0),
    )
    found = volume.read()
    assert {name: content for name, (content, _) in found.items()} == {
        "whole.bin": whole,
        "chain.bin": chain,
        "half.bin": half.ljust(5000, b"\0"),
        "empty": b"",
    }
    assert set(listed(volume.path)) == set(found)


def test_folder_of_many_clusters_without_a_chain_is_read_to_its_end(volume):
    size = volume.cluster
    entries = b"".join(volume.entries(f"file number {number} with a long name", 0, 0) for number in range(size // 40))
    assert len(entries) > 2 * size
    volume.append(volume.entries("many", volume.store(entries), -(-len(entries) // size) * size, folder=True))
    assert list(volume.read()) == [f"many/file number {number} with a long name" for number in range(size // 40)]


def test_deleted_files_come_last_and_times_are_in_utc_where_the_zone_is_stated(volume):
    volume.append(
        volume.entries("gone.bin", volume.store(b"gone"), 4, deleted=True),
        volume.entries("here.bin", volume.store(b"here"), 4),
        volume.entries("local.bin", volume.store(b"x"), 1, zone=0),
    )
    found = volume.read()
    assert list(found) == ["here.bin", "local.bin", "gone.bin"]
    assert (found["gone.bin"][0], found["gone.bin"][1].deleted) == (b"gone", True)
    local = 1_773_480_412_000_000  # 2026-03-14 09:26:52
    assert (found["here.bin"][1].modified, found["here.bin"][1].local) == (local - 330 * 60_000_000, False)
    assert found["here.bin"][1].created == found["here.bin"][1].modified + 500_000
    assert (found["local.bin"][1].modified, found["local.bin"][1].local) == (local, True)


def test_name_that_is_no_unicode_is_kept(volume):
    volume.append(volume.entries("half \ud83d a pair", 0, 0))
    (name,) = volume.read()
    assert name.encode("utf-8", "surrogateescape") == b"half \xed\xa0\xbd a pair"


def test_folder_that_holds_itself_ends(volume):
    volume.append(volume.entries("circle", volume.root, volume.cluster, folder=True), volume.entries("beside", 0, 0))
    assert list(volume.read()) == ["beside"]
