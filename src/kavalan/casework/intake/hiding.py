"""Whose names a tip must not tell in clear, and the tip without them.

The law keeps the name of a child and of a confidential reporter secret, and whatever tells who it is. What is taken out
is sealed (`identities`), and stands in the original in the vault.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kavalan.casework.identities.rules import BORN, LONGEST, Kind, Particulars, folded
from kavalan.tips import Tip

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kavalan.tips import Person

_SHORTEST_WORD: Final = 3
"""Letters of a word of a name that is looked for in texts; shorter ones are initials and syllables."""
_SHORTEST_TEXT: Final = 6
"""Characters of a contact, an address or a birth that is looked for in texts."""
_KEPT: Final = frozenset({"form", "role", "md5", "sha256", "utc"})
"""Fields that hold no words."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody whose name is to be sealed.

    Attributes:
        kind: why.
        particulars: what is sealed.
    """

    kind: Kind
    particulars: Particulars


def to_hide(tip: Tip, minors: Collection[int], *, confidential: bool = False) -> dict[int, Hidden]:
    """Whose names are to be sealed, by their number in the tip; those of whom nothing is told are left out.

    Args:
        tip: as it was read.
        minors: the numbers of those reported who may be children.
        confidential: the reporter wants not to be named.
    """
    found = {}
    for number, person in enumerate(tip.persons):
        kind = _kind(person, confidential=confidential, minor=number in minors)
        if kind is not None and (particulars := _particulars(person)) is not None:
            found[number] = Hidden(kind, particulars)
    return found


def without(tip: Tip, hidden: Mapping[int, Hidden], pseudonyms: Mapping[int, str]) -> Tip:
    """The tip with pseudonyms in place of what is sealed, wherever in it that stands.

    A person whose own name is not sealed keeps it, even where it shares a word with one that is: a relative of a child
    who is reported must be found.
    """
    if not hidden:
        return tip
    veil = _Veil(tip, hidden, pseudonyms)
    veiled: dict[str, Any] = veil.over(msgspec.to_builtins(tip))
    for number, (person, was) in enumerate(zip(veiled["persons"], tip.persons, strict=True)):
        person["name"] = pseudonyms.get(number, was.name)
        if number in hidden:
            person |= {"born": "", "emails": (), "phones": (), "addresses": ()}
            person["account"]["shown_names"] = ()
    return msgspec.convert(veiled, Tip)


def _kind(person: Person, *, confidential: bool, minor: bool) -> Kind | None:
    if person.role == "victim" or minor:
        return Kind.CHILD
    return Kind.REPORTER if person.role == "reporter" and confidential else None


def _particulars(person: Person) -> Particulars | None:
    """What is sealed of somebody; None where there is nothing. What finds no place of its own goes to the notes."""
    names = [name for name in (person.name, *person.account.shown_names) if name]
    contact = [*person.emails, *person.phones]
    # Whoever is not named is called by what is known.
    called = [*names, *contact, *person.addresses, *([person.born] if person.born else [])]
    if not called:
        return None
    born = person.born if re.fullmatch(BORN, person.born) else ""
    told = {
        "name": called[0],
        "other_names": "; ".join(names[1:]),
        "born": born,
        "contact": "; ".join(contact),
        "address": "; ".join(person.addresses),
    }
    beyond = [text for name, text in told.items() if len(text) > LONGEST[name]]
    beyond += [] if born else [person.born]
    told["notes"] = "\n".join(filter(None, beyond))
    return Particulars(**{name: text[: LONGEST[name]] for name, text in told.items()})


class _Veil:
    """Puts pseudonyms in the place of words and texts."""

    def __init__(self, tip: Tip, hidden: Mapping[int, Hidden], pseudonyms: Mapping[int, str]) -> None:
        self._words: dict[str, str] = {}
        texts: dict[str, str] = {}
        for number in hidden:
            person, pseudonym = tip.persons[number], pseudonyms[number]
            for word in folded(" ".join((person.name, *person.account.shown_names))).split():
                if len(word) >= _SHORTEST_WORD:
                    self._words.setdefault(word, pseudonym)
            for text in (*person.emails, *person.phones, *person.addresses, person.born):
                if len(text) >= _SHORTEST_TEXT:
                    texts.setdefault(text.casefold(), pseudonym)
        # The longer before what it holds.
        self._texts = {text: texts[text] for text in sorted(texts, key=len, reverse=True)}
        alternatives = "|".join(map(re.escape, self._texts))
        self._found = re.compile(alternatives, re.IGNORECASE) if alternatives else None

    def over(self, value: Any, key: str = "") -> Any:  # noqa: ANN401 whatever a tip as plain values holds
        match value:
            case str() if key not in _KEPT:
                return self._line(value)
            case dict():
                return {name: self.over(one, name) for name, one in value.items()}
            case list() | tuple():
                return [self.over(one, key) for one in value]
        return value

    def _line(self, text: str) -> str:
        if self._found is not None:
            text = self._found.sub(lambda found: self._texts.get(found[0].casefold(), "…"), text)
        told: list[str] = []
        for is_word, signs in groupby(text, _is_of_word):
            part = "".join(signs)
            pseudonym = self._words.get(folded(part)) if is_word else None
            # First and last name are one person: once is enough.
            if pseudonym is not None and len(told) > 1 and told[-2] == pseudonym and not told[-1].strip():
                told.pop()
            else:
                told.append(pseudonym or part)
        return "".join(told)


def _is_of_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN" or unicodedata.category(sign) == "Cf"
