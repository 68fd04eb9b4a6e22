"""The order of a triage: what matters first, every item once.

Three passes over the source: camera folders, what messengers keep, downloads and screenshots, by the rules of
`kavalan.scan.places`; then what was changed within 90 days before the scan first started; then the rest. What is in a
file goes with it (`kavalan.sources.Chosen`).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from kavalan.scan.facts import Profile
from kavalan.scan.places import PlaceKind, rules
from kavalan.sources import Chosen

RECENT: Final = timedelta(days=90)

_FIRST: Final = {
    PlaceKind.CAMERA,
    PlaceKind.DOWNLOADS,
    PlaceKind.MESSENGER,
    PlaceKind.MESSENGER_AUTO,
    PlaceKind.MESSENGER_RECEIVED,
    PlaceKind.MESSENGER_SENT,
}
_SCREENSHOTS: Final = "screenshot"
_WILD: Final = re.compile(r"[*?]|\[[^\]]+\]")


def passes(profile: Profile, started: datetime) -> tuple[Chosen | None, ...]:
    """The passes over a source, in order.

    Args:
        profile: `full` is one pass in the order of the source.
        started: when the scan first started, aware.
    """
    if profile == "full":
        return (None,)
    since, until = (int(moment.timestamp() * 1_000_000) for moment in (started - RECENT, started))
    return tuple(Chosen(part=part, places=places(), since=since, until=until) for part in (1, 2, 3))


@cache
def places() -> bytes:
    """Where the first pass looks: one expression for all folders and files that count, in any case of letters."""
    patterns = [
        text for rule in rules() for text in rule.patterns if rule.place in _FIRST or _SCREENSHOTS in text.lower()
    ]
    return b"(?is)/(?:" + b"|".join(dict.fromkeys(_expression(text) for text in patterns)) + b")"


def _expression(pattern: str) -> bytes:
    """A pattern of `places.toml`, within a path that has a `/` before it; of a file, to its end."""
    parts, at = [], 0
    for wild in _WILD.finditer(pattern):
        parts += [re.escape(pattern[at : wild.start()]), {"*": "[^/]*", "?": "[^/]"}.get(wild[0], wild[0])]
        at = wild.end()
    end = "" if pattern.endswith("/") else r"\Z"
    return "".join([*parts, re.escape(pattern[at:]), end]).encode()
