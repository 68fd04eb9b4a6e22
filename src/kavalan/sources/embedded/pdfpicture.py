"""A picture of a PDF as a member: the JPEG that it is, byte for byte, or its pixels in a new file that says so.

Only JPEG and JPEG 2000 are files of their own in a PDF. Anything else is rows of pixels behind general compression;
whoever takes it out writes a new file, whose digest is that of no stored bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

import pikepdf
from pikepdf.exceptions import PikepdfError
from PIL import Image

from kavalan.fingerprint.limits import UnreadableError, check_size
from kavalan.sources.archive.passage import CHUNK, Chunks, DamagedError
from kavalan.sources.embedded import rasters
from kavalan.sources.embedded.pdfcolours import Colours, UnfitError, colours_of
from kavalan.sources.embedded.pdffilters import LONG_NAMES, PLAIN, Filter, unfiltered

REBUILT = "rebuilt from pixels: its digest is not of stored bytes"
_WHOLE = {"DCTDecode": b".jpg", "JPXDecode": b".jp2"}
_FILTERS = 10
_PALETTE_BYTES = 1 << 16
_HELD_BYTES = 64 << 20
# Of CMYK whose rows are predicted, which go through a decoder that holds them.
_CMYK_PIXELS = 1 << 26


class Taken(NamedTuple):
    """A picture ready to be said.

    Attributes:
        ending: of its name.
        chunks: its file.
        remarks: what is to be known of it.
        refusal: why there is no file.
    """

    ending: bytes
    chunks: Chunks
    remarks: tuple[str, ...] = ()
    refusal: str | None = None


class Drawn(NamedTuple):
    """What a picture's dictionary states, in an object or inline."""

    facts: pikepdf.Object
    names: pikepdf.Object | None
    filters: tuple[Filter, ...]
    raw: Callable[[], memoryview]

    def number(self, *keys: str) -> int:
        """A whole number under the first of the keys that is there, else 0."""
        for key in keys:
            value = self.facts.get(key)
            if isinstance(value, (int, bool)):
                return int(value)
        return 0


def drawn(facts: pikepdf.Object, raw: Callable[[], memoryview], names: pikepdf.Object | None = None) -> Drawn:
    """A picture by its dictionary.

    Raises:
        UnfitError: its filters are none.
    """
    return Drawn(facts, names, tuple(filters_of(facts)), raw)


def filters_of(facts: pikepdf.Object) -> Iterator[Filter]:
    """The filters of a stream, in the order in which they are undone.

    Raises:
        UnfitError: they are none, or too many.
    """
    names, parameters = _listed(_first(facts, "/Filter", "/F")), _listed(_first(facts, "/DecodeParms", "/DP"))
    if len(names) > _FILTERS:
        raise UnfitError(f"more than {_FILTERS} filters")
    for number, name in enumerate(names):
        stated = parameters[number] if number < len(parameters) else None
        spelled = str(name)[1:]
        yield Filter(LONG_NAMES.get(spelled, spelled), _whole_numbers(stated))


def _first(facts: pikepdf.Object, *keys: str) -> object:
    return next((value for key in keys if (value := facts.get(key)) is not None), None)


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _whole_numbers(stated: object) -> dict[str, int]:
    if not isinstance(stated, (pikepdf.Dictionary, pikepdf.Stream)):
        return {}
    stated_numbers: dict[str, int] = {}
    for key in list(stated.keys())[:40]:
        value: object = stated.get(key)
        if isinstance(value, (int, bool)):
            stated_numbers[key[1:]] = int(value)
    return stated_numbers


def raw(stream: pikepdf.Object) -> memoryview:
    """What is stored of a stream, decrypted."""
    return memoryview(stream.get_raw_stream_buffer())


def pieces(stored: Callable[[], memoryview]) -> Iterator[bytes]:
    """Stored bytes, a piece at a time."""
    try:
        view = stored()
        for at in range(0, len(view), CHUNK):
            yield bytes(view[at : at + CHUNK])
    except (PikepdfError, RuntimeError) as error:
        raise DamagedError(f"its stream cannot be read: {str(error)[:200]}") from error
    except MemoryError as error:
        raise DamagedError("its stream needs more memory than a reader has") from error


def taken(picture: Drawn) -> Taken:
    """How a picture comes out."""
    *before, last = picture.filters or (Filter("", {}),)
    unknown = [each.name for each in before if each.name not in PLAIN]
    if unknown or last.name not in PLAIN | _WHOLE.keys() | {"", "CCITTFaxDecode"}:
        return _refused(f"compressed by {(unknown or [last.name])[0][:40]}, for which there is no decoder")
    if last.name in _WHOLE:
        if any(each.parameters.get("Predictor", 1) > 1 for each in before):
            return _refused("a picture file whose bytes were predicted as if they were pixels")
        return Taken(_WHOLE[last.name], lambda: unfiltered(pieces(picture.raw), before))
    try:
        return _pixels(picture)
    except UnfitError as error:
        return _refused(f"cannot be written as a picture file: {error}")
    except UnreadableError as error:
        return _refused(str(error))


def _refused(reason: str) -> Taken:
    return Taken(b"", lambda: iter(()), refusal=reason)


def _pixels(picture: Drawn) -> Taken:
    width, height = picture.number("/Width", "/W"), picture.number("/Height", "/H")
    check_size(width, height)
    if picture.filters and picture.filters[-1].name == "CCITTFaxDecode":
        return Taken(b".tif", _fax(picture, width, height), ("rebuilt as TIFF around stored fax data",))
    colours, bits = _colours(picture)
    if bits not in ({1, 2, 4, 8} if colours.palette or colours.channels == 1 else {8, 16}) and (
        (bits, colours.channels, colours.palette) != (16, 1, b"")
    ):
        raise UnfitError(f"{colours.channels} samples of {bits} bits in a pixel")
    predictor = _predictor(picture, width, colours.channels, bits)
    row = (width * colours.channels * bits + 7) // 8
    rows = partial(_rows, picture, row, height, predictor)
    if colours.channels == 4:
        return _cmyk(width, height, bits, rows)
    inverted = _inverted(picture) != colours.ink
    raster = _raster(width, height, bits, colours, inverted=inverted)
    remarks = (REBUILT, *_unapplied(raster, inverted=inverted))
    return Taken(b".png", lambda: rasters.png(raster, rows()), remarks)


def _rows(picture: Drawn, row: int, height: int, predictor: int) -> Iterator[bytes]:
    return rasters.tagged(unfiltered(pieces(picture.raw), picture.filters), row, height, predictor)


def _colours(picture: Drawn) -> tuple[Colours, int]:
    if picture.number("/ImageMask", "/IM"):
        return Colours(1), 1
    stored = _first(picture.facts, "/ColorSpace", "/CS")
    bits = picture.number("/BitsPerComponent", "/BPC")
    return colours_of(stored, picture.names, _palette_bytes), bits


def _palette_bytes(stream: pikepdf.Object) -> bytes:
    """A palette that is a stream, no more of it than any has."""
    found = bytearray()
    filters = tuple(filters_of(stream))
    if any(each.name not in PLAIN for each in filters):
        raise UnfitError("its palette is compressed like a picture")
    try:
        for piece in unfiltered(pieces(partial(raw, stream)), filters):
            found += piece
            if len(found) > _PALETTE_BYTES:
                break
    except DamagedError as error:
        raise UnfitError(f"its palette: {error}") from error
    return bytes(found)


def _predictor(picture: Drawn, width: int, channels: int, bits: int) -> int:
    """How its rows are predicted.

    Raises:
        UnfitError: as if they were rows of another length.
    """
    *before, last = picture.filters or (Filter("", {}),)
    predictor = last.parameters.get("Predictor", 1)
    if any(each.parameters.get("Predictor", 1) > 1 for each in before):
        raise UnfitError("it is predicted twice")
    if predictor <= 1:
        return 1
    stated = [
        last.parameters.get(key, usual) for key, usual in (("Columns", 1), ("Colors", 1), ("BitsPerComponent", 8))
    ]
    if stated != [width, channels, bits] or (predictor == 2 and bits != 8) or 2 < predictor < 10:
        raise UnfitError("its rows are predicted as if they were others")
    return predictor


def _inverted(picture: Drawn) -> bool:
    """Whether its samples mean the opposite."""
    decode = _first(picture.facts, "/Decode", "/D")
    if not isinstance(decode, pikepdf.Array) or len(decode) < 2:
        return False
    return bool(decode[0] == 1 and decode[1] == 0)


def _raster(width: int, height: int, bits: int, colours: Colours, *, inverted: bool) -> rasters.Raster:
    if colours.palette:
        palette = colours.palette[: 3 << bits].ljust(3 << bits, b"\0")
        return rasters.Raster(width, height, bits, rasters.INDEXED, palette)
    if colours.channels == 1 and inverted and bits <= 8:
        most = (1 << bits) - 1
        ramp = bytes(255 - 255 * value // most for value in range(most + 1) for _ in range(3))
        return rasters.Raster(width, height, bits, rasters.INDEXED, ramp)
    return rasters.Raster(width, height, bits, rasters.RGB if colours.channels == 3 else rasters.GREY)


def _unapplied(raster: rasters.Raster, *, inverted: bool) -> Iterator[str]:
    if inverted and raster.kind != rasters.INDEXED:
        yield "the document shows it with light and dark exchanged"


def _cmyk(width: int, height: int, bits: int, rows: Callable[[], Iterator[bytes]]) -> Taken:
    if bits != 8:
        raise UnfitError("4 samples of 16 bits in a pixel")
    if width * height > _CMYK_PIXELS:
        raise UnfitError(f"more than {_CMYK_PIXELS} pixels in four inks")
    raster = rasters.Raster(width, height, 8, rasters.RGBA)
    return Taken(b".tif", lambda: _four_inks(raster, rows()), (REBUILT,))


def _four_inks(raster: rasters.Raster, rows: Iterable[bytes]) -> Iterator[bytes]:
    """As a TIFF. What PNG predicted is undone by a decoder of PNG, to which four inks are red, green, blue, alpha."""
    held = io.BytesIO(b"".join(rasters.png(raster, rows)))
    with Image.open(held) as opened:
        pixels = opened.tobytes()
    yield rasters.cmyk_tiff(raster.width, raster.height)
    yield from (pixels[at : at + CHUNK] for at in range(0, len(pixels), CHUNK))


def _fax(picture: Drawn, width: int, height: int) -> Chunks:
    """Fax data are left as they are; a header that says what they are is put before them."""
    *before, last = picture.filters
    stated = last.parameters
    group = stated.get("K", 0)
    if stated.get("EncodedByteAlign") or stated.get("Columns", 1728) != width:
        raise UnfitError("its fax rows are aligned, or of another length")

    def chunks() -> Iterator[bytes]:
        data = list(_bounded(unfiltered(pieces(picture.raw), before)))
        header = rasters.fax_tiff(
            width,
            height,
            sum(map(len, data)),
            group=4 if group < 0 else 3,
            two_dimensional=group > 0,
            white_is_zero=bool(stated.get("BlackIs1")) == _inverted(picture),
        )
        return chain([header], data)

    return chunks


def _bounded(flow: Iterator[bytes]) -> Iterator[bytes]:
    left = _HELD_BYTES
    for piece in flow:
        left -= len(piece)
        if left < 0:
            raise DamagedError(f"refused: more than {_HELD_BYTES} bytes of fax data")
        yield piece
