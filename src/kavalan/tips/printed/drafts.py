"""Persons, files and places while their lines are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kavalan.tips.model import File, Person, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kavalan.tips.model import Moment, Role
    from kavalan.tips.printed.labels import Means

Facts: TypeAlias = "dict[str, str | bool | Moment | None]"


class PersonDraft:
    """Somebody under one heading.

    Attributes:
        role: what the heading calls them.
        captures: their addresses.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.captures: list[Facts] = []
        self._person: dict[str, list[str]] = {}
        self._account: dict[str, list[str]] = {}

    @property
    def has_name(self) -> bool:
        """Whether a name was read."""
        return "name" in self._person

    def set(self, means: Means, said: str) -> bool:
        """Take a value; False where there is one and only one can be."""
        held = self._account if means.of == "account" else self._person
        values = held.setdefault(means.field, [])
        if values and not means.many:
            return False
        values.append(said)
        return True

    def person(self) -> Person:
        """As it is read."""
        account = _fields(self._account, {"shown_names"})
        facts = _fields(self._person, {"emails", "phones", "addresses"})
        return msgspec.convert({"role": self.role, "account": account, "captures": self.captures, **facts}, Person)


class FileDraft:
    """A file.

    Attributes:
        captures: addresses that it was sent from.
    """

    def __init__(self) -> None:
        self.captures: list[Facts] = []
        self._facts: dict[str, str | bool] = {}

    def has(self, field: str) -> bool:
        """Whether a field was read."""
        return field in self._facts

    def set(self, field: str, value: str | bool | None) -> bool:
        """Take a value; False where it is none, or another stands there."""
        return value is not None and self._facts.setdefault(field, value) == value

    def file(self) -> File:
        """As it is read."""
        return msgspec.convert(self._facts | {"captures": self.captures}, File)


class PlaceDraft:
    """Where an address was thought to lie."""

    def __init__(self, of: str, address: str) -> None:
        self._of, self._address = of, address
        self._where: list[str] = []

    def add(self, said: str) -> bool:
        """Take a part of it."""
        self._where.append(said)
        return True

    def place(self) -> Place:
        """As it is read."""
        return Place(self._of, self._address, ", ".join(self._where))


def _fields(held: Mapping[str, list[str]], many: Collection[str]) -> dict[str, str | list[str]]:
    return {field: values if field in many else values[0] for field, values in held.items()}
