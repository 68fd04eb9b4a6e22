"""Disk images whose bytes were changed anywhere: nothing raises, nothing hangs, nothing beside them is lost."""

from __future__ import annotations

import os
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.archives import FILES, content_of, tree
from tests.sources.images import blank, converted, e01, ext, fat, ntfs, run

from kavalan.sources import SourceLimits, open_source

pytest.importorskip("dissect.target", reason="kavalan[diskimage] is not installed")

_SMALL = {"d/a.txt": b"one " * 600, "d/b.bin": bytes(range(256)) * 40, "c": b"end"}


def _squash(at):
    image = at / "s.img"
    run("mksquashfs", tree(at / "s", _SMALL), image, "-quiet", "-noappend")
    return image


def _xfs(at):
    (at / "proto").write_text(f"/\n0 0\nd--755 0 0\na ---644 0 0 {tree(at / 'x', _SMALL) / 'c'}\n$\n$\n")
    run("mkfs.xfs", "-q", "-p", at / "proto", blank(at / "x.img", 320 << 20))
    return converted(at / "x.qcow2", at / "x.img", "qcow2", "-c")


MADE = {
    "ext2": lambda at: ext(at / "ext2", _SMALL, "ext2", 1 << 20),
    "ext4": lambda at: ext(at / "ext4", _SMALL, "ext4", 2 << 20),
    "fat12": lambda at: fat(at / "fat12", _SMALL, 12, 512 << 10, ["c"]),
    "ntfs": lambda at: ntfs(at / "ntfs", _SMALL, 2 << 20),
    "e01": lambda at: e01(at / "a.E01", fat(at / "f", _SMALL, 12, 512 << 10)),
    "vmdk": lambda at: converted(at / "a.vmdk", fat(at / "g", _SMALL, 12, 512 << 10), "vmdk"),
    "vhd": lambda at: converted(at / "a.vhd", fat(at / "h", _SMALL, 12, 512 << 10), "vpc"),
    "qcow2": lambda at: converted(at / "a.qcow2", fat(at / "i", _SMALL, 12, 512 << 10), "qcow2"),
    "vdi": lambda at: converted(at / "a.vdi", fat(at / "j", _SMALL, 12, 512 << 10), "vdi"),
    "squashfs": _squash,
    "xfs": _xfs,
}


@pytest.fixture(scope="module", params=MADE)
def sample(request, tmp_path_factory):
    return MADE[request.param](tmp_path_factory.mktemp("made")).read_bytes()


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    """A folder with one file that is written anew each time, and the source over it, whose reader stays."""
    folder = tree(tmp_path_factory.mktemp("victim"), {"z": b"beside"})
    with open_source(folder, limits=SourceLimits(seconds=10, free=1 << 25, free_member=1 << 24)) as source:
        yield folder, source


def _used(sample):
    """Where the bytes are that are not zero; an image is mostly empty."""
    return [at for at in range(0, len(sample), 64) if any(sample[at : at + 64])]


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_bytes_changed_anywhere_never_raise_and_never_cost_what_is_beside(sample, victim, data):
    folder, source = victim
    whole = bytearray(sample)
    places = st.sampled_from(_used(sample))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(places) + data.draw(st.integers(0, 63))
        change = data.draw(st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f", b"\1", b"\x80\0"]))
        whole[at : at + len(change)] = change
    if data.draw(st.booleans()):
        del whole[data.draw(st.integers(1, len(whole))) :]
    (folder / "a").write_bytes(whole)
    found = []
    for item in source.items():
        found.append(item.path)
        if item.refusal is None:
            content_of(item)
    assert (found[0], found[-1]) == (b"a", b"z")
    assert len(set(found)) == len(found)


def _ewf(chunks: int, *, size: int = 32768, entry: int = 0x80000000, base: int = 0) -> bytes:
    """An E01 that states more than it holds: every chunk is the same one."""
    packed = zlib.compress(bytes(size))

    def section(kind, at, content, following=None):
        end = at + 76 + len(content)
        head = struct.pack("<16sQQ40x", kind, end if following is None else following, 76 + len(content))
        return head + struct.pack("<I", zlib.adler32(head)) + content

    parts = b"EVF\x09\x0d\x0a\xff\x00" + struct.pack("<BHH", 1, 1, 0)
    volume = struct.pack("<IIIIQ", 1, chunks, size // 512, 512, chunks * size // 512).ljust(1052, b"\0")
    parts += section(b"volume", len(parts), volume)
    data = len(parts) + 76
    parts += section(b"sectors", len(parts), packed)
    head = struct.pack("<I4xQ4x", chunks, base)
    entries = struct.pack("<I", entry | data) * chunks
    table = head + struct.pack("<I", zlib.adler32(head)) + entries + struct.pack("<I", zlib.adler32(entries))
    parts += section(b"table", len(parts), table)
    parts += section(b"hash", len(parts), b"\1" * 16 + bytes(20))
    return parts + section(b"done", len(parts), b"", len(parts))


def test_image_that_unfolds_without_end_is_bounded(victim):
    folder, source = victim
    (folder / "a").write_bytes(_ewf(200_000))
    rest = next(item for item in source.items() if item.path == b"a\0!")
    assert "was not checked" in rest.refusal


def test_stored_digest_that_does_not_agree_and_a_chunk_that_is_damaged_are_said(tmp_path):
    pytest.importorskip("kavalan.scan")
    from kavalan.fingerprint import Fingerprinter
    from kavalan.scan.stored import checked

    (tmp_path / "a.E01").write_bytes(_ewf(20))
    (tmp_path / "b.E01").write_bytes(_ewf(20).replace(zlib.compress(bytes(32768))[:8], b"\x78\x9c" + b"\xff" * 6))
    with open_source(tmp_path) as source, Fingerprinter() as fingerprinter:
        said = {
            reading.item.path: checked(reading.item, reading.fingerprint)
            for reading in fingerprinter.read(source.items())
        }
    assert said[b"a.E01\0/medium"].agrees is False
    assert "another md5" in said[b"a.E01\0/medium"].error
    assert said[b"b.E01\0/medium"].agrees is None
    assert "chunk 0 of the image does not unpack" in said[b"b.E01\0/medium"].error


def test_flipped_bit_in_stored_data_of_an_e01_is_told_by_its_chunk(tmp_path):
    medium = ext(tmp_path / "m", {"a.bin": os.urandom(300_000), "b.bin": os.urandom(300_000)}, size=4 << 20)
    image = e01(tmp_path / "a.E01", medium, "-c", "none")
    content = bytearray(image.read_bytes())
    at = content.index((tmp_path / "m.tree" / "a.bin").read_bytes()[100_000:100_100])
    content[at] ^= 1
    image.write_bytes(content)
    with open_source(image) as source:
        endings = {}
        for item in source.items():
            if item.refusal is None:
                content_of(item)
            endings[item.path] = item.ending().error
    assert "does not have its checksum" in endings[b"a.E01\0/volume 1 ext4/a.bin"]
    assert endings[b"a.E01\0/volume 1 ext4/b.bin"] is None
    assert "does not have its checksum" in endings[b"a.E01\0/medium"]


def test_all_files_are_still_found_in_an_image_that_nothing_was_changed_in(tmp_path):
    with open_source(ext(tmp_path / "a", FILES)) as source:
        assert sum(1 for _ in source.items()) == 1 + len(FILES)
