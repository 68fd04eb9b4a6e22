"""Documents that their kind alone does not tell: mail strictly, so that no list of words is one, and late PDFs."""

from __future__ import annotations

import re

from kavalan.sources.archive.records import Format

# Where readers look for the header of a PDF (ISO 32000-1, implementation note 13).
_PDF_BYTES = 1024
_PDF = re.compile(rb"%PDF-[12]\.\d[\r\n\t ]")
_FIELD = re.compile(rb"(?P<name>[!-9;-~]{1,76})[ \t]*:|[ \t]")
# RFC 5322, 3.6, and RFC 2045, 4: what a message has, of which no other text has three.
_FIELDS = frozenset(
    {
        b"from",
        b"to",
        b"cc",
        b"subject",
        b"date",
        b"message-id",
        b"mime-version",
        b"received",
        b"return-path",
        b"delivered-to",
        b"content-type",
    }
)
_ENOUGH = 3
# emlx, Apple's: the message's length on a line of its own before it.
COUNTED = re.compile(rb"\d{1,10} {0,10}\r?\n")
ENVELOPE = re.compile(rb"From [^\r\n]{1,200}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=[!-9;-~]{1,76}[ \t]*:)")
_MAYBE = frozenset({"message/rfc822", "application/mbox", "text/plain", "application/octet-stream", "text/html"})


def document_in(head: bytes, kind: str) -> Format | None:
    """The format of a document that begins with these bytes.

    Args:
        head: the first page of a file.
        kind: by its signature.
    """
    if kind not in _MAYBE:
        return None
    if _PDF.search(head, 0, _PDF_BYTES):
        return "pdf"
    envelope = ENVELOPE.match(head)
    if envelope is not None:
        return "mbox" if _is_mail(head[envelope.end() :]) else None
    counted = COUNTED.match(head)
    return "mail" if _is_mail(head[counted.end() if counted else 0 :]) else None


def _is_mail(head: bytes) -> bool:
    """Whether lines before the first empty one are fields of a message, the last perhaps cut off."""
    found = set()
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        match = _FIELD.match(line)
        if match is None:
            break
        if match["name"]:
            found.add(match["name"].lower())
    return len(found & _FIELDS) >= _ENOUGH and bool(found & {b"from", b"received", b"message-id", b"mime-version"})
