"""The kinds of unit, and what each means for what the law asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = str | Promise


class UnitKind(TextChoices):
    """What a unit is; a duty of the law runs only for the kinds that it binds (`kavalan.law.Clock.runs_for`)."""

    POLICE = "police", _("police")
    NGO = "ngo", _("association")
    HOTLINE = "hotline", _("hotline")
    PLATFORM = "platform", _("platform")


KIND_HINT = _(
    "Time limits of the law run only for units that the law binds: what it asks of the police runs for police units."
)
KIND_MEANS: Mapping[UnitKind, Words] = {
    UnitKind.POLICE: _("A police unit: every time limit that binds the police begins with a report."),
    UnitKind.NGO: _("An association that helps children: no time limit of the police runs here."),
    UnitKind.HOTLINE: _("A hotline that takes reports: no time limit of the police runs here."),
    UnitKind.PLATFORM: _("The safety desk of a platform: no time limit of the police runs here."),
}
"""A sentence for each, which the page People shows beside a unit."""
