"""The first pass over a bundle: what each member is, its digests, and what the referrals among them say."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, NamedTuple

from kavalan.fingerprint.digest import CHUNK, Digester
from kavalan.tips.bundle.member import Member

if TYPE_CHECKING:
    from kavalan.fingerprint.digest import Digests
    from kavalan.tips.bundle.content import Stream
    from kavalan.tips.bundle.walk import Step
    from kavalan.tips.model import Tip
    from kavalan.tips.reader import TipReader

_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Marks of UTF-8 and UTF-16, what UTF-16 has between its bytes, white space."""


class Entry(NamedTuple):
    """A member as it was found.

    Attributes:
        member: with its digests; its use is not yet known.
        container: path of the archive in the bundle that it lies in; empty for the bundle.
        tip: what it says, where it reads as a referral.
    """

    member: Member
    container: bytes
    tip: Tip | None


class Survey:
    """Takes members one after another.

    Attributes:
        entries: what was found so far.
    """

    def __init__(self, reader: TipReader) -> None:
        self.entries: list[Entry] = []
        self._reader = reader

    def take(self, step: Step) -> None:
        """Note one member; its bytes pass."""
        begin, content = step.found
        if content is None:
            member = Member(step.path, fault=begin.refusal or "", remarks=begin.remarks)
            self.entries.append(Entry(member, step.container, None))
            return
        opened = content.open()
        tip, why = None, ""
        if isinstance(opened, int):
            with io.FileIO(opened) as held:
                size, md5, sha1, sha256 = _digested(held)
                tip, why = self._tip(held, content.head)
        else:
            size, md5, sha1, sha256 = _digested(opened)
            opened.close()
            why = "too large to be one" if _form(content.head) else ""
        fault = content.ending().error or ""
        member = Member(step.path, "stray", size, md5, sha1, sha256, fault, why, begin.remarks)
        self.entries.append(Entry(member, step.container, tip))

    def _tip(self, held: io.FileIO, head: bytes) -> tuple[Tip | None, str]:
        """What a member says, or why it looks like a referral and is none."""
        form = _form(head)
        if not form:
            return None, ""
        held.seek(0, os.SEEK_SET)
        tips = list(self._reader.read(held, form))
        failure = self._reader.failure
        return (tips[0], "") if tips and failure is None else (None, failure.detail if failure else "")


def _form(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "print"
    return "cybertipline" if head.lstrip(_BEFORE_JSON).startswith(b"{") else ""


def _digested(stream: Stream) -> Digests:
    digester, buffer = Digester(), memoryview(bytearray(CHUNK))
    while count := stream.readinto(buffer):
        digester.update(buffer[:count])
    return digester.finish()
