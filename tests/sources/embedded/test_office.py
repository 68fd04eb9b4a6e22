"""Documents that are ZIPs: their pictures come out without a reader of their own."""

from __future__ import annotations

import pytest
from tests.sources.archives import contents, zip_of
from tests.sources.embedded.compounds import compound, native
from tests.sources.embedded.gradients import picture


@pytest.mark.parametrize(
    ("name", "first", "inside"),
    [
        ("a.docx", "[Content_Types].xml", "word/media/image1.jpeg"),
        ("a.pptx", "[Content_Types].xml", "ppt/media/image1.jpeg"),
        ("a.xlsx", "[Content_Types].xml", "xl/media/image1.jpeg"),
        ("a.odt", "mimetype", "Pictures/100002.jpg"),
        ("a.epub", "mimetype", "OEBPS/images/cover.jpg"),
    ],
)
def test_pictures_of_a_document_come_out(tmp_path, name, first, inside):
    path = zip_of(tmp_path / name, {first: b"<x/>", inside: picture()})
    assert contents(path)[inside.encode()] == picture()


def test_object_in_a_new_document_is_opened(tmp_path):
    """A new document keeps an embedded file as the compound file that an old one would have held."""
    inner = compound({"\x01Ole10Native": native(b"hill.jpg", b"C:\\hill.jpg", picture())})
    path = zip_of(tmp_path / "a.docx", {"[Content_Types].xml": b"<x/>", "word/embeddings/oleObject1.bin": inner})
    assert contents(path)[b"hill.jpg"] == picture()
