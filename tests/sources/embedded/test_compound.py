"""The file system inside compound files, held against olefile, 7-Zip and libgsf."""

from __future__ import annotations

import io
import os
import shutil
import subprocess

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.archives import seven_zip
from tests.sources.embedded.compounds import compound

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.embedded.compound import Compound

FILES = {
    "small": b"a small stream",
    "empty": b"",
    "at the cutoff": b"c" * 4096,
    "below the cutoff": b"b" * 4095,
    "large": os.urandom(300_000),
    "folder/inner": b"inside" * 100,
    "folder/deeper/innermost": os.urandom(9_000),
    "\x01Ole": b"\x01",
}


def read(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    descriptor = os.memfd_create("compound")
    try:
        os.write(descriptor, content)
        opened = Compound(descriptor)
        found = {"/".join(each.path): each.content.read(0, each.content.size) for each in opened.streams()}
    finally:
        os.close(descriptor)
    return found, opened.reasons


def test_streams_are_those_that_were_written():
    assert read(compound(FILES)) == (FILES, [])


def test_olefile_reads_the_same():
    with olefile.OleFileIO(io.BytesIO(compound(FILES))) as peer:
        theirs = {"/".join(path): peer.openstream(path).read() for path in peer.listdir()}
    assert theirs == read(compound(FILES))[0]


def test_7zip_lists_the_same_sizes(tmp_path):
    (tmp_path / "a.doc").write_bytes(compound({"a": b"x" * 10, "b/c": b"y" * 10_000}))
    listed = subprocess.run(
        [seven_zip(), "l", "-slt", "-tCompound", "a.doc"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Size = 10\n" in listed.stdout
    assert "Size = 10000\n" in listed.stdout


def test_file_of_libgsf_is_read(tmp_path):
    if shutil.which("gsf") is None:
        pytest.skip("gsf (Debian: libgsf-bin) is not installed")
    for name, content in (("one", b"1" * 50), ("two", os.urandom(20_000))):
        (tmp_path / name).write_bytes(content)
    subprocess.run(["gsf", "createole", "made.ole", "one", "two"], cwd=tmp_path, check=True, capture_output=True)
    found, reasons = read((tmp_path / "made.ole").read_bytes())
    assert {name: found[name] for name in ("one", "two")} == {
        name: (tmp_path / name).read_bytes() for name in ("one", "two")
    }
    assert reasons == []


def test_table_of_more_sectors_than_the_header_holds_is_read(tmp_path):
    """Beyond 109 sectors of table, about 7 MB, their places stand in sectors of their own."""
    if shutil.which("gsf") is None:
        pytest.skip("gsf (Debian: libgsf-bin) is not installed")
    (tmp_path / "large").write_bytes(os.urandom(9_000_000))
    subprocess.run(["gsf", "createole", "made.ole", "large"], cwd=tmp_path, check=True, capture_output=True)
    assert read((tmp_path / "made.ole").read_bytes())[0]["large"] == (tmp_path / "large").read_bytes()


def test_chain_that_goes_round_ends_with_the_size():
    content = bytearray(compound({"large": os.urandom(20_000)}))
    # The first sector of the table is the last sector of the file.
    content[-512:-508] = (0).to_bytes(4, "little")
    found, _ = read(bytes(content))
    assert len(found["large"]) <= 20_480


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(600)])
def test_what_has_no_tables_is_refused(content):
    with pytest.raises(DamagedError):
        read(content)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=12),
    st.floats(0, 1),
)
def test_damage_costs_streams_and_never_more_than_the_file_holds(part, damages, kept):
    whole = bytearray(compound({"a": b"x" * 100, "b": b"y" * 5_000, "c/d": b"z" * 5_000}))
    begin, end = [(0, 512), (512, len(whole)), (len(whole) - 2048, len(whole))][part]
    for place, data in damages:
        at = begin + int(place * (end - begin))
        whole[at : at + len(data)] = data
    whole = whole[: int(len(whole) * (1 - kept / 4))]
    try:
        found, _ = read(bytes(whole))
    except DamagedError:
        return
    assert all(len(content) <= len(whole) for content in found.values())
