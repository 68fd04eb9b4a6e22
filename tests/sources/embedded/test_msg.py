"""Attachments of Outlook messages."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from tests.sources.archives import contents, members
from tests.sources.embedded.compounds import compound
from tests.sources.embedded.gradients import picture

ATTACH = "__attach_version1.0_#{:08X}/"
VALUE = "__substg1.0_"


def attachment(number: int, content: bytes, long="", short="", narrow=b"", properties=b"") -> dict[str, bytes]:
    folder = ATTACH.format(number)
    files = {f"{folder}{VALUE}37010102": content, f"{folder}__properties_version1.0": bytes(8) + properties}
    if long:
        files[f"{folder}{VALUE}3707001F"] = long.encode("utf-16-le")
    if short:
        files[f"{folder}{VALUE}3704001F"] = short.encode("utf-16-le")
    if narrow:
        files[f"{folder}{VALUE}3707001E"] = narrow
    return files


def message(*parts: dict[str, bytes], above="") -> dict[str, bytes]:
    files = {"__properties_version1.0": bytes(32), f"{VALUE}0037001F": "Hills".encode("utf-16-le")}
    for part in parts:
        files |= part
    return {above + name: content for name, content in files.items()}


def written(tmp_path, files):
    (tmp_path / "a.msg").write_bytes(compound(files))
    return tmp_path / "a.msg"


def test_attachments_have_their_long_names(tmp_path):
    files = message(
        attachment(0, picture(), long="പാലം.jpg", short="PALAM~1.JPG"),
        attachment(1, b"note", short="NOTE.TXT"),
        attachment(2, b"old", narrow=b"caf\xe9.txt"),
        attachment(3, b"nameless"),
    )
    assert contents(written(tmp_path, files)) == {
        "പാലം.jpg".encode(): picture(),
        b"NOTE.TXT": b"note",
        b"caf\xe9.txt": b"old",
        b"attachment 00000003": b"nameless",
    }


def test_text_of_the_message_is_no_item(tmp_path):
    body = {f"{VALUE}1000001F": "text".encode("utf-16-le"), f"{VALUE}10130102": b"<html>" + b"x" * 5000}
    assert contents(written(tmp_path, message(body))) == {}


def test_times_are_those_of_the_attachment(tmp_path):
    filetime = 127_490_112_000_000_000
    stated = struct.pack("<LLQLLQ", 0x30070040, 6, filetime, 0x30080040, 6, filetime + 600_000_000)
    _, item, _ = members(written(tmp_path, message(attachment(0, b"x", long="x", properties=stated))))[b"x"]
    assert (item.created, item.modified) == (datetime(2005, 1, 1, tzinfo=UTC), datetime(2005, 1, 1, 0, 1, tzinfo=UTC))


def test_attachments_of_an_attached_message_stand_below_its_subject(tmp_path):
    inner = message(attachment(0, picture(), long="inner.jpg"), above=ATTACH.format(0) + VALUE + "3701000D/")
    files = message(attachment(1, b"outer", long="outer.txt")) | inner
    assert contents(written(tmp_path, files)) == {b"Hills/inner.jpg": picture(), b"outer.txt": b"outer"}


def test_streams_of_an_attached_object_are_looked_through(tmp_path):
    files = message({ATTACH.format(0) + VALUE + "3701000D/CONTENTS": picture()})
    assert contents(written(tmp_path, files)) == {b"attachment 00000000/CONTENTS": picture()}


def test_attached_archive_is_opened(tmp_path):
    from tests.sources.archives import zip_of

    inner = zip_of(tmp_path / "z.zip", {"inside": b"1"}).read_bytes()
    assert contents(written(tmp_path, message(attachment(0, inner, long="z.zip")))) == {
        b"z.zip": inner,
        b"inside": b"1",
    }
