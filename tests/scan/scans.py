"""Small sources, lists and scans for the tests of this folder."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import zipfile
from pathlib import Path

import polars as pl
from tests.lists.invented import NOW, Clock, face, load
from tests.pictures import landscape, write_clip, write_photo

from kavalan.fingerprint import fingerprint_file
from kavalan.lists import Catalogue, Category, Entry, Kind
from kavalan.scan import Outside, ScanRequest, run_scan
from kavalan.scan.batch import SCHEMA
from kavalan.scan.layout import HITS, MENTIONS, batch_path, hits_path, mentions_path

LISTS = ("known", "not-known", "programs")


def make_source(root: Path) -> Path:
    """A folder with pictures, copies, a video, archives in archives, and things that cannot be read."""
    camera = root / "DCIM"
    camera.mkdir(parents=True)
    for number in range(3):
        landscape(120 + number, 90, seed=number).save(camera / f"IMG_{number}.jpg")
    (root / "copy.jpg").write_bytes((camera / "IMG_1.jpg").read_bytes())
    landscape(120, 90, seed=0).save(root / "again.png")
    for number in range(5):
        (root / f"note {number}.txt").write_text(f"note {number % 3}")
    write_clip(root / "clip.mp4", seconds=1)
    (root / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    (root / "link").symlink_to("clip.mp4")
    Path(os.fsdecode(os.fsencode(root) + b"/\xff.bin")).write_bytes(b"\0\1\2")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.write(camera / f"IMG_{number}.jpg", f"inner/{number}.jpg")
            archive.writestr(f"inner/{number}.txt", f"inner note {number}")
    with tarfile.open(root / "old.tar.gz", "w:gz") as archive:
        facts = tarfile.TarInfo("phone.zip")
        facts.size = len(packed.getvalue())
        archive.addfile(facts, io.BytesIO(packed.getvalue()))
        archive.add(root / "note 1.txt", "note")
    (root / "cut.zip").write_bytes(packed.getvalue()[:900])
    return root


def make_lists(folder: Path, source: Path) -> Catalogue:
    """Three lists: one knows a picture by bytes, one by likeness and a note by MD5; one denies, one marks a note."""
    catalogue = Catalogue(folder, Clock())
    first, second = (fingerprint_file(source / "DCIM" / f"IMG_{number}.jpg") for number in (0, 1))
    note, other = (hashlib.md5(f"note {n}".encode(), usedforsecurity=False).digest() for n in (0, 1))
    mine = (Category("mine/1", "A"),)
    entries = [
        Entry(position=1, key="k1", sha256=second.sha256, categories=mine),
        Entry(position=2, pdq=first.pdq, pdq_quality=first.pdq_quality, categories=mine),
        Entry(position=3, md5=note),
        Entry(position=4, md5=other),
    ]
    load(catalogue, entries)
    load(catalogue, [Entry(position=1, md5=other)], face("not-known", Kind.NEGATIVE))
    good = hashlib.sha256(b"note 2").digest()
    load(catalogue, [Entry(position=1, sha256=good)], face("programs", Kind.KNOWN_GOOD))
    return catalogue


def request(source: Path, out: Path, **more) -> ScanRequest:
    """A request with the least that it needs."""
    fields = {"authority": "FIR 1/2026", "examiner": "A. Examiner", "batch_rows": 4}
    return ScanRequest(source=source, out=out, **(fields | more))


def outside(*, tell=None, stopping=None, finish=None, clock=None) -> Outside:
    """Nobody watches, nobody stops it, no results are written."""
    return Outside(
        clock=clock or (lambda: NOW),
        tell=tell or (lambda at: None),
        stopping=stopping or (lambda: False),
        finish=finish or (lambda out, facts: None),
    )


def scan(source: Path, out: Path, catalogue: Catalogue | None = None, **more):
    """Run it; lists are asked where there is a catalogue."""
    around = {name: more.pop(name) for name in ("tell", "stopping", "finish", "clock") if name in more}
    lists = more.pop("lists", LISTS if catalogue else ())
    return run_scan(request(source, out, lists=lists, **more), catalogue, outside(**around))


def after(count: int):
    """Asks to stop once so many items were let through."""
    let = iter(range(count))
    return lambda: next(let, None) is None


def items(out: Path) -> pl.DataFrame:
    """All rows, in order."""
    return _tables(out, batch_path, SCHEMA)


def hits(out: Path) -> pl.DataFrame:
    """All hits, in order."""
    return _tables(out, hits_path, HITS)


def mentions(out: Path) -> pl.DataFrame:
    """All mentions, each once."""
    return _tables(out, mentions_path, MENTIONS).unique(maintain_order=True)


def _tables(out: Path, path_of, schema) -> pl.DataFrame:
    paths = []
    while (path := path_of(out, len(paths) + 1)).exists():
        paths.append(path)
    return pl.concat([pl.DataFrame(schema=schema), *(pl.read_parquet(path, schema=schema) for path in paths)])


__all__ = [
    "after",
    "hits",
    "items",
    "make_lists",
    "make_source",
    "mentions",
    "outside",
    "request",
    "scan",
    "write_photo",
]
