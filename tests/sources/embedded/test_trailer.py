"""Motion photos and pictures behind pictures, as items of a source."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.sources.archives import contents, members, zip_of
from tests.sources.embedded.pictures import box, directory, heic, jpeg, mp4, samsung, with_segment, xmp

from kavalan.sources import open_source, shown
from kavalan.sources.archive.passage import Passage
from kavalan.sources.archive.records import Begin, End, Request
from kavalan.sources.embedded.trailer import read_trailer

GOOGLE = with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", len(mp4()), 0)))) + mp4()
SAMSUNG = jpeg() + samsung((0xA01, b"Image_UTC_Data", b"1700000000000"), (0xA30, b"MotionPhoto_Data", mp4()))


def written(path, content):
    path.write_bytes(content)
    return path


def test_the_video_of_a_motion_photo_is_an_item(tmp_path):
    assert contents(written(tmp_path / "a.jpg", GOOGLE)) == {b"motion photo.mp4": mp4()}


def test_the_video_of_the_older_format_is_an_item(tmp_path):
    text = f'GCamera:MicroVideo="1" GCamera:MicroVideoOffset="{len(mp4())}"/>'
    content = with_segment(jpeg(exif=9000), 0xE1, xmp(text)) + mp4()
    assert contents(written(tmp_path / "a.jpg", content)) == {b"motion photo.mp4": mp4()}


def test_the_video_in_samsungs_trailer_is_an_item(tmp_path):
    assert contents(written(tmp_path / "a.jpg", SAMSUNG)) == {b"motion photo.mp4": mp4()}


def test_a_video_that_two_list_comes_once_and_without_the_trailer(tmp_path):
    trailer = samsung((0xA30, b"MotionPhoto_Data", mp4()), (0xA31, b"MotionPhoto_Version", b"mpv3"))
    stated = len(trailer) - 8 - len(b"MotionPhoto_Data")
    content = with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", stated, 0)))) + trailer
    assert contents(written(tmp_path / "a.jpg", content)) == {b"motion photo.mp4": mp4()}


def test_a_version_before_the_video_is_left_out(tmp_path):
    content = jpeg() + samsung((0xA30, b"MotionPhoto_Data", b"mpv2" + bytes(4) + mp4()))
    assert contents(written(tmp_path / "a.jpg", content)) == {b"motion photo.mp4": mp4()}


def test_other_pictures_of_samsung_are_named_as_it_names_them(tmp_path):
    content = jpeg() + samsung((1, b"DualShot_1", jpeg((20, 20))), (2, b"../x", jpeg((30, 20))))
    assert contents(written(tmp_path / "a.jpg", content)) == {
        b"sef DualShot_1.jpg": jpeg((20, 20)),
        b"sef ..%2Fx.jpg": jpeg((30, 20)),
    }


def test_the_video_in_a_heic_is_an_item(tmp_path):
    assert contents(written(tmp_path / "a.heic", heic(box(b"mpvd", mp4())))) == {b"motion photo.mp4": mp4()}


def test_further_pictures_are_items(tmp_path):
    held = io.BytesIO()
    Image.linear_gradient("L").save(held, "MPO", save_all=True, append_images=[Image.radial_gradient("L")])
    found = contents(written(tmp_path / "a.jpg", held.getvalue()))
    assert list(found) == [b"mpf 2.jpg"]
    with Image.open(io.BytesIO(found[b"mpf 2.jpg"])) as second:
        assert second.size == (256, 256)


def test_a_motion_photo_in_a_zip_is_found_where_it_lies(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"DCIM/PXL.MP.jpg": GOOGLE, "DCIM/plain.jpg": jpeg()})
    with open_source(path) as source:
        assert [shown(item.path) for item in source.items()] == [
            "a.zip",
            "a.zip » DCIM/PXL.MP.jpg",
            "a.zip » DCIM/PXL.MP.jpg » motion photo.mp4",
            "a.zip » DCIM/plain.jpg",
        ]


def test_a_zip_behind_a_motion_photo_is_read_as_well(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("hidden.txt", b"x")
    assert contents(written(tmp_path / "a.jpg", SAMSUNG[:-4] + b"SEFT" + held.getvalue())) == {b"hidden.txt": b"x"}
    google = with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", len(mp4()) + len(held.getvalue()), 0))))
    assert set(contents(written(tmp_path / "b.jpg", google + mp4() + held.getvalue()))) == {
        b"motion photo.mp4",
        b"hidden.txt",
    }


def test_what_an_editor_left_stated_and_took_away_is_no_item(tmp_path):
    assert contents(written(tmp_path / "a.jpg", GOOGLE[: -len(mp4())])) == {}
    assert (
        contents(written(tmp_path / "b.jpg", with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", 1 << 40, 0))))))
        == {}
    )


def test_a_picture_that_is_cut_off_is_there_as_far_as_it_goes(tmp_path):
    held = io.BytesIO()
    Image.linear_gradient("L").save(held, "MPO", save_all=True, append_images=[Image.radial_gradient("L")])
    whole = contents(written(tmp_path / "a.jpg", held.getvalue()))[b"mpf 2.jpg"]
    ((content, item, _),) = members(written(tmp_path / "b.jpg", held.getvalue()[:-100])).values()
    assert content == whole[:-100]
    assert item.remarks[-1] == "stated to lead 100 bytes out of the file"


def test_a_trailer_without_beginning_is_said(tmp_path):
    ((_, item, _),) = members(written(tmp_path / "a.jpg", SAMSUNG[:-8] + b"\xff\0\0\0SEFT")).values()
    assert item.refusal == "its trailer (SEFT) has no beginning that is one"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_the_reader_says_something_in_order(tmp_path_factory, data):
    content = bytearray(data.draw(st.sampled_from([GOOGLE, SAMSUNG, heic(box(b"mpvd", mp4()))])))
    ends = st.integers(0, 800) | st.integers(len(content) - 120, len(content) - 1)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(ends)] = data.draw(st.integers(0, 255))
    path = written(tmp_path_factory.mktemp("m") / "a.jpg", content)
    request = Request("trailer", b"content", 1 << 30, 200, 1 << 28)
    inside = False
    with path.open("rb") as opened:
        for one in read_trailer(opened, request, Passage(request)):
            assert isinstance(one, bytes | End) == inside
            if isinstance(one, Begin | End):
                inside = isinstance(one, Begin) and one.refusal is None
