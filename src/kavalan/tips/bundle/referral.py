"""A referral in a bundle, and which members are the files of which it speaks."""

from __future__ import annotations

import msgspec

from kavalan.tips.model import Tip


class Referral(msgspec.Struct, frozen=True):
    """A referral and its files.

    Attributes:
        member: its own number in `Bundle.members`; its `sha256` is the digest of the referral as it came.
        tip: what it says. A file that came has its `sha256`, measured here; one that did not is told in `unread`.
        came: for each of `tip.files` the numbers of the members with its MD5: none where it did not come or no MD5 is
            given, several where a file lies there twice, or where two different files have one MD5.
    """

    member: int
    tip: Tip
    came: tuple[tuple[int, ...], ...]
