"""Whether the hash lists of a unit know the files of reports. Only workers import this: with it come the indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.lists import Kind, ListError, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kavalan.lists import Catalogue, Matcher
    from kavalan.tips import File


class KnownFiles:
    """Asks all lists of the workspace that a unit may use, by the digests that senders give.

    Args:
        catalogue: the lists.
        unit: the name by which agreements know the unit.
    """

    def __init__(self, catalogue: Catalogue, unit: str) -> None:
        self._catalogue, self._unit = catalogue, unit
        self._names: list[str] = []
        self._matcher: Matcher | None = None

    def ask(self, files: Sequence[File], now: datetime) -> list[bool | None]:
        """Of each file whether a list of what is sought knows it; None of all where no such list may be asked.

        A digest that its sender gave is the sender's word: this says what to look at, never what a file is.

        Raises:
            ListError: a list that has just been opened cannot be read.
        """
        try:
            return self._ask(files, now)
        except ListError:
            # A list lapsed, was removed or damaged since it was opened: now it is left out.
            self._matcher = None
            return self._ask(files, now)

    def _ask(self, files: Sequence[File], now: datetime) -> list[bool | None]:
        names = list(self._usable(now)) if files else []
        if not names:
            return [None] * len(files)
        if self._matcher is None or names != self._names:
            self._matcher, self._names = self._catalogue.open(names, self._unit), names
        subjects = [
            Subject(id=place, md5=_bytes(file.md5, 16), sha256=_bytes(file.sha256, 32))
            for place, file in enumerate(files)
        ]
        hits = self._matcher.match(subjects).hits
        known = {hit.subject for hit in hits if hit.kind == Kind.POSITIVE and not hit.suppressed_by}
        return [place in known if subject.md5 or subject.sha256 else None for place, subject in enumerate(subjects)]

    def _usable(self, now: datetime) -> Iterator[str]:
        for name in self._catalogue.names():
            try:
                info = self._catalogue.status(name).info
                info.check_use(now, self._unit)
            except ListError:
                continue  # the pages of the lists say which refuse and why
            if info.kind != Kind.KNOWN_GOOD:
                yield name


def _bytes(text: str, size: int) -> bytes | None:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == size else None
