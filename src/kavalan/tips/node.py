"""Taking a parsed document apart, so that what nobody took is left and can be told.

Taking a value removes it. A value of another kind than was asked for stays where it is: it is then among the leftovers,
with its place, instead of being lost or bent into shape.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from kavalan.tips.model import Leftover, Moment
from kavalan.tips.moments import moment

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_DEEPEST = 30
"""What lies deeper is kept in one piece: with each step down the names of places grow."""
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0"}


class Node:
    """An object of the document; one that is missing is empty."""

    def __init__(self, values: Json) -> None:
        self._values: dict[str, Json] = values if isinstance(values, dict) else {}

    def text(self, key: str, form: re.Pattern[str] | None = None) -> str:
        """A text or a number under a key, taken; empty where there is none, or none of that form."""
        value = self._values.get(key)
        said = "" if isinstance(value, bool) or not isinstance(value, str | int | float) else str(value).strip()
        if not said or (form is not None and not form.fullmatch(said)):
            return ""
        del self._values[key]
        return said

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts in a list under a key, or the only one without a list."""
        value = self._values.get(key)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            del self._values[key]
            return tuple(filter(None, (str(one).strip() for one in value)))
        alone = self.text(key)
        return (alone,) if alone else ()

    def truth(self, key: str) -> bool | None:
        """Yes or no under a key, as JSON has it or in words; None where neither is said."""
        value = self._values.get(key)
        word = value if isinstance(value, bool) else str(value).strip().lower()
        if isinstance(word, str) and word not in _YES | _NO:
            return None
        del self._values[key]
        return word if isinstance(word, bool) else word in _YES

    def moment(self, key: str) -> Moment | None:
        """A time under a key."""
        said = self.text(key)
        return moment(said) if said else None

    def inside(self, *keys: str) -> Node:
        """The object that lies under keys one within the other."""
        node = self
        for key in keys:
            node = Node(node._values.get(key))
        return node

    def each(self, *keys: str) -> Iterator[Node]:
        """The objects in the list that lies under keys one within the other; one alone counts as a list of it."""
        holder = self.inside(*keys[:-1])
        value = holder._values.get(keys[-1])  # noqa: SLF001 of its own class
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield Node(one)

    def fields(self) -> Iterator[str]:
        """The keys that are still there, in their order."""
        yield from list(self._values)

    def leftovers(self) -> tuple[Leftover, ...]:
        """What nobody took, but for what says nothing."""
        return tuple(_left(self._values, ""))


def _left(value: Json, where: str, depth: int = 0) -> Iterator[Leftover]:
    match value:
        case dict() | list() if depth == _DEEPEST:
            yield Leftover(where, json.dumps(value))
        case dict():
            for key, one in value.items():
                yield from _left(one, f"{where}.{key}" if where else key, depth + 1)
        case list():
            for number, one in enumerate(value):
                yield from _left(one, f"{where}[{number}]", depth + 1)
        case None | "":
            return
        case str():
            yield Leftover(where, value)
        case _:
            yield Leftover(where, json.dumps(value))
