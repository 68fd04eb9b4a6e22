"""Scans as their files lie in a folder, made without scanning anything."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import polars as pl

from kavalan.scan.batch import SCHEMA
from kavalan.scan.facts import Counts, ListFacts, ScanFacts, SeenFacts
from kavalan.scan.layout import HITS, MENTIONS, batch_path, hits_path, mentions_path

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
END = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)

PROJECT = ListFacts(
    name="project", owner="Invented Owner", version="2026-02", kind="positive", state="gen-1+0", entries=1000
)
EXCHANGE = ListFacts(
    name="exchange", owner="Sample Exchange", version="7", kind="positive", state="gen-2+3", entries=50, agreement="P 9"
)
CLEARED = ListFacts(name="cleared", owner="This unit", version="1", kind="negative", state="gen-1+4", entries=4)
SYSTEM = ListFacts(name="nsrl", owner="NIST", version="2.83", kind="known_good", state="gen-1+0", entries=90_000)


def item(path=b"a.bin", **columns):
    """One row of a batch: a text that was read wholly, unless said otherwise."""
    content = columns.pop("content", path)
    facts = {
        "path": path,
        "state": "allocated",
        "clock": "utc",
        "traces": [],
        "kind": "text/plain",
        "size": len(content),
        "md5": hashlib.md5(content, usedforsecurity=False).digest(),
        "sha1": hashlib.sha1(content, usedforsecurity=False).digest(),
        "sha256": hashlib.sha256(content).digest(),
        "remarks": [],
        "seen_before": False,
    }
    return facts | columns


def picture(path=b"a.jpg", **columns):
    """One row of a batch: a picture of good quality."""
    return item(path, **{"kind": "image/jpeg", "pdq": pdq(path), "pdq_quality": 90, "orientation": "stored"} | columns)


def video(path=b"a.mp4", frames=(), **columns):
    """One row of a batch: a video with a frame a second."""
    told = [{"time": float(second), "pdq": one, "quality": 90} for second, one in enumerate(frames)]
    return item(path, **{"kind": "video/mp4", "frames": told} | columns)


def unread(path=b"locked.zip", error="encrypted, not read", **columns):
    """One row of a batch: nothing of it could be read."""
    nothing = dict.fromkeys(("kind", "size", "md5", "sha1", "sha256"))
    return item(path, **nothing | {"error": error} | columns)


def pdq(seed):
    """A PDQ hash that is far from all others."""
    return hashlib.sha256(b"pdq" + seed).digest()


def turned(pdq, bits):
    """The hash with so many of its bits turned."""
    return (int.from_bytes(pdq) ^ ((1 << bits) - 1)).to_bytes(32)


def hit(number, row, listed=PROJECT, **columns):
    """One row of hits on an item."""
    facts = {
        "item": number,
        "sha256": row["sha256"],
        "list": listed.name,
        "owner": listed.owner,
        "version": listed.version,
        "kind": listed.kind,
        "state": listed.state,
        "agreement": listed.agreement,
        "position": 1,
        "categories": [{"scheme": "vics/2.0/US", "code": "1"}],
        "flags": 0,
        "method": "sha256",
        "contradicted": False,
        "held": False,
        "suppressed_by": [],
    }
    if listed.kind == "known_good":
        facts |= {"position": None, "flags": None, "categories": []}
    return facts | columns


def near(number, row, listed=PROJECT, **columns):
    """One row of hits: near by PDQ."""
    told = {
        "method": "near",
        "distance": 12,
        "rotation": "",
        "subject_quality": row["pdq_quality"],
        "entry_quality": 80,
    }
    return hit(number, row, listed, **told | columns)


def mention(subject, act="opened", **columns):
    """One row of mentions."""
    return {"container": b"msgstore.db", "subject": subject, "act": act, "evidence": "table message says so"} | columns


def lay_down(out, batches, hits=(), mentions=()):
    """Write the files of a scan.

    Args:
        out: the folder.
        batches: rows of each batch.
        hits: on items of any batch.
        mentions: all go beside the first batch.
    """
    out.mkdir(parents=True, exist_ok=True)
    first = 1
    for number, rows in enumerate(batches, start=1):
        pl.DataFrame(rows, schema=SCHEMA).write_parquet(batch_path(out, number))
        of_batch = [one for one in hits if first <= one["item"] < first + len(rows)]
        pl.DataFrame(of_batch, schema=HITS).write_parquet(hits_path(out, number))
        told = list(mentions) if number == 1 else []
        pl.DataFrame(told, schema=MENTIONS).write_parquet(mentions_path(out, number))
        first += len(rows)
    return out


def facts(**fields):
    """What a scan says of itself."""
    told = {
        "source": b"/evidence/MO-1",
        "shown": "/evidence/MO-1",
        "source_kind": "folder",
        "authority": "Cr. 12/2026",
        "examiner": "A. Nair",
        "unit": "Invented Unit",
        "profile": "full",
        "lists": (PROJECT, EXCHANGE, CLEARED, SYSTEM),
        "seen_before": (),
        "parameters": {"radius": "31", "batch_rows": "10000"},
        "tools": {"kavalan": "0.1.0", "python": "3.11.7"},
        "started": START,
        "ended": END,
        "sandbox": "rlimits, Landlock ABI 4, seccomp",
        "sandbox_complete": True,
        "runs": 1,
        "end": "complete",
        "why": None,
        "counts": Counts(),
    }
    return ScanFacts(**told | fields)


SEEN = SeenFacts(path="/evidence/scans/MO-0", batches=3, sha256="ab" * 32, reused=True)
