"""What the command palette finds while somebody types: only what the officer may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kavalan.casework.accounts.selectors import reads_only
from kavalan.casework.look.appearance import Theme
from kavalan.casework.look.places import ACTIONS, PLACES, Words
from kavalan.casework.search.explaining import Reason, reason
from kavalan.casework.search.indexing import source_of
from kavalan.casework.search.selectors import Search
from kavalan.casework.search.words import question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.search.models import SearchDocument
    from kavalan.casework.search.words import Question

MOST_FOUND = 19
"""Things that are offered to somebody who is still typing."""
OF_A_KIND = 3
"""Of them, documents of one kind."""
LONGEST = 200
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to go to, or to do.

    Attributes:
        title: what it is called.
        address: where it leads.
        note: more about it, or empty.
        reason: why it was found, where its title does not say it.
        says: what is posted to the address; nothing where it is only opened.
        language: the title's, where it is not the page's.
    """

    title: str
    address: str
    note: str = ""
    reason: Reason | None = None
    says: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort, under their heading; `more` is the address of all of them, where there are more."""

    name: str
    found: Sequence[Found]
    more: str = ""


def find(officer: Officer, text: str, now: datetime) -> list[Group]:
    """What somebody who is still typing may mean, fewer than twenty in all; without a word: places and actions."""
    asked = question(text[:LONGEST], typing=True)
    groups, left = list[Group](), MOST_FOUND
    if asked is not None:
        for page in Search(officer, now, OF_A_KIND).of_each_kind(asked.wanted):
            found = [found_in(document, asked) for document in page.documents[:left]]
            left -= len(found)
            groups.append(Group(str(page.kind.label), found))
    groups.append(Group(_("Go to and do"), ways_to(text, reading=reads_only(officer, now))[:left]))
    return [group for group in groups if group.found]


def ways_to(text: str, *, reading: bool) -> list[Found]:
    """Pages and actions that a text calls; all of them without a word; for `reading` only those that begin nothing."""
    return _matching(text[:LONGEST].casefold().split(), [*_places(reading=reading), *_settings()])


def found_in(document: SearchDocument, asked: Question) -> Found:
    """A document as it is offered."""
    page = reverse(source_of(document.kind).route, args=[document.address])
    address = f"{page}#{document.anchor}" if document.anchor else page
    return Found(document.title, address, document.note, reason(document, asked))


def count(groups: Iterable[Group]) -> int:
    """How many things were found."""
    return sum(len(group.found) for group in groups)


def _matching(words: Sequence[str], candidates: Iterable[tuple[str, Found]]) -> list[Found]:
    return [found for text, found in candidates if all(word in text for word in words)]


def _places(*, reading: bool) -> Iterable[tuple[str, Found]]:
    ways = [(one.label, one.route) for one in PLACES]
    ways += [(one.label, one.route) for one in ACTIONS if not (reading and one.begins)]
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
            yield text, Found(f"{name}: {asked}", address, note, says={"language": code}, language=code)
    for theme in Theme:
        title = _("Appearance: %(theme)s") % {"theme": theme.label}
        yield f"{title} appearance theme {theme.value}".casefold(), Found(title, address, says={"theme": theme.value})


_ENGLISH_NAMES = {"en": "English", "ml": "Malayalam", "hi": "Hindi"}


def _sought(label: Words) -> str:
    """The words by which something is found: those of the page's language and the English ones."""
    with translation.override("en"):
        english = str(label)
    return f"{label} {english}".casefold()
