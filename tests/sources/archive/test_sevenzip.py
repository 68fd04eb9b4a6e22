"""7z, held to the 7-Zip program."""

from __future__ import annotations

import os
import subprocess

import pytest
from tests.sources.archives import contents, members, seven_of, seven_zip, tree

from kavalan.sources import open_source, parse

TREE = {"a.txt": b"text " * 1000, "sub/b.bin": bytes(range(256)) * 700, "empty": b"", "ചിത്രം.jpg": b"\xff\xd8\xff" * 9}


def listed(archive):
    """What 7-Zip lists that is no folder: name, size and CRC."""
    out = subprocess.run([seven_zip(), "l", "-slt", "-ba", archive], check=True, capture_output=True).stdout
    found = {}
    for block in out.decode().strip().split("\n\n"):
        facts = dict(line.split(" = ", 1) for line in block.splitlines() if " = " in line)
        if "D" not in facts.get("Attributes", "")[:2]:
            found[os.fsencode(facts["Path"])] = (int(facts["Size"]), facts.get("CRC", "").lower())
    return found


@pytest.mark.parametrize("options", [(), ("-ms=off",), ("-mhc=off",), ("-m0=lzma",), ("-mx=0",)])
def test_listing_is_that_of_7zip(tmp_path, options):
    archive = seven_of(tmp_path / "a.7z", tree(tmp_path / "t", TREE), *options)
    found = {
        name: (len(content), (ending.stored or "").removeprefix("crc-32 "))
        for name, (content, _, ending) in members(archive).items()
    }
    assert found == listed(archive)
    assert all(ending.agrees is not False for _, _, ending in members(archive).values())


def test_times_are_those_of_the_files(tmp_path):
    folder = tree(tmp_path / "t", {"a": b"x"})
    os.utime(folder / "a", ns=(0, 1_700_000_000_123_456_000))
    ((_, item, _),) = members(seven_of(tmp_path / "a.7z", folder)).values()
    assert item.modified.timestamp() == 1_700_000_000.123456


def test_encrypted_contents_are_refused_by_name(tmp_path):
    found = members(seven_of(tmp_path / "a.7z", tree(tmp_path / "t", {"a": b"x" * 99, "b": b"y"}), "-psecret"))
    assert {name: item.refusal for name, (_, item, _) in found.items()} == dict.fromkeys(
        (b"a", b"b"), "encrypted, not read"
    )


def test_encrypted_list_of_files_is_said(tmp_path):
    found = members(seven_of(tmp_path / "a.7z", tree(tmp_path / "t", {"a": b"x" * 99}), "-psecret", "-mhe=on"))
    assert {name: item.refusal for name, (_, item, _) in found.items()} == {
        b"\0rest": "its list of files is encrypted, not read"
    }


@pytest.mark.parametrize(("method", "name"), [("PPMd", "PPMd"), ("Deflate64", "Deflate64"), ("BCJ2", "BCJ2")])
def test_method_that_is_not_read_is_named(tmp_path, method, name):
    chain = ("-m0=BCJ2", "-m1=LZMA", "-m2=LZMA", "-m3=LZMA", "-mb0:1", "-mb0s1:2", "-mb0s2:3")
    options = chain if method == "BCJ2" else (f"-m0={method}",)
    found = members(seven_of(tmp_path / "a.7z", tree(tmp_path / "t", {"a": b"text " * 999}), *options))
    assert found[b"a"][1].refusal == f"packed by a method that is not read: {name}"


def test_symbolic_link_is_refused(tmp_path):
    folder = tree(tmp_path / "t", {"real": b"x"})
    (folder / "link").symlink_to("real")
    found = members(seven_of(tmp_path / "a.7z", folder, "-snl"))
    assert found[b"link"][1].refusal == "symbolic link, not followed"
    assert found[b"real"][0] == b"x"


def test_damage_in_one_folder_costs_only_its_files(tmp_path):
    folder = tree(tmp_path / "t", {name: os.urandom(20_000) for name in "abc"})
    archive = seven_of(tmp_path / "a.7z", folder, "-ms=off", "-m0=lzma2")
    whole = bytearray(archive.read_bytes())
    whole[32 + 25_000 : 32 + 25_100] = bytes(100)
    archive.write_bytes(whole)
    found = members(archive)
    assert (found[b"a"][0], found[b"c"][0]) == ((folder / "a").read_bytes(), (folder / "c").read_bytes())
    assert found[b"b"][2].error
    assert found[b"b"][2].agrees is not True


def test_archive_cut_off_is_said(tmp_path):
    archive = seven_of(tmp_path / "a.7z", tree(tmp_path / "t", TREE))
    archive.write_bytes(archive.read_bytes()[:-20])
    found = members(archive)
    assert "may have been cut off" in found[b"\0rest"][1].refusal


def test_list_that_is_damaged_is_said(tmp_path):
    archive = seven_of(tmp_path / "a.7z", tree(tmp_path / "t", TREE), "-mhc=off")
    whole = bytearray(archive.read_bytes())
    whole[-30] ^= 1
    archive.write_bytes(whole)
    assert "damaged" in members(archive)[b"\0rest"][1].refusal


def test_archive_of_nothing_holds_nothing(tmp_path):
    (tmp_path / "t").mkdir()
    archive = seven_of(tmp_path / "a.7z", tmp_path / "t")
    assert contents(archive) == {}


def test_files_packed_again_in_many_folders_come_in_order(tmp_path):
    folder = tree(tmp_path / "t", {f"{number:03}": b"%d" % number * number for number in range(150)})
    archive = seven_of(tmp_path / "a.7z", folder, "-ms=10f")
    with open_source(archive) as source:
        names = [parse(item.path).parts[-1].name for item in source.items()][1:]
    assert sorted(names) == sorted(os.fsencode(path.name) for path in folder.iterdir())
    assert contents(archive) == {os.fsencode(path.name): path.read_bytes() for path in folder.iterdir()}
