"""A font of a PDF: which text its codes stand for and how far each moves on (ISO 32000-2, 9.6 to 9.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from kavalan.tips.printed.cmap import ToUnicode, to_unicode

UNKNOWN = "\ufffd"
"""What stands for a code without a meaning."""

_THOUSAND = 1000
_USUAL = 0.5
"""Of an em: how wide a letter is of which the font does not say it, as the fourteen that every reader has need not."""
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
# Adobe's names of the printable characters of ASCII that are no letters, in their order (Adobe Glyph List).
_SIGNS = """space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus
comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question
at bracketleft backslash bracketright asciicircum underscore grave braceleft bar braceright asciitilde"""
_MORE = {
    "quoteleft": "\u2018",
    "quoteright": "\u2019",
    "quotedblleft": "\u201c",
    "quotedblright": "\u201d",
    "endash": "\u2013",
    "emdash": "\u2014",
    "bullet": "\u2022",
    "ellipsis": "\u2026",
    "minus": "\u2212",
    "fi": "fi",
    "fl": "fl",
    "ff": "ff",
    "ffi": "ffi",
    "ffl": "ffl",
    "nbspace": " ",
}
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_GLYPHS = {
    **dict(zip(_SIGNS.split(), (sign for sign in _PRINTABLE if not sign.isalpha()), strict=True)),
    **{letter: letter for letter in _PRINTABLE if letter.isalpha()},
    **_MORE,
}
_UNI = re.compile(r"u(?:ni)?([0-9A-F]{4,6})(?:\.\w+)?")


class Glyph(NamedTuple):
    """A code as it is shown.

    Attributes:
        text: what it stands for.
        width: of an em.
        space: it is the space of one byte, which word spacing makes wider.
    """

    text: str
    width: float
    space: bool


class Font:
    """Reads the strings that are shown in it."""

    def __init__(self, font: pikepdf.Object) -> None:
        self._composite = font.get("/Subtype") == "/Type0"
        cmap = font.get("/ToUnicode")
        said = to_unicode(cmap.read_bytes()) if isinstance(cmap, pikepdf.Stream) else ToUnicode({}, 0)
        self._bytes = said.width or (2 if self._composite else 1)
        self._texts = ({} if self._composite else _encoded(font.get("/Encoding"))) | said.texts
        self._widths, self._usual = _composite_widths(font) if self._composite else _simple_widths(font)

    def glyphs(self, shown: bytes) -> Iterator[Glyph]:
        """The codes of a string, one after another."""
        step = self._bytes
        for at in range(0, len(shown) - step + 1, step):
            code = int.from_bytes(shown[at : at + step])
            width = self._widths.get(code, self._usual)
            yield Glyph(self._texts.get(code, UNKNOWN), width, step == 1 and code == ord(" "))


def _encoded(encoding: object) -> dict[int, str]:
    """What a simple font's codes stand for by its encoding; without one, by the standard one, near to Latin."""
    base, differences = encoding, None
    if isinstance(encoding, pikepdf.Dictionary):
        base, differences = encoding.get("/BaseEncoding"), encoding.get("/Differences")
    codec = _CODECS.get(str(base), "cp1252")
    texts = {code: bytes([code]).decode(codec, "replace") for code in range(256)}
    code = 0
    for each in differences if isinstance(differences, pikepdf.Array) else ():
        if isinstance(each, pikepdf.Name):
            texts[code] = _glyph(str(each)[1:])
            code += 1
        else:
            code = int(each)
    return texts


def _glyph(name: str) -> str:
    if found := _UNI.fullmatch(name):
        number = int(found[1], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else UNKNOWN
    return _GLYPHS.get(name.partition(".")[0], UNKNOWN)


def _simple_widths(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    first, widths = font.get("/FirstChar", 0), font.get("/Widths")
    if not isinstance(widths, pikepdf.Array):
        return {}, _USUAL
    # A font whose glyphs are drawn measures in a space of its own; an em of the usual kind is near enough for words.
    return {int(first) + place: float(width) / _THOUSAND for place, width in enumerate(widths.as_list())}, _USUAL


def _composite_widths(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    """`W` is a list of `first [w1 w2 …]` and `first last w` (ISO 32000-2, 9.7.4.3)."""
    inner = font.get("/DescendantFonts")
    held = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else pikepdf.Dictionary()
    usual = float(held.get("/DW", _THOUSAND)) / _THOUSAND
    stated = held.get("/W")
    parts = list(stated.as_list()) if isinstance(stated, pikepdf.Array) else []
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(parts):
        first, second = int(parts[at]), parts[at + 1]
        if isinstance(second, pikepdf.Array):
            widths.update({first + place: float(width) / _THOUSAND for place, width in enumerate(second.as_list())})
            at += 2
        elif at + 2 < len(parts):
            last = min(int(second), first + (1 << 16))
            widths.update(dict.fromkeys(range(first, last + 1), float(parts[at + 2]) / _THOUSAND))
            at += 3
        else:
            break
    return widths, usual
