"""What is on a disk image: what `find` and `fls` count, byte for byte, in every container and file system."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import zipfile

import pytest
from tests.sources.archives import FILES, content_of, tree, zip_of
from tests.sources.images import (
    blank,
    converted,
    e01,
    ext,
    fat,
    listed,
    needs,
    ntfs,
    partitioned,
    run,
)

from kavalan.fingerprint import Fingerprinter
from kavalan.sources import SourceLimits, open_source, parse, shown

pytest.importorskip("dissect.target", reason="kavalan[diskimage] is not installed")

LEAVES = {name.rsplit("/", 1)[-1]: content for name, content in FILES.items()}


def on(path, limits=None, first=None):
    """Content (None where refused) by the name on the image; what could not be read by `!`; then the items."""
    found, items = {}, {}
    with open_source(path, limits=limits) as source:
        for item in source.items():
            place = parse(item.path)
            if place.rest:
                found["!"], items["!"] = item.refusal, item
            elif len(place.parts) == 2 and (first is None or os.fsdecode(place.parts[0].name) == first):
                name = os.fsdecode(place.parts[1].name)
                found[name], items[name] = (None if item.refusal else content_of(item)), item
                items[name + "?"] = item.ending()
    return found, items


def below(prefix, files):
    return {f"{prefix}/{name}": content for name, content in files.items()}


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    return ext(tmp_path_factory.mktemp("raw") / "raw.img")


@pytest.mark.parametrize("kind", ["ext2", "ext3", "ext4"])
@pytest.mark.parametrize("block", [1024, 4096])
def test_every_file_of_ext_is_an_item_with_its_bytes(tmp_path, kind, block):
    image = ext(tmp_path / "a.img", kind=kind, options=["-b", block])
    found, _ = on(image)
    assert found == below(f"volume 1 {kind}", FILES)
    assert set(listed(image)) == set(FILES)


@pytest.mark.parametrize(("bits", "size"), [(12, 4 << 20), (16, 40 << 20), (32, 40 << 20)])
def test_every_file_of_fat_is_an_item_with_its_bytes(tmp_path, bits, size):
    if bits == 32:
        size = 300 << 20
    image = fat(tmp_path / "a.img", bits=bits, size=size)
    found, items = on(image)
    assert found == below(f"volume 1 fat{bits}", FILES)
    assert {item.clock for name, item in items.items() if not name.endswith("?")} == {"local"}
    assert set(listed(image)) == set(FILES)


def test_every_file_of_ntfs_is_an_item_with_its_bytes_and_its_times(tmp_path):
    image = ntfs(tmp_path / "a.img")
    found, items = on(image)
    assert found == below("volume 1 ntfs", LEAVES)
    assert set(listed(image)) == set(LEAVES)
    zeros = items["volume 1 ntfs/zeros"]
    stated = run("istat", image, 64).split("$STANDARD_INFORMATION")[1] if shutil.which("istat") else ""
    for label, moment in (("Created", zeros.created), ("File Modified", zeros.modified), ("Accessed", zeros.accessed)):
        assert not stated or label in stated
        assert moment is not None


@pytest.mark.parametrize("kind", ["xfs", "btrfs", "squashfs"])
def test_every_file_of_what_dissect_reads_is_an_item_with_its_bytes(tmp_path, kind):
    folder, image = tree(tmp_path / "tree"), tmp_path / "a.img"
    if kind == "squashfs":
        run("mksquashfs", folder, image, "-quiet", "-noappend")
    elif kind == "btrfs":
        run("mkfs.btrfs", "-q", "-r", folder, blank(image, 160 << 20))
    else:
        prototype = "/\n0 0\nd--755 0 0\n" + "".join(
            f"f{number} ---644 0 0 {folder / name}\n" for number, name in enumerate(FILES)
        )
        (tmp_path / "proto").write_text(prototype + "$\n$\n")
        run("mkfs.xfs", "-q", "-p", tmp_path / "proto", blank(image, 320 << 20))
    found, _ = on(image)
    names = {f"f{number}": content for number, content in enumerate(FILES.values())}
    assert found == below(f"volume 1 {kind}", names if kind == "xfs" else FILES)


@pytest.mark.parametrize(
    ("ending", "kind", "options"),
    [
        ("vmdk", "vmdk", []),
        ("vmdk", "vmdk", ["-o", "subformat=streamOptimized"]),
        ("vhd", "vpc", []),
        ("vhd", "vpc", ["-o", "subformat=fixed,force_size=on"]),
        ("vhdx", "vhdx", []),
        ("qcow2", "qcow2", []),
        ("qcow2", "qcow2", ["-c"]),
        ("vdi", "vdi", []),
    ],
)
def test_the_medium_is_the_same_in_every_container(tmp_path, raw, ending, kind, options):
    found, _ = on(converted(tmp_path / f"a.{ending}", raw, kind, *options))
    assert found == below("volume 1 ext4", FILES)


@pytest.mark.parametrize("table", ["dos", "gpt"])
def test_volumes_are_read_in_the_order_of_their_table(tmp_path, raw, table):
    image = partitioned(tmp_path / "a.img", fat(tmp_path / "f"), raw, table=table)
    found, _ = on(image)
    assert found == below("volume 1 fat16", FILES) | below("volume 2 ext4", FILES)
    assert [name.split("/")[0] for name in found] == ["volume 1 fat16"] * len(FILES) + ["volume 2 ext4"] * len(FILES)


def test_unknown_and_encrypted_volumes_are_said_with_their_size(tmp_path, raw):
    vault = blank(tmp_path / "luks", 2 << 20)
    vault.write_bytes(b"LUKS\xba\xbe\0\2" + bytes((2 << 20) - 8))
    locked = blank(tmp_path / "bde", 1 << 20)
    locked.write_bytes(b"\xeb\x58\x90-FVE-FS-" + bytes((1 << 20) - 11))
    image = partitioned(tmp_path / "a.img", vault, raw, locked, blank(tmp_path / "empty", 3 << 20))
    found, items = on(image)
    assert {name for name in found if name != "!"} == set(below("volume 2 ext4", FILES))
    assert "volume 1 (2097152 bytes, at byte 1048576) is encrypted with LUKS" in found["!"]
    assert "volume 3 (1048576 bytes" in found["!"]
    assert "encrypted with BitLocker" in found["!"]
    assert "volume 4 (3145728 bytes" in found["!"]
    assert "no file system that is known" in found["!"]
    assert items["!"].state == "unknown"


def test_links_devices_and_pipes_are_refused_with_words(tmp_path):
    folder = tree(tmp_path / "tree", {"real": b"x"})
    (folder / "link").symlink_to("real")
    os.mkfifo(folder / "pipe")
    os.link(folder / "real", folder / "second name")
    found, items = on(ext(tmp_path / "a.img", folder))
    assert found == below("volume 1 ext4", {"real": b"x", "second name": b"x", "link": None, "pipe": None})
    assert items["volume 1 ext4/link"].refusal == "symbolic link, not followed"
    assert items["volume 1 ext4/pipe"].refusal == "named pipe, not read"


def test_names_are_the_bytes_of_the_file_system(tmp_path):
    folder = tree(tmp_path / "tree", {"x": b"1"})
    with open(os.path.join(os.fsencode(folder), b"not \xff utf-8\n"), "wb") as opened:
        opened.write(b"2")
    with open_source(ext(tmp_path / "a.img", folder)) as source:
        names = [parse(item.path).parts[-1].name for item in source.items()][1:]
    assert sorted(names) == [b"volume 1 ext4/not \xff utf-8\n", b"volume 1 ext4/x"]


def test_a_hole_at_the_end_of_a_file_reads_as_zeros(tmp_path):
    folder = tree(tmp_path / "tree", {"a": b"begin"})
    with (folder / "a").open("r+b") as opened:
        opened.truncate(5_000_000)
    for kind in ("ext2", "ext4"):
        found, _ = on(ext(tmp_path / f"{kind}.img", folder, kind))
        assert found[f"volume 1 {kind}/a"] == b"begin".ljust(5_000_000, b"\0")


def test_a_folder_of_many_files_is_read_to_its_end(tmp_path):
    files = {f"many/{number:05}{' long' * 8}": b"%d" % number for number in range(3000)}
    for image in (fat(tmp_path / "fat", files), ext(tmp_path / "ext", files)):
        found, _ = on(image)
        assert {name.split("/", 1)[1]: content for name, content in found.items()} == files


def test_deleted_files_of_fat_are_found_with_their_bytes_and_said_to_be(tmp_path):
    gone = ["DCIM/Camera/IMG_1.jpg", "Download/random.bin", "DCIM/notes.txt"]
    image = fat(tmp_path / "a.img", deleted=gone)
    found, items = on(image)
    deleted = {name: content for name, content in found.items() if items[name].state == "deleted"}
    assert {name.rsplit("/", 1)[-1][1:] for name in deleted} == {"MG_1.jpg", "andom.bin", "otes.txt"}
    assert sorted(deleted.values()) == sorted(FILES[name] for name in gone)
    assert len(deleted) == sum(listed(image).values())
    assert all("deleted" in items[name].remarks[0] for name in deleted)
    assert list(found)[-3:] == list(deleted)


def test_deleted_file_that_was_written_over_is_said_to_be(tmp_path):
    before = {"a.bin": b"1" * 100_000, "b.bin": b"2" * 100_000}
    image = fat(tmp_path / "a.img", before, deleted=["a.bin", "b.bin"])
    (tmp_path / "c.bin").write_bytes(b"3" * 150_000)
    run("mcopy", "-i", image, tmp_path / "c.bin", "::")
    found, items = on(image)
    assert items["volume 1 fat16/_.bin"].remarks[1].endswith("clusters belong to other files now")
    assert set(found["volume 1 fat16/_.bin"]) == set(b"23")


def test_alternate_streams_are_items_and_deleted_records_are_found(tmp_path):
    image = ntfs(tmp_path / "a.img", {"a.jpg": b"a" * 5000, "b.jpg": b"b" * 300, "c.jpg": b"c" * 9000})
    (tmp_path / "hidden").write_bytes(b"in the stream")
    run("ntfscp", "-f", "-N", "hidden", image, tmp_path / "hidden", "a.jpg")
    record = next(int(line.split("-")[0].split()[-1]) for line in run("fls", image).splitlines() if "c.jpg" in line)
    _unlist(image, record)
    found, items = on(image)
    assert found["volume 1 ntfs/a.jpg:hidden"] == b"in the stream"
    assert found["volume 1 ntfs/c.jpg"] == b"c" * 9000
    assert items["volume 1 ntfs/c.jpg"].state == "deleted"
    assert list(found)[-1] == "volume 1 ntfs/c.jpg"
    assert "written over" in items["volume 1 ntfs/c.jpg"].remarks[0]


def test_what_windows_packed_is_unpacked(tmp_path):
    files = {"text": b"a line that packs well\n" * 30_000, "noise": os.urandom(300_000)}
    files["both"] = files["text"] + files["noise"] + bytes(500_000) + files["text"][:777]
    image = blank(tmp_path / "a.img", 40 << 20)
    run("mkntfs", "-q", "-F", "-C", image)
    for name in tree(tmp_path / "tree", files).iterdir():
        run("ntfscp", "-f", image, name, name.name)
    assert on(image)[0] == below("volume 1 ntfs", files)


def test_shadow_copies_are_said_not_to_be_read(tmp_path):
    image = ntfs(tmp_path / "a.img", {"a": b"x"})
    with image.open("r+b") as opened:
        opened.seek(0x1E00)
        opened.write(bytes.fromhex("6b870838 76c1 4848 b7ae 04046e6cc752"))
    assert "volume shadow copies" in on(image)[0]["!"]


def test_volumes_of_an_extended_partition_are_numbered_on(tmp_path):
    small = fat(tmp_path / "f", {"a": b"x"}, bits=12, size=1 << 20)
    image = blank(tmp_path / "a.img", 8 << 20)
    script = "label: dos\nstart=2048, size=2048, type=6\nstart=4096, size=10240, type=5\n"
    run(
        "sfdisk",
        "-q",
        image,
        input=(script + "start=6144, size=2048, type=6\nstart=10240, size=2048, type=6\n").encode(),
    )
    with image.open("r+b") as opened:
        for sector in (2048, 6144, 10240):
            opened.seek(512 * sector)
            opened.write(small.read_bytes())
    assert on(image)[0] == {f"volume {number} fat12/a": b"x" for number in (1, 2, 3)}


def _unlist(image, record):
    """Clear the mark of a record's being in use, as deleting does."""
    with image.open("r+b") as opened:
        boot = opened.read(512)
        cluster = int.from_bytes(boot[11:13], "little") * boot[13]
        at = int.from_bytes(boot[48:56], "little") * cluster + 1024 * record + 22
        opened.seek(at)
        opened.write(b"\0\0")


def test_the_digest_that_an_image_keeps_is_checked_against_the_medium(tmp_path, raw):
    image = e01(tmp_path / "a.E01", raw, "-d", "sha1", "-c", "fast")
    found, items = on(image)
    whole = raw.read_bytes()
    assert found == below("volume 1 ext4", FILES) | {"medium": whole}
    stated = {"md5": hashlib.md5(whole).digest(), "sha1": hashlib.sha1(whole).digest()}  # noqa: S324 - what images keep
    assert dict(items["medium"].digests) == stated
    with open_source(image) as source, Fingerprinter() as fingerprinter:
        *_, last = fingerprinter.read(source.items())
    assert (last.fingerprint.md5, last.fingerprint.sha1) == (stated["md5"], stated["sha1"])
    assert last.error is None


def test_the_medium_is_not_read_once_more_where_that_is_not_wanted(tmp_path, raw):
    found, _ = on(e01(tmp_path / "a.E01", raw), SourceLimits(medium=0))
    assert "medium" not in found
    assert "was not checked: md5 " in found["!"]


@pytest.fixture(scope="module")
def segmented(tmp_path_factory):
    """A medium that does not shrink, in segments of a megabyte."""
    at = tmp_path_factory.mktemp("segments")
    files = {f"{number}.bin": os.urandom(700_000) for number in range(6)}
    medium = ext(at / "medium", files, size=8 << 20)
    (at / "exhibit").mkdir()
    e01(at / "exhibit" / "a.E01", medium, "-S", 1 << 20, "-c", "none")
    return at, files, medium


def test_segments_are_read_with_the_first_and_are_items_that_say_so(segmented):
    at, files, medium = segmented
    found, items = on(at / "exhibit", first="a.E01")
    assert found == below("volume 1 ext4", files) | {"medium": medium.read_bytes()}
    assert dict(items["medium"].digests)["md5"] == hashlib.md5(medium.read_bytes()).digest()  # noqa: S324 - as above
    with open_source(at / "exhibit") as source:
        whole = list(source.items())
    segments = [item for item in whole if b"\0" not in item.path]
    assert len(segments) > 5
    assert {item.remarks for item in segments[1:]} == {("segment of a.E01",)}


def test_a_missing_segment_is_said_and_what_is_before_it_is_read(segmented, tmp_path):
    at, files, _ = segmented
    shutil.copytree(at / "exhibit", tmp_path / "cut")
    (tmp_path / "cut" / "a.E04").unlink()
    found, _ = on(tmp_path / "cut" / "a.E01")
    assert "in segments that are not beside it" in found["!"]
    assert "medium" not in found, "its digest is in the last segment"
    assert any(content == files.get(name.rsplit("/", 1)[-1]) for name, content in found.items())
    with open_source(tmp_path / "cut" / "a.E02") as source:
        *_, last = source.items()
    assert "another" in last.refusal


def test_split_raw_images_are_one(tmp_path, raw):
    whole = raw.read_bytes()
    for number in range(4):
        (tmp_path / f"a.{number + 1:03}").write_bytes(whole[number * (8 << 20) : (number + 1) * (8 << 20)])
    with open_source(tmp_path) as source:
        items = {shown(item.path): item for item in source.items()}
        assert items["a.003"].remarks == ("segment of a.001",)
        assert len(items) == 4 + len(FILES)
    assert on(tmp_path / "a.001")[0] == below("volume 1 ext4", FILES)


def test_extents_of_a_descriptor_are_read_and_a_way_out_of_the_folder_is_not(tmp_path, raw):
    folder = tmp_path / "exhibit"
    folder.mkdir()
    converted(folder / "a.vmdk", raw, "vmdk", "-o", "subformat=monolithicFlat")
    assert on(folder / "a.vmdk")[0] == below("volume 1 ext4", FILES)
    with open_source(folder) as source:
        assert {shown(item.path): item.remarks for item in source.items()}["a-flat.vmdk"] == ("segment of a.vmdk",)
    shutil.copy(folder / "a-flat.vmdk", tmp_path / "a-flat.vmdk")
    text = (folder / "a.vmdk").read_text()
    (folder / "a.vmdk").write_text(text.replace('"a-flat.vmdk"', '"../a-flat.vmdk"'))
    found, _ = on(folder / "a.vmdk")
    assert set(found) == {"!"}
    (folder / "a.vmdk").write_text(text)
    (folder / "a-flat.vmdk").unlink()
    (folder / "a-flat.vmdk").symlink_to(raw)
    assert set(on(folder / "a.vmdk")[0]) == {"!"}


def test_image_that_keeps_only_changes_is_said_to(tmp_path, raw):
    run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", raw, tmp_path / "a.qcow2")
    assert "only what changed against another image" in on(tmp_path / "a.qcow2")[0]["!"]


def test_archives_in_images_and_images_in_archives_are_read(tmp_path):
    inner = zip_of(tmp_path / "in.zip", {"deep.txt": b"deep"}).read_bytes()
    image = fat(tmp_path / "card.img", {"in.zip": inner}, bits=12, size=2 << 20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(image, "card.img")
    with open_source(tmp_path / "a.zip") as source:
        found = {shown(item.path): content_of(item) for item in source.items()}
    assert found["a.zip » card.img » volume 1 fat12/in.zip » deep.txt"] == b"deep"
    with open_source(tmp_path / "a.zip", limits=SourceLimits(spool=1 << 20)) as source:
        *_, last = source.items()
    assert "are held of one in another" in last.refusal


@pytest.mark.parametrize("make", ["raw", "fat", "ntfs", "e01"])
def test_resuming_behind_every_item_yields_exactly_the_rest(tmp_path, raw, make):
    image = {
        "raw": lambda: raw,
        "fat": lambda: fat(tmp_path / "a.img", deleted=["DCIM/notes.txt"]),
        "ntfs": lambda: ntfs(tmp_path / "a.img"),
        "e01": lambda: e01(tmp_path / "a.E01", raw),
    }[make]()
    with open_source(image) as source:
        whole = [(item.path, item.state, item.modified) for item in source.items()]
        for cut, (path, *_) in enumerate(whole):
            rest = [(item.path, item.state, item.modified) for item in source.items(after=path)]
            assert rest == whole[cut + 1 :]


def test_members_are_bounded_and_what_is_beside_the_image_is_read(tmp_path):
    folder = tmp_path / "exhibit"
    folder.mkdir()
    ext(folder / "a.img", {f"d/{number}": b"" for number in range(300)})
    shutil.rmtree(folder / "a.tree")
    (folder / "b").write_bytes(b"beside")
    with open_source(folder, limits=SourceLimits(members=50)) as source:
        items = list(source.items())
    assert items[-1].path == b"b"
    assert len(items) < 60
    assert "more members" in items[-2].refusal


def test_a_file_on_a_medium_that_ends_too_soon_is_damaged_and_the_others_are_read(tmp_path, raw):
    cut = tmp_path / "cut.img"
    shutil.copy(raw, cut)
    os.truncate(cut, 2_300_000)
    found, items = on(cut)
    damaged = [name for name in found if name != "!" and items[name + "?"].error]
    whole = [name for name in found if name != "!" and not items[name + "?"].error and items[name].refusal is None]
    assert damaged or "!" in found
    assert all(found[name] == FILES[name.split("/", 1)[1]] for name in whole)


def test_without_the_extra_an_image_is_an_item_that_names_it(tmp_path, raw, monkeypatch):
    monkeypatch.setattr("kavalan.sources.archive.descent.readable", lambda: False)
    found, _ = on(raw)
    assert found == {"!": "a disk image (raw): install kavalan[diskimage] to read it"}


def test_nothing_of_dissect_is_imported_here(tmp_path, raw):
    code = (
        "import sys; from pathlib import Path; from kavalan.sources import open_source\n"
        f"with open_source(Path({str(raw)!r})) as source: print(len(list(source.items())))\n"
        "print([name for name in sys.modules if name.startswith('dissect.')])"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split("\n")[:2] == [str(1 + len(FILES)), "[]"]


def test_logical_volumes_are_said_where_they_cannot_be_put_together(tmp_path):
    part = bytearray(4 << 20)
    part[512:544] = b"LABELONE" + bytes(16) + b"LVM2 001"
    (tmp_path / "a.img").write_bytes(part)
    assert "logical volumes that cannot be put together" in on(tmp_path / "a.img")[0]["!"]


def test_folders_that_lead_in_a_circle_end(tmp_path):
    needs("mcopy")
    image = fat(tmp_path / "a.img", {"a/b/c.txt": b"c", "z.txt": b"z"}, bits=12, size=2 << 20)
    content = bytearray(image.read_bytes())
    entries = [
        at for at in range(0, len(content), 32) if bytes(content[at : at + 11]) in {b"A          ", b"B          "}
    ]
    first, second = sorted(entries)
    content[second + 26 : second + 28] = content[first + 26 : first + 28]
    image.write_bytes(content)
    found, _ = on(image)
    assert found["volume 1 fat12/z.txt"] == b"z"
    assert "was read before" in found["!"]


def test_order_is_that_of_the_table_of_records(tmp_path):
    files = {f"{number:03}": b"%d" % number for number in itertools.chain(range(0, 60, 2), range(1, 60, 2))}
    found, _ = on(ntfs(tmp_path / "a.img", files))
    assert list(found) == [f"volume 1 ntfs/{name}" for name in files]
