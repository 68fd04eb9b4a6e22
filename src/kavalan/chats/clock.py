"""Zones that an examiner names."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kavalan.chats.errors import ChatError


def zone_named(name: str) -> ZoneInfo | None:
    """A zone; None for no name.

    Raises:
        ChatError: there is no such zone.
    """
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name}: there is no such time zone; name one as Asia/Kolkata"
        raise ChatError(message) from error
