"""Writes the synthetic sample lists of this folder: invented hashes, invented owners, one small file per format.

    python examples/lists/make.py [FOLDER]

The same files come out every time. They are for the demo and for trying the readers; no hash in them is of anything.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from pathlib import Path

COUNT = 12


def invented(kind: str, number: int) -> str:
    """A hash of nothing but a counter, in hexadecimal."""
    digits = {"md5": 32, "sha1": 40, "sha256": 64, "pdq": 64}[kind]
    return hashlib.sha256(f"kavalan sample {kind} {number}".encode()).hexdigest()[:digits]


def vics() -> str:
    """A VICS 2.0 hash set."""
    media = [
        {
            "MediaID": number,
            "Category": number % 4,
            "MD5": invented("md5", number).upper(),
            "SHA1": invented("sha1", number).upper(),
            "MediaSize": 10_000 + number,
            "VictimIdentified": number % 5 == 0,
            "AlternativeHashes": [
                {"HashName": "SHA-256", "HashValue": invented("sha256", number)},
                {"HashName": "PDQ", "HashValue": invented("pdq", number)},
            ],
        }
        for number in range(1, COUNT + 1)
    ]
    context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/Default/$metadata#Media"
    return json.dumps({"@odata.context": context, "value": media}, indent=1) + "\n"


def icse() -> str:
    """An ICSE export."""
    header = (
        "MD5;SHA1;ZZ40;PhotoDNA;Lace;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
        "Investigation name;Agency;Number of submissions;File Available;Media Type;Baseline"
    )
    rows = [
        f"{invented('md5', n)};{invented('sha1', n)};;;;SAMPLE-{n};Y;N;N;;;Test Agency;1;False;Image;"
        f"{'Yes' if n % 2 else 'No'};"
        for n in range(20, 20 + COUNT)
    ]
    return "\n".join([header, *rows, ""])


def ncmec() -> str:
    """An answer of NCMEC's hash sharing, with one deletion."""
    images = "".join(
        f'  <image><member id="42">Example Member</member><timestamp>2026-01-02T03:04:05Z</timestamp><id>sample{n}</id>'
        f"<classification>{('A1', 'A2', 'B1', 'B2')[n % 4]}</classification>"
        f"<fingerprints><md5>{invented('md5', n)}</md5>"
        f"<sha1>{invented('sha1', n)}</sha1><pdq>{invented('pdq', n)}</pdq></fingerprints></image>\n"
        for n in range(40, 40 + COUNT)
    )
    gone = '  <deletedImage><member id="42">Example Member</member><id>sample41</id></deletedImage>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">\n'
        f' <images count="{COUNT + 1}">\n{images}{gone} </images>\n</queryResult>\n'
    )


def stopncii() -> str:
    """An answer of StopNCII, with one record taken back."""
    records: list[dict[str, object]] = [
        {
            "lastModtimestamp": 1_767_000_000 + number,
            "signalType": "ImagePDQ",
            "hashValue": invented("pdq", number),
            "hashStatus": "Withdrawn" if number == 61 else "Active",
            "caseNumbers": {},
        }
        for number in range(60, 60 + COUNT)
    ]
    return json.dumps({"count": COUNT, "hasMoreRecords": False, "hashRecords": records}, indent=1) + "\n"


def threatexchange() -> str:
    """What `threatexchange dataset -P --csv` writes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["signal_type", "signal_str", "collab", "category", "tags"])
    writer.writerows(["pdq", invented("pdq", n), "Sample", "POSITIVE_CLASS", "sample"] for n in range(80, 80 + COUNT))
    return text.getvalue()


def text() -> str:
    """A text of SHA-1 digests, one on each line."""
    return "# invented digests\n" + "".join(f"{invented('sha1', n)}\n" for n in range(100, 100 + COUNT))


def main(folder: Path) -> None:
    """Write all samples."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (
        ("vics.json", vics),
        ("icse.csv", icse),
        ("ncmec.xml", ncmec),
        ("stopncii.json", stopncii),
        ("threatexchange.csv", threatexchange),
        ("digests.txt", text),
    ):
        (folder / name).write_text(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
