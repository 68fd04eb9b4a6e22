"""Small rules of retention: why something is not purged, and what is purged at most at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role

if TYPE_CHECKING:
    from collections.abc import Collection

ASKS: Final[Collection[Role]] = frozenset({Role.INTAKE, Role.INVESTIGATOR})
"""Who asks for a purge; a supervisor of the desk grants it."""
MOST_AT_ONCE: Final = 200
"""Reports of one purge: what a person can look through before granting it."""


class Held(TextChoices):
    """Why a report is not purged."""

    OPEN = "open", _("it is being worked on")
    HANDED_OVER = "handed_over", _("it was handed over, and another unit works with it")
    URGENT = "urgent", _("it lies in the urgent lane")
    CLOCK = "clock", _("a time limit of it still runs")
    HOLD = "hold", _("somebody holds it")
    CHALLENGE = "challenge", _("a challenge about it is not decided")
    ELSEWHERE = "elsewhere", _("something else of the desk hangs on it")
    EARLY = "early", _("it does not fall due yet by this schedule")
    PURGED = "purged", _("it was purged, or is about to be")
