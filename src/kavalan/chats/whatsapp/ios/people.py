"""People by their addresses: numbers that hide telephones become them where an address book or a chat has both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError
from kavalan.chats.whatsapp.accounts import NOBODY, Accounts
from kavalan.chats.whatsapp.jid import Jid
from kavalan.chats.whatsapp.values import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Database, Value
    from kavalan.chats.database.rows import Unreadable
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.opened import Opened

_MOST_NAMES: Final = 500_000
_OWN: Final = "SELECT ZTOJID FROM ZWAMESSAGE WHERE ZISFROMME = 0 AND ZTOJID LIKE '%@s.whatsapp.net' LIMIT 1"
"""To whom messages came that this telephone did not send."""
_BOOK: Final = ("ZWHATSAPPID", "ZLID", "ZFULLNAME", "ZBUSINESSNAME", "ZPHONENUMBER")


class People:
    """People by address.

    Args:
        opened: `ChatStorage.sqlite`, and `ContactsV2.sqlite` where it came.

    Attributes:
        own: the telephone's own address, where the database says it.
    """

    def __init__(self, opened: Opened) -> None:
        base, tell = opened.base, opened.tally.doubt
        self._phones: dict[Jid, Jid] = {}
        self._names: dict[Jid, str] = {}
        for jid, name in (*_chosen(base, tell), *self._of_chats(base, tell), *self._of_book(opened.names, tell)):
            if len(self._names) >= _MOST_NAMES:
                tell(f"more than {_MOST_NAMES} names: the rest is not looked at", 0)
                break
            self._names[jid] = name
        self.own = _own(base)
        self._accounts = Accounts(opened.source, opened.outlet, self._shown, self.own)
        self.me = self._accounts.me

    def of(self, address: Value, name: Value = None) -> Who:
        """Whose an address is; nobody's, where there is none.

        Args:
            address: as it stands in a row.
            name: beside it, for those whom nothing else names.
        """
        if not isinstance(address, str) or not address:
            return NOBODY
        jid = Jid.of(word(address))
        jid = self._phones.get(jid, jid)
        if name and jid not in self._names and len(self._names) < _MOST_NAMES:
            self._names[jid] = word(name)
        return self._accounts.of(jid)

    def _shown(self, jid: Jid) -> str:
        return self._names.get(jid, "")

    def _pair(self, one: Jid, other: Jid) -> None:
        """Two addresses of one account: of a telephone, and one that hides it."""
        for hidden, open_ in ((one, other), (other, one)):
            if hidden.is_lid and open_.phone and len(self._phones) < _MOST_NAMES:
                self._phones[hidden] = open_

    def _of_chats(self, base: Database, tell: Unreadable) -> Iterator[tuple[Jid, str]]:
        wanted = ("ZCONTACTJID", "ZCONTACTIDENTIFIER", "ZPARTNERNAME")
        for _, address, other, name in base.walk("ZWACHATSESSION", wanted, tell):
            jid = Jid.of(word(address))
            self._pair(jid, Jid.of(word(other)))
            if name and jid.chat_kind == "direct":
                yield jid, word(name)

    def _of_book(self, names: Database | None, tell: Unreadable) -> Iterator[tuple[Jid, str]]:
        if names is None:
            return
        for _, address, hidden, full, business, phone in names.walk("ZWAADDRESSBOOKCONTACT", _BOOK, tell):
            jid = Jid.of(word(address) or f"{''.join(filter(str.isdigit, word(phone)))}@s.whatsapp.net")
            lid = Jid.of(word(hidden))
            self._pair(jid, lid)
            if name := word(full) or word(business):
                yield jid, name
                if lid.user:
                    yield lid, name


def _chosen(base: Database, tell: Unreadable) -> Iterator[tuple[Jid, str]]:
    """Names that people chose themselves, marked as WhatsApp marks them."""
    for _, address, name in base.walk("ZWAPROFILEPUSHNAME", ("ZJID", "ZPUSHNAME"), tell):
        if name:
            yield Jid.of(word(address)), f"~{word(name)}"


def _own(base: Database) -> Jid | None:
    try:
        return next((Jid.of(word(address)) for (address,) in base.rows(_OWN)), None)
    except ChatError:
        # The column is not there, or cannot be read: then this does not say it.
        return None
