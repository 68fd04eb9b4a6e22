"""Caches of small pictures, built by the published descriptions and held to dissect."""

from __future__ import annotations

import os
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.archives import contents, members, zip_of
from tests.sources.embedded.pictures import jpeg

from kavalan.sources import open_source, shown
from kavalan.sources.archive.container import container_in
from kavalan.sources.archive.passage import Passage
from kavalan.sources.archive.records import Begin, End, Request
from kavalan.sources.embedded.thumbnails import read_thumbnails

SMALL = [jpeg((20 + n, 16)) for n in range(4)]
KEYS = [0x1122334455667788, 0xFFEEDDCCBBAA9988, 3, 4]
VERSIONS = {20: "Vista", 21: "7", 30: "8.1", 31: "8.1", 32: "10 and 11"}


def entry(version: int, key: int, content: bytes, name: str = "11", padding: int = 3) -> bytes:
    spelled = name.encode("utf-16-le")
    size = (48 if version == 21 else 56) + len(spelled) + padding + len(content)
    head = struct.pack("<4sLQ", b"CMMM", size, key)
    if version == 20:
        head += "jpg".encode("utf-16-le").ljust(8, b"\0")
    head += struct.pack("<LLL", len(spelled), padding, len(content))
    if version > 21:
        head += struct.pack("<LL", 20, 16)
    head += bytes(4) + b"\x11" * 8 + b"\x22" * 8
    return head + spelled + bytes(padding) + content


def windows(version: int, entries: list[bytes]) -> bytes:
    fields = (24, 24, len(entries)) if version <= 21 else (0, 28 if version < 32 else 24, 24)
    head = struct.pack("<4sLL", b"CMMM", version, 2) + struct.pack("<LLL", *fields)
    return head + bytes(4) * (21 < version < 32) + b"".join(entries)


def android(slots: dict[int, bytes]) -> bytes:
    content = bytearray()
    for number, picture in sorted(slots.items()):
        content += bytes(number * 10_000 - len(content))
        content += struct.pack(">BqL", 1, 77, len(picture)) + picture
    return bytes(content)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_picture_of_windows_cache_is_an_item_named_by_its_key(tmp_path, version):
    entries = [entry(version, key, content) for key, content in zip(KEYS, SMALL, strict=True)]
    entries.insert(2, entry(version, 9, b""))
    (tmp_path / "thumbcache_96.db").write_bytes(windows(version, entries) + bytes(300))
    found = contents(tmp_path / "thumbcache_96.db")
    assert found == {b"%016x.jpg" % key: content for key, content in zip(KEYS, SMALL, strict=True)}


@pytest.mark.parametrize("version", [20, 21, 32])
def test_the_caches_of_these_tests_are_those_that_dissect_reads(tmp_path, version):
    thumbcache = pytest.importorskip("dissect.thumbcache.thumbcache_file", reason="dissect.thumbcache is not installed")
    entries = [entry(version, key, content, padding=0) for key, content in zip(KEYS, SMALL, strict=True)]
    path = tmp_path / "thumbcache_96.db"
    path.write_bytes(windows(version, entries))
    with path.open("rb") as opened:
        theirs = [bytes(one.data) for one in thumbcache.ThumbcacheFile(opened).entries()]
    assert theirs == list(contents(path).values()) == SMALL


def test_that_a_picture_was_made_small_is_said_as_that(tmp_path):
    (tmp_path / "t.db").write_bytes(windows(32, [entry(32, KEYS[0], SMALL[0])]))
    ((_, item, _),) = members(tmp_path / "t.db").values()
    (trace,) = item.traces
    assert (trace.act, trace.evidence) == (
        "previewed",
        "thumbnail cache of Windows, version 32, entry 1122334455667788: a small picture of a file was made",
    )


def test_entries_behind_a_damaged_one_are_found(tmp_path):
    damaged = bytearray(entry(32, 5, SMALL[0]))
    damaged[24:28] = b"\xff\xff\xff\x7f"
    (tmp_path / "t.db").write_bytes(windows(32, [bytes(damaged), b"rubbish" * 9, entry(32, KEYS[1], SMALL[1])]))
    found = members(tmp_path / "t.db")
    assert found[b"%016x.jpg" % KEYS[1]][0] == SMALL[1]
    assert found[b"\0rest"][1].refusal == "a thumbnail cache: 0 entries hold no picture that is known, 1 lead out of it"


def test_every_slot_of_androids_cache_is_an_item_named_by_its_number(tmp_path):
    (tmp_path / ".thumbdata4").write_bytes(android({17: SMALL[0], 18: SMALL[1], 4000: SMALL[2]}))
    assert contents(tmp_path / ".thumbdata4") == {b"17.jpg": SMALL[0], b"18.jpg": SMALL[1], b"4000.jpg": SMALL[2]}


def test_a_slot_that_holds_something_else_is_counted(tmp_path):
    content = bytearray(android({0: SMALL[0], 2: SMALL[1]}))
    content[10_000:10_003] = b"abc"
    (tmp_path / ".thumbdata3").write_bytes(content)
    found = members(tmp_path / ".thumbdata3")
    assert list(found) == [b"0.jpg", b"2.jpg", b"\0rest"]
    assert found[b"\0rest"][1].refusal == "a thumbnail cache: 1 entries hold no JPEG"


def test_a_file_of_zeros_is_no_cache(tmp_path):
    (tmp_path / "zeros").write_bytes(bytes(50_000))
    with (tmp_path / "zeros").open("rb") as opened:
        assert container_in(opened.fileno()) is None


def test_a_cache_in_a_zip_is_read(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"t/thumbcache_32.db": windows(21, [entry(21, 7, SMALL[0])])})
    with open_source(path) as source:
        assert [shown(item.path) for item in source.items()][2:] == [
            "a.zip » t/thumbcache_32.db » 0000000000000007.jpg"
        ]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_the_reader_says_something_in_order(tmp_path_factory, data):
    whole = [windows(32, [entry(32, 1, SMALL[0]), entry(32, 2, SMALL[1])]), android({1: SMALL[0], 3: SMALL[1]})]
    content = bytearray(data.draw(st.sampled_from(whole)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("m") / "a.db"
    path.write_bytes(content)
    os.truncate(path, data.draw(st.integers(100, len(content))))
    request = Request("thumbnails", b"content", 1 << 30, 200, 1 << 28)
    inside = False
    with path.open("rb") as opened:
        for one in read_thumbnails(opened, request, Passage(request)):
            assert isinstance(one, bytes | End) == inside
            if isinstance(one, Begin | End):
                inside = isinstance(one, Begin) and one.refusal is None
