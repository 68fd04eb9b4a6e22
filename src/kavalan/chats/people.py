"""Everybody whom a source names, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.names import account

if TYPE_CHECKING:
    from kavalan.chats.outlet import Outlet

_HELD: Final = 1 << 17
"""Names that are remembered; a source that has more is told some of them twice, which does no harm."""


class People:
    """Accounts by what is shown of them.

    Args:
        platform: of which messenger.
        conversation: in which names are meant.
        outlet: is told everybody new.

    Attributes:
        count: how many were told.
    """

    def __init__(self, platform: str, conversation: str, outlet: Outlet) -> None:
        self.count = 0
        self._platform: str = platform
        self._conversation = conversation
        self._outlet = outlet
        self._ids: dict[tuple[str, str], str] = {}

    def id_of(self, shown: str, native: str = "") -> str:
        """The key of somebody's account."""
        found = self._ids.get((shown, native))
        if found is not None:
            return found
        if len(self._ids) >= _HELD:
            self._ids.clear()
        told = account(self._platform, shown, self._conversation, native)
        self._outlet.account(told)
        self.count += 1
        return self._ids.setdefault((shown, native), told.id)
