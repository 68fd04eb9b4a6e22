"""One line of a hash list, whatever format it came in: only what matching and explaining a hit need.

Pictures, names of victims, offenders and series, file names, paths, addresses and free comments are never carried
over from a list; each reader's docstring names the fields that it drops.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntFlag, StrEnum

import msgspec

from kavalan.fingerprint import MATCHABLE_QUALITY

RADIUS = 31
"""Hamming distance up to which two PDQ hashes are called near (the default of `threatexchange` and HMA)."""


class Kind(StrEnum):
    """What a match on a list means."""

    POSITIVE = "positive"  # known material
    NEGATIVE = "negative"  # decided not to be known material: suppresses, visibly
    KNOWN_GOOD = "known-good"  # files of operating systems and programs: marks unknown contents, hides nothing


class Flag(IntFlag):
    """What the owner says about an entry besides its category. Absent means false or unknown: lists mix the two."""

    VICTIM_IDENTIFIED = 1
    OFFENDER_IDENTIFIED = 2
    DISTRIBUTED = 4
    SERIES = 8  # belongs to a named series; the name is not kept
    SELF_GENERATED = 16
    DISPUTED = 32  # a member of the exchange voted against it
    VIDEO = 64


class Category(msgspec.Struct, frozen=True, order=True):
    """A code within its scheme; a bare number means different things in different tools and countries.

    Attributes:
        scheme: the scheme with its version and country, as told by the file: `vics/2.0/US`, `ncmec`.
        code: the code as written in the list.
    """

    scheme: str
    code: str


class Opaque(msgspec.Struct, frozen=True):
    """A fingerprint of a kind that is kept for those who may compute it and never matched here (PhotoDNA, TMK, ...).

    Attributes:
        kind: the owner's name of the algorithm.
        value: the bytes where the encoding is known (PhotoDNA: 144), else the text in UTF-8.
    """

    kind: str
    value: bytes


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One known content, or the withdrawal of one.

    Attributes:
        position: line number (text) or record number (JSON, XML, SQL) in its source file, from 1.
        key: the owner's id, stable from one delivery to the next; None where the format has none.
        md5: 16 bytes.
        sha1: 20 bytes.
        sha256: 32 bytes.
        pdq: 32 bytes, most significant bit first.
        pdq_quality: 0-100, None where the list does not say.
        size: bytes of the content.
        opaque: fingerprints that are kept and never matched here.
        categories: all that the owner gave to this entry, in its order.
        flags: see `Flag`.
        updated: when the owner last changed the entry, in UTC.
        withdrawn: the owner takes back what has the same key (else the same digests or hash).
    """

    position: int
    key: str | None = None
    md5: bytes | None = None
    sha1: bytes | None = None
    sha256: bytes | None = None
    pdq: bytes | None = None
    pdq_quality: int | None = None
    size: int | None = None
    opaque: tuple[Opaque, ...] = ()
    categories: tuple[Category, ...] = ()
    flags: Flag = Flag(0)
    updated: datetime | None = None
    withdrawn: bool = False

    @property
    def matchable(self) -> bool:
        """Whether a content could ever match this entry."""
        return any((self.md5, self.sha1, self.sha256, self.pdq))


def near_refusal(pdq: bytes, quality: int | None) -> str | None:
    """Why a hash is refused for near matching, or None.

    A hash within the radius of the constant hashes (all bits equal) says nothing: flat pictures end there, because
    PDQ splits its coefficients at their median and a normal picture has 128 bits set.

    Args:
        pdq: 32 bytes.
        quality: 0-100 or None for unknown, which is not refused.
    """
    if quality is not None and quality < MATCHABLE_QUALITY:
        return "quality below 50"
    bits = int.from_bytes(pdq).bit_count()
    if bits <= RADIUS or bits >= 256 - RADIUS:
        return "flat"
    return None
