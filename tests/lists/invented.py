"""Invented lists for the tests: random hashes, people and owners that do not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import numpy as np

from kavalan.lists import Agreement, Catalogue, Category, Entry, Flag, Kind, ListInfo, Opaque
from kavalan.lists.readers import Reader

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def face(name: str = "known", kind: Kind = Kind.POSITIVE, **more) -> ListInfo:
    return ListInfo(name=name, owner="Test Owner", version="2026-11", kind=kind, obtained=NOW, **more)


def agreement(**more) -> Agreement:
    return Agreement(reference="MoU 12/2026", purpose="triage", **more)


def digest(kind: str, number: int) -> bytes:
    return hashlib.new(kind, str(number).encode()).digest()


def pdq(number: int) -> bytes:
    """256 invented bits, about half of them set, far from those of other numbers."""
    return hashlib.sha256(b"pdq" + str(number).encode()).digest()


def flipped(value: bytes, bits: int, seed: int = 0) -> bytes:
    """The same hash with exactly so many other bits."""
    chosen = np.random.default_rng(seed).choice(256, bits, replace=False)
    number = int.from_bytes(value)
    for bit in chosen:
        number ^= 1 << int(bit)
    return number.to_bytes(32)


def entry(number: int, **changes) -> Entry:
    """One entry with everything."""
    fields = {
        "position": number,
        "key": f"key-{number}",
        "md5": digest("md5", number),
        "sha1": digest("sha1", number),
        "sha256": digest("sha256", number),
        "pdq": pdq(number),
        "pdq_quality": 90,
        "size": 1000 + number,
        "categories": (Category("test/1", str(number % 3)),),
        "flags": Flag.DISTRIBUTED,
        "updated": NOW,
        "opaque": (Opaque("PhotoDNA", bytes([number % 256]) * 144),),
    }
    return Entry(**{**fields, **changes})


def bare(number: int, *kinds: str, **more) -> Entry:
    """An entry with only some fingerprints."""
    prints = {kind: pdq(number) if kind == "pdq" else digest(kind, number) for kind in kinds}
    return Entry(position=number, **prints, **more)


class Given(Reader):
    """A reader whose entries the test gives; it reads no file."""

    format: ClassVar[str] = "given"
    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, entries) -> None:
        self._given = entries

    def recognises(self, head: bytes) -> bool:
        return True

    def entries(self, source, report) -> Iterator[Entry]:
        yield from self._given


def load(catalogue: Catalogue, entries, info: ListInfo | None = None, **more):
    return catalogue.load(info or face(), Given(entries), Path(__file__), **more)
