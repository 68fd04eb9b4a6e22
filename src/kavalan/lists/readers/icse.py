"""INTERPOL's ICSE export: CSV with `;` and a header of 16 columns.

Mark V for the columns and their types (an export described in IPED #1136 and #1169, and IPED's reader). Such files
have an extra empty column in every line and some hashes of a wrong length.

Taken: MD5, SHA1, PhotoDNA (288 hexadecimal digits; kept, never matched), ZZ40 and Lace (kept), Image ID (the key),
Baseline (the category, in scheme `interpol-baseline`), Media Type and three flags; of the series only that there is
one. Dropped: Investigation name, Agency, Number of submissions, File Available.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Entry, Flag
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept
from kavalan.lists.readers.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEME: Final = "interpol-baseline"
_NEEDED: Final = frozenset({"md5", "sha1", "image id", "baseline"})
_FLAGS: Final = {
    "is distributed": Flag.DISTRIBUTED,
    "victim identified": Flag.VICTIM_IDENTIFIED,
    "offender identified": Flag.OFFENDER_IDENTIFIED,
}
_OPAQUE: Final = {"photodna": "PhotoDNA", "zz40": "ZZ40", "lace": "Lace"}


class IcseReader(Reader):
    """Reads ICSE's CSV, columns in any order."""

    format: ClassVar[str] = "icse"

    def recognises(self, head: bytes) -> bool:
        """A first line with ICSE's column names between semicolons."""
        return set(_header(head.split(b"\n", 1)[0].decode("utf-8", "replace"))) >= _NEEDED

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the line number, the header being line 1."""
        lines = iter(Lines(source, report, ";"))
        _, names = next(lines, (0, [""]))
        columns = [name.strip().strip('"').lower() for name in names]
        if not set(columns) >= _NEEDED:
            raise WrongFormatError(source.path, "the first line does not name the columns of ICSE")
        for position, fields in lines:
            if len(fields) < len(columns):
                report.fault(position, f"{len(fields)} fields instead of {len(columns)}")
            elif any(extra.strip() for extra in fields[len(columns) :]):
                report.fault(position, f"{len(fields)} fields instead of {len(columns)}, the last not empty")
            else:
                yield from kept(_entry(position, dict(zip(columns, fields, strict=False)), report), report)


def _header(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.split(";")]


def _entry(position: int, row: dict[str, str], report: Report) -> Entry:
    opaque = [report.attempt(position, values.opaque, name, row.get(column)) for column, name in _OPAQUE.items()]
    return Entry(
        position=position,
        key=row["image id"].strip()[:200] or None,
        md5=report.attempt(position, values.digest, "md5", row["md5"]),
        sha1=report.attempt(position, values.digest, "sha1", row["sha1"]),
        opaque=tuple(value for value in opaque if value),
        categories=_baseline(position, row["baseline"], report),
        flags=_flags(position, row, report),
    )


def _baseline(position: int, text: str, report: Report) -> tuple[Category, ...]:
    if not text.strip():
        return ()
    if not values.is_boolean(text):
        report.fault(position, "Baseline: neither yes nor no")
        return ()
    return (Category(SCHEME, "yes" if values.boolean(text) else "no"),)


def _flags(position: int, row: dict[str, str], report: Report) -> Flag:
    flags = Flag(0)
    for column, flag in _FLAGS.items():
        text = row.get(column, "")
        if not values.is_boolean(text):
            report.fault(position, f"{column}: neither yes nor no")
        elif values.boolean(text):
            flags |= flag
    if row.get("series name", "").strip():
        flags |= Flag.SERIES
    if row.get("media type", "").strip().lower() == "video":
        flags |= Flag.VIDEO
    return flags
