"""PDQ lists of Meta's ThreatExchange tools and HMA, as text.

Mark V (ThreatExchange @baefb4e). Shapes:

* `threatexchange dataset -P --csv`: header `signal_type,signal_str,collab,category,tags`;
* the state files `simple.HASH_PDQ.te`, no header: hash, [indicator id,] descriptor id, added on, labels;
* the file exchange: `pdq <hash>`, or a hash alone, on each line;
* hand-made files with a header that names a column `hash` (or `pdq`) and perhaps `id` and `quality`, and files
  without a header whose first or second column is the hash and the other one an id.

Taken: PDQ, MD5 and SHA-256 signals, category, up to 16 labels, id, quality. Signals of other types are counted.
Dropped: collab, descriptor id, added on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Entry, Flag
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept
from kavalan.lists.readers.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEME: Final = "threatexchange"
LABELS: Final = "threatexchange/label"
MAX_LABELS: Final = 16
_SIGNALS: Final = {
    "pdq": "pdq",
    "hash_pdq": "pdq",
    "video_md5": "md5",
    "hash_md5": "md5",
    "raw_md5": "md5",
    "sha256": "sha256",
}
_OTHERS: Final = frozenset({"photodna", "url", "url_md5", "raw_text", "trend_query", "vpdq", "tlsh_pdf", "pdq_ocr"})
_PDQ: Final = re.compile(r"[0-9A-Fa-f]{64}")
_SIGNAL_LINE: Final = re.compile(r"(?P<signal>[a-z][a-z0-9_]{1,30}) (?P<value>\S+)$")
_COLUMNS: Final = {
    "signal_type": "signal",
    "signal_str": "value",
    "hash": "value",
    "pdq": "value",
    "pdq_hash": "value",
    "id": "key",
    "indicator_id": "key",
    "quality": "quality",
    "category": "category",
    "tags": "labels",
    "labels": "labels",
}


class ThreatExchangeReader(Reader):
    """Reads the text lists of ThreatExchange's tools."""

    format: ClassVar[str] = "threatexchange"

    def recognises(self, head: bytes) -> bool:
        """A first line that is a known header, or holds a PDQ hash or a signal."""
        first = next((line for line in head.decode("utf-8", "replace").splitlines() if line.strip()), "")
        fields = first.split(",")
        return bool(_header(fields)) or bool(_headless(fields)) or _signal(first) is not None

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the line number."""
        places: dict[str, int] | None = None
        for position, fields in Lines(source, report, ","):
            if places is None:
                places = _header(fields)
                if places:
                    continue
                if not _headless(fields) and _signal(fields[0]) is None:
                    raise WrongFormatError(source.path, "the first line is neither a header nor a PDQ hash")
            entry = _entry(position, _row(fields, places), report)
            if entry:
                yield from kept(entry, report)


def _header(fields: list[str]) -> dict[str, int]:
    """Where each known column is; empty where this is no header."""
    places: dict[str, int] = {}
    for index, name in enumerate(fields):
        if role := _COLUMNS.get(name.strip().strip('"').lower()):
            places.setdefault(role, index)
    return places if "value" in places else {}


def _headless(fields: list[str]) -> dict[str, int]:
    """Where hash, id and labels are in a line without header; empty where no PDQ hash is in the first two columns."""
    found = next((index for index, field in enumerate(fields[:2]) if _PDQ.fullmatch(field.strip())), None)
    if found is None:
        return {}
    places = {"value": found}
    if len(fields) in {2, 3, 5}:
        places["key"] = 1 - found
    if len(fields) in {4, 5}:
        places["labels"] = len(fields) - 1
    return places


def _signal(line: str) -> re.Match[str] | None:
    match = _SIGNAL_LINE.match(line.strip())
    return match if match and match["signal"] in _OTHERS | _SIGNALS.keys() else None


def _row(fields: list[str], places: dict[str, int]) -> dict[str, str]:
    if not places and (match := _signal(fields[0])):
        return match.groupdict()
    at = places or _headless(fields) or {"value": 0}
    return {role: fields[index].strip() for role, index in at.items() if index < len(fields)}


def _entry(position: int, row: dict[str, str], report: Report) -> Entry | None:
    signal = row.get("signal", "pdq").lower()
    kind = _SIGNALS.get(signal)
    if kind is None:
        report.skip(f"signal {signal}") if signal in _OTHERS else report.fault(position, "the signal type is not known")
        return None
    value = report.attempt(position, values.digest, kind, row.get("value"))
    category = row.get("category", "")
    return Entry(
        position=position,
        key=row.get("key", "")[:200] or None,
        md5=value if kind == "md5" else None,
        sha256=value if kind == "sha256" else None,
        pdq=value if kind == "pdq" else None,
        pdq_quality=report.attempt(position, values.number, "quality", row.get("quality"), 100),
        categories=_categories(position, category, row.get("labels", ""), report),
        flags=Flag.DISPUTED if category == "NEGATIVE_CLASS" else Flag(0),
    )


def _categories(position: int, category: str, labels: str, report: Report) -> tuple[Category, ...]:
    words = labels.split()
    if len(words) > MAX_LABELS:
        report.fault(position, f"{len(words)} labels; the first {MAX_LABELS} are kept")
    named = [(SCHEME, category), *((LABELS, word) for word in sorted(words[:MAX_LABELS]))]
    codes = [(scheme, report.attempt(position, values.code, scheme, text)) for scheme, text in named]
    return tuple(Category(scheme, code) for scheme, code in codes if code)
