"""The fonts: ours alone, complete, and their characters as typst and a font made by hand say."""

import struct

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.papers.custodies import custody
from tests.papers.required import fonts_built

from kavalan.papers import FontsMissingError, missing_fonts, render
from kavalan.papers import fonts as module
from kavalan.papers.fonts import characters_in, fonts, shown_characters


def font_with(*subtables):
    """A font that is nothing but a cmap: (platform, encoding, bytes) each."""
    head, body = struct.pack(">HH", 0, len(subtables)), b""
    for platform, encoding, table in subtables:
        head += struct.pack(">HHI", platform, encoding, 4 + 8 * len(subtables) + len(body))
        body += table
    directory = struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 0)
    return directory + head + body


def groups(*ranges):
    return struct.pack(">HHIII", 12, 0, 0, 0, len(ranges)) + b"".join(struct.pack(">III", *one) for one in ranges)


def segments(rows, glyphs=()):
    """Format 4 of (first, last, delta, offset) rows."""
    columns = list(zip(*rows, strict=True))
    words = [*columns[1], 0, *columns[0], *columns[2], *columns[3], *glyphs]
    return struct.pack(">7H", 4, 0, 0, 2 * len(rows), 0, 0, 0) + struct.pack(f">{len(words)}H", *words)


def test_groups_are_read_and_the_missing_glyph_is_none():
    assert characters_in(font_with((3, 10, groups((65, 67, 5), (0x1F600, 0x1F600, 9), (70, 71, 0))))) == {
        65,
        66,
        67,
        0x1F600,
        71,
    }


def test_segments_are_read_by_delta_and_by_table():
    # 65 to 67 by a delta; 97 and 98 by a table behind, where 98 is the missing glyph; 0xFFFF closes.
    rows = [(65, 67, 10, 0), (97, 98, 0, 4), (0xFFFF, 0xFFFF, 1, 0)]
    assert characters_in(font_with((0, 3, segments(rows, (7, 0))))) == {65, 66, 67, 97, 98} - {98}


def test_tables_that_are_not_of_unicode_are_left_aside():
    assert characters_in(font_with((1, 0, groups((65, 65, 1))), (3, 1, struct.pack(">H", 6)))) == frozenset()


@fonts_built
def test_nothing_but_our_families_is_there():
    assert set(fonts().families()) == {"Noto Sans", "Noto Sans Malayalam", "Noto Sans Devanagari"}


@fonts_built
def test_the_licence_travels_with_each_family():
    licences = sorted(path.name for path in module.FONTS.glob("*.LICENSE.txt"))
    assert licences == ["NotoSans.LICENSE.txt", "NotoSansDevanagari.LICENSE.txt", "NotoSansMalayalam.LICENSE.txt"]
    assert all("SIL Open Font License" in (module.FONTS / name).read_text() for name in licences)


@fonts_built
@settings(max_examples=60, deadline=None)
@given(st.characters(exclude_categories=("C", "Z", "M")))
@example("ക")
@example("क")
@example("த")
@example("😀")
def test_typst_agrees_on_which_characters_can_be_shown(character):
    families = '("Noto Sans", "Noto Sans Malayalam", "Noto Sans Devanagari")'
    text = f"#set text(font: {families}, fallback: false)\n#str.from-unicode({ord(character)})"
    try:
        typst.compile(text.encode(), font_paths=fonts(), ignore_system_fonts=True, pdf_standards=["a-2u"])
        shown = True
    except typst.TypstError:
        shown = False
    assert (ord(character) in shown_characters()) == shown


@fonts_built
def test_malayalam_and_hindi_letters_can_be_shown():
    assert {ord(one) for one in "കക്ഷർൻ്ാകൗहिन्दीक्ष₹"} <= shown_characters()


def test_missing_fonts_are_named_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FONTS", tmp_path)
    (tmp_path / "NotoSans_400Regular.ttf").write_bytes(b"")
    assert len(missing_fonts()) == 5
    with pytest.raises(FontsMissingError, match=r"lacks NotoSans_700Bold.ttf, NotoSansMalayalam.*make assets"):
        render(custody())
