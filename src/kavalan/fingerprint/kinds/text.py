"""Text, and what kind of text: mail, marked-up, JSON, play lists. All rules read one head, decoded once."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that text files do hold: bell to carriage return, and escape.
_NOT_TEXT: Final = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_MOSTLY: Final = 0.75
# What text begins with, white space apart, in small letters. HTML: WHATWG MIME Sniffing, 7.1.
_OPENINGS: Final[tuple[tuple[str, str], ...]] = (
    ("<!doctype html", "text/html"),
    ("<html", "text/html"),
    ("<head", "text/html"),
    ("<body", "text/html"),
    ("<!doctype svg", "image/svg+xml"),
    ("<svg", "image/svg+xml"),
    ("#extm3u", "application/vnd.apple.mpegurl"),
    ("begin:vcard", "text/vcard"),
    ("begin:vcalendar", "text/calendar"),
    ("webvtt", "text/vtt"),
    ("%pdf-", "application/pdf"),  # readers skip what stands before it; so must we
)
_SVG_ROOT: Final = re.compile(r"<svg[\s>]|<!doctype\s+svg", re.IGNORECASE)
_HTML_ROOT: Final = re.compile(r"<html[\s>]|<!doctype\s+html", re.IGNORECASE)
_MBOX: Final = re.compile(r"From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")  # RFC 4155
_MAIL_FIELD: Final = re.compile(  # RFC 5322, 3.6, and the trace fields that mail programs put first
    r"(?i:return-path|received|delivered-to|from|to|subject|date|message-id|mime-version|reply-to|sender|x-[a-z-]{1,40}):"
)
_ANY_FIELD: Final = re.compile(r"[!-9;-~]{1,76}:|[ \t]")
_MAIL_LINES: Final = 3
# RFC 8259. Possessive, so that no text can make the match go back over itself.
_JSON_TOKEN: Final = re.compile(
    r'\s++|[{}\[\]:,]|"(?:[^"\\\x00-\x1f]|\\.)*+(?:"|\\?\Z)|-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?|true|false|null'
)
_JSON_WORDS: Final = ("true", "false", "null")
_JSON_START: Final = re.compile(r"\s*+(?:\{\s*+[\"}]|\[\s*+[\[{\"\]\-\dtfn])")


def text_kind(head: bytes) -> str | None:
    """The kind of a text in UTF-8, UTF-16 or -32 with a byte order mark, or mostly ASCII; None where it is no text."""
    text = _decoded(head)
    return None if text is None else _marked_kind(text) or _mail_kind(text) or _json_kind(text) or "text/plain"


def _marked_kind(text: str) -> str | None:
    start = text.lstrip().lower()[:64]
    for opening, kind in _OPENINGS:
        if start.startswith(opening):
            return kind
    if start.startswith("<?xml"):
        return _xml_kind(text)
    return None


def _decoded(head: bytes) -> str | None:
    """The head as text; a character cut at the end is left out."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return _clean(_decode(head[len(bom) :], name))
    text = _decode(head, "utf-8")
    if text is None and sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in head) >= _MOSTLY * len(head):
        text = head.decode("latin-1")
    return _clean(text)


def _decode(head: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None


def _clean(text: str | None) -> str | None:
    return None if text is None or _NOT_TEXT.search(text) else text


def _xml_kind(text: str) -> str:
    if _SVG_ROOT.search(text):
        return "image/svg+xml"
    return "text/html" if _HTML_ROOT.search(text) else "text/xml"


def _mail_kind(text: str) -> str | None:
    """A mailbox, or one message where the first lines are header lines that mail begins with."""
    if _MBOX.match(text):
        return "application/mbox"
    if not _MAIL_FIELD.match(text):
        return None
    lines = text.splitlines()[:_MAIL_LINES]
    return "message/rfc822" if len(lines) == _MAIL_LINES and all(map(_ANY_FIELD.match, lines)) else None


def _json_kind(text: str) -> str | None:
    """JSON, or JSON lines where more than one value stands at the top; None where a token is not JSON's.

    Only tokens are checked and how deep they nest, in one pass: the head of a large file is never a whole document.
    """
    if not _JSON_START.match(text):
        return None
    at, depth, values = 0, 0, 0
    while at < len(text):
        token = _JSON_TOKEN.match(text, at)
        if token is None:
            break
        values += depth == 0 and token[0] in "{["
        depth += (token[0] in "{[") - (token[0] in "}]")
        at = token.end()
        if depth < 0:
            return None
    if not any(word.startswith(text[at:]) for word in _JSON_WORDS):  # cut at the end of the head, or not JSON
        return None
    return "application/x-ndjson" if values > 1 else "application/json"
