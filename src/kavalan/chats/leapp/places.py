"""In which chat a row belongs: by its number, or by a name that one chat alone has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.keys import conversation_key
from kavalan.chats.model import Conversation

if TYPE_CHECKING:
    from kavalan.chats.outlet import Outlet

_MOST: Final = 100_000
_GROUP: Final = "@g.us"
_PERSON: Final = "@s.whatsapp.net"


class Places:
    """The chats of a source.

    Args:
        source: SHA-256 of the source, in hexadecimal digits.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._numbers: dict[tuple[str, str], str] = {}
        self._told: dict[str, Conversation] = {}

    def learn(self, platform: str, name: str, number: str) -> None:
        """A table says number and name of a chat."""
        if name and number and len(self._numbers) < _MOST:
            known = self._numbers.setdefault((platform, name), number)
            if known != number:
                self._numbers[platform, name] = ""

    def of(self, outlet: Outlet, platform: str, number: str, name: str, kind: str = "") -> Conversation:
        """The chat; it is told where it is new, or has a name for the first time.

        Args:
            outlet: is told.
            platform: of which messenger.
            number: the chat's; empty where the table has none.
            name: its; empty where the table has none.
            kind: where the table says it.
        """
        number = number or self._numbers.get((platform, name), "")
        if number.endswith(_GROUP):
            kind = "group"
        elif number.endswith(_PERSON):
            kind = kind or "direct"
        # The number of a group is the same everywhere, that of a chat between two is the other one's.
        key = conversation_key(platform, f"{self._source}/{number or name}", number if number.endswith(_GROUP) else "")
        told = self._told.get(key)
        if told is None or (name and not told.title):
            told = Conversation(key, platform, number, name, kind)
            if len(self._told) < _MOST:
                self._told[key] = told
            outlet.conversation(told)
        return told
