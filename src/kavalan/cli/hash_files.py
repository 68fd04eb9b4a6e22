"""`kavalan hash`: what files are, by fingerprint."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kavalan.cli.output import shown_path
from kavalan.cli.paths import items_of
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.fingerprint import Fingerprint, Reading
    from kavalan.sources import Item

_UNREAD = 1


def hash_files(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or folders with all that is in them.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    orient: Annotated[bool, typer.Option(help="Turn pictures as their EXIF orientation says before hashing.")] = False,
    rotations: Annotated[bool, typer.Option(help="PDQ in all eight rotations and flips.")] = False,
    interval: Annotated[float, typer.Option(min=0.04, max=3600, help="Seconds between the frames of a video.")] = 1.0,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Decoding processes.")] = 2,
) -> None:
    """Print digests, PDQ and video frames of files; every decoder runs in the sandbox.

    Exit code: 0 when everything was read, 1 when something was not (the reason stands with the file), 2 for a
    wrong call.
    """
    from kavalan.fingerprint import Fingerprinter

    unread = 0
    with Fingerprinter(workers=workers, orient=orient, rotations=rotations, interval=interval) as fingerprinter:
        if not fingerprinter.confinement.complete:
            typer.echo(f"kavalan: sandbox: {fingerprinter.confinement}", err=True)
        for reading in fingerprinter.read(items_of(paths)):
            unread += reading.error is not None
            sys.stdout.write(_line(reading) if as_json else _lines(reading))
    raise typer.Exit(_UNREAD if unread else 0)


def as_record(reading: Reading[Item]) -> dict[str, Any]:
    """The stable JSON object of one file; `docs/hash.md` describes every key."""
    found = reading.fingerprint
    path = reading.item.path
    record: dict[str, Any] = {"path": shown_path(path)}
    if not _is_utf8(path):
        record["path_hex"] = path.hex()
    record |= _facts(found) if found else dict.fromkeys(_KEYS)
    record["error"] = reading.error
    if found and found.rotations is not None:
        record["rotations"] = [rotation.hex() for rotation in found.rotations]
    return record


_KEYS = ("kind", "size", "md5", "sha1", "sha256", "pdq", "pdq_quality", "orientation", "frames")


def _facts(found: Fingerprint) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "size": found.size,
        "md5": found.md5.hex(),
        "sha1": found.sha1.hex(),
        "sha256": found.sha256.hex(),
        "pdq": found.pdq.hex() if found.pdq else None,
        "pdq_quality": found.pdq_quality,
        "orientation": found.orientation,
        "frames": None
        if found.frames is None
        else [{"time": frame.time, "pdq": frame.pdq.hex(), "quality": frame.quality} for frame in found.frames],
    }


def _is_utf8(path: bytes) -> bool:
    try:
        path.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(reading: Reading[Item]) -> str:
    return json.dumps(as_record(reading), ensure_ascii=True) + "\n"


def _lines(reading: Reading[Item]) -> str:
    """The same facts for a person: a name escaped for the terminal, then one fact a line."""
    record = as_record(reading)
    lines = [printable(record.pop("path"))]
    frames = record.pop("frames")
    lines += [
        f"  {key.replace('_', ' '):11} {printable(str(value))}" for key, value in record.items() if value is not None
    ]
    if frames is not None:
        lines.append(f"  {'frames':11} {len(frames)}")
        lines += [f"    {frame['time']:9.3f} s  {frame['pdq']}  quality {frame['quality']}" for frame in frames]
    return "\n".join(lines) + "\n"
