"""Digests that files beside a file state of it, in the forms that the usual programs write."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import stored
from kavalan.sources import open_source
from kavalan.sources.extraction.sidecar import Sidecars

CONTENT = b"a container of an extraction"
SHA256 = hashlib.sha256(CONTENT)
MD5 = hashlib.md5(CONTENT, usedforsecurity=False)
SHA1 = hashlib.sha1(CONTENT, usedforsecurity=False)


def digests(folder, name="phone.bin"):
    with open_source(folder) as source:
        (item,) = [item for item in source.items() if item.path == os.fsencode(name)]
    return dict(item.digests), item.remarks


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "phone.bin").write_bytes(CONTENT)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("phone.bin.sha256", SHA256.hexdigest()),
        ("phone.bin.sha256", SHA256.hexdigest().upper() + "\r\n"),
        ("phone.bin.sha256", f"{SHA256.hexdigest()}  phone.bin\n"),
        ("phone.bin.sha256", f"{SHA256.hexdigest()} *phone.bin\n"),
        ("SHA256SUMS", f"{'0' * 64}  other\n{SHA256.hexdigest()}  ./phone.bin\n"),
        ("hashes.txt", f"SHA256 (phone.bin) = {SHA256.hexdigest()}\n"),
        ("phone.ufd", f"[General]\nModel=x\n[SHA256]\nphone.bin={SHA256.hexdigest().upper()}\n"),
    ],
)
def test_a_stated_digest_comes_with_the_file(folder, name, text):
    (folder / name).write_text(text)
    assert digests(folder) == ({"sha256": SHA256.digest()}, ())


def test_ufd_is_read_in_the_encodings_of_windows(folder):
    text = f"[SHA256]\r\nphone.bin={SHA256.hexdigest()}\r\n[MD5]\r\nphone.bin = {MD5.hexdigest()}\r\n"
    for encoded in (text.encode("utf-16"), text.encode("utf-8-sig")):
        (folder / "phone.ufd").write_bytes(encoded)
        assert digests(folder) == ({"sha256": SHA256.digest(), "md5": MD5.digest()}, ())


@pytest.mark.parametrize("program", ["md5sum", "sha1sum", "sha256sum"])
@pytest.mark.parametrize("options", [[], ["--tag"], ["--binary"]])
def test_lists_of_the_usual_programs_are_read(tmp_path, program, options):
    if shutil.which(program) is None:
        pytest.skip(f"{program} (coreutils) is not installed")
    names = ["phone.bin", "two words.bin", "ചിത്രം.bin", "back\\slash", "new\nline"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    listed = subprocess.run([program, *options, *names], cwd=tmp_path, capture_output=True, check=True).stdout
    (tmp_path / "hashes.txt").write_bytes(listed)
    algorithm = program.removesuffix("sum")
    plain = [name for name in names if options != ["--tag"] or (name.isprintable() and "\\" not in name)]
    for name in plain:
        expected = hashlib.new(algorithm, name.encode(), usedforsecurity=False).digest()
        assert digests(tmp_path, name) == ({algorithm: expected}, ())


def test_a_wrong_digest_is_reported(folder):
    (folder / "phone.bin.md5").write_text("0" * 32)
    with open_source(folder) as source, Fingerprinter() as fingerprinter:
        endings = [stored.checked(found.item, found.fingerprint) for found in fingerprinter.read(source.items())]
    assert (endings[0].agrees, endings[0].error) == (False, "its source states another md5 than what was read has")


def test_a_single_file_that_a_person_names_has_the_digests_beside_it(folder):
    (folder / "phone.bin.sha1").write_text(SHA1.hexdigest())
    with open_source(folder / "phone.bin") as source:
        (item,) = source.items()
    assert item.digests == (("sha1", SHA1.digest()),)


def test_digests_that_contradict_each_other_are_not_compared(folder):
    (folder / "hashes.txt").write_text(f"{SHA256.hexdigest()}  phone.bin\n{MD5.hexdigest()}  phone.bin\n")
    (folder / "phone.bin.sha256").write_text("0" * 64)
    found, remarks = digests(folder)
    assert found == {"md5": MD5.digest()}
    assert remarks == ("files beside it state different digests of it, which were not compared",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("phone.bin.md5", SHA256.hexdigest()),
        ("phone.bin.md5", f"{MD5.hexdigest()}  other.bin\n"),
        ("phone.bin.md5", MD5.hexdigest() + MD5.hexdigest()[:3]),
        ("hashes.txt", f"{MD5.hexdigest()}  ../phone.bin\n{MD5.hexdigest()}  folder/phone.bin\n"),
        ("hashes.txt", f"{MD5.hexdigest()} phone.bin\n"),
        ("hashes.txt", f"{MD5.hexdigest()}  phone.bin\n" + "#" * (1 << 20)),
        ("phone.ufd", f"[General]\nphone.bin={MD5.hexdigest()}\n[SHA256]\nphone.bin={MD5.hexdigest()}\n"),
        ("notes.txt", f"{MD5.hexdigest()}  phone.bin\n"),
    ],
)
def test_what_can_be_read_in_two_ways_states_nothing(folder, name, text):
    (folder / name).write_text(text)
    assert digests(folder) == ({}, ())


def test_a_list_that_is_a_pipe_or_a_link_is_not_opened(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "list"
    outside.write_text(f"{MD5.hexdigest()}  phone.bin\n")
    os.mkfifo(folder / "md5sums")
    (folder / "hashes.txt").symlink_to(outside)
    assert digests(folder) == ({}, ())


def test_each_list_is_read_once_however_many_files_there_are(tmp_path):
    names = sorted([b"%05d" % number for number in range(5000)] + [b"hashes.txt", b"00007.md5"])
    (tmp_path / "empty").touch()
    opened = []

    def opener(name):
        opened.append(name)
        return os.open(tmp_path / "empty", os.O_RDONLY)

    sidecars = Sidecars(names, opener)
    with open_source(tmp_path) as source:
        (item,) = source.items()
    for name in names:
        assert sidecars.about(item, name) is item
    assert opened == [b"hashes.txt", b"00007.md5"]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_list_breaks_the_reader(content):
    def opener(_name):
        read, write = os.pipe()
        os.write(write, content)
        os.close(write)
        return read

    Sidecars([b"a.ufd", b"hashes.txt", b"phone.bin"], opener)
