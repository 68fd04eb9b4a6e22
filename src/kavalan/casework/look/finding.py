"""What the command palette and the page of the same address find: only what the officer may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.look.appearance import Theme
from kavalan.casework.look.places import ACTIONS, PLACES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer

EXHIBITS_FOUND = 8
OTHERS_FOUND = 11
LONGEST = 100
"""Characters of a question; no reference is longer."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to go to, or to do.

    Attributes:
        title: what it is called.
        address: where it leads.
        note: more about it, or empty.
        says: what is posted to the address; nothing where it is only opened.
        language: the title's, where it is not the page's.
    """

    title: str
    address: str
    note: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort, under their heading."""

    name: str
    found: Sequence[Found]


def find(officer: Officer, question: str, now: datetime) -> list[Group]:
    """What the question's words lead to, fewer than twenty in all; without a word: places and actions."""
    words = question[:LONGEST].casefold().split()
    groups = [
        Group(_("Exhibits"), _exhibits(officer, words, now)),
        Group(_("Go to and do"), _matching(words, [*_places(), *_settings()])),
    ]
    return [group for group in groups if group.found]


def count(groups: Iterable[Group]) -> int:
    """How many things were found."""
    return sum(len(group.found) for group in groups)


def _exhibits(officer: Officer, words: Sequence[str], now: datetime) -> list[Found]:
    if not words:
        return []
    seen = visible_exhibits(officer, now)
    for word in words:
        seen = seen.filter(reference__icontains=word)
    return [
        Found(exhibit.reference, reverse("exhibit", args=[exhibit.public_id]), exhibit.description)
        for exhibit in seen.order_by("-pk")[:EXHIBITS_FOUND]
    ]


def _matching(words: Sequence[str], candidates: Iterable[tuple[str, Found]]) -> list[Found]:
    return [found for text, found in candidates if all(word in text for word in words)][:OTHERS_FOUND]


def _places() -> Iterable[tuple[str, Found]]:
    ways = [(one.label, one.route) for one in PLACES] + [(one.label, one.route) for one in ACTIONS]
    for label, route in ways:
        yield _sought(label), Found(str(label), reverse(route))


def _settings() -> Iterable[tuple[str, Found]]:
    """What is switched rather than visited; the sought words are those of both languages."""
    address, current = reverse("look"), translation.get_language()
    for code, name in settings.LANGUAGES:
        if code != current:
            with translation.override(code):
                asked = _("Show the pages in this language")
            note = "" if code == "en" else _ENGLISH_NAMES[code]
            text = f"{name} {_ENGLISH_NAMES[code]} {asked} language".casefold()
            yield text, Found(f"{name}: {asked}", address, note, {"language": code}, code)
    for theme in Theme:
        title = _("Appearance: %(theme)s") % {"theme": theme.label}
        yield f"{title} appearance theme {theme.value}".casefold(), Found(title, address, "", {"theme": theme.value})


_ENGLISH_NAMES = {"en": "English", "ml": "Malayalam", "hi": "Hindi"}


def _sought(label: Words) -> str:
    """The words by which something is found: those of the page's language and the English ones."""
    with translation.override("en"):
        english = str(label)
    return f"{label} {english}".casefold()
