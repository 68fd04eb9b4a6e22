"""Which messages belong together: those that lead back to the same first one (RFC 5322, 3.6.4)."""

from __future__ import annotations

from typing import Final

_HELD: Final = 1 << 17


class Threads:
    """Remembers of each message which one began its thread."""

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}

    def root_of(self, number: str, before: list[str]) -> str:
        """The first message of a thread.

        Args:
            number: of the message; empty where it has none.
            before: those that it names as before it, the first one first.
        """
        known = (self._roots[one] for one in before if one in self._roots)
        root = next(known, before[0] if before else self._roots.get(number, number))
        if len(self._roots) >= _HELD:
            self._roots.clear()
        for one in (number, *before):
            if one:
                self._roots.setdefault(one, root)
        return root
