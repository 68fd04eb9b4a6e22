"""Names that parts are given."""

from __future__ import annotations

import mimetypes

import pytest

from kavalan.sources.embedded.naming import ending_of, spelled


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/heic", "video/mp4", "video/quicktime", "audio/mp4"])
def test_endings_are_those_that_the_standard_library_knows(kind):
    assert mimetypes.guess_type(f"x.{ending_of(kind).decode()}")[0] in {kind, "audio/mp4a-latm"}


def test_a_rare_kind_has_an_ending_too():
    assert ending_of("image/x-canon-cr3") == b"bin"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("plain name", b"plain name"),
        ("a/b%", b"a%2Fb%25"),
        ("..", b"%2E%2E"),
        ("\n\\", b"%0A%5C"),
        ("പടം", "പടം".encode()),
    ],
)
def test_names_of_tables_are_one_part_of_a_path(name, parts):
    assert spelled(name) == parts
