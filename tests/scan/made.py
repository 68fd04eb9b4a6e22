"""Folders of scans as a scan leaves them, of invented rows: what reads them is tested without decoding anything."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import polars as pl
from msgspec.structs import replace

from kavalan.fingerprint import Fingerprint
from kavalan.scan.batch import Row, write_batch
from kavalan.scan.facts import Counts, ListFacts, ScanFacts
from kavalan.scan.layout import HITS, MENTIONS, hits_path, mentions_path
from kavalan.sources import Ending, Item

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def row(number: int, *, size: int = 10, container: bytes | None = None, error: str | None = None, **more) -> Row:
    """A file of ten bytes whose content is its number, or one that could not be read."""
    path = more.pop("path", b"DCIM/%05d.jpg" % number)
    item = Item(path=path, modified=NOW, open=lambda: 0, container=container, **more)
    data = str(number).encode()
    digests = {name: hashlib.new(name, data).digest() for name in ("md5", "sha1", "sha256")}
    return Row(item, Ending(), None if error else Fingerprint("image/jpeg", size, **digests), error)


def hit(number: int, **more) -> dict[str, object]:
    """A hit by SHA-256 on the entry of that number."""
    empty = dict.fromkeys(HITS.names())
    return empty | {
        "item": number,
        "sha256": hashlib.sha256(str(number).encode()).digest(),
        "list": "known",
        "owner": "Test Owner",
        "version": "2026-11",
        "kind": "positive",
        "method": "sha256",
        "position": number,
        "categories": [{"scheme": "mine/1", "code": "A"}],
        **more,
    }


def write_scan(out, rows, hits=(), mentions=(), cut=3):
    """Batches of `cut` rows with their hits and mentions; how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "plan.json").write_text('{"source": "2f"}')
    batches = 0
    for first in range(0, len(rows), cut):
        batches += 1
        write_batch(out, batches, rows[first : first + cut])
        numbers = range(first + 1, first + cut + 1)
        mine = [one for one in hits if one["item"] in numbers]
        pl.DataFrame(mine, schema=HITS).write_parquet(hits_path(out, batches))
        pl.DataFrame(list(mentions), schema=MENTIONS).write_parquet(mentions_path(out, batches))
    (out / "summary.json").write_text("{}")
    (out / "state.json").write_text('{"end": "running"}')
    return batches


def facts(batches: int, items: int, **more) -> ScanFacts:
    """What such a scan says of itself."""
    plain = ScanFacts(
        scan="00" * 16,
        source=b"/media/exhibit",
        shown="/media/exhibit",
        source_kind="folder",
        authority="FIR 12/2026",
        examiner="A. Examiner",
        unit=None,
        profile="full",
        lists=(known(),),
        seen_before=(),
        parameters={"rotations": "all", "limits.depth": "8"},
        tools={"kavalan": "0.1.0", "pyav": "18.1.0"},
        started=NOW,
        ended=NOW,
        sandbox="landlock 5, seccomp",
        sandbox_complete=True,
        runs=1,
        end="complete",
        why=None,
        counts=Counts(items=items, batches=batches),
    )
    return replace(plain, **more)


def known(**more) -> ListFacts:
    """A list that was asked."""
    plain = ListFacts(
        name="known",
        owner="Test Owner",
        version="2026-11",
        kind="positive",
        state="gen-1+0",
        entries=12,
        sha256="ab" * 32,
    )
    return replace(plain, **more)
