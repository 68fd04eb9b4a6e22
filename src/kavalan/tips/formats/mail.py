"""An e-mail as a tip: who wrote, when, what, and which files came along, each with its digests."""

from __future__ import annotations

import email
import email.policy
import email.utils
import hashlib
from html.parser import HTMLParser
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from kavalan.tips.model import File, Leftover, Moment, Passage, Tip, Unread
from kavalan.tips.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

FORM = "mail"

_LONGEST = 256 << 20
_HEADERS = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID")
_READ = {name.lower() for name in _HEADERS}
_MOST_PARTS = 1000
_MOST_HEADERS = 1000
_LONGEST_LEFTOVER = 1 << 20


def read_mail(source: BinaryIO) -> Tip:
    """What an e-mail says. Everything of it is the sender's word, its date and its From too."""
    data = source.read(_LONGEST + 1)
    parsed = email.message_from_bytes(data[:_LONGEST], policy=email.policy.default)
    unread = [Unread("the message", "it is longer than is read")] if len(data) > _LONGEST else []
    said = {name: _header(parsed, name, unread) for name in _HEADERS}
    left = _further(parsed)
    files, passages = [], [Passage(name, said[name]) for name in ("To", "Cc", "Reply-To", "Subject") if said[name]]
    for number, part in enumerate(_leaves(parsed)):
        if number == _MOST_PARTS:
            unread.append(Unread("the message", f"it has more than {_MOST_PARTS} parts"))
            break
        where = f"part {number + 1}"
        unread += [Unread(where, type(defect).__name__) for defect in part.defects]
        try:
            if part.get_content_maintype() == "text" and not part.is_attachment():
                passages.append(Passage(part.get_content_type(), _text(part)))
            else:
                files.append(_file(part, where))
        except Exception as error:  # noqa: BLE001 - as with a header
            unread.append(Unread(where, f"{type(error).__name__}: {error}"))
            left.append(Leftover(where, str(part.get_payload())[:_LONGEST_LEFTOVER]))
    return Tip(
        form=FORM,
        number=said["Message-ID"],
        received=_sent(said["Date"]) if said["Date"] else None,
        sender=said["From"],
        files=tuple(files),
        passages=tuple(passages),
        leftovers=tuple(left),
        unread=tuple(unread),
    )


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold something; a forwarded message is one, and is kept whole."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack += reversed(list(part.iter_parts()))
        else:
            yield part


def _header(message: EmailMessage, name: str, unread: list[Unread]) -> str:
    """A header's text; where the standard library stumbles over a hostile one, its raw form."""
    try:
        # A date is kept as it was written: read by the library, one without a zone says -0000.
        return _raw(message, name) if name == "Date" else str(message.get(name, "")).strip()
    except Exception as error:  # noqa: BLE001 - its parser raises whatever a header makes it raise; that is told
        unread.append(Unread(name, f"{type(error).__name__}: {error}"))
        return _raw(message, name)


def _raw(message: EmailMessage, name: str) -> str:
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "").strip()


def _further(message: EmailMessage) -> list[Leftover]:
    """Headers that are not read, such as the way a message took, and those that come a second time."""
    seen: set[str] = set()
    left = []
    for name, value in islice(message.raw_items(), _MOST_HEADERS):
        if name.lower() in seen or name.lower() not in _READ:
            left.append(Leftover(name, str(value).strip()))
        seen.add(name.lower())
    return left


def _sent(said: str) -> Moment:
    try:
        at = email.utils.parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return moment(said)
    return Moment(said, moment(at.isoformat()).utc)


def _payload(part: MIMEPart) -> bytes:
    if part.get_content_maintype() == "message":
        return b"".join(one.as_bytes() for one in part.iter_parts())
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: MIMEPart) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        text = _payload(part).decode(charset, "replace")
    except (LookupError, ValueError):
        text = _payload(part).decode("utf-8", "replace")
    return _Words.of(text) if part.get_content_subtype() == "html" else text.strip()


def _file(part: MIMEPart, where: str) -> File:
    data = _payload(part)
    return File(
        name=part.get_filename() or where,
        md5=hashlib.md5(data, usedforsecurity=False).hexdigest(),
        sha256=hashlib.sha256(data).hexdigest(),
        said=(("type", part.get_content_type()), ("size", str(len(data)))),
    )


class _Words(HTMLParser):
    """The words of a page, without what is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._words: list[str] = []
        self._hidden = 0

    @classmethod
    def of(cls, page: str) -> str:
        words = cls()
        words.feed(page)
        words.close()
        return "\n".join(filter(None, (line.strip() for line in "".join(words._words).splitlines())))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"script", "style"}
        if tag in {"br", "p", "div", "tr", "li"}:
            self._words.append("\n")
        # Where a link leads is what matters of it; its text may say otherwise.
        self._words += [f" <{value}> " for name, value in attrs if tag == "a" and name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)
