"""Addresses of WhatsApp, as its databases hold them.

`919847012345@s.whatsapp.net` is a telephone number; `…@lid` a number that stands for an account and hides its
telephone; `…@g.us` a group, of which old ones begin with the telephone of who made it and the second it was made;
`…@newsletter` a channel; `…@broadcast` a list, or the status of all. A device of an account has its number behind.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_PHONES: Final = {"s.whatsapp.net", "c.us"}
_ACCOUNTS: Final = {*_PHONES, "lid", "hosted", "hosted.lid", "bot"}
_DIGITS: Final = re.compile(r"\d{5,20}")
_DEVICE: Final = re.compile(r"[.:].*")
_OLD_GROUP: Final = re.compile(r"(\d{5,20})-(\d{9,10})")
_KINDS: Final = {"g.us": "group", "newsletter": "channel", "broadcast": "broadcast"}


class Jid(NamedTuple):
    """An address.

    Attributes:
        user: before the `@`, without a device.
        server: behind it.
    """

    user: str
    server: str

    @classmethod
    def of(cls, text: str) -> Jid:
        """An address in one piece; a device's is its account's."""
        user, _, server = text.partition("@")
        return cls(_DEVICE.sub("", user) if server in _ACCOUNTS else user, server)

    def __str__(self) -> str:
        return f"{self.user}@{self.server}" if self.server else self.user

    @property
    def phone(self) -> str:
        """The telephone number, in the form of E.164; empty where it is none."""
        return f"+{self.user}" if self.server in _PHONES and _DIGITS.fullmatch(self.user) else ""

    @property
    def is_lid(self) -> bool:
        """It hides a telephone."""
        return self.server in {"lid", "hosted.lid"}

    @property
    def chat_kind(self) -> str:
        """What a chat of this address is."""
        if str(self) == "status@broadcast":
            return "status"
        return "direct" if self.server in _ACCOUNTS else _KINDS.get(self.server, self.server)

    @property
    def maker(self) -> tuple[str, int]:
        """Of an old group, the telephone of who made it, and when in milliseconds since 1970; empty for others."""
        found = _OLD_GROUP.fullmatch(self.user) if self.server == "g.us" else None
        return (f"+{found[1]}", int(found[2]) * 1000) if found else ("", 0)
