"""Moments of a database, and the first and the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.chats.clock import moment, zone_named
from kavalan.chats.whatsapp.values import milliseconds

if TYPE_CHECKING:
    from kavalan.chats.database import Value


class Moments:
    """Moments in a zone.

    Args:
        zone: IANA name of the zone of local times; empty for UTC.

    Attributes:
        first: earliest local time of a message; empty where none is known.
        last: latest.
        named: a zone was.

    Raises:
        ChatError: there is no such zone.
    """

    def __init__(self, zone: str) -> None:
        self.first = self.last = ""
        self.named = bool(zone)
        self._zone = zone_named(zone)

    def of(self, value: Value) -> tuple[str, int | None, str]:
        """`time_local`, `time_utc` and `time_certainty` of a message."""
        told = moment(milliseconds(value), self._zone) if value else ("", None, "unknown")
        local = told[0]
        if local:
            self.last = max(self.last, local)
            if not self.first or local < self.first:
                self.first = local
        return told

    def local(self, value: Value) -> str:
        """Local time of a moment; empty for none."""
        return moment(milliseconds(value), self._zone)[0] if value else ""
