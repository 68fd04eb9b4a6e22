"""What a browser was told to remember of how pages look: three cookies that say nothing of who works there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse, QueryDict

YEAR = 365 * 24 * 60 * 60


class Theme(TextChoices):
    """Light, dark, or whatever the machine is set to."""

    AUTOMATIC = "automatic", _("as the machine")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class Keys(TextChoices):
    """Whether single keys do something; who dictates switches them off (WCAG 2.2, 2.1.4)."""

    ON = "on", _("on")
    OFF = "off", _("off")


THEME_COOKIE, KEYS_COOKIE = "kavalan-theme", "kavalan-keys"
_COOKIES: Mapping[str, tuple[str, frozenset[str]]] = {
    "language": (settings.LANGUAGE_COOKIE_NAME, frozenset(dict(settings.LANGUAGES))),
    "theme": (THEME_COOKIE, frozenset(Theme.values)),
    "keys": (KEYS_COOKIE, frozenset(Keys.values)),
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """How one browser wants its pages."""

    theme: Theme
    keys: Keys

    @property
    def scheme(self) -> str:
        """As `<meta name="color-scheme">` says it: known before any style is there, so that nothing flashes."""
        return "light dark" if self.theme is Theme.AUTOMATIC else self.theme.value


def appearance_of(cookies: Mapping[str, str]) -> Appearance:
    """Read the cookies; what they should not hold counts as nothing."""
    theme, keys = cookies.get(THEME_COOKIE), cookies.get(KEYS_COOKIE)
    return Appearance(
        Theme(theme) if theme in Theme.values else Theme.AUTOMATIC, Keys(keys) if keys in Keys.values else Keys.ON
    )


def remember(response: HttpResponse, chosen: QueryDict) -> None:
    """Let the browser remember what was chosen; anything else that was sent is passed over."""
    for name, (cookie, choices) in _COOKIES.items():
        value = chosen.get(name, "")
        if value in choices:
            response.set_cookie(
                cookie,
                value,
                max_age=YEAR,
                httponly=True,
                samesite="Strict",
                secure=settings.SESSION_COOKIE_SECURE,
            )
