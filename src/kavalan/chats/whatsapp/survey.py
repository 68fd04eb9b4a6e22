"""The first look at an export: which form its headers have, how its dates are written, how its names end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError
from kavalan.chats.reading import DateOrder
from kavalan.chats.whatsapp.chunks import chunks
from kavalan.chats.whatsapp.header import HEADER, half_of, shape_of
from kavalan.chats.whatsapp.order import Evidence, Written, decide

if TYPE_CHECKING:
    from typing import BinaryIO

    from kavalan.chats.whatsapp.header import Shape

_MOST: Final = 200_000
"""Dates that are kept to decide their order, and names that are counted."""
_HELD: Final = 1 << 16
_ENOUGH: Final = 20_000
"""Headers that are looked at where they leave no question open."""
_SURE: Final = {"strong", "certain"}
# What follows a header up to a second colon: `Ravi: Work: hello`.
_NAMES: Final = re.compile(r"([^:\n]{1,80}):( ?)(?:([^:\n]{1,40}): )?")
_ANDROID: Final = re.compile(r"(?:IMG|VID|PTT|AUD|DOC|STK)-(20\d{6})-WA\d{4}")
_IOS: Final = re.compile(r"\d{8}-[A-Z]{3,10}-(20\d\d)-(\d\d)-(\d\d)-\d\d-\d\d-\d\d")
# A text that is nothing but words between angle brackets, not in ASCII: those of Latin scripts are known.
_ALONE: Final = re.compile(r": ?<([^<>\n:/\d\0-\x1f]{2,60})>(?=\r?(?:\n|\Z))")
_OFTEN: Final = 3
_AMERICAN: Final = re.compile("[0-9]\u202f[AP]M")


@dataclass(slots=True)
class Survey:
    """What was seen.

    Attributes:
        shape: the one form that headers of this export have.
        headers: lines that have it.
        others: lines that look like a header of another form.
        separators: what parts the numbers of dates, how often.
        order: of the dates.
        marked: the messenger's own texts are marked, as those of an iPhone are.
        tight: names are followed by a colon without a space.
        names: names that hold a colon, and whether it is sure.
        omitted: words between angle brackets that stand alone in several messages, as WhatsApp writes them in every
            language for a file that was left out.
    """

    shape: Shape
    headers: int = 0
    others: int = 0
    separators: Counter[str] = field(default_factory=Counter)
    order: DateOrder = field(default_factory=DateOrder)
    marked: bool = False
    tight: bool = False
    names: dict[str, bool] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()


class _Seen:
    """What is counted of one form of header; the form of the export is known only at the end."""

    def __init__(self) -> None:
        self.headers = 0
        self.separators: Counter[str] = Counter()
        self.dates: list[Written] = []
        self.files: list[tuple[Written, str]] = []
        self.names: Counter[tuple[str, str]] = Counter()
        self.american = self.leading = 0
        self.spaced = self.tight = 0

    def take(self, written: Written, found: re.Match[str], after: re.Match[str] | None) -> None:
        self.headers += 1
        if len(self.dates) < _MOST and (not self.dates or self.dates[-1] != written):
            self.dates.append(written)
            self.separators[written.sep] += 1
            self.american += _AMERICAN.search(found[0]) is not None
            self.leading += found[7].startswith(".") or bool(half_of(found[8] or ""))
        if after is not None:
            self.spaced += bool(after[2])
            self.tight += not after[2]
            if len(self.names) < _MOST or (after[1], after[3]) in self.names:
                self.names[after[1], after[3] or ""] += 1


class Surveyor:
    """Looks over an export once, as far as it must."""

    def __init__(self) -> None:
        self._seen: dict[Shape, _Seen] = {}
        self._shapes: dict[tuple[str | None, ...], Shape | None] = {}
        self._marked = 0
        self._alone: Counter[str] = Counter()

    def survey(self, source: BinaryIO) -> Survey:
        """What the export is like.

        Raises:
            ChatError: no line of it begins like a message.
        """
        for chunk in chunks(source):
            self._look(chunk.text)
            if self._seen and (found := self._told()).headers >= _ENOUGH and found.order.confidence in _SURE:
                return found
        if not self._seen:
            raise ChatError("no line of it begins with a date and a time as WhatsApp writes them")
        return self._told()

    def _look(self, text: str) -> None:
        files = _files(text)
        if not text.isascii() and len(self._alone) < _HELD:
            said = (found[1] for found in _ALONE.finditer(text) if not found[1].isascii())
            self._alone.update(islice(said, _HELD))
        for found in HEADER.finditer(text):
            shape = self._shape(found)
            if shape is None:
                continue
            seen = self._seen.get(shape)
            if seen is None:
                seen = self._seen.setdefault(shape, _Seen())
            end = found.end()
            written = Written(*found.group(3, 4, 5, 6))
            seen.take(written, found, _NAMES.match(text, end))
            self._marked += text.find(": \u200e", end, end + 80) >= 0
            if files and len(seen.files) < _MOST and (named := _on_line(files, text, end)):
                seen.files.append((written, named))

    def _shape(self, found: re.Match[str]) -> Shape | None:
        rest = found.group(1, 7)
        if rest in self._shapes:
            return self._shapes[rest]
        if len(self._shapes) >= _HELD:
            self._shapes.clear()
        return self._shapes.setdefault(rest, shape_of(found.groups()))

    def _told(self) -> Survey:
        shape = max(self._seen, key=lambda one: self._seen[one].headers)
        seen = self._seen[shape]
        half = len(seen.dates) / 2
        evidence = Evidence(seen.dates, seen.files, american=seen.american > half, leading=seen.leading > half)
        return Survey(
            shape,
            seen.headers,
            sum(one.headers for one in self._seen.values()) - seen.headers,
            seen.separators,
            decide(evidence),
            marked=self._marked > 0,
            tight=seen.tight > seen.spaced,
            names=_with_colon(seen.names),
            omitted=frozenset(words for words, count in self._alone.most_common(2) if count >= _OFTEN),
        )


def _with_colon(counted: Counter[tuple[str, str]]) -> dict[str, bool]:
    """Longer names: what follows the first colon is sure to be part of the name when it always does."""
    short: Counter[str] = Counter()
    for (name, _), count in counted.items():
        short[name] += count
    return {
        f"{name}: {more}": count == short[name]
        for (name, more), count in counted.items()
        if more and count > 1 and 2 * count > short[name]
    }


def _files(text: str) -> list[tuple[int, str]]:
    """Places of dates in the names of files."""
    if "-WA" not in text and "-20" not in text:
        return []
    found = [(one.start(), one[1]) for one in _ANDROID.finditer(text)]
    return sorted(found + [(one.start(), "".join(one.groups())) for one in _IOS.finditer(text)], reverse=True)


def _on_line(files: list[tuple[int, str]], text: str, start: int) -> str:
    """The date in the name of a file on the line, where it has one; what lies before is done with."""
    while files and files[-1][0] < start:
        files.pop()
    if not files:
        return ""
    end = text.find("\n", start)
    return files[-1][1] if end < 0 or files[-1][0] < end else ""
