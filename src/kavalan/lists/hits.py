"""What the matcher is asked and what it answers: nothing here decides, all of it is said."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

from kavalan.lists.model import Category, Flag, Kind


class Method(StrEnum):
    """How a content was recognised, strongest first. The three figures (`identical`, MD5, near) are never added up."""

    SHA256 = "sha256"
    SHA1 = "sha1"
    MD5_AND_SIZE = "md5+size"
    MD5 = "md5"
    NEAR = "near"

    @property
    def identical(self) -> bool:
        """The same bytes: no two files with one SHA-256 are known; for SHA-1 see `Hit.contradicted`."""
        return self in {Method.SHA256, Method.SHA1}


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One content to be recognised.

    Attributes:
        id: the caller's number for it.
        md5: 16 bytes.
        sha1: 20 bytes.
        sha256: 32 bytes.
        size: in bytes.
        pdq: 32 bytes.
        quality: 0-100, None for unknown.
        turned: PDQ hashes of the picture turned or mirrored, each with the caller's name of the turn.
    """

    id: int
    md5: bytes | None = None
    sha1: bytes | None = None
    sha256: bytes | None = None
    size: int | None = None
    pdq: bytes | None = None
    quality: int | None = None
    turned: tuple[tuple[str, bytes], ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One content, one entry of one list, and how they were found to belong together.

    Attributes:
        subject: the caller's number.
        list: name of the list.
        owner: whose list it is.
        version: the owner's name of the delivery.
        state: the exact content of the list that was asked: generation and changes since.
        kind: what a match on this list means.
        agreement: reference of the agreement, None where there is none.
        row: of the entry in this state of the list.
        key: the owner's id, where there is one.
        position: line or record in the owner's file.
        categories: each with its scheme; conflicting entries are hits of their own, side by side.
        flags: what else the owner says.
        method: see `Method`.
        distance: in bits, for near hits.
        recomputed: the distance after one full decode as the reference does it, where the caller can give one.
        rotation: the turn through which it was found: empty for none, None for hits that are not near.
        subject_quality: PDQ quality of the content.
        entry_quality: PDQ quality that the list gives.
        contradicted: another digest or the size says that these are not the same bytes (a made collision, or an error
            in the list).
        suppressed_by: negative lists that hold this content by evidence at least as strong.
        held: more contents than likely match this entry: a person looks at the entry first.
    """

    subject: int
    list: str
    owner: str
    version: str
    state: str
    kind: Kind
    agreement: str | None
    row: int
    key: str | None
    position: int
    categories: tuple[Category, ...]
    flags: Flag
    method: Method
    distance: int | None = None
    recomputed: int | None = None
    rotation: str | None = None
    subject_quality: int | None = None
    entry_quality: int | None = None
    contradicted: bool = False
    suppressed_by: tuple[str, ...] = ()
    held: bool = False


class Known(msgspec.Struct, frozen=True):
    """A content of no list of known material that is part of an operating system or a program.

    Attributes:
        subject: the caller's number.
        list: name of the known-good list.
        version: the owner's name of the delivery.
        method: SHA-256 or SHA-1, nothing weaker.
    """

    subject: int
    list: str
    version: str
    method: Method


class Cut(msgspec.Struct, frozen=True):
    """Hits that were left out because one content had too many on one list; the strongest were kept.

    Attributes:
        subject: the caller's number.
        list: name of the list.
        left_out: how many pairs; one that was found in two ways may be counted twice.
    """

    subject: int
    list: str
    left_out: int


class Limits(NamedTuple):
    """Where an answer stops being taken at face value.

    Attributes:
        radius: bits up to which hashes are near, 0-64.
        hits: of one content on one list; the weakest beyond are counted and left out.
        near_flood: contents near one entry beyond which the hits on it are held for a person.
        digest_flood: the same for contents with the same digest: an empty file, a common logo.
    """

    radius: int = 31
    hits: int = 1000
    near_flood: int = 100
    digest_flood: int = 1000


class Tally(msgspec.Struct, frozen=True):
    """Contents of one batch, each counted once in each figure that is true of it. They are not to be added up.

    Attributes:
        subjects: asked.
        identical: with a hit by SHA-256 or SHA-1 on known material, neither suppressed nor contradicted.
        md5_only: without one of these, with a hit by MD5.
        near: without one of these, with a near hit.
        suppressed: with hits, all of them suppressed.
        known_good: without any hit, and part of a system or program.
        not_near: with a PDQ hash that is too flat or of too low quality to be matched by distance.
    """

    subjects: int
    identical: int
    md5_only: int
    near: int
    suppressed: int
    known_good: int
    not_near: int


class Answer(msgspec.Struct, frozen=True):
    """What one batch of contents gave.

    Attributes:
        hits: on positive and negative lists, by subject, strongest first.
        known: on known-good lists.
        cut: where hits were left out.
        tally: the figures.
    """

    hits: tuple[Hit, ...]
    known: tuple[Known, ...]
    cut: tuple[Cut, ...]
    tally: Tally
