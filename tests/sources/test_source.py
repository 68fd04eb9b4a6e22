"""What every source does alike: the battery that each kind of source passes."""

from __future__ import annotations

import os
import subprocess
import tarfile
import threading
import warnings
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from tests.sources.archives import FILES, content_of, seven_of, squeezed, tar_of, tree, zip_of
from tests.sources.embedded.compounds import compound
from tests.sources.embedded.databases import JPEG
from tests.sources.embedded.databases import made as database
from tests.sources.embedded.pictures import jpeg, mp4, samsung
from tests.sources.images import e01, fat

from kavalan.sources import SourceLimits, open_source, parse


def _folder(at):
    return tree(at / "exhibit")


def _nested(at):
    """A ZIP in a TAR in a 7z or a folder, beside a file of the same name and one compressed alone."""
    folder = tree(at / "exhibit")
    zip_of(folder / "inner.zip")
    tar_of(folder / "outer.tar.gz", {"inner.zip": (folder / "inner.zip").read_bytes(), "beside": b"x"}, "w:gz")
    squeezed(tree(folder, {"alone.txt": b"one compressed file"}) / "alone.txt", "gzip")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture" + (folder / "inner.zip").read_bytes())
    return folder


def _twice(at):
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(at / "twice.zip", "w") as archive:
        for number in range(4):
            archive.writestr("same", b"%d" % number)
            archive.writestr(f"other {number}", b"%d" % number)
    return at / "twice.zip"


def _links(at):
    folder = tree(at / "linked", {"real": b"x", "a/b": b"y"})
    (folder / "link").symlink_to("real")
    os.link(folder / "real", folder / "a" / "hard")
    os.mkfifo(folder / "pipe")
    subprocess.run(["tar", "cf", str(at / "links.tar"), "-C", str(folder), "."], check=True)
    return at / "links.tar"


def _disk(at):
    """A card in segments, beside a file."""
    pytest.importorskip("dissect.target", reason="kavalan[diskimage] is not installed")
    folder = tree(at / "exhibit", {"z": b"beside"})
    e01(folder / "card.E01", fat(at / "card", bits=12, size=4 << 20, deleted=["zeros"]), "-S", 1 << 20, "-c", "none")
    return folder


def _mail(at):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Date"] = (
        "a@example.invalid",
        "b@example.invalid",
        "Mon, 1 Jan 2024 10:00 +0000",
    )
    letter.set_content("A letter.")
    for name, content in FILES.items():
        letter.add_attachment(content, "application", "octet-stream", filename=name)
    (at / "a.eml").write_bytes(letter.as_bytes())
    return at / "a.eml"


def _outlook(at):
    streams = {"__properties_version1.0": bytes(32)}
    for number, (name, content) in enumerate(FILES.items()):
        folder = f"__attach_version1.0_#{number:08X}/__substg1.0_"
        streams |= {folder + "37010102": content, folder + "3707001F": name.encode("utf-16-le")}
    (at / "a.msg").write_bytes(compound(streams))
    return at / "a.msg"


def _pdf(at):
    document = pikepdf.new()
    document.add_blank_page()
    for name, content in FILES.items():
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
    document.save(at / "a.pdf")
    return at / "a.pdf"


def _held(at):
    """A database whose BLOBs hold a picture and an archive, a motion photo, a cache of Android."""
    folder = tree(at / "held", {"motion.jpg": jpeg() + samsung((0xA30, b"MotionPhoto_Data", mp4()))})
    inner = zip_of(at / "inner.zip", {"in.jpg": JPEG}).read_bytes()
    rows = [(JPEG + bytes(number), inner) for number in range(4)]
    database(folder / "app.db", "CREATE TABLE t(a, b)", ("INSERT INTO t VALUES(?,?)", rows))
    slot = b"\1" + bytes(8) + len(jpeg()).to_bytes(4, "big") + jpeg()
    (folder / ".thumbdata4").write_bytes(bytes(30_000) + slot.ljust(10_000, b"\0") + slot)
    return folder


SOURCES = {
    "folder": _folder,
    "zip": lambda at: zip_of(at / "a.zip"),
    "stored zip": lambda at: zip_of(at / "a.zip", compression=zipfile.ZIP_STORED),
    "bzip2 zip": lambda at: zip_of(at / "a.zip", compression=zipfile.ZIP_BZIP2),
    "lzma zip": lambda at: zip_of(at / "a.zip", compression=zipfile.ZIP_LZMA),
    "gnu tar": lambda at: tar_of(at / "a.tar"),
    "pax tar": lambda at: tar_of(at / "a.tar", format_=tarfile.PAX_FORMAT),
    "tar.gz": lambda at: tar_of(at / "a.tar.gz", mode="w:gz"),
    "tar.bz2": lambda at: tar_of(at / "a.tar.bz2", mode="w:bz2"),
    "tar.xz": lambda at: tar_of(at / "a.tar.xz", mode="w:xz"),
    "tar.zst": lambda at: squeezed(tar_of(at / "a.tar"), "zstd"),
    "7z": lambda at: seven_of(at / "a.7z", tree(at / "tree")),
    "7z not solid": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-ms=off"),
    "7z lzma": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-m0=lzma"),
    "7z bzip2": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-m0=bzip2"),
    "7z deflate": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-m0=deflate"),
    "7z stored": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-mx=0"),
    "7z delta": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-m0=delta:4", "-m1=lzma2"),
    "7z x86": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-m0=bcj", "-m1=lzma2"),
    "7z plain header": lambda at: seven_of(at / "a.7z", tree(at / "tree"), "-mhc=off"),
    "zip by 7z": lambda at: seven_of(at / "a.zip", tree(at / "tree")),
    "nested": _nested,
    "same name": _twice,
    "links": _links,
    "disk image": _disk,
    "mail": _mail,
    "outlook message": _outlook,
    "pdf with files": _pdf,
    "held in others": _held,
}
WHOLE = [name for name in SOURCES if name not in {"nested", "same name", "links", "disk image", "held in others"}]


@pytest.fixture(params=SOURCES, scope="module")
def made(request, tmp_path_factory):
    return request.param, SOURCES[request.param](tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def source(made):
    """One source of each kind, whose readers serve all tests of it."""
    with open_source(made[1]) as opened:
        yield opened


def test_every_file_is_an_item_with_its_bytes(made, source):
    if made[0] not in WHOLE:
        return
    found = {}
    for item in source.items():
        assert item.refusal is None
        found[os.fsdecode(parse(item.path).parts[-1].name)] = content_of(item)
        ending = item.ending()
        assert (ending.error, ending.agrees) in {(None, True), (None, None)}
        assert (ending.agrees is None) == (ending.stored is None)
    if made[1].is_file():
        del found[made[1].name]
    assert found == FILES


def test_paths_are_unique_and_a_second_pass_repeats_them(source):
    first = [item.path for item in source.items()]
    assert first == [item.path for item in source.items()]
    assert len(set(first)) == len(first)


def test_resuming_behind_every_item_yields_exactly_the_rest(source):
    whole = [(item.path, item.refusal, item.remarks, item.modified) for item in source.items()]
    for cut, (path, *_) in enumerate(whole):
        rest = [(item.path, item.refusal, item.remarks, item.modified) for item in source.items(after=path)]
        assert rest == whole[cut + 1 :], path


def test_what_is_resumed_has_the_same_bytes(source):
    whole = [None if item.refusal else content_of(item) for item in source.items()]
    paths = [item.path for item in source.items()]
    for cut in {0, len(paths) // 2, len(paths) - 2}:
        rest = [None if item.refusal else content_of(item) for item in source.items(after=paths[cut])]
        assert rest == whole[cut + 1 :]


def test_items_come_alike_whether_they_are_read_or_not(source):
    unread = [item.path for item in source.items()]
    read = [(item.path, None if item.refusal else content_of(item))[0] for item in source.items()]
    every_other = [
        (item.path, None if item.refusal or number % 2 else content_of(item))[0]
        for number, item in enumerate(source.items())
    ]
    assert unread == read == every_other


def test_an_item_that_is_read_by_halves_costs_no_other(source):
    paths = [item.path for item in source.items()]
    halves = []
    for item in source.items():
        if item.refusal is None:
            opened = item.open()
            if isinstance(opened, int):
                os.read(opened, 10)
                os.close(opened)
        halves.append(item.path)
    assert halves == paths


def test_no_descriptor_and_no_process_is_left(made):
    def held():
        return (
            sorted(os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.exists()),
            Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text(),
        )

    before = held()
    with open_source(made[1]) as source:
        for item in source.items():
            if item.refusal is None:
                content_of(item)
        next(source.items())
        items = source.items()
        for _ in range(3):
            next(items, None)
        items.close()
    assert held() == before


def test_a_members_bytes_are_gone_with_its_turn(tmp_path):
    with open_source(zip_of(tmp_path / "a.zip")) as source:
        items = source.items()
        next(items)
        first = next(items)
        next(items)
        with pytest.raises(OSError, match="has been read on"):
            first.open()


def test_a_held_member_can_be_opened_more_than_once_in_its_turn(tmp_path):
    with open_source(zip_of(tmp_path / "a.zip", {"a": b"again"})) as source:
        items = source.items()
        next(items)
        item = next(items)
        assert content_of(item) == content_of(item) == b"again"


def test_one_file_that_is_no_archive_is_one_item(tmp_path):
    tree(tmp_path, {"note.txt": b"a note"})
    with open_source(tmp_path / "note.txt") as source:
        (item,) = source.items()
        assert (item.path, content_of(item), list(source.items(after=b"note.txt"))) == (b"note.txt", b"a note", [])


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="does not exist"):
        open_source(tmp_path / "gone")


def test_what_is_neither_file_nor_folder_is_said(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotADirectoryError, match="neither"):
        open_source(tmp_path / "pipe")


def test_an_archive_that_went_away_costs_only_itself(tmp_path):
    folder = tree(tmp_path / "exhibit", {"a": b"x", "z": b"y"})
    zip_of(folder / "b.zip")
    with open_source(folder) as source:
        items = source.items()
        next(items)
        item = next(items)
        (folder / "b.zip").unlink()
        assert [item.path, *(each.path for each in items)] == [b"b.zip", b"z"]


def test_a_place_that_is_not_there_any_more_is_said(tmp_path):
    zip_of(tmp_path / "a.zip", {"a": b"1"})
    with open_source(tmp_path / "a.zip") as source:
        (item,) = source.items(after=b"a.zip\0/gone")
        assert "not there any more" in item.refusal


def test_depth_is_bounded(tmp_path):
    zip_of(tmp_path / "0.zip", {"file": b"the innermost"})
    for number in range(5):
        inner = tmp_path / f"{number}.zip"
        zip_of(tmp_path / f"{number + 1}.zip", {"in.zip": inner.read_bytes()})
    with open_source(tmp_path / "5.zip", limits=SourceLimits(depth=3)) as source:
        *_, last = source.items()
        assert last.refusal == "refused: deeper than 3 archives inside one another"
    with open_source(tmp_path / "5.zip", limits=SourceLimits(depth=6)) as source:
        assert [content_of(item) for item in source.items()][-1] == b"the innermost"


def test_folder_that_is_gone_before_it_is_walked_is_said_to_be_gone(tmp_path):
    (tmp_path / "exhibit").mkdir()
    with open_source(tmp_path / "exhibit") as source:
        (tmp_path / "exhibit").rename(tmp_path / "away")
        with pytest.raises(NotADirectoryError):
            list(source.items())


@pytest.mark.parametrize("after", [None, b"a.zip", b"a.zip\0/member"])
def test_file_that_is_gone_before_it_is_read_is_said_to_be_gone(tmp_path, after):
    path = tmp_path / "a.zip"
    path.write_bytes(b"a")
    with open_source(path) as source:
        path.unlink()
        with pytest.raises(FileNotFoundError, match="is not there any more"):
            list(source.items(after))
