"""Small rules about files of results: who asks, what is left out, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kavalan.casework.access.models import Role
from kavalan.casework.exhibits.rules import PLACE_WORDS, REASON_WORDS
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.casework.exhibits.rules import ItemFilter

ASKERS = frozenset({Role.EXAMINER, Role.INVESTIGATOR})
"""Who has files of results made, and asks for them; a supervisor grants it."""

LEFT_OUT_WORDS = {
    "sealed": gettext_lazy("outside the authority"),
    "privileged": gettext_lazy("privileged"),
    "thinned": gettext_lazy("met in earlier exhibits"),
    "unknown": gettext_lazy("on no list, or with a doubt: such a file holds known material alone"),
}
"""Why items of the exhibit are not in a file."""

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")


def cell(text: str) -> str:
    """A text as a cell: on one line, and behind an apostrophe where a spreadsheet would take it for a formula.

    The characters are those that OWASP names for CSV injection, and their full-width forms.
    """
    told = printable(text)
    return f"'{told}" if told[:1] in _FORMULA else told


def in_words(asked: ItemFilter) -> list[str]:
    """What is asked for, in the page's language; nothing for all items."""
    return [str(words) for words in _words(asked)]


def _words(asked: ItemFilter) -> Iterator[object]:
    if asked.family is not None:
        yield asked.family.label
    if asked.unread_only:
        yield _("not wholly readable")
    if asked.known_only:
        yield _("on a list")
    if asked.standing is not None:
        yield asked.standing.label
    if asked.deleted_only:
        yield _("deleted")
    if asked.place is not None:
        yield PLACE_WORDS[asked.place]
    if asked.reason is not None:
        yield REASON_WORDS[asked.reason]
    if asked.thinned:
        yield _("without what was met in earlier exhibits")
