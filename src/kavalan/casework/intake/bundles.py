"""Referrals that come in a ZIP with their files: each file into the vault, found by its MD5 and never by its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import msgspec

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.entering import Draft
from kavalan.casework.vault.store import put
from kavalan.sandbox import printable
from kavalan.sources import shown
from kavalan.tips import TipError, Unread, open_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kavalan.sources.archive import Lendable
    from kavalan.tips import TipReader
    from kavalan.tips.bundle import Bundle, Referral
    from kavalan.vault import Stored

MOST_BESIDE: Final = 1000
"""Members told by name of which no referral speaks."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a bundle holds.

    Attributes:
        drafts: its referrals after the last one that was entered, with their files in the vault.
        beside: what no referral speaks of, or could not be read: each its path, and why it stands here.
    """

    drafts: Sequence[Draft]
    beside: Sequence[tuple[str, str]] = field(default=())


def unpack(original: Lendable, reader: TipReader, after: int, alive: Callable[[], None]) -> Unpacked:
    """Read a bundle, and put the files of its referrals into the vault.

    Args:
        original: the ZIP, read where it lies in the vault.
        reader: reads the referrals.
        after: the position of the last referral that was entered.
        alive: called after each file.

    Raises:
        LockedError: this process holds no keys.
    """
    with open_bundle(original, reader) as bundle:
        fresh = list(enumerate(bundle.referrals, 1))[after:]
        stored, faults = _put(bundle, {number for _, one in fresh for number in _whole(one)}, alive)
        drafts = [_draft(position, one, bundle, stored, faults) for position, one in fresh]
        return Unpacked(drafts, list(_beside(bundle))[:MOST_BESIDE])


def _whole(referral: Referral) -> Iterator[int]:
    """The members that are its files; of several with one MD5 the first, and none where they differ."""
    for file, came in zip(referral.tip.files, referral.came, strict=True):
        if came and file.sha256:
            yield came[0]


def _put(bundle: Bundle, wanted: set[int], alive: Callable[[], None]) -> tuple[dict[int, Stored], dict[int, str]]:
    stored, faults = {}, {}
    for number, content in bundle.contents(wanted):
        try:
            # It has `read`, which is all that the vault asks of a file.
            stored[number] = put(cast("BinaryIO", content))
        except (TipError, RefusedError) as error:
            faults[number] = str(error)
        alive()
    return stored, faults


def _draft(
    position: int, referral: Referral, bundle: Bundle, stored: dict[int, Stored], faults: dict[int, str]
) -> Draft:
    kept: dict[int, Stored] = {}
    unread = list(referral.tip.unread)
    for number, came in enumerate(referral.came):
        if came and came[0] in stored:
            kept[number] = stored[came[0]]
        elif came and came[0] in faults:
            unread.append(Unread(f"files[{number}]", printable(faults[came[0]])))
    tip = msgspec.structs.replace(referral.tip, unread=tuple(unread))
    return Draft(position, tip, digest=bundle.members[referral.member].sha256, kept=kept)


def _beside(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for member in bundle.members:
        why = "; ".join(filter(None, (member.fault, member.why_no_referral, *member.remarks)))
        if why or member.use == "stray":
            yield shown(member.path), printable(why)
    for path, why in bundle.reasons:
        yield shown(path), printable(why)
