"""What `base.html` knows on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.selectors import reads_only
from kavalan.casework.look.appearance import Theme, appearance_of
from kavalan.casework.look.places import PLACES
from kavalan.casework.look.reviews import review_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def look(request: HttpRequest) -> dict[str, object]:
    """The frame of a page: places, languages, how it looks, and how far its translation was read.

    `look_posted`: the page answers to a form and may not be loadable again; a form of the frame then leads elsewhere.
    """
    review = review_of(get_language() or "")
    return {
        "look": appearance_of(request.COOKIES),
        "look_themes": Theme,
        "look_languages": settings.LANGUAGES,
        "look_review": None if review is None or review.whole else review,
        "look_places": [(place, request.path.startswith(place.below)) for place in PLACES],
        "look_posted": request.method == "POST",
        # Asked of the database only where a page offers something to be done.
        "reads_only": SimpleLazyObject(lambda: _reads_only(request)),
    }


def _reads_only(request: HttpRequest) -> bool:
    return isinstance(request.user, Officer) and reads_only(request.user, timezone.now())
