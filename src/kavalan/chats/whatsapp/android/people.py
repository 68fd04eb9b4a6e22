"""Rows of addresses as people: a number that hides a telephone becomes the telephone where the database has both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError
from kavalan.chats.whatsapp.accounts import NOBODY, Accounts
from kavalan.chats.whatsapp.jid import Jid
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from kavalan.chats.database import Database
    from kavalan.chats.database.rows import Unreadable
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.opened import Opened

_HELD: Final = 1 << 17
_MOST_NAMES: Final = 500_000
_OWN: Final = (
    """SELECT d.author_device_jid FROM message_details d JOIN message m ON m._id = d.message_row_id
    WHERE m.from_me = 1 AND d.author_device_jid > 0 LIMIT 1""",
    "SELECT sender_jid_row_id FROM message WHERE from_me = 1 AND sender_jid_row_id > 0 LIMIT 1",
)
"""Where the telephone's own account stands, if anywhere: by which of its devices it wrote."""
_MAPPED: Final = (
    "SELECT m.jid_row_id FROM jid_map m JOIN jid j ON j._id = m.lid_row_id"
    " WHERE j.user = ? AND j.server = 'lid' ORDER BY m.lid_row_id LIMIT 1"
)


class People:
    """People by the number of the row of their address.

    Args:
        opened: `msgstore.db`, and `wa.db` where it came.

    Attributes:
        own: the telephone's own address, where the database says it.
    """

    def __init__(self, opened: Opened) -> None:
        base, tell = opened.base, opened.tally.doubt
        self._base = base
        self._jids = base.lookup("jid", "_id", ("user", "server", "raw_string"), tell)
        self._mapped = base.lookup("jid_map", "lid_row_id", ("jid_row_id",), tell)
        self._held: dict[int, Jid | None] = {}
        self._whos: dict[int, Who] = {}
        self._names = dict(_of_address_book(opened.names, tell))
        self._names |= {jid: name for jid, name in self._of_hidden(tell) if jid not in self._names}
        self.own = self._own()
        self._accounts = Accounts(opened.source, opened.outlet, lambda jid: self._names.get(jid, ""), self.own)
        self.me = self._accounts.me

    def of(self, row: int) -> Who:
        """Whose address a row is; nobody's, where there is none."""
        found = self._whos.get(row)
        if found is None:
            if len(self._whos) >= _HELD:
                self._whos.clear()
            jid = self.jid(row)
            found = self._whos[row] = NOBODY if jid is None else self._accounts.of(jid)
        return found

    def written(self, row: int) -> str:
        """A row's number as people's texts have it: of an address that hides a telephone, that one."""
        jid = self._read(row) if row > 0 else None
        return "" if jid is None else jid.user

    def of_text(self, text: str) -> Who:
        """Whose an address is that stands as a text."""
        jid = Jid.of(text)
        return self._accounts.of(self._unhidden(jid, 0)) if jid.user else NOBODY

    def jid(self, row: int) -> Jid | None:
        """A row's address, the telephone's where it is known; None where there is no row."""
        if row <= 0:
            return None
        if row not in self._held:
            if len(self._held) >= _HELD:
                self._held.clear()
            jid = self._read(row)
            self._held[row] = self._unhidden(jid, row) if jid is not None and jid.is_lid else jid
        return self._held[row]

    def _read(self, row: int) -> Jid | None:
        found = self._jids.of(row)
        if found is None:
            return None
        user, server, raw = (word(value) for value in found[1:])
        return Jid.of(f"{user}@{server}" if server else raw)

    def _unhidden(self, jid: Jid, row: int) -> Jid:
        if not jid.is_lid:
            return jid
        mapped = self._mapped.of(row) if row else None
        number = whole(mapped[1]) if mapped is not None else self._mapped_by_name(jid)
        return (self._read(number) if number else None) or jid

    def _mapped_by_name(self, jid: Jid) -> int:
        """A device's row is not in the map, but its account's is."""
        if not (self._base.has("jid_map", "lid_row_id", "jid_row_id") and self._base.has("jid", "user", "server")):
            return 0
        try:
            return next((whole(row) for (row,) in self._base.rows(_MAPPED, (jid.user,))), 0)
        except ChatError:
            return 0

    def _of_hidden(self, tell: Unreadable) -> list[tuple[Jid, str]]:
        """Names that accounts chose whose telephone is hidden."""
        found: list[tuple[Jid, str]] = []
        for _, row, name in self._base.walk("lid_display_name", ("lid_row_id", "display_name"), tell):
            jid = self.jid(whole(row))
            if jid is not None and len(found) < _MOST_NAMES:
                found.append((jid, f"~{word(name)}"))
        return found

    def _own(self) -> Jid | None:
        for asked in _OWN:
            try:
                rows = [whole(row) for (row,) in self._base.rows(asked)]
            except ChatError:
                # The table or the column is not there, or cannot be read: then this does not say it.
                continue
            if rows and (jid := self.jid(rows[0])) is not None:
                return jid
        return None


def _of_address_book(names: Database | None, tell: Unreadable) -> list[tuple[Jid, str]]:
    """Names by address: as the address book has them, else as people chose them, marked as WhatsApp marks those."""
    if names is None:
        return []
    found = [
        (Jid.of(word(jid)), f"~{word(name)}")
        for _, jid, name in names.walk("wa_vnames", ("jid", "verified_name"), tell)
        if name
    ]
    for _, jid, book, chosen in names.walk("wa_contacts", ("jid", "display_name", "wa_name"), tell):
        if len(found) >= _MOST_NAMES:
            tell(f"more than {_MOST_NAMES} names: the rest is not looked at", 0)
            break
        if book or chosen:
            found.append((Jid.of(word(jid)), word(book) or f"~{word(chosen)}"))
    return found
