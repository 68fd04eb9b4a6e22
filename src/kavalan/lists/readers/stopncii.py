"""StopNCII's hash records, as its FetchHashes call answers (one answer, or a list of them, saved to a file).

Mark V (ThreatExchange @baefb4e, client and tests). A record whose `hashStatus` is Withdrawn or Deleted withdraws: the
person concerned took it back. Taken: signalType, hashValue, hashStatus, lastModtimestamp. Dropped: caseNumbers and the
members' feedback. Records of texts and addresses are counted and never kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from kavalan.lists.model import Category, Entry, Flag
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept
from kavalan.lists.readers.jsonstream import ITEM, JsonRecords, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.lists.readers.jsonstream import Record

SCHEME: Final = "stopncii"
_PATHS: Final = frozenset({("hashRecords", ITEM), (ITEM, "hashRecords", ITEM)})
_KEEP: Final = frozenset({"signalType", "hashValue", "hashStatus", "lastModtimestamp"})
_STATUSES: Final = frozenset({"Unknown", "Received", "Active", "Withdrawn", "Deleted"})
_WITHDRAWN: Final = frozenset({"Withdrawn", "Deleted"})
_LATEST: Final = 253402300799  # the last second of the year 9999


class StopNciiReader(Reader):
    """Reads saved StopNCII answers."""

    format: ClassVar[str] = "stopncii"

    def recognises(self, head: bytes) -> bool:
        """A JSON object or array that names `hashRecords`."""
        return head.lstrip()[:1] in {b"{", b"["} and b'"hashRecords"' in head

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the number of the record."""
        for position, record in JsonRecords(source, report, paths=_PATHS, keep=_KEEP):
            entry = _entry(position, record, report)
            if entry:
                yield from kept(entry, report)


def _entry(position: int, record: Record, report: Report) -> Entry | None:
    signal, value, status = (text_of(record, name) or "" for name in ("signalType", "hashValue", "hashStatus"))
    if signal in {"Text", "URL", "Unknown"}:
        report.skip(f"signalType {signal}")
        return None
    if status not in _STATUSES:
        report.fault(position, "hashStatus: none of the known words")
        return None
    if signal not in {"ImagePDQ", "VideoMD5", "VideoTMK"}:
        report.fault(position, "signalType: none of the known words")
        return None
    return Entry(
        position=position,
        key=_key(signal, value),
        pdq=report.attempt(position, values.digest, "pdq", value) if signal == "ImagePDQ" else None,
        md5=report.attempt(position, values.digest, "md5", value) if signal == "VideoMD5" else None,
        opaque=tuple(
            filter(None, [report.attempt(position, values.opaque, "TMK", value)] if signal == "VideoTMK" else [])
        ),
        categories=(Category(SCHEME, status),),
        flags=Flag(0) if signal == "ImagePDQ" else Flag.VIDEO,
        updated=report.attempt(position, _moment, record),
        withdrawn=status in _WITHDRAWN,
    )


def _key(signal: str, value: str) -> str | None:
    """The record is named by what it holds; long values (TMK) only by their beginning would be ambiguous: none."""
    value = value.strip().lower()
    return f"{signal}:{value}" if 0 < len(value) <= 128 else None


def _moment(record: Record) -> datetime | None:
    seconds = values.number("lastModtimestamp", record.get("lastModtimestamp"), _LATEST)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
