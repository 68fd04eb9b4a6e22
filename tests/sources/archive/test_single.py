"""One file compressed alone."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from datetime import UTC, datetime

import pytest
from tests.sources.archives import contents, members

from kavalan.sources import SourceLimits
from kavalan.sources.archive.decoders import zstd

CONTENT = os.urandom(100_000) + bytes(500_000)
PROGRAMS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress}
CHECKS = {"gz": "gzip crc-32", "bz2": "bzip2 crc-32", "xz": "xz crc-64", "zst": None}


@pytest.mark.parametrize("ending", PROGRAMS)
def test_content_and_check_are_stated(tmp_path, ending):
    (tmp_path / f"note.txt.{ending}").write_bytes(PROGRAMS[ending](CONTENT))
    ((name, (content, _, told)),) = members(tmp_path / f"note.txt.{ending}").items()
    assert (name, content, told.stored, told.error) == (b"note.txt", CONTENT, CHECKS[ending], None)
    assert told.agrees is (True if CHECKS[ending] else None)


@pytest.mark.parametrize("ending", PROGRAMS)
def test_streams_behind_one_another_and_padding_are_one_file(tmp_path, ending):
    packed = PROGRAMS[ending]
    (tmp_path / f"a.{ending}").write_bytes(packed(b"one ") + packed(CONTENT) + packed(b" two") + bytes(512))
    assert contents(tmp_path / f"a.{ending}") == {b"a": b"one " + CONTENT + b" two"}


@pytest.mark.parametrize("ending", PROGRAMS)
def test_what_is_cut_off_gives_what_is_there(tmp_path, ending):
    (tmp_path / f"a.{ending}").write_bytes(PROGRAMS[ending](CONTENT)[:-30])
    ((content, _, told),) = members(tmp_path / f"a.{ending}").values()
    assert CONTENT.startswith(content)
    assert "ends in the middle" in told.error
    assert told.agrees is None


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_damage_is_found_by_the_check(tmp_path, ending):
    whole = bytearray(PROGRAMS[ending](os.urandom(50_000)))
    whole[25_000] ^= 0x10
    (tmp_path / f"a.{ending}").write_bytes(whole)
    ((_, _, told),) = members(tmp_path / f"a.{ending}").values()
    assert told.error.startswith("damaged after")


@pytest.mark.parametrize("ending", PROGRAMS)
def test_what_follows_and_is_no_stream_is_said(tmp_path, ending):
    (tmp_path / f"a.{ending}").write_bytes(PROGRAMS[ending](b"content") + b"hidden behind")
    found = members(tmp_path / f"a.{ending}")
    assert found[b"a"][0] == b"content"
    assert "was not read" in found[b"\0rest"][1].refusal


@pytest.mark.parametrize("ending", PROGRAMS)
def test_bomb_is_cut_at_its_allowance(tmp_path, ending):
    (tmp_path / f"a.{ending}").write_bytes(PROGRAMS[ending](bytes(50_000_000)))
    limits = SourceLimits(free_member=1 << 20, ratio=20)
    content, _, told = members(tmp_path / f"a.{ending}", limits)[b"a"]
    assert len(content) <= (1 << 20) + 20 * (tmp_path / f"a.{ending}").stat().st_size
    assert "refused" in told.error


def test_name_and_time_of_gzip_are_its_own(tmp_path):
    stream = (tmp_path / "x.gz").open("wb")
    with stream, gzip.GzipFile("inside.txt", "wb", fileobj=stream, mtime=1_700_000_000) as packed:
        packed.write(b"x")
    ((name, (_, item, _)),) = members(tmp_path / "x.gz").items()
    assert (name, item.modified) == (b"inside.txt", datetime.fromtimestamp(1_700_000_000, UTC))


def test_empty_content_is_a_member(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(b""))
    assert contents(tmp_path / "a.gz") == {b"a": b""}
