"""Each format of list, written by hand from rows that the tests choose: the other half of the battery."""

from __future__ import annotations

import base64
import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from kavalan.lists.readers import (
    ColumnReader,
    Columns,
    IcseReader,
    NcmecReader,
    NsrlReader,
    Reader,
    StopNciiReader,
    ThreatExchangeReader,
    VicsReader,
)


@dataclass(frozen=True)
class Row:
    """One line of an invented list: the hash as it will be written, and a code."""

    hash: str
    code: str | None = None


@dataclass(frozen=True)
class Format:
    """One format under test.

    kind: the digest that `Row.hash` stands for. codes: two codes of the format, or none where it has no categories.
    closed: whether the file shows where it ends, so that a cut is noticed; `text`: whether a BOM may stand before it.
    """

    name: str
    reader: Reader
    write: Callable[[Path, Sequence[Row]], None]
    kind: str
    codes: tuple[str, str] | tuple[()] = ()
    closed: bool = True
    text: bool = True
    categories: Callable[[str], list[tuple[str, str]]] = field(default=lambda code: [])


CONTEXTS = {
    "1.2": ("odata.metadata", "http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#{}"),
    "1.3": ("odata.metadata", "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#{}"),
    "2.0": ("@odata.context", "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#{}"),
}


def vics(version: str, kind: str, media: Sequence[dict[str, object]]) -> bytes:
    key, context = CONTEXTS[version]
    value = (
        list(media) if kind == "Media" else [{"CaseID": "x", "CaseMetadata": [{"CaseID": "x"}], "Media": list(media)}]
    )
    return json.dumps({key: context.format(kind), "value": value}).encode()


def write_vics(version: str, kind: str) -> Callable[[Path, Sequence[Row]], None]:
    def write(path: Path, rows: Sequence[Row]) -> None:
        media = [{"MediaID": n, "MD5": row.hash, "Category": row.code} for n, row in enumerate(rows, 1)]
        path.write_bytes(vics(version, kind, media))

    return write


ICSE_HEADER = (
    "MD5;SHA1;ZZ40;PhotoDNA;Lace;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
    "Investigation name;Agency;Number of submissions;File Available;Media Type;Baseline"
)


def write_icse(path: Path, rows: Sequence[Row]) -> None:
    lines = [f"{row.hash};;;;;;Y;N;N;;Op Test;Test Agency;1;False;Image;{row.code or ''};" for row in rows]
    path.write_text("\r\n".join([ICSE_HEADER, *lines, ""]))


def write_columns(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "sum", "grade"])
        writer.writerows(("file.bin", row.hash, row.code or "") for row in rows)


def write_text(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("# invented\n\n" + "".join(f"{row.hash}  some file.bin\n" for row in rows))


def ncmec(records: Sequence[str]) -> bytes:
    body = "".join(records)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">'
        f'<images count="{len(records)}" maxTimestamp="2017-10-24T15:10:00Z">{body}</images>'
        '<videos count="0"/></queryResult>'
    ).encode()


def write_ncmec(path: Path, rows: Sequence[Row]) -> None:
    path.write_bytes(
        ncmec(
            [
                f'<image><member id="42">Example</member><timestamp>2017-10-24T15:00:00Z</timestamp><id>i{n}</id>'
                f"<classification>{escape(row.code or '')}</classification>"
                f"<fingerprints><md5>{escape(row.hash)}</md5></fingerprints></image>"
                for n, row in enumerate(rows)
            ]
        )
    )


def stopncii(records: Sequence[dict[str, object]]) -> bytes:
    return json.dumps(
        {"count": len(records), "nextPageToken": "x", "hasMoreRecords": False, "hashRecords": list(records)}
    ).encode()


def write_stopncii(path: Path, rows: Sequence[Row]) -> None:
    records = [
        {
            "lastModtimestamp": 1625167804,
            "hashValue": r.hash,
            "hashStatus": r.code or "Active",
            "signalType": "ImagePDQ",
        }
        for r in rows
    ]
    path.write_bytes(stopncii(records))


def write_threatexchange(path: Path, rows: Sequence[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["signal_type", "signal_str", "collab", "category", "tags"])
    writer.writeheader()
    for row in rows:
        writer.writerow({"signal_type": "pdq", "signal_str": row.hash, "collab": "Test", "category": row.code or ""})
    path.write_text(text.getvalue())


def write_simple(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(f"{row.hash},1001,2002,2020-07-01T18:31:15+0000,{row.code or ''}\r\n" for row in rows))


def write_nsrl(path: Path, rows: Sequence[Row]) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE FILE (sha256 VARCHAR, sha1 VARCHAR, md5 VARCHAR, crc32 VARCHAR, file_name VARCHAR,"
        " file_size INTEGER, package_id INTEGER)"
    )
    connection.executemany("INSERT INTO FILE VALUES ('', ?, '', '', 'a.dll', 10, 1)", [(row.hash,) for row in rows])
    connection.commit()
    connection.close()


def photodna(byte: int) -> str:
    return base64.b64encode(bytes([byte]) * 144).decode()


def _one(scheme: str) -> Callable[[str], list[tuple[str, str]]]:
    return lambda code: [(scheme, code)]


FORMATS = (
    Format("vics-1.2", VicsReader(), write_vics("1.2", "Media"), "md5", ("1", "5"), categories=_one("vics/1.2")),
    Format("vics-1.3", VicsReader(), write_vics("1.3", "Media"), "md5", ("1", "5"), categories=_one("vics/1.3")),
    Format(
        "vics-2.0-case", VicsReader(), write_vics("2.0", "Cases"), "md5", ("A", "B"), categories=_one("vics/2.0/UK")
    ),
    Format("icse", IcseReader(), write_icse, "md5", ("yes", "no"), False, categories=_one("interpol-baseline")),
    Format(
        "csv",
        ColumnReader(Columns(scheme="unit/2026", md5="Sum", category="grade")),
        write_columns,
        "md5",
        ("red", "green"),
        False,
        categories=_one("unit/2026"),
    ),
    Format("txt", ColumnReader(Columns.one_hash_per_line()), write_text, "sha1", closed=False),
    Format("ncmec", NcmecReader(), write_ncmec, "md5", ("A1", "B2"), categories=_one("ncmec")),
    Format("stopncii", StopNciiReader(), write_stopncii, "pdq", ("Received", "Active"), categories=_one("stopncii")),
    Format(
        "threatexchange",
        ThreatExchangeReader(),
        write_threatexchange,
        "pdq",
        ("POSITIVE_CLASS", "INVESTIGATION_SEED"),
        False,
        categories=_one("threatexchange"),
    ),
    Format(
        "hma",
        ThreatExchangeReader(),
        write_simple,
        "pdq",
        ("testlabel", "otherlabel"),
        False,
        categories=_one("threatexchange/label"),
    ),
    Format("nsrl", NsrlReader(), write_nsrl, "sha1", text=False),
)
