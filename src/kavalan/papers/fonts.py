"""The fonts that papers are set in, and which characters they can show.

They are built beside the styles of the desk (`web/fonts.mjs`), because the wheel carries that folder. Fonts of the
machine are never used: the same data gives the same bytes everywhere.
"""

from __future__ import annotations

import struct
from functools import cache
from itertools import product
from pathlib import Path

import typst

from kavalan.papers.errors import FontsMissingError

FONTS = Path(__file__).parents[1] / "casework" / "static" / "kavalan" / "fonts"
_FAMILIES = ("NotoSans", "NotoSansMalayalam", "NotoSansDevanagari")
_WEIGHTS = ("400Regular", "700Bold")
_UNICODE = {(0, 3), (0, 4), (3, 1), (3, 10)}


def missing_fonts() -> list[str]:
    """Names of the font files that are not there."""
    names = [f"{family}_{weight}.ttf" for family, weight in product(_FAMILIES, _WEIGHTS)]
    return [name for name in names if not (FONTS / name).is_file()]


def check_fonts() -> None:
    """Stop before anything is set where fonts are missing.

    Raises:
        FontsMissingError: with the names and the cure.
    """
    missing = missing_fonts()
    if missing:
        raise FontsMissingError(FONTS, missing)


@cache
def fonts() -> typst.Fonts:
    """Our fonts and no others, for the compiler."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def shown_characters() -> frozenset[int]:
    """Code points for which one of the families has a glyph in both weights."""
    found: frozenset[int] = frozenset()
    for family in _FAMILIES:
        regular, bold = (characters_in((FONTS / f"{family}_{weight}.ttf").read_bytes()) for weight in _WEIGHTS)
        found |= regular & bold
    return found


def characters_in(font: bytes) -> frozenset[int]:
    """Code points of a TrueType font by its `cmap` (OpenType 1.9, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        if (platform, encoding) in _UNICODE:
            found |= _mapped(font, cmap + offset)
    return frozenset(found)


def _mapped(font: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, at)
    readers = {4: _segments, 12: _groups}
    return readers[form](font, at) if form in readers else set()


def _groups(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    found: set[int] = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        found |= {code for code in range(first, last + 1) if glyph + code - first}
    return found


def _segments(font: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    lasts, firsts, deltas, offsets = (at + 14, at + 16 + twice, at + 16 + 2 * twice, at + 16 + 3 * twice)
    found: set[int] = set()
    for step in range(0, twice, 2):
        first, last, delta, offset = (
            struct.unpack_from(">H", font, table + step)[0] for table in (firsts, lasts, deltas, offsets)
        )
        for code in range(first, last + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + step + offset + 2 * (code - first))
            if (glyph + delta) % 0x10000 if glyph or not offset else 0:
                found.add(code)
    return found
