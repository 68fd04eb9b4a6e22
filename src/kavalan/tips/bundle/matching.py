"""What the members of a bundle are to its referrals: files by their MD5 alone, never by a name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from kavalan.tips.bundle.referral import Referral
from kavalan.tips.model import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kavalan.tips.bundle.member import Member, Use
    from kavalan.tips.bundle.survey import Entry
    from kavalan.tips.model import File, Tip

_ROUNDS = 2
"""What a false referral names is not believed: it is found out in the first round."""


def matched(entries: Sequence[Entry]) -> tuple[tuple[Member, ...], tuple[Referral, ...]]:
    """The members that stand for themselves, with their use, and the referrals with their files."""
    sorting = _Sorting(entries)
    kept = [place for place in range(len(entries)) if sorting.stands(place)]
    members = tuple(msgspec.structs.replace(entries[place].member, use=sorting.use(place)) for place in kept)
    by_md5: defaultdict[str, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        if member.use == "file":
            by_md5[member.md5.hex()].append(number)
    referrals = tuple(
        _referral(number, tip, by_md5, members)
        for number, place in enumerate(kept)
        if (tip := entries[place].tip) is not None and members[number].use == "referral"
    )
    return members, referrals


class _Sorting:
    """Tells referrals, files and archives apart.

    What a referral names by its MD5 is a file of it, even where it reads as a referral itself or is a ZIP that holds
    one: somebody may have uploaded what looks like a referral.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._containers = {entry.container for entry in entries}
        self._around = {entry.member.path: place for place, entry in enumerate(entries)}
        self._referrals = [place for place, entry in enumerate(entries) if entry.tip is not None]
        self._files: set[int] = set()
        for _ in range(_ROUNDS):
            self._files = set(self._named())
            self._referrals = [
                place for place, entry in enumerate(entries) if entry.tip and self._files.isdisjoint(self._way(place))
            ]
        self._needed = {around for place in (*self._referrals, *self._files) for around in self._way(place)}
        self._numbers = {tip.number for tip in self._tips() if tip.form != "print"}

    def stands(self, place: int) -> bool:
        """Whether a member stands for itself: no ZIP around it is a file, or of no use to the referrals."""
        _, *around = self._way(place)
        return self._needed.issuperset(around) and self._files.isdisjoint(around)

    def use(self, place: int) -> Use:
        """What it is."""
        entry = self._entries[place]
        if place in self._files:
            return "file"
        if entry.tip is not None:
            beside = entry.tip.form == "print" and entry.tip.number and entry.tip.number in self._numbers
            return "print" if beside else "referral"
        return "archive" if entry.member.path in self._containers and place in self._needed else "stray"

    def _named(self) -> Iterator[int]:
        by: defaultdict[str, set[int]] = defaultdict(set)
        for place in self._referrals:
            tip = self._entries[place].tip
            for file in tip.files if tip else ():
                by[file.md5].add(place)
        for place, entry in enumerate(self._entries):
            if entry.member.md5 and by.get(entry.member.md5.hex(), set()) - {place}:
                yield place

    def _way(self, place: int) -> Iterator[int]:
        """A member and the archives that it lies in, from the inside out."""
        yield place
        while container := self._entries[place].container:
            place = self._around[container]
            yield place

    def _tips(self) -> Iterator[Tip]:
        for place in self._referrals:
            if (tip := self._entries[place].tip) is not None:
                yield tip


def _referral(number: int, tip: Tip, by_md5: Mapping[str, list[int]], members: Sequence[Member]) -> Referral:
    came = tuple(tuple(by_md5.get(file.md5, ())) for file in tip.files)
    files, unread = [], list(tip.unread)
    for at, (file, numbers) in enumerate(zip(tip.files, came, strict=True)):
        found = {members[each].sha256 for each in numbers}
        files.append(msgspec.structs.replace(file, sha256=found.pop().hex()) if len(found) == 1 else file)
        if len(found) > 1 or not numbers:
            unread.append(Unread(f"files[{at}]", _missing(file, numbers)))
    return Referral(number, msgspec.structs.replace(tip, files=tuple(files), unread=tuple(unread)), came)


def _missing(file: File, numbers: Sequence[int]) -> str:
    if numbers:
        return f"{len(numbers)} different files have its MD5"
    if file.md5:
        return "it did not come: nothing in the bundle has its MD5"
    return "no MD5 is given, by which alone a file is known"
