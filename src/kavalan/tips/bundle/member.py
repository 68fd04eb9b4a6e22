"""A file in a bundle."""

from __future__ import annotations

from typing import Literal

import msgspec

Use = Literal["referral", "print", "file", "archive", "stray"]
"""What a member is: a referral; its PDF beside its JSON; a file that some referral names by its MD5; an archive whose
members stand beside it; none of these."""


class Member(msgspec.Struct, frozen=True):
    """A file in a bundle. Nobody has seen it until a person opens it.

    The digests were taken of the bytes outside the confined process that unpacked them.

    Attributes:
        path: where it lies (`kavalan.sources.shown` for people); a name proves nothing.
        use: what it is to the referrals.
        size: bytes that could be read.
        md5: 16 bytes; empty, as the other two, where nothing could be read.
        sha1: 20 bytes.
        sha256: 32 bytes.
        fault: why not all of it could be read; empty where all was.
        why_no_referral: it looks like a referral and was not read as one; the reason.
        remarks: what the archive says of it that a person should know: a path that leads outside, names that disagree.
    """

    path: bytes
    use: Use = "stray"
    size: int = 0
    md5: bytes = b""
    sha1: bytes = b""
    sha256: bytes = b""
    fault: str = ""
    why_no_referral: str = ""
    remarks: tuple[str, ...] = ()
