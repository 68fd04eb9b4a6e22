"""NCMEC's hash sharing API, version 2: saved answers of `/v2/entries` (XML).

Mark V (ThreatExchange @baefb4e, client and tests). A `deletedImage` or `deletedVideo` withdraws. Taken: member and id
(together the key), timestamp, classification, every fingerprint: MD5, SHA-1, SHA-256 and PDQ to match, the others kept;
one that is only referred to (`href`) is counted as skipped and nothing is fetched. Of the feedback only whether some
member voted against the entry; who voted, and why, is dropped. Paging is the caller's: answers are not in order of
time, so read all pages before trusting the list to be complete.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from lxml import etree

from kavalan.lists.errors import ListError, TooLargeError, TruncatedError, WrongFormatError
from kavalan.lists.model import Category, Entry, Flag, Opaque
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE: Final = "https://hashsharing.ncmec.org/hashsharing/v2"
SCHEME: Final = "ncmec"
_TAG: Final = f"{{{NAMESPACE}}}"
_RECORDS: Final = {
    f"{_TAG}image": (Flag(0), False),
    f"{_TAG}deletedImage": (Flag(0), True),
    f"{_TAG}video": (Flag.VIDEO, False),
    f"{_TAG}deletedVideo": (Flag.VIDEO, True),
}
_MAX_RECORD: Final = 4 << 20
_CHUNK: Final = 65536


class NcmecReader(Reader):
    """Reads NCMEC hash sharing XML."""

    format: ClassVar[str] = "ncmec"

    def recognises(self, head: bytes) -> bool:
        """XML whose root is `queryResult` in the namespace of version 2."""
        return re.search(rb"<(?:[A-Za-z_][\w.-]*:)?queryResult[^>]*hashsharing/v2[\"']", head) is not None

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the number of the image or video element.

        Raises:
            ListError: also for a document type declaration, which such a file never has.
        """
        for position, element in _elements(source):
            yield from kept(_entry(position, element, report), report)


def _elements(source: Source) -> Iterator[tuple[int, etree._Element]]:
    """Each record with its number; whatever the parser holds besides one record is bounded."""
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    position = 0
    since_record = 0
    for failure in _fed(parser, source):
        since_record += _CHUNK
        for event, element in parser.read_events():
            if not isinstance(element, etree._Element):  # noqa: SLF001 -- lxml's only name for an element's type
                continue
            if event == "start":
                _check_place(element, source)
            elif element.tag in _RECORDS:
                position += 1
                since_record = 0
                yield position, element
                _forget(element)
        if failure:
            at = f"{source.path}: after record {position}"
            raise type(failure)(at, str(failure)) from failure
        if since_record > _MAX_RECORD:
            raise TooLargeError(source.path, f"one record is longer than {_MAX_RECORD >> 20} MiB")


def _fed(parser: etree.XMLPullParser, source: Source) -> Iterator[ListError | None]:
    """Feed the file to the parser; what was parsed before a failure can still be taken out of it."""
    try:
        while data := source.read(_CHUNK):
            parser.feed(data)
            yield None
    except etree.XMLSyntaxError as error:
        yield ListError("not well-formed XML", str(error))
        return
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        yield TruncatedError("the file ends before its own end; fetch it again", str(error))


def _check_place(element: etree._Element, source: Source) -> None:
    """Refuse at the root what is not a plain query result."""
    if element.getparent() is not None:
        return
    if element.tag != f"{_TAG}queryResult":
        raise WrongFormatError(source.path, f"the root is not queryResult of {NAMESPACE}")
    if element.getroottree().docinfo.internalDTD is not None:
        raise ListError(source.path, "a document type declaration, which an answer of NCMEC never has")


def _forget(element: etree._Element) -> None:
    """Free a record and everything before it; what stands after it is already parsed and still to come."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _entry(position: int, element: etree._Element, report: Report) -> Entry:
    flags, withdrawn = _RECORDS[str(element.tag)]
    parts = {str(child.tag): child for child in element}
    code = report.attempt(position, values.code, "classification", _text(parts, "classification"))
    if (feedback := parts.get(f"{_TAG}feedback")) is not None and feedback.find(f"{_TAG}negativeFeedback") is not None:
        flags |= Flag.DISPUTED
    hashes, opaque = _fingerprints(position, parts.get(f"{_TAG}fingerprints"), report)
    return Entry(
        position=position,
        key=_key(position, parts, report),
        md5=hashes.get("md5"),
        sha1=hashes.get("sha1"),
        sha256=hashes.get("sha256"),
        pdq=hashes.get("pdq"),
        opaque=tuple(opaque),
        categories=(Category(SCHEME, code),) if code else (),
        flags=flags,
        updated=report.attempt(position, values.moment, "timestamp", _text(parts, "timestamp")),
        withdrawn=withdrawn,
    )


def _key(position: int, parts: dict[str, etree._Element], report: Report) -> str | None:
    """Ids are unique within a member, so the member is part of the key."""
    member = parts.get(f"{_TAG}member")
    number = member.get("id") if member is not None else None
    name = _text(parts, "id")
    if not number or not name or len(number) + len(name) > 200:
        report.fault(position, "member or id is missing or too long")
        return None
    return f"{number}/{name}"


def _fingerprints(
    position: int, element: etree._Element | None, report: Report
) -> tuple[dict[str, bytes], list[Opaque]]:
    hashes: dict[str, bytes] = {}
    opaque: list[Opaque] = []
    for child in element if element is not None else ():
        name = str(child.tag).rpartition("}")[2]
        kind = re.sub(r"[^a-z0-9]", "", name.lower())
        text = (child.text or "").strip()
        if not text:
            report.skip(f"{name} by reference" if child.get("href") else f"{name} empty")
        elif kind in values.DIGEST_BYTES:
            value = report.attempt(position, values.digest, kind, text)
            if value and hashes.setdefault(kind, value) != value:
                report.fault(position, f"{kind}: two different values in one record")
        elif other := report.attempt(position, _other, name, text):
            opaque.append(other)
    return hashes, opaque


def _other(name: str, text: str) -> Opaque | None:
    """PhotoDNA is named `pdna`; shapes that are not the usual 144 bytes are kept as text."""
    if name.lower() == "pdna":
        try:
            return values.photodna(text)
        except ValueError:
            return values.opaque("pdna", text)
    return values.opaque(name, text)


def _text(parts: dict[str, etree._Element], name: str) -> str | None:
    element = parts.get(f"{_TAG}{name}")
    return (element.text or "").strip() or None if element is not None else None
