"""Everybody whom a database of WhatsApp names, told once; the same telephone is the same account in every source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.keys import account_key
from kavalan.chats.model import Account
from kavalan.chats.names import country_of_prefix

if TYPE_CHECKING:
    from collections.abc import Callable

    from kavalan.chats.outlet import Outlet
    from kavalan.chats.whatsapp.jid import Jid

_HELD: Final = 1 << 17
"""Accounts that are remembered; of a source that has more some are told twice, which does no harm."""
YOU: Final = "You"


class Who(NamedTuple):
    """Somebody.

    Attributes:
        id: key of the account; empty for nobody.
        name: as shown.
    """

    id: str = ""
    name: str = ""


NOBODY: Final = Who()


class Accounts:
    """Accounts by address.

    Args:
        source: SHA-256 of the source.
        outlet: is told everybody new.
        shown: the name under which the telephone shows an address; empty for none.
        own: address of the telephone's own account; None where the source does not say it.
    """

    def __init__(self, source: str, outlet: Outlet, shown: Callable[[Jid], str], own: Jid | None = None) -> None:
        self._outlet = outlet
        self._shown = shown
        self._held: dict[Jid, Who] = {}
        self._own = own
        self.me = self._me(source, own)

    def of(self, jid: Jid) -> Who:
        """Whose an address is."""
        if jid == self._own:
            return self.me
        found = self._held.get(jid)
        if found is not None:
            return found
        if len(self._held) >= _HELD:
            self._held.clear()
        phone = jid.phone
        kind, native = ("phone", phone) if phone else ("id", str(jid))
        return self._held.setdefault(jid, self._tell(kind, native, self._shown(jid) or native))

    def _me(self, source: str, own: Jid | None) -> Who:
        """Who wrote from this telephone: by its number where the source says it, and else of this source alone."""
        if own is not None and own.phone:
            return self._tell("phone", own.phone, YOU)
        return self._tell("exporter", "you", YOU, source)

    def _tell(self, kind: str, native: str, name: str, within: str = "") -> Who:
        key = account_key("whatsapp", kind, native, within)
        country = country_of_prefix(native) if kind == "phone" else ""
        self._outlet.account(Account(key, "whatsapp", kind, native, name, country))
        return Who(key, name)
