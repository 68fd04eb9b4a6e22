"""The text of pages, held to poppler's `pdftotext` and to what was put in."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from kavalan.tips.printed.page import lines_of
from tests.tips.printed.prints import FILES, PEOPLE, SUMMARY, compiled


def lines(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        return [line for number, page in enumerate(document.pages, 1) for line in lines_of(page, number)]


def page_of(content, **more):
    """A page with one of the fonts that every reader has, under the name F."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 800))
    font = {"Type": pikepdf.Name.Font, "Subtype": pikepdf.Name.Type1, "BaseFont": pikepdf.Name.Courier} | more
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pikepdf.Dictionary(**font)))
    page.obj.Contents = document.make_stream(content)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def shown(content, **more):
    return [line.cells for line in lines(page_of(content, **more))]


@pytest.mark.parametrize(
    "source", [SUMMARY + PEOPLE + FILES, "#set text(size: 8pt)\n#lorem(300)", "#lorem(90) _#lorem(9)_"]
)
def test_words_are_those_of_pdftotext(tmp_path, source):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: install poppler-utils")
    path = tmp_path / "print.pdf"
    path.write_bytes(compiled(source))
    said = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
    ours = [line.text.split() for line in lines(path.read_bytes())]
    assert ours == [line.split() for line in said.replace("\f", "\n").splitlines() if line.strip()]


def test_columns_far_apart_are_cells():
    content = b"BT /F 10 Tf 50 700 Td (IP Address) Tj 200 0 Td (192.0.2.1) Tj -200 -20 Td (next) Tj ET"
    assert shown(content) == [("IP Address", "192.0.2.1"), ("next",)]


def test_lines_come_from_above_whatever_the_order_in_the_file():
    content = b"BT /F 10 Tf 50 600 Td (second) Tj ET BT /F 10 Tf 50 700 Td (first) Tj ET"
    assert shown(content) == [("first",), ("second",)]


def test_every_operator_that_shows_text():
    content = b"BT /F 10 Tf 12 TL 50 700 Td (a) Tj (b) ' 1 0 (c) \" T* [(d) -2000 (e)] TJ 0 -12 TD (f) Tj ET"
    assert shown(content) == [("a",), ("b",), ("c",), ("d", "e"), ("f",)]


def test_a_kern_is_no_space_and_a_gap_is_one():
    assert shown(b"BT /F 10 Tf 50 700 Td [(Ma) 80 (la) -300 (yalam)] TJ ET") == [("Mala yalam",)]


def test_text_in_a_form_that_the_page_shows():
    document = pikepdf.open(io.BytesIO(page_of(b"q 1 0 0 1 0 -100 cm /X Do Q BT /F 10 Tf 50 650 Td (page) Tj ET")))
    form = document.make_stream(
        b"BT /F 10 Tf 50 700 Td (form) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form
    )
    document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=form)
    held = io.BytesIO()
    document.save(held)
    assert [line.text for line in lines(held.getvalue())] == ["page", "form"]


def test_a_form_that_shows_itself_ends():
    document = pikepdf.open(io.BytesIO(page_of(b"/X Do")))
    form = document.make_stream(b"/X Do BT /F 9 Tf (x) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=form)
    held = io.BytesIO()
    document.save(held)
    assert lines(held.getvalue())


def test_names_of_glyphs_are_known():
    encoding = pikepdf.Dictionary(
        Differences=[65, pikepdf.Name.at, pikepdf.Name("/uni0D35"), pikepdf.Name("/g17"), pikepdf.Name.endash]
    )
    assert shown(b"BT /F 10 Tf 50 700 Td (ABCD) Tj ET", Encoding=encoding) == [("@\u0d35\ufffd\u2013",)]


def test_what_a_document_says_for_its_glyphs_goes_before_them():
    content = b"BT /F 10 Tf 50 700 Td /Span <</ActualText (vallam)>> BDC (q) Tj (q) Tj EMC ( x) Tj ET"
    assert shown(content) == [("vallam x",)]
