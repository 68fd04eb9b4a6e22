"""PDF: pictures that come out byte for byte or rebuilt, and files that it carries; held against poppler."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import zlib
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, features
from tests.sources.archives import contents, members, zip_of
from tests.sources.embedded.gradients import gradient, opened, picture

from kavalan.sources import SourceLimits, open_source, shown
from kavalan.sources.embedded.pdfpicture import REBUILT

GREY, RGB, CMYK = Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK
SIZE = {"Width": 60, "Height": 40, "BitsPerComponent": 8}


def image(pdf, data, **facts):
    return pdf.make_indirect(Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **facts))


def saved(tmp_path, pdf, **options):
    pdf.save(tmp_path / "a.pdf", **options)
    return tmp_path / "a.pdf"


def one(tmp_path, data, **facts):
    """A document of one page that shows one picture."""
    pdf = pikepdf.new()
    shown_ = Dictionary(X=image(pdf, data, **facts))
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=shown_)
    return saved(tmp_path, pdf)


def the_only(path, limits=None):
    ((name, (content, item, ending)),) = members(path, limits).items()
    return name, content, item, ending


def png_rows(mode="RGB") -> bytes:
    """The compressed rows of a PNG, which are a PDF's with predictor 15."""
    content, rows, at = picture("PNG", mode), b"", 8
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        rows += content[at + 8 : at + 8 + length] if content[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    return rows


@pytest.mark.parametrize("filters", [[], ["FlateDecode"], ["ASCII85Decode"], ["ASCIIHexDecode", "FlateDecode"]])
def test_jpeg_comes_out_byte_for_byte(tmp_path, filters):
    import base64

    data = picture()
    for name in reversed(filters):
        data = {
            "FlateDecode": zlib.compress,
            "ASCII85Decode": lambda each: base64.a85encode(each) + b"~>",
            "ASCIIHexDecode": lambda each: each.hex().encode() + b">",
        }[name](data)
    path = one(tmp_path, data, **SIZE, ColorSpace=RGB, Filter=Array([Name("/" + f) for f in [*filters, "DCTDecode"]]))
    name, content, item, ending = the_only(path)
    assert (content, item.remarks, ending.error) == (picture(), (), None)
    assert re.fullmatch(rb"page 1/image \d+\.jpg", name)


@pytest.mark.skipif(not features.check("jpg_2000"), reason="Pillow is built without JPEG 2000")
def test_jpeg_2000_comes_out_byte_for_byte(tmp_path):
    path = one(tmp_path, picture("JPEG2000"), **SIZE, Filter=Name.JPXDecode)
    name, content, _, _ = the_only(path)
    assert (name.endswith(b".jp2"), content) == (True, picture("JPEG2000"))


@pytest.mark.parametrize(
    ("mode", "space", "facts", "data"),
    [
        ("RGB", RGB, {"Filter": Name.FlateDecode}, lambda: zlib.compress(gradient().tobytes())),
        ("L", GREY, {}, lambda: gradient("L").tobytes()),
        ("CMYK", CMYK, {"Filter": Name.FlateDecode}, lambda: zlib.compress(gradient("CMYK").tobytes())),
        (
            "RGB",
            RGB,
            {"Filter": Name.FlateDecode, "DecodeParms": Dictionary(Predictor=15, Colors=3, Columns=60)},
            png_rows,
        ),
        (
            "L",
            GREY,
            {"Filter": Name.FlateDecode, "DecodeParms": Dictionary(Predictor=15, Columns=60)},
            lambda: png_rows("L"),
        ),
    ],
)
def test_pixels_are_rebuilt_exactly_and_said_to_be(tmp_path, mode, space, facts, data):
    _, content, item, ending = the_only(one(tmp_path, data(), **SIZE, ColorSpace=space, **facts))
    assert (opened(content).mode, opened(content).tobytes()) == (mode, gradient(mode).tobytes())
    assert (item.remarks, ending.error) == ((REBUILT,), None)


def test_four_inks_with_predicted_rows_are_rebuilt(tmp_path):
    """Rows as PNG predicts `Up`, written plainly."""
    pixels = gradient("CMYK").tobytes()
    rows, before = b"", bytes(240)
    for at in range(0, len(pixels), 240):
        row = pixels[at : at + 240]
        rows += b"\2" + bytes((new - old) % 256 for new, old in zip(row, before, strict=True))
        before = row
    stated = Dictionary(Predictor=12, Colors=4, Columns=60)
    path = one(tmp_path, zlib.compress(rows), **SIZE, ColorSpace=CMYK, Filter=Name.FlateDecode, DecodeParms=stated)
    assert opened(the_only(path)[1]).tobytes() == pixels


def test_rows_predicted_as_tiff_does_are_rebuilt(tmp_path):
    pixels = gradient().tobytes()
    rows = b""
    for at in range(0, len(pixels), 180):
        row = pixels[at : at + 180]
        rows += bytes((row[x] - (row[x - 3] if x >= 3 else 0)) % 256 for x in range(180))
    stated = Dictionary(Predictor=2, Colors=3, Columns=60)
    path = one(tmp_path, zlib.compress(rows), **SIZE, ColorSpace=RGB, Filter=Name.FlateDecode, DecodeParms=stated)
    assert opened(the_only(path)[1]).tobytes() == pixels


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_palette_is_rebuilt(tmp_path, bits):
    colours = b"".join(bytes((17 * value % 256, 40 * value % 256, 255 - value)) for value in range(1 << bits))
    rows = os.urandom(40 * -(-60 * bits // 8))
    space = Array([Name.Indexed, RGB, (1 << bits) - 1, String(colours)])
    facts = {"Width": 60, "Height": 40, "BitsPerComponent": bits, "ColorSpace": space}
    shown_ = opened(the_only(one(tmp_path, rows, **facts))[1]).convert("RGB")
    width = -(-60 * bits // 8)
    for x, y in ((0, 0), (59, 39), (13, 7)):
        at = y * width * 8 + x * bits
        value = int.from_bytes(rows, "big") >> (len(rows) * 8 - at - bits) & (1 << bits) - 1
        assert shown_.getpixel((x, y)) == tuple(colours[3 * value : 3 * value + 3])


def test_colours_that_mean_the_opposite_are_turned(tmp_path):
    facts = {**SIZE, "ColorSpace": GREY, "Decode": Array([1, 0])}
    content = the_only(one(tmp_path, gradient("L").tobytes(), **facts))[1]
    assert opened(content).convert("L").tobytes() == bytes(255 - value for value in gradient("L").tobytes())


def test_spot_colour_is_dark_where_there_is_ink(tmp_path):
    pdf = pikepdf.new()
    tint = pdf.make_indirect(Stream(pdf, b"{}", FunctionType=4))
    facts = {**SIZE, "ColorSpace": Array([Name.Separation, Name.Black, GREY, tint])}
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(X=image(pdf, gradient("L").tobytes(), **facts)))
    content = the_only(saved(tmp_path, pdf))[1]
    assert opened(content).convert("L").tobytes() == bytes(255 - value for value in gradient("L").tobytes())


@pytest.mark.skipif(not features.check("libtiff"), reason="Pillow is built without libtiff")
@pytest.mark.parametrize("black_is_one", [False, True])
@pytest.mark.parametrize(("group", "k"), [("group4", -1), ("group3", 0)])
def test_fax_becomes_a_tiff_around_its_data(tmp_path, group, k, black_is_one):
    page = gradient("L", (64, 48)).point(lambda value: 255 * (value > 99)).convert("1")
    out = io.BytesIO()
    page.save(out, "TIFF", compression=group)
    with Image.open(io.BytesIO(out.getvalue())) as made:
        start, length, white_is_zero = made.tag_v2[273][0], made.tag_v2[279][0], made.tag_v2[262] == 0
    data = out.getvalue()[start : start + length]
    stated = Dictionary(K=k, Columns=64, Rows=48, BlackIs1=black_is_one)
    facts = {"Width": 64, "Height": 48, "BitsPerComponent": 1, "ColorSpace": GREY}
    name, content, item, _ = the_only(one(tmp_path, data, **facts, Filter=Name.CCITTFaxDecode, DecodeParms=stated))
    expected = page if white_is_zero != black_is_one else page.point(lambda value: 255 - value)
    assert opened(content).convert("L").tobytes() == expected.convert("L").tobytes()
    assert data in content
    assert (name.endswith(b".tif"), "fax" in item.remarks[0]) == (True, True)


def test_lzw_and_run_lengths_are_undone(tmp_path):
    out = io.BytesIO()
    gradient("L").save(out, "TIFF", compression="tiff_lzw")
    with Image.open(io.BytesIO(out.getvalue())) as made:
        strips = zip(made.tag_v2[273], made.tag_v2[279], strict=True)
        data = b"".join(out.getvalue()[start : start + length] for start, length in strips)
        assert len(made.tag_v2[273]) == 1
    facts = {**SIZE, "ColorSpace": GREY}
    assert opened(the_only(one(tmp_path, data, **facts, Filter=Name.LZWDecode))[1]).tobytes() == gradient("L").tobytes()
    runs = b"".join(bytes([257 - 60, row]) for row in range(20)) + (b"\x3b" + bytes(range(60))) * 20 + b"\x80"
    expected = b"".join(bytes([row]) * 60 for row in range(20)) + bytes(range(60)) * 20
    assert opened(the_only(one(tmp_path, runs, **facts, Filter=Name.RunLengthDecode))[1]).tobytes() == expected


def test_object_comes_once_and_says_on_which_pages_it_is(tmp_path):
    pdf = pikepdf.new()
    shared = image(pdf, picture(), **SIZE, Filter=Name.DCTDecode)
    form = pdf.make_indirect(
        Stream(pdf, b"/X Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(X=shared)))
    )
    for number in range(3):
        pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(X=form if number else shared))
    name, _, item, _ = the_only(saved(tmp_path, pdf))
    assert name.startswith(b"page 1/image ")
    assert item.remarks == ("also on page 2, 3",)


def test_picture_of_an_annotation_is_on_its_page_and_one_that_nothing_shows_on_none(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stamp = image(pdf, picture(), **SIZE, Filter=Name.DCTDecode)
    look = pdf.make_indirect(Stream(pdf, b"", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(S=stamp))))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=look))
    pdf.add_blank_page().obj.Annots = Array([pdf.make_indirect(note)])
    pdf.Root.Left = image(pdf, picture(turn=90), **SIZE, Filter=Name.DCTDecode)
    found = {re.sub(rb"\d+\.", b"N.", name): content for name, content in contents(saved(tmp_path, pdf)).items()}
    assert found == {b"page 2/image N.jpg": picture(), b"object N.jpg": picture(turn=90)}


def test_pages_that_show_themselves_end(tmp_path):
    pdf = pikepdf.new()
    form = pdf.make_indirect(Stream(pdf, b"/X Do", Subtype=Name.Form))
    form.Resources = Dictionary(XObject=Dictionary(X=form, Y=image(pdf, picture(), **SIZE, Filter=Name.DCTDecode)))
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(X=form))
    assert list(contents(saved(tmp_path, pdf)).values()) == [picture()]


def test_picture_within_the_text_of_a_page_comes_out(tmp_path):
    pdf = pikepdf.new()
    dots = bytes(range(0, 256, 16))
    text = b"q BI /W 4 /H 4 /CS /G /BPC 8 ID " + dots + b"\nEI Q BI /W 60 /H 40 /BPC 8 /CS /RGB /F [/Fl] ID "
    text += zlib.compress(gradient().tobytes()) + b" EI Q"
    pdf.add_blank_page().obj.Contents = pdf.make_indirect(Stream(pdf, text))
    found = contents(saved(tmp_path, pdf))
    assert opened(found[b"page 1/inline 1.png"]).tobytes() == dots
    assert opened(found[b"page 1/inline 2.png"]).tobytes() == gradient().tobytes()


def test_soft_mask_is_no_picture_unless_the_picture_is_in_it(tmp_path):
    pdf = pikepdf.new()
    mask = image(pdf, gradient("L").tobytes(), **SIZE, ColorSpace=GREY)
    base = image(pdf, gradient().tobytes(), **SIZE, ColorSpace=RGB, SMask=mask)
    hidden = image(pdf, gradient("L").tobytes(), **SIZE, ColorSpace=GREY)
    dot = image(pdf, b"\0\0\0", Width=1, Height=1, BitsPerComponent=8, ColorSpace=RGB, SMask=hidden)
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(A=base, B=dot))
    modes = sorted(
        opened(content).mode + str(opened(content).size) for content in contents(saved(tmp_path, pdf)).values()
    )
    assert modes == ["L(60, 40)", "RGB(1, 1)", "RGB(60, 40)"]


def test_files_come_out_with_their_names_times_and_digest(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    content = b"a note" * 99
    note = pikepdf.AttachedFileSpec(pdf, content, filename="കുറിപ്പ്.txt", mod_date="D:20240101100000+05'30'")
    pdf.attachments["1"] = note
    path = saved(tmp_path, pdf)
    ((name, (read, item, _)),) = members(path).items()
    assert (name, read) == ("കുറിപ്പ്.txt".encode(), content)
    assert item.digests == (("md5", hashlib.md5(content, usedforsecurity=False).digest()),)
    assert item.modified == datetime(2024, 1, 1, 4, 30, tzinfo=UTC)


def test_document_in_a_document_is_opened_and_resumed(tmp_path):
    inner = one(tmp_path, picture(), **SIZE, Filter=Name.DCTDecode).read_bytes()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["in.pdf"] = pikepdf.AttachedFileSpec(pdf, inner, filename="in.pdf")
    pdf.attachments["z.zip"] = pikepdf.AttachedFileSpec(
        pdf, zip_of(tmp_path / "z.zip", {"x": b"1"}).read_bytes(), filename="z.zip"
    )
    with open_source(saved(tmp_path, pdf)) as source:
        paths = [item.path for item in source.items()]
        told = sorted(re.sub(r"image \d+", "image N", shown(path)) for path in paths)
        assert told == sorted(
            ["a.pdf", "a.pdf » in.pdf", "a.pdf » in.pdf » page 1/image N.jpg", "a.pdf » z.zip", "a.pdf » z.zip » x"]
        )
        for cut, path in enumerate(paths):
            assert [item.path for item in source.items(after=path)] == paths[cut + 1 :]


@pytest.mark.parametrize("method", [2, 3, 4, 6])
def test_encrypted_document_is_read_where_no_password_is_needed(tmp_path, method):
    pdf = pikepdf.new()
    pdf.add_blank_page().obj.Resources = Dictionary(
        XObject=Dictionary(X=image(pdf, picture(), **SIZE, Filter=Name.DCTDecode))
    )
    options = {"R": method, "aes": method >= 4, "metadata": method >= 4}
    path = saved(tmp_path, pdf, encryption=pikepdf.Encryption(owner="o", user="", **options))
    assert list(contents(path).values()) == [picture()]
    locked = members(saved(tmp_path, pdf, encryption=pikepdf.Encryption(owner="o", user="u", **options)))
    assert locked[b"\0rest"][1].refusal == "encrypted: it needs its password"


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[: whole.rindex(b"xref")],
        lambda whole: b"junk before it\n" + whole,
        lambda whole: re.sub(rb"startxref\s+\d+", b"startxref 7", whole),
    ],
)
def test_broken_document_is_repaired(tmp_path, harm):
    path = one(tmp_path, picture(), **SIZE, Filter=Name.DCTDecode)
    path.write_bytes(harm(path.read_bytes()))
    assert list(contents(path).values()) == [picture()]


def test_what_only_begins_like_a_pdf_is_said_not_to_be_one(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nno more than that")
    assert "cannot be read as a PDF" in members(tmp_path / "a.pdf")[b"\0rest"][1].refusal


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"Width": 100_000, "Height": 100_000, "ColorSpace": RGB}, "pixels"),
        ({"Width": -5, "Height": 40, "ColorSpace": RGB}, "pixels"),
        ({"Width": 60, "Height": 40, "ColorSpace": RGB, "Filter": Name.JBIG2Decode}, "no decoder"),
        ({"Width": 60, "Height": 40, "ColorSpace": Name.Pattern}, "colours"),
        ({"Width": 60, "Height": 40}, "colours"),
        ({"Width": 60, "Height": 40, "ColorSpace": Array([Name.Lab, Dictionary()])}, "Lab"),
        ({"Width": 60, "Height": 40, "ColorSpace": Array([Name.Indexed])}, None),
    ],
)
def test_picture_that_cannot_be_had_is_refused_by_name(tmp_path, facts, reason):
    found = members(one(tmp_path, b"x", BitsPerComponent=8, **facts))
    (_, item, _) = next(iter(found.values()))
    assert item.refusal is not None
    assert reason is None or reason in item.refusal


def test_bomb_of_pixels_costs_itself(tmp_path):
    """A gigabyte of zeros where forty rows are stated; and a file of a gigabyte behind a megabyte."""
    pdf = pikepdf.new()
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    many = image(pdf, bomb, **SIZE, ColorSpace=RGB, Filter=Name.FlateDecode)
    good = image(pdf, picture(), **SIZE, Filter=Name.DCTDecode)
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(A=many, B=good))
    stream = Stream(pdf, bomb, Type=Name.EmbeddedFile, Filter=Name.FlateDecode)
    pdf.Root.AF = Array([Dictionary(Type=Name.Filespec, F="bomb", EF=Dictionary(F=pdf.make_indirect(stream)))])
    found = members(saved(tmp_path, pdf), SourceLimits(free_member=1 << 20, ratio=20))
    assert picture() in [content for content, _, _ in found.values()]
    content, _, ending = found[b"bomb"]
    assert len(content) <= (1 << 20) + 20 * len(bomb)
    assert "refused" in ending.error
    assert [opened(content).size for name, (content, _, _) in found.items() if name.endswith(b".png")] == [(60, 40)]


def test_picture_with_too_few_rows_says_so(tmp_path):
    path = one(tmp_path, zlib.compress(gradient().tobytes()[:3600]), **SIZE, ColorSpace=RGB, Filter=Name.FlateDecode)
    assert "rows before its last row" in the_only(path)[3].error


def test_zip_behind_a_document_is_not_lost(tmp_path):
    path = one(tmp_path, picture(), **SIZE, Filter=Name.DCTDecode)
    path.write_bytes(path.read_bytes() + zip_of(tmp_path / "z.zip", {"hidden.txt": b"hidden"}).read_bytes())
    assert contents(path)[b"hidden.txt"] == b"hidden"
    assert picture() in contents(path).values()


def test_poppler_finds_the_same_pictures(tmp_path):
    if shutil.which("pdfimages") is None:
        pytest.skip("pdfimages (Debian: poppler-utils) is not installed")
    pdf = pikepdf.new()
    shown_ = Dictionary()
    for number in range(4):
        shown_[f"/J{number}"] = image(pdf, picture(turn=number), **SIZE, ColorSpace=RGB, Filter=Name.DCTDecode)
    for number in range(4, 8):
        pixels = zlib.compress(gradient(turn=number).tobytes())
        shown_[f"/P{number}"] = image(pdf, pixels, **SIZE, ColorSpace=RGB, Filter=Name.FlateDecode)
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(XObject=shown_)
    page.obj.Contents = pdf.make_indirect(Stream(pdf, b" ".join(str(name).encode() + b" Do" for name in shown_.keys())))  # noqa: SIM118
    path = saved(tmp_path, pdf)
    (tmp_path / "out").mkdir()
    subprocess.run(["pdfimages", "-all", str(path), str(tmp_path / "out" / "x")], check=True, capture_output=True)
    theirs = [each.read_bytes() for each in (tmp_path / "out").iterdir()]
    ours = list(contents(path).values())
    assert len(ours) == len(theirs) == 8
    assert sorted(each for each in ours if each[:2] == b"\xff\xd8") == sorted(
        each for each in theirs if each[:2] == b"\xff\xd8"
    )
    assert sorted(opened(each).tobytes() for each in ours if each[:2] != b"\xff\xd8") == sorted(
        opened(each).tobytes() for each in theirs if each[:2] != b"\xff\xd8"
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), min_size=1, max_size=15)
)
def test_damage_never_crashes_the_reader(tmp_path, damages):
    pdf = pikepdf.new()
    rows = Dictionary(Predictor=15, Colors=3, Columns=60)
    shown_ = Dictionary(
        A=image(pdf, picture(), **SIZE, Filter=Name.DCTDecode),
        B=image(pdf, png_rows(), **SIZE, ColorSpace=RGB, Filter=Name.FlateDecode, DecodeParms=rows),
        C=image(pdf, bytes(2400), **SIZE, ColorSpace=Array([Name.Indexed, RGB, 3, String("abcdefghijkl")])),
    )
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(XObject=shown_)
    page.obj.Contents = pdf.make_indirect(Stream(pdf, b"BI /W 4 /H 4 /CS /G /BPC 8 ID " + bytes(16) + b"\nEI"))
    pdf.attachments["n"] = pikepdf.AttachedFileSpec(pdf, b"note", filename="n")
    path = saved(tmp_path, pdf, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = bytearray(path.read_bytes())
    for place, data in damages:
        at = 8 + int(place * (len(whole) - 8))
        whole[at : at + len(data)] = data
    path.write_bytes(whole)
    reasons = [item.refusal or "" for _, item, _ in members(path).values()]
    assert not [reason for reason in reasons if any(word in reason for word in ("error:", "crash:", "hang:"))]
