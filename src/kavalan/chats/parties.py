"""Somebody by the identifier that a source states beside a name: a JID, a telephone, a number of the platform."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.keys import account_key
from kavalan.chats.model import Account
from kavalan.chats.names import account, country_of_prefix
from kavalan.chats.telephones import telephone

if TYPE_CHECKING:
    from kavalan.chats.outlet import Outlet

_JID: Final = re.compile(r"(\d{5,20})(?:\.\d{1,3})?(?::\d{1,5})?@(?:s\.whatsapp\.net|c\.us)")
_OF_TELEPHONES: Final = {"whatsapp", "signal", "viber", "sms", "calls"}
_LONGEST: Final = 300
_HELD: Final = 1 << 16


class Parties:
    """Everybody whom a source names by identifiers, told once.

    Args:
        outlet: is told everybody new.
        region: whose plan reads telephone numbers without a country's prefix; None reads none of them.
    """

    def __init__(self, outlet: Outlet, region: str | None) -> None:
        self._outlet = outlet
        self._region = region
        self._ids: dict[tuple[str, str, str, str], str] = {}

    def id_of(self, platform: str, conversation: str, identifier: str, name: str = "") -> str:
        """The key of somebody's account; empty where nobody is named.

        Args:
            platform: of which messenger.
            conversation: in which a name without an identifier is meant.
            identifier: as the source states it; empty where it states none.
            name: as shown; empty where none is.
        """
        identifier, name = identifier[:_LONGEST].strip(), name[:_LONGEST].strip()
        if not identifier and not name:
            return ""
        known = (platform, conversation, identifier, name)
        if (found := self._ids.get(known)) is not None:
            return found
        if len(self._ids) >= _HELD:
            self._ids.clear()
        told = party(platform, conversation, identifier, name, self._region)
        self._outlet.account(told)
        return self._ids.setdefault(known, told.id)


def party(platform: str, conversation: str, identifier: str, name: str, region: str | None) -> Account:
    """An account by its identifier, the same whichever program wrote the source; without one by its name."""
    shown = (name or identifier)[:_LONGEST].strip()
    if not identifier:
        return account(platform, shown, conversation)
    if phone := _phone(platform, identifier, region):
        key = account_key(platform, "phone", phone, conversation)
        return Account(key, platform, "phone", phone, shown, country_of_prefix(phone))
    native = identifier[:_LONGEST].strip()
    if platform == "telegram" and native.isdecimal():
        # As Telegram's own exports write it.
        native = f"user{native}"
    return account(platform, shown, conversation, native)


def phone_of(jid: str) -> str:
    """The number in an identifier of WhatsApp; empty for one that holds none."""
    found = _JID.fullmatch(jid)
    return f"+{found[1]}" if found else ""


def _phone(platform: str, identifier: str, region: str | None) -> str:
    return phone_of(identifier) or (telephone(identifier, region) if platform in _OF_TELEPHONES else "")
