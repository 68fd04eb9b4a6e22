"""`hits.vics.json`: the hits as a VICS 2.0 case document, for the tools that other units use.

The data model is not published; the shape follows what open readers and writers take and give (docs/lists.md). The
document never holds a picture. It says of each content how it was recognised: only what is identical, or has the same
MD5, carries a category, and only one of a Project VIC scheme; what is merely near carries none and is marked as
suspected, so that no tool takes it for known material.
"""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from kavalan.scan.facts import ScanFacts

CONTEXT = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/Default/$metadata#Cases"

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
Row: TypeAlias = "Mapping[str, Any]"

_NAMESPACE = uuid.UUID("5b0f6f4e-0a51-5c0e-9a5e-6b1d6f0c7a11")
_STANDING = {"identical": 0, "md5_only": 1, "near": 2}
_SAID = {
    "sha256": "identical by SHA-256",
    "sha1": "identical by SHA-1",
    "md5+size": "MD5 and size only",
    "md5": "MD5 only",
    "near": "near: a lead, not the same file",
}
_FLAGS = (("VictimIdentified", 1), ("OffenderIdentified", 2), ("IsDistributed", 4))


def write_vics(path: Path, hits: Path, facts: ScanFacts) -> None:
    """Write the case document.

    Memory: the hits on known material without doubts, sorted, and one content.

    Args:
        path: to be written.
        hits: `hits.parquet`.
        facts: of the scan.

    Raises:
        OSError: the disk is full or may not be written.
    """
    rows = (
        pl.scan_parquet(hits)
        .filter(pl.col("standing").is_in(list(_STANDING)), pl.col("sha256").is_not_null())
        .with_columns(rank=pl.col("standing").replace_strict(_STANDING, return_dtype=pl.Int8))
        .sort("sha256", "rank", "distance", "item", "list", "position", nulls_last=False)
        .collect(engine="streaming")
    )
    contents = groupby(rows.iter_rows(named=True), lambda row: row["sha256"])
    pieces = case_document(
        _case(facts, rows), (list(of_content) for _, of_content in contents), facts.shown, facts.ended
    )
    with path.open("wb") as stream:
        stream.writelines(pieces)


def case_document(
    case: Mapping[str, Json], contents: Iterable[Sequence[Row]], source: str, updated: datetime
) -> Iterator[bytes]:
    """A case document in pieces, as it is made.

    Args:
        case: as `case_head` gives it.
        contents: of each content its rows, as `kavalan.scan.results.tables.HITS_TOLD` names their columns, the
            strongest first.
        source: what it was found in, as the document says it at each file.
        updated: when that was last looked at.
    """
    head = msgspec.json.encode({**case, "Media": []}).removesuffix(b"]}")
    yield b'{"@odata.context":' + msgspec.json.encode(CONTEXT) + b',"value":[' + head
    for number, rows in enumerate(contents, start=1):
        yield (b",\n" if number > 1 else b"\n") + msgspec.json.encode(_media(number, rows, source, updated))
    yield b"]}]}\n"


def case_head(
    identity: str, *, number: str, unit: str, examiner: str, files: int, version: str, said: Mapping[str, str]
) -> dict[str, Json]:
    """The case itself, without its media.

    Args:
        identity: of which the case's id is made: the same gives the same.
        number: of the case.
        unit: whose it is.
        examiner: who made the document.
        files: how many items there are on known material.
        version: of Kavalan.
        said: what else is said of it.
    """
    case_id = str(uuid.uuid5(_NAMESPACE, identity))
    return {
        "CaseID": case_id,
        "CaseNumber": number,
        "ContactOrganization": unit,
        "ContactName": examiner,
        "ContactPhone": "",
        "ContactEmail": "",
        "ContactTitle": "",
        "TotalMediaFiles": files,
        "TotalPrecategorized": 0,
        "SeizureDate": None,
        "SourceApplicationName": "Kavalan",
        "SourceApplicationVersion": version,
        "CaseMetadata": [
            {"CaseID": case_id, "PropertyName": name, "PropertyValue": value} for name, value in said.items()
        ],
    }


def _case(facts: ScanFacts, rows: pl.DataFrame) -> dict[str, Json]:
    media = rows.group_by("sha256").agg(pl.col("rank").min())
    said = {
        "Source": facts.shown,
        "Scan": "complete" if facts.end == "complete" else f"stopped: {facts.why or 'no reason given'}",
        "Identical": str((media["rank"] == 0).sum()),
        "MD5 only": str((media["rank"] == 1).sum()),
        "Near": str((media["rank"] == 2).sum()),
        "Note": "A hit is a lead: a person confirms it.",
    }
    return case_head(
        f"{facts.source.hex()} {facts.started.isoformat()} {facts.authority}",
        number=facts.authority,
        unit=facts.unit or "",
        examiner=facts.examiner,
        files=rows["item"].n_unique(),
        version=facts.tools.get("kavalan", ""),
        said=said,
    )


def _media(number: int, rows: Sequence[Row], source: str, updated: datetime) -> dict[str, Json]:
    first = rows[0]
    same = [row for row in rows if row["method"] != "near"]
    flags = _bits(same)
    md5 = _hex(first["md5"])
    return {
        "MediaID": number,
        "Category": _category(same),
        "MD5": md5,
        "SHA1": _hex(first["sha1"]),
        "PhotoDNA": None,
        "MediaSize": first["size"],
        "MimeType": first["media_type"],
        **{name: bool(flags & bit) for name, bit in _FLAGS},
        "Series": None,
        "Tags": f"Kavalan: {_said(first)}",
        "Comments": None,
        "DateUpdated": updated.isoformat(),
        "RelativeFilePath": None,
        "IsPrecategorized": False,
        "IsSuspected": not same,
        "AlternativeHashes": _alternatives(first),
        "Exifs": [],
        "MediaMetadata": [
            {"MD5": md5, "PropertyName": name, "PropertyValue": value} for name, value in _metadata(rows)
        ],
        "MediaFiles": [_file(row, md5, source) for row in {row["item"]: row for row in rows}.values()],
    }


def _category(rows: Sequence[Row]) -> int | None:
    """The one that the lists agree on that number as Project VIC does; letters and other schemes have none here."""
    codes = {
        code
        for row in rows
        for scheme, code in _categories(row)
        if (scheme == "vics" or scheme.startswith("vics/")) and code.isdecimal() and len(code) < 4
    }
    return int(codes.pop()) if len(codes) == 1 else None


def _metadata(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """How the content was recognised, each list once with its strongest entry first."""
    told: dict[tuple[str, str], None] = {}
    for row in rows:
        whose = f"{row['list']} ({row['owner']}, {row['version']})"
        codes = ", ".join(f"{scheme} {code}" for scheme, code in _categories(row)) or "no category"
        told[
            "Kavalan match", f"{_said(row)}; list {whose}; category {codes}; entry {row['key'] or row['position']}"
        ] = None
        if row["held"]:
            told["Kavalan doubt", f"held for a person: more contents than likely match this entry of {row['list']}"] = (
                None
            )
    yield from told


def _said(row: Row) -> str:
    said = _SAID[row["method"]]
    return f"{said}; distance {row['distance']} of 256 bits" if row["method"] == "near" else said


def _alternatives(row: Row) -> list[Json]:
    hashes = (("SHA-256", row["sha256"]), ("PDQ", row["pdq"]))
    return [{"HashName": name, "HashValue": text} for name, value in hashes if (text := _hex(value))]


def _file(row: Row, md5: str | None, source: str) -> dict[str, Json]:
    # The separator of the data model is the back-slash; a name that holds one is shown with it doubled.
    folder, _, name = row["shown"].rpartition("/")
    container = row["container"] is not None
    if container and " » " in name:
        outer, _, name = name.rpartition(" » ")
        folder = f"{folder}/{outer}" if folder else outer
    return {
        "MD5": md5,
        "FileName": name,
        "FilePath": folder.replace("/", "\\"),
        "Created": _time(row, "created"),
        "Written": _time(row, "modified"),
        "Accessed": _time(row, "accessed"),
        "Unallocated": False,
        "Deleted": row["item_state"] == "deleted",
        "SourceID": source,
        "PhysicalLocation": None,
    }


def _time(row: Row, name: str) -> str | None:
    """With the offset from UTC; without one where the source does not state the zone."""
    moment: datetime | None = row[name]
    if moment is None:
        return None
    return (moment.replace(tzinfo=None) if row["clock"] == "local" else moment).isoformat()


def _categories(row: Row) -> list[tuple[str, str]]:
    listed: Sequence[Mapping[str, str]] = row["categories"] or ()
    return [(one["scheme"], one["code"]) for one in listed]


def _bits(rows: Sequence[Row]) -> int:
    flags = 0
    for row in rows:
        flags |= row["flags"] or 0
    return flags


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex().upper()
