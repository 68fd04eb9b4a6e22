"""Tips a second, form by form, beside what reading the same bytes takes at least.

Run: `python -m benchmarks.tips`. The month is made by `examples/tips.py`. One core, processor time, medians of three;
"sandboxed" is by the clock, through the confined worker, its records decoded.
"""

from __future__ import annotations

import csv
import email
import email.policy
import hashlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf

from kavalan.tips import Columns, TipReader, open_bundle, read_columns
from kavalan.tips.request import Request
from kavalan.tips.task import read

_SCRIPT = Path(__file__).resolve().parent.parent / "examples" / "tips.py"
_TIPS = 400
_ROWS = 20_000
_ROUNDS = 3


class Form(NamedTuple):
    """What is measured of a form.

    Attributes:
        name: of the form.
        files: of it, some bytes each.
        least: what takes those bytes apart and says nothing.
        least_name: its name.
    """

    name: str
    files: list[bytes]
    least: Callable[[bytes], object]
    least_name: str


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, _SCRIPT, "--out", folder, "--tips", str(_TIPS)], check=True, capture_output=True
        )
        columns = read_columns(Path(folder, "columns.toml"))
        print(f"{'form':14} {'tips':>6} {'KiB each':>9} {'least':28} {'least/s':>9} {'read/s':>9} {'of it':>7}", end="")
        print(f" {'sandboxed/s':>12}")
        with TipReader() as reader:
            for form in _forms(Path(folder, "tips")):
                _show(form, reader, columns)
            _bundles([path.read_bytes() for path in sorted(Path(folder, "tips", "bundles").iterdir())], reader)


def _forms(folder: Path) -> Iterator[Form]:
    yield Form("cybertipline", _bytes(folder / "referrals"), _json, "json.loads")
    table = min((folder / "partner").iterdir()).read_bytes().splitlines(keepends=True)
    rows = (table[1:] * (_ROWS // len(table) + 1))[:_ROWS]
    yield Form("table", [table[0] + b"".join(rows)], _csv, "csv.reader")
    yield Form("mail", _bytes(folder / "mail"), _mail, "email.message_from_bytes")
    yield Form("print", _bytes(folder / "prints"), _pdf, "pikepdf: parsing the pages")


def _bytes(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def _json(data: bytes) -> object:
    return json.loads(data.decode("utf-8-sig"))


def _csv(data: bytes) -> object:
    return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _mail(data: bytes) -> object:
    return email.message_from_bytes(data, policy=email.policy.default)


def _pdf(data: bytes) -> object:
    with pikepdf.open(io.BytesIO(data)) as document:
        return [pikepdf.parse_content_stream(page) for page in document.pages]


def _show(form: Form, reader: TipReader, columns: Columns) -> None:
    asked = columns if form.name == "table" else None
    count = sum(sum(1 for _ in read(io.BytesIO(data), Request(form.name, asked))) for data in form.files)
    least = _median(lambda: [form.least(data) for data in form.files], time.process_time)
    ours = _median(
        lambda: [sum(1 for _ in read(io.BytesIO(data), Request(form.name, asked))) for data in form.files],
        time.process_time,
    )
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, str(number)) for number in range(len(form.files))]
        for path, data in zip(paths, form.files, strict=True):
            path.write_bytes(data)
        boxed = _median(lambda: [_boxed(reader, path, form.name, asked) for path in paths], time.perf_counter)
    _row(form, count, least, ours, boxed)


def _boxed(reader: TipReader, path: Path, form: str, columns: Columns | None) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in reader.read(file, form, columns))


def _bundles(files: list[bytes], reader: TipReader) -> None:
    """Each opened and every member's bytes given; at least: `zipfile` and three digests, in this process."""

    def opened() -> int:
        count = 0
        for data in files:
            with open_bundle(io.BytesIO(data), reader) as bundle:
                count += len(bundle.referrals)
                for _, content in bundle.contents():
                    content.read()
        return count

    form = Form("bundle", files, _zip, "zipfile and three digests")
    least = _median(lambda: [_zip(data) for data in files], time.process_time)
    _row(form, opened(), least, None, _median(opened, time.perf_counter))


def _zip(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    return [hashlib.new(name, member).digest() for member in members for name in ("md5", "sha1", "sha256")]


def _median(work: Callable[[], object], clock: Callable[[], float]) -> float:
    return statistics.median(_seconds(work, clock) for _ in range(_ROUNDS))


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    work()
    return clock() - started


def _row(form: Form, count: int, least: float, ours: float | None, boxed: float) -> None:
    size = sum(map(len, form.files)) / count / 1024
    told = f"{count / ours:9.0f} {least / ours:7.1%}" if ours else f"{'–':>9} {'–':>7}"
    print(
        f"{form.name:14} {count:6} {size:9.1f} {form.least_name:28} {count / least:9.0f} {told} {count / boxed:12.0f}"
    )


if __name__ == "__main__":
    main()
