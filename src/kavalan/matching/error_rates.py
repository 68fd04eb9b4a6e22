"""How often unrelated pictures lie near one another, and how often an edited copy is still found, as measured.

`python -m benchmarks.errors --save DATE` writes the figures, `error_rates.json`; docs/error-rates.md says how they were
made and what they do not say. Nothing here is about real case material, and nothing is interpolated.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import ceil, exp, expm1, floor, lgamma, log, log1p, log10

import msgspec

BANDS = (0, 50, 80)
"""Where the quality bands begin. A pair is in the band of its poorer picture; the first band is never matched."""

PHOTO = "photo"

FLAT = "flat"
"""Gradients, stripes and plain surfaces: what lies near one another most often."""

_CONFIDENCE = 0.95
_DIGITS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Pictures(msgspec.Struct, frozen=True):
    """What of one kind was compared.

    Attributes:
        kind: `photo`, or a kind of drawn picture.
        sources: photographs that the pieces were cut from; for drawn pictures their number.
        bands: how many pictures are in each of `BANDS`.
    """

    kind: str
    sources: int
    bands: tuple[int, int, int]


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of unrelated pictures, every one compared.

    Attributes:
        kinds: of the two pictures.
        band: where the quality band of the poorer one begins.
        pairs: how many there are.
        upright: how many of them lie within each of `ErrorRates.radii`.
        turned: the same where one of the two is also tried in its other seven rotations and flips.
        sources: pairs of sources that the pairs come from; the pieces of one photograph resemble one another.
        sources_turned: how many of those have any pair within each radius, in any rotation.
    """

    kinds: tuple[str, str]
    band: int
    pairs: int
    upright: tuple[int, ...]
    turned: tuple[int, ...]
    sources: int
    sources_turned: tuple[int, ...]


class Recall(msgspec.Struct, frozen=True):
    """Copies of photographs, all edited in one way.

    Attributes:
        edit: what was done.
        copies: how many there are.
        too_poor: of quality below 50 after the edit, so never matched; they count as not found.
        upright: found within `RECALL_RADIUS` by the copy's own hash.
        turned: found by any of its eight rotations and flips.
        median: bits from the original, in the best rotation.
        ninetieth: nine in ten lie no further.
        furthest: the greatest.
    """

    edit: str
    copies: int
    too_poor: int
    upright: int
    turned: int
    median: int
    ninetieth: int
    furthest: int


class ErrorRates(msgspec.Struct, frozen=True):
    """One run of the measurement.

    Attributes:
        measured: the day, as given.
        command: what was run.
        versions: of what decodes, draws and computes.
        packages: Debian packages that the photographs come from.
        radii: in bits, ascending.
        recall_radius: in bits.
        pictures: by kind.
        pairs: by pair of kinds and quality band.
        recall: by edit.
    """

    measured: str
    command: str
    versions: dict[str, str]
    packages: tuple[str, ...]
    radii: tuple[int, ...]
    recall_radius: int
    pictures: tuple[Pictures, ...]
    pairs: tuple[Pairs, ...]
    recall: tuple[Recall, ...]

    def between(self, left: str, right: str, band: int) -> Pairs:
        """The pairs of two kinds, in either order.

        Raises:
            KeyError: no such pairs were compared.
        """
        for row in self.pairs:
            if row.band == band and sorted(row.kinds) == sorted((left, right)):
                return row
        raise KeyError(left, right, band)

    def sources(self, kind: str) -> int:
        """How many sources the pictures of a kind come from."""
        return sum(row.sources for row in self.pictures if row.kind == kind)


@cache
def error_rates() -> ErrorRates:
    """The figures that this version of Kavalan quotes."""
    data = files("kavalan.matching").joinpath("error_rates.json").read_bytes()
    return msgspec.json.decode(data, type=ErrorRates)


def quote(radius: int, quality: int | None) -> str:
    """What to say wherever a near hit is shown, in English.

    Args:
        radius: the hit's distance, in bits; where it was not measured, the next greater radius that was is quoted.
        quality: PDQ quality of the poorer of the two pictures. None, where one is unknown: of the bands that are
            matched the one with the greater bound is quoted.

    Raises:
        ValueError: the radius is negative or greater than the greatest measured, or the quality is not 0 to 100.
    """
    rates = error_rates()
    if radius < 0 or radius > rates.radii[-1]:
        message = f"no error rate was measured for {radius} bits, only for 0 to {rates.radii[-1]}"
        raise ValueError(message)
    place = next(place for place, measured in enumerate(rates.radii) if measured >= radius)
    photo, flat = (_row(rates, kind, place, quality) for kind in (PHOTO, FLAT))
    bound = _rounded_up(upper_bound(photo.turned[place], photo.pairs))
    unknown = "As a quality is not known, the less favourable figures are given. " if quality is None else ""
    return (
        f"Near, {_bits(radius)} apart. {unknown}Of {photo.pairs:,} pairs of pieces of {rates.sources(PHOTO)} unrelated "
        f"benign photographs, the poorer of {_band_in_words(photo.band)}, {_lay(photo.turned[place])} within "
        f"{_bits(rates.radii[place])} in some rotation or flip (rate at most {bound}, 95 %, if the pairs are taken for "
        f"independent); of {flat.pairs:,} pairs of drawn gradients and stripes, the poorer of "
        f"{_band_in_words(flat.band)}, {_lay(flat.turned[place])}. These are rates for one comparison of such "
        "pictures, not the chance that this hit is wrong: a near hit is a lead, and a person compares the two "
        "pictures and confirms or rejects it."
    )


def upper_bound(events: int, trials: int) -> float:
    """The one-sided 95 % upper limit of a rate: the greatest under which so few events have a 5 % chance.

    Exact for independent trials (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934). Without events it is
    1 - 0.05^(1/n), nearly 3/n.

    Raises:
        ValueError: there are no trials, or not 0 to that many events.
    """
    if trials < 1 or not 0 <= events <= trials:
        message = f"{events} events in {trials} trials"
        raise ValueError(message)
    if events == trials:
        return 1.0
    if not events:
        return -expm1(log(1 - _CONFIDENCE) / trials)
    low, high = events / trials, 1.0
    while high - low > 1e-9 * low:
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 1 - _CONFIDENCE else (low, middle)
    return high


def _at_most(events: int, trials: int, rate: float) -> float:
    """The chance of so many events or fewer, at a rate above events / trials: added up downwards while it matters."""
    if rate >= 1:
        return 0.0
    ways = lgamma(trials + 1) - lgamma(events + 1) - lgamma(trials - events + 1)
    term = exp(ways + events * log(rate) + (trials - events) * log1p(-rate))
    total = 0.0
    while events >= 0 and term > 1e-12 * total:
        total += term
        term *= events / (trials - events + 1) * (1 - rate) / rate
        events -= 1
    return total


def _row(rates: ErrorRates, kind: str, place: int, quality: int | None) -> Pairs:
    if quality is None:
        matched = [rates.between(kind, kind, band) for band in BANDS[1:]]
        return max(matched, key=lambda row: upper_bound(row.turned[place], row.pairs))
    if not 0 <= quality <= 100:
        message = f"a PDQ quality is 0 to 100, not {quality}"
        raise ValueError(message)
    return rates.between(kind, kind, max(band for band in BANDS if band <= quality))


def _band_in_words(band: int) -> str:
    following = [*BANDS, 101][BANDS.index(band) + 1]
    if following > 100:
        return f"quality {band} or more"
    never = ", which is never matched" if not band else ""
    return f"quality {band} to {following - 1}{never}"


def _lay(amount: int) -> str:
    return f"{amount:,} lay" if amount else "none lay"


def _bits(amount: int) -> str:
    return "1 bit" if amount == 1 else f"{amount} bits"


def _rounded_up(rate: float) -> str:
    """Two figures and a power of ten, never less than the rate: 2.4 × 10⁻⁸."""
    power = floor(log10(rate)) - 1
    figures = ceil(rate / 10.0**power)
    if figures > 99:
        figures, power = 10, power + 1
    return f"{figures / 10} × 10{str(power + 1).translate(_DIGITS)}"
