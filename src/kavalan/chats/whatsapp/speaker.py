"""Who says a line: a person, or the messenger itself. Its own lines are known before a name is split off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.chats.model import Act, Flag
from kavalan.chats.whatsapp.header import Style
from kavalan.chats.whatsapp.templates import Said, may_be_system, understood

if TYPE_CHECKING:
    from kavalan.chats.whatsapp.survey import Survey

_LRM: Final = "\u200e"
_LONGEST_NAME: Final = 200
_HELD: Final = 1 << 16
_SEEN: Final = re.compile(r"\w")
_UNMARKED: Final = {Act.NOTICE}
"""Lines without an actor that are WhatsApp's whoever they are shown under."""


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """A message's text without its name.

    Attributes:
        name: of who says it, as shown; empty for WhatsApp itself.
        text: what is said.
        system: it is WhatsApp's own line.
        said: what that line says, where it is understood.
        flags: what is doubtful about the split.
    """

    name: str
    text: str
    system: bool = False
    said: Said | None = None
    flags: tuple[Flag, ...] = ()


class Speaker:
    """Splits texts of one export.

    Args:
        survey: what the first look told.

    Attributes:
        colon: what stands behind a name.
    """

    def __init__(self, survey: Survey) -> None:
        self._bracket = survey.shape.style is Style.BRACKET
        self._marked = survey.marked
        self.colon = ":" if survey.tight else ": "
        self._names = survey.names
        self._longer = {name.partition(": ")[0] for name in survey.names}
        self._known: set[str] = set()

    def knows(self, name: str) -> bool:
        """Whether it surely is a name: whatever follows it is theirs."""
        return name in self._known

    def is_theirs(self, text: str) -> bool:
        """Whether what follows a name that is known is surely not WhatsApp's own text."""
        return not self._bracket or (self._marked and text[:1] != _LRM)

    def split(self, body: str) -> Spoken:
        """Who says it, and what."""
        colon = body.find(self.colon, 0, _LONGEST_NAME)
        if colon <= 0:
            return self._without_colon(body)
        name, text = body[:colon], body[colon + len(self.colon) :]
        if name in self._known:
            return self._of_iphone(name, text, ()) if self._bracket else Spoken(name, text)
        if "\n" in name:
            return self._without_colon(body)
        if not self._bracket and may_be_system(name) and (said := understood(_first(body))) is not None:
            return Spoken("", body, system=True, said=said, flags=_flags(said))
        flags: tuple[Flag, ...] = ()
        if name in self._longer:
            name, text, flags = self._whole_name(name, text)
        elif len(self._known) < _HELD and not may_be_system(name):
            self._known.add(name)
        return self._of_iphone(name, text, flags) if self._bracket else Spoken(name, text, flags=flags)

    def _without_colon(self, body: str) -> Spoken:
        """A line of WhatsApp's own, or a name with nothing behind it."""
        first = _first(body)
        if len(first) <= _LONGEST_NAME and first.endswith(":") and _SEEN.search(first):
            return Spoken(first[:-1], body[len(first) + 1 :])
        return Spoken("", body, system=True, said=understood(first))

    def _of_iphone(self, name: str, text: str, flags: tuple[Flag, ...]) -> Spoken:
        """An iPhone puts a mark before what WhatsApp wrote, and shows it under a name."""
        if text.startswith(_LRM):
            said = understood(_first(text))
            return Spoken(name, text, system=said is not None, said=said, flags=(*flags, Flag.GENERATED))
        if self._marked or not may_be_system(text[:300]):
            return Spoken(name, text, flags=flags)
        said = understood(text.rstrip("\r"))
        if said is None or (said.actor != name and said.act not in _UNMARKED):
            return Spoken(name, text, flags=flags)
        return Spoken(name, text, system=True, said=said, flags=(*flags, Flag.UNMARKED_SYSTEM))

    def _whole_name(self, name: str, text: str) -> tuple[str, str, tuple[Flag, ...]]:
        """A name that may hold a colon: all of it where it is always followed by the same."""
        second, colon, rest = text.partition(": ")
        whole = f"{name}: {second}"
        if not colon or whole not in self._names:
            return name, text, ()
        if self._names[whole]:
            return whole, rest, (Flag.COLON_IN_NAME,)
        return name, text, (Flag.COLON_IN_NAME,)


def _first(text: str) -> str:
    return text.partition("\n")[0].rstrip("\r")


def _flags(said: Said) -> tuple[Flag, ...]:
    """A colon in a name that the line says; in a title, between quotation marks, it is nobody's."""
    named = (said.actor, *said.targets)
    return (Flag.COLON_IN_NAME,) if any(": " in one for one in named) else ()
