"""Archives inside archives, bombs of them, and bytes that were made to break a reader."""

from __future__ import annotations

import io
import itertools
import os
import random
import resource
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.archives import (
    FILES,
    content_of,
    contents,
    members,
    seven_of,
    squeezed,
    tar_of,
    tree,
    zip_of,
)

from kavalan.fingerprint import Fingerprinter
from kavalan.sources import SourceLimits, open_source, parse, shown


def paths(path, limits=None):
    with open_source(path, limits=limits) as source:
        return [shown(item.path) for item in source.items()]


def zipped(files) -> bytes:
    held = io.BytesIO()
    zip_of(held, files)
    return held.getvalue()


def test_members_follow_their_container_at_every_level(tmp_path):
    inner = zipped({"x": b"1", "y": b"2"})
    tar_of(tmp_path / "a.tar", {"before": b"", "in.zip": inner, "after": b""})
    assert paths(tmp_path / "a.tar") == [
        "a.tar",
        "a.tar » before",
        "a.tar » in.zip",
        "a.tar » in.zip » x",
        "a.tar » in.zip » y",
        "a.tar » after",
    ]


def test_container_is_told_with_each_member(tmp_path):
    tar_of(tmp_path / "a.tar", {"in.zip": zipped({"x": b"1"})})
    with open_source(tmp_path / "a.tar") as source:
        assert [item.container for item in source.items()] == [None, b"a.tar", b"a.tar\0/in.zip"]


def test_office_document_is_an_item_and_what_is_in_it_too(tmp_path):
    document = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/media/image1.png": b"\x89PNG"}
    zip_of(tmp_path / "letter.docx", document)
    assert paths(tmp_path / "letter.docx") == ["letter.docx", *(f"letter.docx » {name}" for name in document)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "RAR"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "RAR"),
        (b"MSCF\0\0\0\0" + bytes(50), "Microsoft Cabinet"),
        (b"070701" + b"0" * 104, "cpio"),
        (b"LZIP\1" + bytes(50), "lzip"),
    ],
)
def test_archive_of_a_kind_that_is_not_read_is_said_to_be(tmp_path, content, name):
    (tmp_path / "a").write_bytes(content)
    found = members(tmp_path / "a")
    assert found[b"\0rest"][1].refusal == f"an archive of a kind that is not read: {name}"


def test_bomb_of_nested_archives_ends_and_what_is_beside_it_is_read(tmp_path):
    """In the manner of 42.zip: each level holds sixteen of the next, the last one zeros."""
    bomb = zipped({"zeros": bytes(20 << 20)})
    for _ in range(4):
        bomb = zipped({f"{number:x}.zip": bomb for number in range(16)})
    folder = tree(tmp_path / "exhibit", {"a.zip": bomb, "z.txt": b"beside"})
    limits = SourceLimits(free=100 << 20, ratio=10, free_member=64 << 20, depth=6)
    given = 0
    with open_source(folder, limits=limits) as source:
        for item in source.items():
            if item.refusal is None:
                content = content_of(item)
                given += len(content)
    assert content == b"beside"
    assert given <= limits.allowance((folder / "a.zip").stat().st_size) + len(bomb) + 10


def test_archive_that_contains_itself_ends_at_the_depth(tmp_path):
    bomb = zipped({"leaf": b"x"})
    for _ in range(20):
        bomb = zipped({"again.zip": bomb})
    (tmp_path / "a.zip").write_bytes(bomb)
    *_, last = paths(tmp_path / "a.zip", SourceLimits(depth=4))
    assert last == "a.zip" + " » again.zip" * 4 + " « not read"


def test_members_are_counted_over_all_levels(tmp_path):
    inner = zipped({str(number): b"" for number in range(10)})
    folder = tree(tmp_path / "exhibit", {"a.zip": zipped({f"{n}.zip": inner for n in range(10)}), "b": b"beside"})
    found = paths(folder, SourceLimits(members=35))
    assert found[-1] == "b"
    assert len(found) < 45


def test_member_too_large_to_hold_is_digested_and_said_not_to_be_decoded(tmp_path):
    picture = b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(3_000_000)  # noqa: S311 - bytes to digest
    zip_of(tmp_path / "a.zip", {"large.jpg": picture, "large.txt": b"text " * 600_000, "small": b"x"})
    with (
        open_source(tmp_path / "a.zip", limits=SourceLimits(spool=1 << 20)) as source,
        Fingerprinter() as fingerprinter,
    ):
        _, jpg, text, small = fingerprinter.read(source.items())
    assert (jpg.fingerprint.size, jpg.error) == (
        len(picture),
        "not decoded: larger than the 1048576 bytes that are held",
    )
    assert (text.fingerprint.size, text.error, small.error) == (3_000_000, None, None)


def test_nested_archive_too_large_to_hold_is_said_not_to_be_read(tmp_path):
    inner = zipped({"x": random.Random(3).randbytes(2_000_000)})  # noqa: S311 - bytes that do not compress
    zip_of(tmp_path / "a.zip", {"in.zip": inner, "after": b"x"})
    assert paths(tmp_path / "a.zip", SourceLimits(spool=1 << 20)) == [
        "a.zip",
        "a.zip » in.zip",
        "a.zip » in.zip « not read",
        "a.zip » after",
    ]


def test_fingerprints_are_those_of_the_same_files_in_a_folder(tmp_path):
    folder = tree(tmp_path / "exhibit")
    zip_of(tmp_path / "a.zip")
    with Fingerprinter() as fingerprinter:
        with open_source(folder) as source:
            alone = {item.item.path: item.fingerprint for item in fingerprinter.read(source.items())}
        with open_source(tmp_path / "a.zip") as source:
            packed = {
                parse(each.item.path).parts[-1].name: each.fingerprint for each in fingerprinter.read(source.items())
            }
    del packed[b"a.zip"]
    assert packed == alone


def test_reader_that_crashes_costs_the_rest_of_its_archive(tmp_path, monkeypatch):
    folder = tree(tmp_path / "exhibit", {"a.zip": zipped({"x": b"1"}), "b": b"2"})
    monkeypatch.setattr("kavalan.sources.archive.descent._TASK", "tests.sources.archive.liars:crash")
    with open_source(folder) as source:
        found = [(shown(item.path), item.refusal) for item in source.items()]
    assert [path for path, _ in found] == ["a.zip", "a.zip » good", "a.zip » cut", "a.zip « not read", "b"]
    assert found[3][1].startswith("crash: ")


@pytest.mark.parametrize(
    "lie", ["content_first", "end_first", "begin_twice", "stops_inside", "gives_too_much", "charges"]
)
def test_reader_that_lies_costs_the_rest_of_its_archive(tmp_path, monkeypatch, lie):
    folder = tree(tmp_path / "exhibit", {"a.zip": zipped({"x": b"1"}), "b": b"2"})
    monkeypatch.setattr("kavalan.sources.archive.descent._TASK", f"tests.sources.archive.liars:{lie}")
    with open_source(folder, limits=SourceLimits(free=1 << 20)) as source:
        found = [(shown(item.path), item.refusal or len(content_of(item)) < 2_000_000) for item in source.items()]
    assert [found[0], found[-1]] == [("a.zip", True), ("b", True)]
    assert found[-2][0] == "a.zip « not read"
    assert found[-2][1].startswith(("malformed", "refused"))


def _samples(tmp_path):
    files = {"a": b"one " * 50, "b/c": bytes(300), "in.zip": zipped({"x": b"deep"}), "d": b"end"}
    folder = tree(tmp_path / "t", files)
    yield zip_of(tmp_path / "1.zip", files)
    yield zip_of(tmp_path / "2.zip", files, zipfile.ZIP_LZMA)
    yield tar_of(tmp_path / "3.tar", files)
    yield tar_of(tmp_path / "4.tar.gz", files, "w:gz")
    yield tar_of(tmp_path / "5.tar.xz", files, "w:xz")
    yield seven_of(tmp_path / "6.7z", folder)
    yield seven_of(tmp_path / "7.7z", folder, "-mhc=off", "-ms=off")
    yield squeezed(tree(tmp_path / "s", {"8": b"alone " * 100}) / "8", "zstd")


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return [path.read_bytes() for path in _samples(tmp_path_factory.mktemp("samples"))]


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    """A folder with one file that is written anew each time, and the source over it, whose readers stay."""
    folder = tree(tmp_path_factory.mktemp("victim"), {"z": b"beside"})
    with open_source(folder, limits=SourceLimits(seconds=10, free=1 << 24, free_member=1 << 22)) as source:
        yield folder, source


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_bytes_changed_anywhere_never_raise_and_never_cost_what_is_beside(samples, victim, data):
    folder, source = victim
    whole = bytearray(data.draw(st.sampled_from(samples)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        change = data.draw(st.sampled_from(["flip", "ones", "zeros", "cut", "double", "noise"]))
        length = data.draw(st.integers(1, 40))
        piece = whole[at : at + length]
        whole[at : at + length] = {
            "flip": bytes([piece[0] ^ 1 << (length & 7)]) + piece[1:],
            "ones": b"\xff" * len(piece),
            "zeros": bytes(len(piece)),
            "cut": b"",
            "double": piece * 2,
            "noise": data.draw(st.binary(min_size=len(piece), max_size=len(piece))),
        }[change]
        if not whole:
            break
    (folder / "a").write_bytes(whole)
    found = []
    for item in source.items():
        found.append(item.path)
        if item.refusal is None:
            content_of(item)
    assert (found[0], found[-1]) == (b"a", b"z")
    assert len(set(found)) == len(found)
    cut = data.draw(st.integers(0, len(found) - 1))
    assert [item.path for item in source.items(after=found[cut])] == found[cut + 1 :]


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(
        [b"PK\3\4", b"PK\5\6", b"7z\xbc\xaf\x27\x1c\0\4", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"BZh9", b"\x28\xb5\x2f\xfd"]
    ),
    st.binary(max_size=400),
)
def test_arbitrary_bytes_behind_a_magic_never_raise(victim, magic, content):
    folder, source = victim
    (folder / "a").write_bytes(magic + content)
    found = [(item.path, None if item.refusal else content_of(item)) for item in source.items()]
    assert found[-1] == (b"z", b"beside")


def test_memory_does_not_grow_with_the_number_of_members(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(30_000):
            archive.writestr(str(number), b"")
    with open_source(tmp_path / "a.zip") as source:
        items = source.items()
        list(itertools.islice(items, 5_000))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert sum(1 for _ in items) == 25_001
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 << 10


def test_nothing_is_written_anywhere(tmp_path, monkeypatch):
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("TMPDIR", str(hostile))
    (tmp_path / "a.zip").write_bytes(zipped({"../escaped": b"x", f"{tmp_path}/out": b"x", "in.zip": zipped(FILES)}))
    contents(tmp_path / "a.zip")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "hostile"]


def test_archive_that_changes_while_it_is_read_is_said_to_have_changed(tmp_path):
    zip_of(tmp_path / "a.zip", {"a": b"1", "b": b"2"})
    with open_source(tmp_path / "a.zip") as source:
        items = source.items()
        next(items)
        next(items)
        os.utime(tmp_path / "a.zip", (1, 1))
        *_, last = items
    assert last.refusal == "it changed while it was read"
