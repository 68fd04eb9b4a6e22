"""One message of mail: its words, and its files with their digests.

Parsed by the library's older policy: the newer one takes quadratic time over a hostile header, or ends in recursion.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from email import message_from_bytes
from email.message import Message as Mail
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.email.headers import decoded, header
from kavalan.chats.email.page import page_of
from kavalan.chats.further import Carried
from kavalan.chats.loose import inside
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 48 << 20
"""Bytes of a message that are read; of a longer one only its beginning is."""
_MOST_PARTS: Final = 1000
_MOST_NESTED: Final = 50
_MOST_LINKS: Final = 2000
_LONGEST_NAME: Final = 1000
_MOST_SEARCHED: Final = 1 << 20
_WITHIN: Final = "within the message"
_INNER: Final = ("From", "To", "Date", "Subject")
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_NO_ENCODINGS: Final = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
"""Which Python knows as encodings of texts, and no mail has; some of them take quadratic time."""


class Letter(NamedTuple):
    """What a message says.

    Attributes:
        mail: with its headers.
        text: its words; of a page what is shown of it.
        links: where the links of its pages lead, but for those that its text has.
        files: that it carries.
        faults: what of it could not be read, in words.
        torn: bytes of its text are of no character, and shown escaped.
    """

    mail: Mail
    text: str
    links: tuple[str, ...]
    files: list[Carried]
    faults: list[str]
    torn: bool = False


def letter_of(data: bytes) -> Letter:
    """A message, whatever is broken in it."""
    if data.lower().count(b"multipart/") > _MOST_NESTED:
        # Parts within parts cost time in proportion to their depth: no program nests a hundredth of what this could.
        return Letter(_headers(data), "", (), [], ["it has more parts within parts than any program makes"])
    gathered = _Gathered()
    try:
        mail = message_from_bytes(data)
        for part, beside in islice(_leaves(mail), _MOST_PARTS):
            gathered.take(part, beside=beside)
    except Exception as error:  # noqa: BLE001 the library raises whatever a hostile message makes it raise: it is told
        return Letter(_headers(data), "", (), [], [f"its parts cannot be told apart ({type(error).__name__})"])
    if gathered.count == _MOST_PARTS:
        gathered.faults.append(f"of its parts only {_MOST_PARTS} are read")
    text = "\n\n".join(one for one in gathered.texts if one.strip())
    found = [one for one in gathered.links[:_MOST_LINKS] if one not in text[:_MOST_SEARCHED]]
    links = tuple(dict.fromkeys(map(storable, found)))
    return Letter(mail, storable(text), links, gathered.files, gathered.faults, _UNDECODED.search(text) is not None)


def _headers(data: bytes) -> Mail:
    head = data[: 1 << 16].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    return message_from_bytes(head + b"\n\n")


class _Gathered:
    """What the parts hold, each in its order."""

    def __init__(self) -> None:
        self.files: list[Carried] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.texts: list[str] = []
        self.count = 0

    def take(self, part: Mail, *, beside: bool) -> None:
        """A part; `beside` says that a text stands next to it which says the same."""
        self.count += 1
        try:
            self._take(part, beside=beside)
        except Exception as error:  # noqa: BLE001 the library raises whatever a hostile part makes it raise: it is told
            self.faults.append(f"a part of it cannot be read ({type(error).__name__})")

    def _take(self, part: Mail, *, beside: bool) -> None:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self.files.append(Carried(_name(part) or "message.eml", "a message within, read with it"))
            inner = next(iter(_inside(part)), None)
            if inner is not None:
                said = (f"{name}: {header(inner, name)}" for name in _INNER if header(inner, name))
                self.texts.append("\n".join(said))
            return
        data = part.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        name = _name(part)
        if not kind.startswith("text/") or part.get_content_disposition() == "attachment" or name:
            self.files.append(Carried(name or "(no name)", _WITHIN, hashlib.sha256(data).hexdigest()))
            return
        words = _text(data, part.get_content_charset() or "utf-8")
        if kind == "text/html":
            self._page(words, beside=beside)
        else:
            self.texts.append(words.replace("\r\n", "\n").rstrip("\n"))

    def _page(self, said: str, *, beside: bool) -> None:
        read = page_of(said)
        if not beside:
            self.texts.append(read.text)
        self.links += read.links
        if read.cut:
            self.faults.append("a page of it is longer than what is read")


def _leaves(mail: Mail) -> Iterator[tuple[Mail, bool]]:
    """The parts that hold something, and those of the messages within; and whether a text says the same."""
    stack = [(mail, False)]
    while stack:
        part, beside = stack.pop()
        inner = _inside(part)
        kind = part.get_content_type()
        if kind == "message/rfc822" or not inner:
            yield part, beside
        beside = kind != "message/rfc822" and (
            beside or (kind == "multipart/alternative" and any(map(_is_text, inner)))
        )
        stack += [(one, beside) for one in reversed(inner)]


def _is_text(part: Mail) -> bool:
    """Whether words stand in it as they are, and not only an empty line where a page is meant."""
    data = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
    return isinstance(data, bytes) and bool(data.strip())


def _inside(part: Mail) -> list[Mail]:
    """The parts of a part."""
    # Of a part that has none, the library would decode its text, by whatever encoding it names.
    held = part.get_payload() if part.is_multipart() else None
    return [one for one in held if isinstance(one, Mail)] if isinstance(held, list) else []


def _name(part: Mail) -> str:
    return inside(decoded((part.get_filename() or "")[:_LONGEST_NAME]))


def _text(data: bytes, charset: str) -> str:
    try:
        known = codecs.lookup(charset).name
        return data.decode("utf-8" if known in _NO_ENCODINGS else known, "surrogateescape")
    except (LookupError, ValueError):
        return data.decode("utf-8", "surrogateescape")
