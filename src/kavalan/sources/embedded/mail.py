"""Mail (RFC 5322, MIME of RFC 2045-2049) and mailboxes (RFC 4155): what is attached to messages, in constant memory.

A message is not parsed into a tree: its parts are extents of the file, found by their boundaries and decoded as they
are said, so that a mailbox may be of any size. The text that a person wrote is no item.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from kavalan.sources.archive.passage import CHUNK, PASSED_BYTES, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.embedded.behind import read_behind
from kavalan.sources.embedded.mailfields import fields_of, moment_of, parameters_of, words
from kavalan.sources.embedded.recognised import COUNTED, ENVELOPE
from kavalan.sources.embedded.transfer import carried, lines, uudecoded

_BLOCK = 1 << 20
_HEADER_BYTES = 1 << 18
_EMPTY_LINE = re.compile(rb"(?:\A|\n)\r?\n")
_BEFORE_ENVELOPE = re.compile(rb"\n\r?\n(?=From [^\r\n]{1,200}\d\d:\d\d)")
_ENVELOPE_BYTES = 1024
_UU_BEGIN = re.compile(rb"(?:\A|\n)begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n(?=[!-`])")
_UU_END = re.compile(rb"\nend\r?(?:\n|\Z)")
_UU_LONGEST = 300
_DEPTH = 30
_PARTS = 100_000
_SEALED = {
    b"application/pkcs7-mime": "encrypted or signed as a whole (S/MIME): what is inside was not read",
    b"application/x-pkcs7-mime": "encrypted or signed as a whole (S/MIME): what is inside was not read",
    b"application/pgp-encrypted": "belongs to a message encrypted by OpenPGP, which was not read",
}


class Part(NamedTuple):
    """A part of a message: where its body is, and what its header says."""

    start: int
    end: int
    fields: dict[str, bytes]

    @property
    def kind(self) -> bytes:
        """Its media type in small letters."""
        return self.fields.get("content-type", b"text/plain").partition(b";")[0].strip().lower()

    @property
    def encoding(self) -> bytes:
        """How its bytes are carried."""
        return self.fields.get("content-transfer-encoding", b"").partition(b";")[0].strip().lower()


def read_mail(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say what is attached to one message."""
    descriptor = source.fileno()
    length = os.fstat(descriptor).st_size
    counted = COUNTED.match(os.pread(descriptor, 64, 0))
    start = counted.end() if counted else 0
    end = min(length, start + int(counted[0])) if counted else length
    yield from _Message(descriptor, passage).files(start, end, b"", 0)
    yield from read_behind(source, request, passage)


def read_mbox(source: BinaryIO, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say what is attached to each message of a mailbox; messages are counted from 1."""
    descriptor = source.fileno()
    length = os.fstat(descriptor).st_size
    start, number = 0, 1
    for end in _message_ends(descriptor, length):
        if end is None:
            yield Still()
            continue
        head = os.pread(descriptor, min(_ENVELOPE_BYTES, end - start), start)
        begun = start + head.find(b"\n") + 1
        yield from _Message(descriptor, passage).files(begun, end, b"message %d/" % number, 0)
        start, number = end, number + 1


def _message_ends(descriptor: int, length: int) -> Iterator[int | None]:
    """Where each message ends; None now and then, where a long way is none."""
    at, quiet = 0, 0
    while at < length:
        block = os.pread(descriptor, _BLOCK + _ENVELOPE_BYTES, at)
        for match in _BEFORE_ENVELOPE.finditer(block):
            if match.start() < _BLOCK and ENVELOPE.match(block, match.end()):
                yield at + match.end()
                quiet = 0
        at, quiet = at + _BLOCK, quiet + _BLOCK
        if quiet >= PASSED_BYTES:
            yield None
            quiet = 0
    yield length


class _Message:
    """One message, and those in it."""

    def __init__(self, descriptor: int, passage: Passage) -> None:
        self._descriptor = descriptor
        self._passage = passage
        self._count = 0

    def files(self, start: int, end: int, above: bytes, depth: int) -> Iterator[Said]:
        """Say what an entity holds: a message, or a part of one."""
        part = self._part(start, end)
        self._count += 1
        number = self._count
        if depth > _DEPTH or number > _PARTS:
            if number <= _PARTS + 1:
                yield rest(
                    f"a message of more than {_PARTS} parts, or {_DEPTH} inside one another; the rest was not read"
                )
            return
        name = _file_name(part)
        if part.kind.startswith(b"multipart/"):
            yield from self._parts(part, above, depth)
        elif part.kind in {b"message/rfc822", b"message/global"} and part.encoding in {
            b"",
            b"7bit",
            b"8bit",
            b"binary",
        }:
            inner = above + (name or b"message in part %d" % number) + b"/"
            yield from self.files(part.start, part.end, inner, depth + 1)
        elif name or _is_file(part):
            yield from self._file(part, above + (name or b"part %d" % number))
        else:
            yield from self._old_style(part, above)

    def _part(self, start: int, end: int) -> Part:
        header = os.pread(self._descriptor, min(_HEADER_BYTES, end - start), start)
        empty = _EMPTY_LINE.search(header)
        if empty is None:
            # No body, or a header without end, which none of any use has.
            return Part(end, end, fields_of(header))
        return Part(start + empty.end(), end, fields_of(header[: empty.start() + 1]))

    def _parts(self, part: Part, above: bytes, depth: int) -> Iterator[Said]:
        boundary = parameters_of(part.fields["content-type"]).get("boundary", b"").rstrip()
        if not boundary:
            yield rest("a message of several parts that does not say what is between them")
            return
        closed = False
        for start, end, last in self._extents(part, boundary):
            closed = last
            if end is None:
                yield Still()
            else:
                yield from self.files(start, end, above, depth + 1)
        if not closed:
            yield rest("a message that ends before its last part does: it may have been cut off")

    def _extents(self, part: Part, boundary: bytes) -> Iterator[tuple[int, int | None, bool]]:
        """Where the parts between boundaries are, and whether the boundary behind one is the last (RFC 2046, 5.1.1)."""
        mark = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
        longest = len(boundary) + 80
        # The line's end before a boundary belongs to it; the first may stand right behind the header's.
        at, begun, quiet = part.start, -1, 0
        while at < part.end:
            block = os.pread(self._descriptor, min(_BLOCK + longest, part.end - at), at)
            if not block:
                break
            for match in mark.finditer(block):
                if match.start() >= _BLOCK or (match.start() == 0 and at > part.start and block[:1] not in b"\r\n"):
                    continue
                if begun >= 0:
                    yield begun, at + match.start(), match[1] is not None
                if match[1] is not None:
                    return
                begun = at + match.end() + (2 if block.startswith(b"\r", match.end()) else 1)
                quiet = 0
            at, quiet = at + _BLOCK, quiet + _BLOCK
            if quiet >= PASSED_BYTES:
                yield begun, None, False
                quiet = 0
        if begun >= 0:
            yield begun, part.end, False

    def _file(self, part: Part, name: bytes) -> Iterator[Said]:
        stated = parameters_of(part.fields.get("content-disposition", b""))
        sealed = _SEALED.get(part.kind)
        begin = Begin(
            name,
            modified=moment_of(stated.get("modification-date")),
            created=moment_of(stated.get("creation-date")),
            accessed=moment_of(stated.get("read-date")),
            remarks=(sealed,) if sealed else (),
            refusal="a piece of a message that was sent in pieces" if part.kind == b"message/partial" else None,
        )
        yield from self._passage.member(begin, lambda: carried(self._pieces(part.start, part.end), part.encoding))

    def _pieces(self, start: int, end: int) -> Iterator[bytes]:
        while start < end:
            piece = os.pread(self._descriptor, min(CHUNK, end - start), start)
            if not piece:
                raise DamagedError("its message ends in the middle of it")
            yield piece
            start += len(piece)

    def _old_style(self, part: Part, above: bytes) -> Iterator[Said]:
        """Files that stand in a text as uuencode, from before MIME."""
        if part.encoding not in {b"", b"7bit", b"8bit", b"binary"}:
            return
        at = part.start
        while at < part.end:
            block = os.pread(self._descriptor, min(_BLOCK + _UU_LONGEST, part.end - at), at)
            match = _UU_BEGIN.search(block)
            if not block or match is None or match.start() >= _BLOCK:
                at += _BLOCK
                continue
            start = at + match.end()
            text = partial(self._uuencoded, start, part.end)
            yield from self._passage.member(Begin(above + words(match[1])), text)
            at = self._behind_end(start, part.end)

    def _uuencoded(self, start: int, end: int) -> Iterator[bytes]:
        return uudecoded(lines(self._pieces(start, end)))

    def _behind_end(self, at: int, end: int) -> int:
        while at < end:
            block = os.pread(self._descriptor, min(_BLOCK + 8, end - at), at)
            match = _UU_END.search(block)
            if match is not None:
                return at + match.end()
            at += _BLOCK
        return end


def _file_name(part: Part) -> bytes:
    """What the sender called it, without folders of theirs."""
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        name = words(parameters_of(part.fields.get(field, b"")).get(parameter, b"")).strip()
        if name:
            return name
    location = words(part.fields.get("content-location", b"").strip())
    return location.partition(b"?")[0].rsplit(b"/", 1)[-1][:255] if _is_file(part) else b""


def _is_file(part: Part) -> bool:
    """Whether a part without a name is more than the text of a message."""
    if part.fields.get("content-disposition", b"").lstrip().lower().startswith(b"attachment"):
        return True
    return (
        not part.kind.startswith((b"text/", b"message/", b"multipart/"))
        or part.kind == b"message/partial"
        or (part.kind in {b"message/rfc822", b"message/global"})
    )
