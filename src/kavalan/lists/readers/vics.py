"""Project VIC's VICS JSON, versions 1.2, 1.3 and 2.0, hash sets (`#Media`) and case documents (`#Cases`).

Mark V for the fields (read in IPED's reader, GLEAPP's and two exporters, see `docs/lists.md`), but rebuilt: the
specification goes only to law enforcement and certified vendors.

Taken: MD5, SHA1, AlternativeHashes, PhotoDNA (kept, never matched), Category, MediaSize, DateUpdated, MimeType (whether
it is a video), and five flags. Dropped: MediaID (unique inside one file only), names of series, tags, comments,
paths and file names, Exifs, MediaFiles, MediaMetadata, everything about the case and its contact. `Miniature` is a
picture: it is passed over undecoded and counted, as is any text of more than 4,096 characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Entry, Flag
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept
from kavalan.lists.readers.jsonstream import ITEM, JsonRecords, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kavalan.lists.model import Opaque
    from kavalan.lists.readers.jsonstream import Record, Value

T = TypeVar("T")

_CONTEXT: Final = re.compile(
    rb'"(?:odata\.metadata|@odata\.context)"\s*:\s*"[^"]{0,200}ProjectVic/DataModels/'
    rb"(?P<version>1\.2|1\.3|2\.0)\.xml(?:/(?P<country>[A-Za-z0-9_-]{1,32}))?(?:/\$metadata)?#(?P<kind>Media|Cases)",
    re.IGNORECASE,
)
_MEDIA: Final = ("value", ITEM)
_CASE_MEDIA: Final = ("value", ITEM, "Media", ITEM)
_FLAGS: Final = {
    "VictimIdentified": Flag.VICTIM_IDENTIFIED,
    "OffenderIdentified": Flag.OFFENDER_IDENTIFIED,
    "IsDistributed": Flag.DISTRIBUTED,
    "SelfGenerated": Flag.SELF_GENERATED,
}
_PLAIN: Final = frozenset({"MD5", "SHA1", "PhotoDNA", "AlternativeHashes", "Category", "MediaSize", "DateUpdated"})
_KEEP: Final = _PLAIN | {"MimeType", "Series", *_FLAGS}
_PICTURES: Final = frozenset({"Miniature", "Thumbnail", "Preview", "Data", "FileData", "Content", "Image", "Bytes"})


class VicsReader(Reader):
    """Reads VICS JSON. The envelope must stand before the entries, within the first 64 KiB, as every tool writes it."""

    format: ClassVar[str] = "vics"

    def recognises(self, head: bytes) -> bool:
        """A JSON object whose envelope names a ProjectVic data model of version 1.2, 1.3 or 2.0."""
        return head.lstrip()[:1] == b"{" and _context(head) is not None

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the number of the Media object."""
        context = _context(source.opening)
        if context is None:
            raise WrongFormatError(source.path, "the envelope names no VICS data model that is known")
        path = _CASE_MEDIA if context["kind"].lower() == b"cases" else _MEDIA
        scheme = scheme_of(context)
        for position, record in JsonRecords(source, report, paths=frozenset({path}), keep=_KEEP, pictures=_PICTURES):
            yield from kept(_entry(position, record, scheme, report), report)


def _context(head: bytes) -> re.Match[bytes] | None:
    return _CONTEXT.search(head.replace(b"\\/", b"/"))


def scheme_of(context: re.Match[bytes]) -> str:
    """The category scheme of an envelope: `vics/1.3`, `vics/2.0/US`. The same number differs between them."""
    country = (context["country"] or b"").decode()
    return f"vics/{context['version'].decode()}" + (f"/{country}" if country else "")


def _entry(position: int, record: Record, scheme: str, report: Report) -> Entry:
    def attempt(parse: Callable[[str, object], T], name: str, field: str) -> T | None:
        return report.attempt(position, parse, name, record.get(field))

    hashes, opaque = _alternatives(position, record.get("AlternativeHashes"), report)
    for kind, field in (("md5", "MD5"), ("sha1", "SHA1")):
        _merge(position, hashes, kind, attempt(values.digest, kind, field), report)
    if photodna := attempt(values.opaque, "PhotoDNA", "PhotoDNA"):
        opaque.append(photodna)
    code = attempt(values.code, "Category", "Category")
    return Entry(
        position=position,
        md5=hashes.get("md5"),
        sha1=hashes.get("sha1"),
        sha256=hashes.get("sha256"),
        pdq=hashes.get("pdq"),
        size=attempt(values.number, "MediaSize", "MediaSize"),
        opaque=tuple(opaque),
        categories=(Category(scheme, code),) if code else (),
        flags=_flags(position, record, report),
        updated=attempt(values.moment, "DateUpdated", "DateUpdated"),
    )


def _flags(position: int, record: Record, report: Report) -> Flag:
    flags = Flag(0)
    for field, flag in _FLAGS.items():
        value = record.get(field)
        if not values.is_boolean(value):
            report.fault(position, f"{field}: neither true nor false")
        elif values.boolean(value):
            flags |= flag
    if (text_of(record, "Series") or "").strip():
        flags |= Flag.SERIES
    if (text_of(record, "MimeType") or "").lower().startswith("video/"):
        flags |= Flag.VIDEO
    return flags


def _alternatives(position: int, listed: Value, report: Report) -> tuple[dict[str, bytes], list[Opaque]]:
    hashes: dict[str, bytes] = {}
    opaque: list[Opaque] = []
    for item in listed if isinstance(listed, list) else []:
        if not isinstance(item, dict) or not (name := text_of(item, "HashName")):
            report.fault(position, "AlternativeHashes: an element without HashName")
            continue
        kind = re.sub(r"[^a-z0-9]", "", name.lower())
        if kind in values.DIGEST_BYTES:
            _merge(position, hashes, kind, report.attempt(position, values.digest, kind, item.get("HashValue")), report)
        elif other := report.attempt(position, values.opaque, name, item.get("HashValue")):
            opaque.append(other)
    return hashes, opaque


def _merge(position: int, hashes: dict[str, bytes], kind: str, value: bytes | None, report: Report) -> None:
    """Take a hash over; a second, different one of the same kind is a fault and replaces the first."""
    if value is None:
        return
    if hashes.get(kind, value) != value:
        report.fault(position, f"{kind}: two different values in one record")
    hashes[kind] = value
