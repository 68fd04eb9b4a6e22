"""How a scan's results are put into words: what was found how, when, by whose record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kavalan.sources import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNITS = ("kB", "MB", "GB", "TB")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_METHODS = {
    "sha256": "identical by SHA-256",
    "sha1": "identical by SHA-1",
    "md5+size": "MD5 and size only",
    "md5": "MD5 only",
    "near": "near",
}
_FLAGS = {
    1: "victim identified",
    2: "offender identified",
    4: "distributed",
    8: "part of a series",
    16: "made by the child itself",
    32: "disputed by a member",
    64: "video",
}
_TURNS = {
    "rotate90": "turned left by 90°",
    "rotate180": "turned by 180°",
    "rotate270": "turned right by 90°",
    "flipx": "mirrored top to bottom",
    "flipy": "mirrored left to right",
    "flipplus1": "mirrored along a diagonal",
    "flipminus1": "mirrored along the other diagonal",
}
_ACTS = {
    "opened": "Opened",
    "sent": "Sent",
    "forwarded": "Forwarded",
    "received": "Received",
    "saved": "Saved",
    "trashed": "Thrown away",
    "previewed": "Small picture made, which a program may do by itself",
}


def method_words(method: str) -> str:
    """How a content was recognised."""
    return _METHODS.get(method, plain(method))


def flag_words(flags: int | None) -> list[str]:
    """What the owner says about an entry besides its category, bit by bit as `kavalan.lists.Flag` has it."""
    return [words for bit, words in _FLAGS.items() if (flags or 0) & bit]


def turn_words(rotation: str | None) -> str:
    """What must be done to a picture until it is like the list's; empty for nothing."""
    return _TURNS.get(rotation or "", plain(rotation or ""))


def plain(text: str) -> str:
    """A text of a list or of evidence on one line, what does not print as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def sentence(text: str) -> str:
    """The text with a capital at its start; the rest of it is left, as `SHA-256` must be."""
    return text[:1].upper() + text[1:]


def size_words(size: int | None) -> str:
    """Bytes for a reader: `2.4 MB`, in powers of 1000; empty where it is not known."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} bytes" if size != 1 else "1 byte"
    # What rounds to 1000 of a unit is one of the next.
    power = next((power for power in range(1, 4) if size < 999.95 * 1000**power), 4)
    return f"{size / 1000**power:.1f} {_UNITS[power - 1]}"


def time_words(moment: datetime | None, clock: str = "utc") -> str:
    """`2026-11-22 01:05:06 UTC`; a maker's clock is told as such; empty for none."""
    if moment is None:
        return ""
    zone = "by its maker's clock, zone unknown" if clock == "local" else "UTC"
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} {zone}"


def trace_words(trace: Mapping[str, object]) -> str:
    """A record of use in a sentence, with whose record it is and what is not sure about it."""
    parts = [f"{_ACTS.get(str(trace['act']), plain(str(trace['act'])))}: {plain(str(trace['evidence']))}"]
    if isinstance(at := trace["at"], int) and abs(at) < 1 << 57:
        parts.append(f"at {_EPOCH + timedelta(microseconds=at):%Y-%m-%d %H:%M:%S} UTC")
    if isinstance(count := trace["count"], int):
        parts.append("once" if count == 1 else f"{count:,} times")
    sentence = ", ".join(parts) + "."
    if isinstance(database := trace["database"], bytes):
        sentence += f" So says {shown(database)}."
    return sentence + _doubt(trace)


def _doubt(trace: Mapping[str, object]) -> str:
    fits, names = trace["fits"], trace["names"]
    doubt = ""
    if isinstance(names, int) and not trace["whole"]:
        doubt += f" Only the last {names} names of the path that it gives are those of this file."
    if isinstance(fits, int) and fits > 1:
        doubt += f" {fits:,} items of this scan have a path that ends so: it is not known which of them is meant."
    return doubt
