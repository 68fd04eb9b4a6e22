"""Who and which chats a dump names, gathered before it is read: lists of people stand behind the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.keys import account_key
from kavalan.chats.model import Account
from kavalan.chats.names import country_of_prefix
from kavalan.chats.telegram import bounds
from kavalan.chats.telegram.told import Group, Person

if TYPE_CHECKING:
    from kavalan.chats.outlet import Outlet

_MOST: Final = 300_000
"""People and chats that are remembered by name; of more, the number alone is told."""
_MOST_SIZES: Final = 100


class Directory:
    """People and chats by their numbers.

    Attributes:
        groups: every chat of a list of chats, by its number.
    """

    def __init__(self) -> None:
        self.groups: dict[str, Group] = {}
        self._people: dict[str, Person] = {}
        self._told: set[str] = set()
        self._loose: list[tuple[str, int, str]] = []

    def add_person(self, person: Person) -> None:
        """Remember somebody; who is told without a name is not forgotten again."""
        if person.native and len(self._people) < _MOST and (person.name or person.native not in self._people):
            person.name, person.handle = person.name[: bounds.LONGEST_NAME], person.handle[: bounds.LONGEST_NAME]
            person.phone = person.phone[: bounds.LONGEST_NAME]
            self._people[person.native] = person

    def add_group(self, group: Group) -> None:
        """Remember a chat, with all that several objects tell of it."""
        if not group.native:
            self._loose += group.sizes[: _MOST_SIZES - len(self._loose)]
        if not group.native or (len(self.groups) >= _MOST and group.native not in self.groups):
            return
        group.title, group.handle = group.title[: bounds.LONGEST_NAME], group.handle[: bounds.LONGEST_NAME]
        held = self.groups.setdefault(group.native, group)
        if held is not group:
            held.title, held.handle = held.title or group.title, held.handle or group.handle
            held.kind = held.kind or group.kind
            held.sizes += [one for one in group.sizes if one not in held.sizes][: _MOST_SIZES - len(held.sizes)]

    def settle(self) -> None:
        """All was gathered: what was told of a chat without saying of which is told of the only one there is."""
        if only := self.only():
            self.groups[only].sizes += self._loose

    def only(self) -> str:
        """The number of the one group or channel that is named; empty for none or several."""
        found = [native for native in self.groups if not native.startswith("user")]
        return found[0] if len(found) == 1 else ""

    def name_of(self, native: str) -> str:
        """What somebody is called; empty where nothing tells."""
        if (person := self._people.get(native)) is not None:
            return bounds.name(person.name or person.handle)
        return bounds.name(self.groups[native].title) if native in self.groups else ""

    def account(self, native: str, outlet: Outlet) -> str:
        """The key of an account, told to an outlet the first time; empty for nobody."""
        if not native:
            return ""
        key = account_key("telegram", "id", native, "")
        if native not in self._told:
            if len(self._told) >= _MOST:
                self._told.clear()
            self._told.add(native)
            person = self._people.get(native)
            phone = bounds.name(person.phone) if person is not None else ""
            handle = f"@{bounds.name(person.handle)}" if person is not None and person.handle else ""
            marks = ", ".join(filter(None, (handle, phone)))
            name = self.name_of(native)
            shown = f"{name} ({marks})" if marks and name else name or marks
            country = country_of_prefix(phone) if phone else ""
            outlet.account(Account(key, "telegram", "id", native, bounds.name(shown), country))
        return key
